/** Fractions of one as the chain stores them, in U96F32: u64 over 2^64 − 1, u16 over 65535. Results lie in [0, 1]. */
import * as int128 from "../fixed/int128";
import * as proportion from "../fixed/proportion";
import * as u96f32 from "../fixed/u96f32";

const FRACTION_BITS: u64 = 32;

/**
 * out ← x / (2^64 − 1), floored to 32 bits. With x = h·2^32 + l the quotient x·2^32 / (2^64 − 1) is h and a rest of
 * h + l·2^32, which is below the divisor unless x is all ones and the quotient one: so it is the upper half of x.
 */
export function fromU64(out: usize, x: u64): void {
  if (x === u64.MAX_VALUE) u96f32.one(out);
  else int128.set(out, x >> FRACTION_BITS, 0);
}

/** out ← x / 65535, floored to 32 bits. */
export function fromU16(out: usize, x: u32): void {
  int128.set(out, <u64>proportion.fromU16(x), 0);
}
