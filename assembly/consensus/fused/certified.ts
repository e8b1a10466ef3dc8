/**
 * α of a list of pairs (consensus/sigmoid.ts says what α is), in doubles where both ends of a proved interval floor to the same α.
 *
 * Notation of growth.ts. For a pair with difference d the reference has the exponent ⌊slope·(d − 2^31) / 2^32⌋, computed here
 * exactly and clamped to ±20, with x its magnitude; then s = ⌊2^64 / (2^32 + e)⌋ and α = low + ⌊s·(high − low) / 2^32⌋, where
 * e = R for a positive exponent and e = ⌊2^64 / R⌋ for a negative one. α grows with s, so bounds of s bound α.
 *
 * Let E − D ≤ R ≤ E: growth.ts for any x; D = 0 and E = R exactly where series.ts proves its sum.
 *
 * Positive exponent. With s0 = 2^64/(2^32 + E), 2^64/(2^32 + R) lies in [s0, s0·(1 + w)], w = D/(2^32 + E − D).
 *
 * Negative exponent. 2^64/R lies in [v, v·(1 + w)] with v = 2^64/E, w = D/(E − D); so e lies between the integers
 * e0 = ⌊v⌋ and e1 = ⌊v·(1 + w)⌋. With s0 = 2^64/(2^32 + e1), 2^64/(2^32 + e) lies in [s0, s0·(1 + (e1 − e0)/2^32)], since
 * (2^32 + e1)/(2^32 + e0) ≤ 1 + (e1 − e0)/2^32.
 *
 * Both w fall as E grows and grow with D, so that a bucket's smallest E and largest D serve all of it. SAFE takes in what is
 * rounded in computing them, and that the smallest E is itself off by 1280u.
 *
 * MARGIN, taken off each lower and added to each upper factor: E and v are off by at most 1290u, the quotient passes on at most
 * that, and adds one sum, one quotient and the product with the factor, itself rounded twice: 1295u < 1.44e−13 in all.
 * MARGIN = 2^−42 > 2.27e−13.
 *
 * So ⌊s0·(1 − MARGIN)⌋ ≤ s ≤ ⌊s0·(1 + … + MARGIN)⌋ as computed. They stay below 2^32, since
 * e0 ≥ ⌊2^32/e^20·(1 − MARGIN)⌋ = 8. Excluded: the exponent +1, for which the reference has a rounded constant.
 */
import * as i32f32 from "../../fixed/i32f32";
import { alphaSigmoid, sigmoidSlope } from "../sigmoid";
import { BUCKETS, excess, fillGrowth, firstEntry, growth, growthAt, secondEntry, setWidth } from "./growth";
import { mul, toDouble, toU32 } from "./lanes";
import { highSums, lowSums, openSums, sumSeries } from "./series";

const MARGIN: f64 = 2.2737367544323206e-13;
const SAFE: f64 = 1.0 + 9.5367431640625e-7;
const TWO32: f64 = 4294967296.0;
const TWENTY: i64 = 20 << 32;
const BUCKET_BITS: i32 = 27;
/** Added to the magnitude of a negative exponent: its bucket is then that of the table. */
const NEGATIVE: i64 = (<i64>BUCKETS) << BUCKET_BITS;
/** Magnitudes from here on are not for series.ts. */
const EIGHT: i64 = 8 << 32;

/** Pairs the list has room for; a multiple of four. */
export const CAPACITY: u32 = 512;
/**
 * The list of pairs that are not at rest: their differences (u32), their exponents (u64), what is found for them (two f64 each), α
 * (u32), and −1 where that is open (u32).
 */
export const DIFFERENCES = memory.data(2048, 16);
const EXPONENTS = memory.data(4096, 16);
const POWERS = memory.data(4096, 16);
const WIDTHS = memory.data(4096, 16);
export const ALPHAS = memory.data(2048, 16);
export const OPEN = memory.data(2048, 16);

let low: i64 = 0;
let high: i64 = 0;
let slope: i64 = 0;
/** high − low, below one; |slope| in two halves; all ones where a difference above 1/2 has a negative exponent. */
let range: i32 = 0;
let slopeHigh: i32 = 0;
let slopeLow: i32 = 0;
let falls: bool = false;
/** Whether α is `low`, or that of d = 1/2, for all pairs. */
let flat: bool = false;
let filled: bool = false;

