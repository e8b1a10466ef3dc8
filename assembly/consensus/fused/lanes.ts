/** Lane arithmetic of the fused path: four u32 fractions at a time, and the exact passage between integers and doubles. */

/** 2^52 as a double, and as the bits that make `bits | integer` a double worth 2^52 + integer. */
const TWO52: f64 = 4503599627370496.0;
const TWO52_BITS: i64 = 0x4330000000000000;

/** Two integers below 2^52 in 64-bit lanes, as doubles: exact. */
export function toDouble(lanes: v128): v128 {
  return f64x2.sub(v128.or(lanes, i64x2.splat(TWO52_BITS)), f64x2.splat(TWO52));
}

/** Two whole doubles in [0, 2^52) as 64-bit lanes: exact. */
export function toInteger(lanes: v128): v128 {
  return v128.xor(f64x2.add(lanes, f64x2.splat(TWO52)), i64x2.splat(TWO52_BITS));
}

/** ⌊x⌋ of two pairs of doubles in [0, 2^32) as four u32: adding 2^52 puts the integer into the low bits, exactly. */
export function floorToU32(low: v128, high: v128): v128 {
  const two52 = f64x2.splat(TWO52);
  const a = f64x2.add(f64x2.floor(low), two52);
  const b = f64x2.add(f64x2.floor(high), two52);
  return i32x4.shuffle(a, b, 0, 2, 4, 6);
}

/** ⌊a·b / 2^32⌋ of the two low lanes of u32, as u64 lanes. */
export function mulLow(a: v128, b: v128): v128 {
  return i64x2.shr_u(i64x2.extmul_low_i32x4_u(a, b), 32);
}

/** The same of the two high lanes. */
export function mulHigh(a: v128, b: v128): v128 {
  return i64x2.shr_u(i64x2.extmul_high_i32x4_u(a, b), 32);
}

/** ⌊a·b / 2^32⌋ of u64 lanes a ≤ 2^32 with b < 2^32: the product fits. */
export function mulWide(a: v128, b: v128): v128 {
  return i64x2.shr_u(i64x2.mul(a, b), 32);
}

/** Sum of two u64 lanes. */
export function sum64(lanes: v128): u64 {
  return <u64>(i64x2.extract_lane(lanes, 0) + i64x2.extract_lane(lanes, 1));
}

/** Sum of four u32 lanes, modulo 2^32. */
export function sum32(lanes: v128): u32 {
  const pairs = i32x4.add(lanes, i32x4.shuffle(lanes, lanes, 2, 3, 0, 1));
  return <u32>i32x4.extract_lane(i32x4.add(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** Largest of four u32 lanes. */
export function max32(lanes: v128): u32 {
  const pairs = i32x4.max_u(lanes, i32x4.shuffle(lanes, lanes, 2, 3, 0, 1));
  return <u32>i32x4.extract_lane(i32x4.max_u(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** Smallest of four u32 lanes. */
export function min32(lanes: v128): u32 {
  const pairs = i32x4.min_u(lanes, i32x4.shuffle(lanes, lanes, 2, 3, 0, 1));
  return <u32>i32x4.extract_lane(i32x4.min_u(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** Eight consecutive u16 from `first` on. */
export function countFrom(first: u32): v128 {
  return i16x8.add(i16x8.splat(<i16>first), i16x8(0, 1, 2, 3, 4, 5, 6, 7));
}
