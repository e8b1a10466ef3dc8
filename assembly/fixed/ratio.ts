/**
 * Many parts of one total as I32F32: ⌊part · 2^32 / total⌋ by a guess in doubles, made exact in integers.
 *
 * For 0 ≤ part ≤ total < 2^52, both exact as doubles, Q = part · 2^32 / total is at most 2^32. The inverse and its product with the part are
 * rounded once each, so that the product is within 2^32 · 2^−51 = 2^−19 of Q. Adding 2^52 rounds it to an integer G, by 1/2 at most, so that
 * |G − Q| < 1: G is ⌊Q⌋ or ⌊Q⌋ + 1. Which of them tells the sign of the remainder part · 2^32 − G · total, which lies between −total and
 * total, so that words may wrap on the way there.
 */

import { nearest, TWO32, TWO52 } from "./double";

/** A total is below 2^TOTAL_BITS. */
const TOTAL_BITS: u64 = 52;

/** The total in hand and its inverse, each in both lanes. */
const TOTALS = memory.data(16, 16);
const INVERSES = memory.data(16, 16);

/** Whether numbers that have `bits` set, all together, are parts of this total: each is at most `bits`, and `bits` at most their sum. */
export function areParts(bits: i64, total: i64): bool {
  return <u64>total >> TOTAL_BITS === 0 && <u64>bits <= <u64>total;
}

/** 2^32 / total, for `ratio`. */
export function inverseOf(total: i64): f64 {
  return TWO32 / <f64>total;
}

/** ⌊part · 2^32 / total⌋. */
export function ratio(part: i64, total: i64, inverse: f64): i64 {
  const guess = nearest(<f64>part * inverse);
  return guess + (((part << 32) - guess * total) >> 63);
}

/** Takes a total in hand, for `totals` and `inverses`: out of memory, or a loop with a branch would make them anew each time. */
export function prepare(total: i64): void {
  v128.store(TOTALS, i64x2.splat(total));
  v128.store(INVERSES, f64x2.splat(inverseOf(total)));
}

/** The total in hand, in two lanes. */
export function totals(): v128 {
  return v128.load(TOTALS);
}

/** Its inverse. */
export function inverses(): v128 {
  return v128.load(INVERSES);
}

/** `ratio` of two parts. */
export function ratios(parts: v128, totals: v128, inverses: v128): v128 {
  const two52 = f64x2.splat(TWO52);
  const doubles = f64x2.sub(v128.or(parts, two52), two52);
  const guess = i64x2.sub(f64x2.add(f64x2.mul(doubles, inverses), two52), two52);
  const rest = i64x2.sub(i64x2.shl(parts, 32), i64x2.mul(guess, totals));
  return i64x2.add(guess, i64x2.lt_s(rest, i64x2.splat(0)));
}
