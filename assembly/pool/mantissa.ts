/**
 * Products of powers to 128 bits, to compare numbers far too long to be written out: 24 bytes hold m·2^e as u128 m with its
 * highest bit set and i64 e. Products are truncated, so a number is never above what it stands for, and each product loses less
 * than one unit of m: x^k, multiplied out by squares, loses at most 4k of them.
 */
import * as int128 from "../fixed/int128";
import { multiply256 } from "../fixed/wide";

/** Bytes of one number. */
export const BYTES: usize = 24;
/** Units of m within which two products of powers of at most 1024 · 2 factors cannot be told apart: 2 · 4 · 2048. */
const SLACK: u64 = 1 << 14;
const TOP_BIT: u64 = 1 << 63;

const product = memory.data(32);
const difference = memory.data(16);
const base = memory.data(24);

/** out ← high·2^64 + low, exactly; not 0. */
export function set(out: usize, low: u64, high: u64): void {
  let top = high;
  let rest = low;
  let exponent: i64 = 0;
  if (top === 0) {
    top = rest;
    rest = 0;
    exponent = -64;
  }
  const shift = clz(top);
  if (shift > 0) {
    top = (top << shift) | (rest >> (64 - shift));
    rest <<= shift;
  }
  int128.set(out, rest, top);
  store<i64>(out, exponent - <i64>shift, 16);
}

/** The least b with a < 2^b, or one less where truncation hides that a reached it. */
export function bitLength(a: usize): i64 {
  return load<i64>(a, 16) + 128;
}

/** out ← a·b, truncated. */
export function mul(out: usize, a: usize, b: usize): void {
  const exponent = load<i64>(a, 16) + load<i64>(b, 16);
  multiply256(product, load<u64>(a), load<u64>(a, 8), load<u64>(b), load<u64>(b, 8));
  const high = load<u64>(product, 24);
  const low = load<u64>(product, 16);
  if (high >= TOP_BIT) {
    int128.set(out, low, high);
    store<i64>(out, exponent + 128, 16);
  } else {
    int128.set(out, (low << 1) | (load<u64>(product, 8) >> 63), (high << 1) | (low >> 63));
    store<i64>(out, exponent + 127, 16);
  }
}

/** out ← a^k for k ≥ 1, truncated. */
export function power(out: usize, a: usize, k: u64): void {
  memory.copy(base, a, BYTES);
  memory.copy(out, base, BYTES);
  for (let bit = 63 - clz(k); bit-- > 0; ) {
    mul(out, out, out);
    if (((k >> bit) & 1) !== 0) mul(out, out, base);
  }
}

/** −1 or 1 where what a stands for is surely below or above what b stands for, 0 where that is open. */
export function order(a: usize, b: usize): i32 {
  const exponent = load<i64>(a, 16);
  const other = load<i64>(b, 16);
  if (exponent !== other) {
    const above = exponent > other;
    const larger = load<u64>(above ? a : b, 8);
    const smaller = load<u64>(above ? b : a, 8);
    if (larger === TOP_BIT && smaller === u64.MAX_VALUE) return 0;
    return above ? 1 : -1;
  }
  const below = int128.less(a, b, false);
  if (below) int128.sub(difference, b, a);
  else int128.sub(difference, a, b);
  if (load<u64>(difference, 8) === 0 && load<u64>(difference) <= SLACK) return 0;
  return below ? -1 : 1;
}
