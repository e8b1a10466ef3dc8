/**
 * The reference's own sum for e^x (fixed/exp64.ts), exactly, for four x < 1 at once.
 *
 * With x < 2^32 as I32F32 bits, t_1 = x and t_i = ⌊⌊t_{i−1}·x / 2^32⌋ / i⌋ ≤ 2^32·(x/2^32)^i / i! < 2^32 / i!. So every term fits 32
 * bits, terms from i = 13 on are zero (2^32 / 13! < 1), and the terms from 2 to 12 sum to less than 2^32·(e − 2).
 *
 * Division by i is multiplication by M = ⌈2^32 / i⌉: ⌊q·M / 2^32⌋ = ⌊q / i⌋ where q·(M·i − 2^32) < 2^32. For i = 2 the bracket is 0;
 * for i = 3 it is 2, and q < 2^31; beyond, it is below i, and q ≤ t_{i−1} < 2^32 / (i − 1)! ≤ 2^32 / i.
 */

/** Σ t_i over i = 2 … 12 of four u32. */
export function seriesTail(x: v128): v128 {
  let term = next(x, x, 0x80000000);
  let sum = term;
  term = next(term, x, 0x55555556);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x40000000);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x33333334);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x2aaaaaab);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x24924925);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x20000000);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x1c71c71d);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x1999999a);
  sum = i32x4.add(sum, term);
  term = next(term, x, 0x1745d175);
  sum = i32x4.add(sum, term);
  return i32x4.add(sum, next(term, x, 0x15555556));
}

/** The term after `term`; `inverse` is M of its number. */
function next(term: v128, x: v128, inverse: u32): v128 {
  return upper(upper(term, x), i32x4.splat(<i32>inverse));
}

/** ⌊a·b / 2^32⌋ of four u32. */
function upper(a: v128, b: v128): v128 {
  return i32x4.shuffle(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}
