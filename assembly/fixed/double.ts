/** Doubles that hold integers: powers of two, and the passage back. What is computed with them is proved where they are used. */

export const TWO32: f64 = 4294967296.0;
/** From here to 2^53 the lower bits of a double are an integer. */
export const TWO52: f64 = 4503599627370496.0;
/** 2^−63 */
export const HALF_WORD: f64 = 1.0842021724855044e-19;

const TWO52_BITS: i64 = 0x4330000000000000;

/** The integer nearest to x in [0, 2^52), ties to even. */
export function nearest(x: f64): i64 {
  return reinterpret<i64>(x + TWO52) - TWO52_BITS;
}
