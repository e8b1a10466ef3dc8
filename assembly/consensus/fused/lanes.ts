/** Lane arithmetic of the fused path: four u32 fractions at a time, and the exact passage between integers and doubles. */

/** 2^52 as a double, and as the bits that make `bits | integer` a double worth 2^52 + integer. */
export const TWO52: f64 = 4503599627370496.0;
const TWO52_BITS: i64 = 0x4330000000000000;
/** The upper half of these: shuffled in above a u32 it makes the double 2^52 + that. */
export const TWO52_HIGH: i32 = 0x43300000;

/** Two integers below 2^52 in 64-bit lanes, as doubles: exact. */
export function toDouble(lanes: v128): v128 {
  return f64x2.sub(v128.or(lanes, i64x2.splat(TWO52_BITS)), f64x2.splat(TWO52));
}

/** The two low lanes of u32 as doubles. */
export function lowDoubles(lanes: v128): v128 {
  const magic = i32x4.splat(TWO52_HIGH);
  return f64x2.sub(i32x4.shuffle(lanes, magic, 0, 4, 1, 5), f64x2.splat(TWO52));
}

/** The two high lanes of u32 as doubles. */
export function highDoubles(lanes: v128): v128 {
  const magic = i32x4.splat(TWO52_HIGH);
  return f64x2.sub(i32x4.shuffle(lanes, magic, 2, 6, 3, 7), f64x2.splat(TWO52));
}

/** Two pairs of doubles in [0, 2^32] as four u32, rounded to the nearest, 2^32 becoming 0: adding 2^52 puts the integer into the low bits. */
export function toU32(low: v128, high: v128): v128 {
  const two52 = f64x2.splat(TWO52);
  return i32x4.shuffle(f64x2.add(low, two52), f64x2.add(high, two52), 0, 2, 4, 6);
}

/** ⌊a·b / 2^32⌋ of four u32. */
export function mul(a: v128, b: v128): v128 {
  return i32x4.shuffle(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b), 1, 3, 5, 7);
}

/** The four low u16 of eight over 65535 as u32. One does not fit and comes out as 2^32 − 1 (liquid.ts). */
export function lowFractions(halves: v128): v128 {
  return i16x8.shuffle(halves, halves, 0, 0, 1, 1, 2, 2, 3, 3);
}

/** The four high ones. */
export function highFractions(halves: v128): v128 {
  return i16x8.shuffle(halves, halves, 4, 4, 5, 5, 6, 6, 7, 7);
}

/** Sum of two u64 lanes. */
export function sum64(lanes: v128): u64 {
  return <u64>(i64x2.extract_lane(lanes, 0) + i64x2.extract_lane(lanes, 1));
}

/** Sum of four u32 lanes, in 64 bits. */
export function sum32(lanes: v128): u64 {
  return sum64(i64x2.add(i64x2.extend_low_i32x4_u(lanes), i64x2.extend_high_i32x4_u(lanes)));
}