/** α of a pair at rest: neither weight above consensus nor bond above weight. */
export let restAlpha: i64 = 0;
/** How many α were computed exactly since the epoch began. */
export let exactAlphas: u32 = 0;

/** Starts the count anew. */
export function resetCount(): void {
  exactAlphas = 0;
}

/** The bounds of α and the steepness of the epoch, all I32F32. False where `alphas` can't serve: α might be zero or one. */
export function prepareAlphas(alphaLow: i64, alphaHigh: i64, steepness: i64): bool {
  low = alphaLow;
  high = alphaHigh;
  slope = sigmoidSlope(steepness);
  restAlpha = alphaSigmoid(0, 0, 0, low, high, slope);
  if (low <= 0 || low >= i32f32.ONE) return false;
  flat = low >= high || slope === 0;
  range = <i32>(high - low);
  falls = slope < 0;
  const size = falls ? -slope : slope;
  slopeHigh = <i32>(size >> 32);
  slopeLow = <i32>size;
  fillBounds();
  return true;
}

/** α of one pair, exactly. */
export function pairAlpha(consensus: i64, weight: i64, bond: i64): i64 {
  exactAlphas++;
  return alphaSigmoid(consensus, weight, bond, low, high, slope);
}

/** Once an instance: the bounds depend on nothing. */
function fillBounds(): void {
  if (filled) return;
  fillGrowth();
  for (let k = 0; k < BUCKETS; k++) {
    const e = growthAt(k);
    const d = excess(k) * SAFE;
    setWidth(k, false, (d / (TWO32 + e - d)) * SAFE);
    setWidth(k, true, (d / (e - d)) * SAFE);
  }
  filled = true;
}

/** α where it is the same for all pairs that move, else 0. */
export function flatAlpha(): u32 {
  return flat ? <u32>restAlpha : 0;
}

/** Exponents of the first `count` pairs of the list: magnitudes, at most 20, plus NEGATIVE where they are below zero. */
export function findExponents(count: u32): void {
  const zero = i32x4.splat(0);
  const centre = i32x4.splat(i32.MIN_VALUE);
  const flip = i32x4.splat(falls ? -1 : 0);
  const whole = i32x4.splat(slopeHigh);
  const part = i32x4.splat(slopeLow);
  let from = DIFFERENCES;
  let to = EXPONENTS;
  const end = from + ((<usize>count) << 2);
  do {
    const centred = i32x4.sub(v128.load(from), centre);
    // Of zero either sign will do.
    const negative = v128.xor(i32x4.lt_s(centred, zero), flip);
    const size = i32x4.abs(centred); // −2^31 stays 2^31, unsigned
    const low = i64x2.extend_low_i32x4_s(negative);
    const high = i64x2.extend_high_i32x4_s(negative);
    v128.store(to, exponent(i64x2.extmul_low_i32x4_u(size, whole), i64x2.extmul_low_i32x4_u(size, part), low));
    v128.store(to, exponent(i64x2.extmul_high_i32x4_u(size, whole), i64x2.extmul_high_i32x4_u(size, part), high), 16);
    from += 16;
    to += 32;
  } while (from < end);
}

/** Two exponents from the two products of the slope: the floor of a negative one has the larger magnitude. */
function exponent(whole: v128, part: v128, negative: v128): v128 {
  const roundUp = v128.and(negative, i64x2.splat(0xffffffff));
  const x = i64x2.add(whole, i64x2.shr_u(i64x2.add(part, roundUp), 32));
  const most = i64x2.splat(TWENTY);
  const kept = v128.bitselect(most, x, i64x2.gt_s(x, most));
  return i64x2.add(kept, v128.and(negative, i64x2.splat(NEGATIVE)));
}

/** −1 in the lanes of two exponents that are below zero. */
function areNegative(exponents: v128): v128 {
  return i64x2.ge_s(exponents, i64x2.splat(NEGATIVE));
}

/** E, or v of negative exponents, and w of the first `count` pairs, by growth.ts. */
export function findPowers(count: u32): void {
  let from = EXPONENTS;
  let power = POWERS;
  let width = WIDTHS;
  const end = from + ((<usize>count) << 3);
  do {
    const x = v128.load(from);
    const k = i64x2.shr_u(x, BUCKET_BITS);
    const first = firstEntry(k);
    const second = secondEntry(k);
    const fraction = f64x2.mul(toDouble(v128.and(x, i64x2.splat((1 << BUCKET_BITS) - 1))), f64x2.splat(1.0 / TWO32));
    const sign = v128.and(areNegative(x), i64x2.splat(i64.MIN_VALUE));
    v128.store(power, growth(i64x2.shuffle(first, second, 0, 2), v128.xor(fraction, sign)));
    v128.store(width, i64x2.shuffle(first, second, 1, 3));
    from += 16;
    power += 16;
    width += 16;
  } while (from < end);
}

