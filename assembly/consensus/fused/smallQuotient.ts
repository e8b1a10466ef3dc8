/**
 * ⌊w·2^32 / Σ⌋ of u16 w whose sum is Σ < 2^28, four at a time in integers: weights over the sum of their row, old bonds over that of
 * their column. A single w, equal to Σ, has a quotient of one, which does not fit and comes out as anything.
 *
 * With R = ⌊2^48 / Σ⌋ + 1 = high·2^16 + low, w·high + ⌊w·low / 2^16⌋ is ⌊w·R / 2^16⌋. As w·R / 2^16 is above w·2^32 / Σ by at most
 * w / 2^16 < 1, that is the quotient q or q + 1. Now q·Σ = w·2^32 − rest, 0 ≤ rest < Σ: modulo 2^32 and with a sign it is −rest, which
 * is not above zero, while (q + 1)·Σ is Σ − rest, which is. For w < Σ both fit: q + 1 ≤ 2^32 − 2^32 / Σ + 1 < 2^32.
 */

import { highDoubles, lowDoubles, TWO52 } from "./lanes";

const TWO48: f64 = 281474976710656.0;

/** R of Σ; 0 for none. */
export function inverse(sum: u32): u64 {
  return sum === 0 ? 0 : ((<u64>1) << 48) / sum + 1;
}

/** The upper part of R. */
export function highPart(r: u64): u32 {
  return <u32>(r >> 16);
}

/** The lower one. */
export function lowPart(r: u64): u32 {
  return <u32>r & 0xffff;
}

/**
 * R of eight Σ, u32: its upper parts to `high`, its lower ones to `low`; 0 for none. In doubles: 2^48 / Σ is rounded by less than 2^−5 / Σ, and
 * unless it is whole it is 1 / Σ or more away from any whole number, so that its floor is exact.
 */
export function storeInverses(sums: usize, high: usize, low: usize): void {
  for (let at: usize = 0; at < 32; at += 16) {
    const sum = v128.load(sums + at);
    const isSome = i32x4.ne(sum, i32x4.splat(0));
    const a = inversePair(lowDoubles(sum));
    const b = inversePair(highDoubles(sum));
    const upper = i32x4.shuffle(i64x2.shr_u(a, 16), i64x2.shr_u(b, 16), 0, 2, 4, 6);
    v128.store(high + at, v128.and(upper, isSome));
    v128.store(low + at, v128.and(i32x4.shuffle(a, b, 0, 2, 4, 6), v128.and(isSome, i32x4.splat(0xffff))));
  }
}

/** R of two Σ, in the low 52 bits. */
function inversePair(sum: v128): v128 {
  return f64x2.add(f64x2.floor(f64x2.div(f64x2.splat(TWO48), sum)), f64x2.splat(TWO52 + 1.0));
}

/** The quotients of four w, given as u32. */
export function quotients(w: v128, high: v128, low: v128, sum: v128): v128 {
  const guess = i32x4.add(i32x4.mul(w, high), i32x4.shr_u(i32x4.mul(w, low), 16));
  return i32x4.add(guess, i32x4.gt_s(i32x4.mul(guess, sum), i32x4.splat(0)));
}
