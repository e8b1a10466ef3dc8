/**
 * 128-bit integers in memory: 16 little-endian bytes, two's complement where signed. Functions take addresses, the
 * destination first; operands are read before anything is written, so the destination may be one of them. Sums wrap.
 */
import { divWide } from "./wide";

/** Bytes of one number. */
export const BYTES: usize = 16;

/** out ← high·2^64 + low. */
export function set(out: usize, low: u64, high: u64): void {
  store<u64>(out, low);
  store<u64>(out, high, 8);
}

/** out ← a. */
export function copy(out: usize, a: usize): void {
  set(out, load<u64>(a), load<u64>(a, 8));
}

/** a = 0. */
export function isZero(a: usize): bool {
  return (load<u64>(a) | load<u64>(a, 8)) === 0;
}

/** a < 0, read as signed. */
export function isNegative(a: usize): bool {
  return load<i64>(a, 8) < 0;
}

/** a = b. */
export function equal(a: usize, b: usize): bool {
  return load<u64>(a) === load<u64>(b) && load<u64>(a, 8) === load<u64>(b, 8);
}

/** a < b, both signed or both unsigned. */
export function less(a: usize, b: usize, signed: bool): bool {
  const aHigh = load<u64>(a, 8);
  const bHigh = load<u64>(b, 8);
  if (aHigh === bHigh) return load<u64>(a) < load<u64>(b);
  return signed ? <i64>aHigh < <i64>bHigh : aHigh < bHigh;
}

/** out ← a + b modulo 2^128. */
export function add(out: usize, a: usize, b: usize): void {
  const addend = load<u64>(b);
  const low = load<u64>(a) + addend;
  set(out, low, load<u64>(a, 8) + load<u64>(b, 8) + u64(low < addend));
}

/** out ← a − b modulo 2^128. */
export function sub(out: usize, a: usize, b: usize): void {
  const from = load<u64>(a);
  const low = load<u64>(b);
  set(out, from - low, load<u64>(a, 8) - load<u64>(b, 8) - u64(from < low));
}

/** out ← −a modulo 2^128. */
export function negate(out: usize, a: usize): void {
  const low = 0 - load<u64>(a);
  set(out, low, ~load<u64>(a, 8) + u64(low === 0));
}

/** out ← |a| as an unsigned number (2^127 for the smallest); returns whether a was negative. Unsigned numbers pass. */
export function magnitude(out: usize, a: usize, signed: bool): bool {
  const negative = signed && isNegative(a);
  if (negative) negate(out, a);
  else copy(out, a);
  return negative;
}

/** out ← ⌊a / 2⌋, unsigned. */
export function half(out: usize, a: usize): void {
  const high = load<u64>(a, 8);
  set(out, (load<u64>(a) >> 1) | (high << 63), high >> 1);
}

/** out ← a / 2 rounded half up, unsigned, a < 2^128 − 1: the crate's `rs`. */
export function halfRounded(out: usize, a: usize): void {
  const odd = load<u64>(a) & 1;
  half(out, a);
  const low = load<u64>(out) + odd;
  set(out, low, load<u64>(out, 8) + u64(low < odd));
}

/** out ← ⌊a / divisor⌋, unsigned, divisor ≠ 0. */
export function divSmall(out: usize, a: usize, divisor: u64): void {
  const high = load<u64>(a, 8);
  const top = high / divisor;
  set(out, divWide(high - top * divisor, load<u64>(a), divisor), top);
}