/** R, or 2^64 / R of negative exponents, by series.ts, with w = 0; −1 in OPEN where it can't serve. */
export function sumPowers(count: u32): void {
  for (let k: u32 = 0; k < count; k += 4) {
    const from = EXPONENTS + ((<usize>k) << 3);
    const a = v128.load(from);
    const b = v128.load(from, 16);
    const signA = areNegative(a);
    const signB = areNegative(b);
    const sizeA = i64x2.sub(a, v128.and(signA, i64x2.splat(NEGATIVE)));
    const sizeB = i64x2.sub(b, v128.and(signB, i64x2.splat(NEGATIVE)));
    const eight = i64x2.splat(EIGHT);
    const largeA = i64x2.ge_s(sizeA, eight);
    const largeB = i64x2.ge_s(sizeB, eight);
    sumSeries(toDouble(v128.andnot(sizeA, largeA)), toDouble(v128.andnot(sizeB, largeB)));
    const power = POWERS + ((<usize>k) << 3);
    const width = WIDTHS + ((<usize>k) << 3);
    v128.store(power, inverseIf(lowSums(), signA));
    v128.store(power, inverseIf(highSums(), signB), 16);
    v128.store(width, f64x2.splat(0.0));
    v128.store(width, f64x2.splat(0.0), 16);
    const large = i32x4.shuffle(largeA, largeB, 0, 2, 4, 6);
    v128.store(OPEN + ((<usize>k) << 2), v128.or(large, openSums()));
  }
}

function inverseIf(sum: v128, negative: v128): v128 {
  return v128.bitselect(f64x2.div(f64x2.splat(TWO32 * TWO32), sum), sum, negative);
}

/** ALPHAS of the first `count` pairs, and −1 in OPEN, besides where it was, where both ends do not give the same α. */
export function findAlphas(count: u32): void {
  const factor = i32x4.splat(range);
  const least = i32x4.splat(<i32>low);
  let exponents = EXPONENTS;
  let power = POWERS;
  let width = WIDTHS;
  let alpha = ALPHAS;
  let open = OPEN;
  const end = alpha + ((<usize>count) << 2);
  do {
    const x = v128.load(exponents);
    const isOne = i64x2.eq(x, i64x2.splat(i32f32.ONE));
    const parts = mul(ends(v128.load(power), v128.load(width), areNegative(x)), factor);
    const differ = v128.or(
      i32x4.ne(parts, i32x4.shuffle(parts, parts, 2, 3, 0, 1)),
      i32x4.shuffle(isOne, isOne, 0, 2, 0, 2),
    );
    v128.store64_lane(alpha, i32x4.add(parts, least), 0);
    v128.store64_lane(open, v128.or(differ, v128.load64_zero(open)), 0);
    exponents += 16;
    power += 16;
    width += 16;
    alpha += 8;
    open += 8;
  } while (alpha < end);
}

/** ⌊s0·lower⌋, ⌊s0·upper⌋ of two pairs from E, or v where the exponent is negative, and w; u32: low, low, high, high. */
function ends(power: v128, width: v128, negative: v128): v128 {
  const below = f64x2.splat(1.0 - MARGIN);
  const above = f64x2.splat(1.0 + MARGIN);
  const factor = f64x2.add(above, width);
  const e0 = f64x2.floor(f64x2.mul(power, below));
  const e1 = f64x2.floor(f64x2.mul(power, factor));
  const spread = f64x2.add(above, f64x2.mul(f64x2.sub(e1, e0), f64x2.splat(1.0 / TWO32)));
  const e = v128.bitselect(e1, power, negative);
  const s0 = f64x2.div(f64x2.splat(TWO32 * TWO32), f64x2.add(f64x2.splat(TWO32), e));
  const upper = v128.bitselect(spread, factor, negative);
  return toU32(f64x2.floor(f64x2.mul(s0, below)), f64x2.floor(f64x2.mul(s0, upper)));
}
