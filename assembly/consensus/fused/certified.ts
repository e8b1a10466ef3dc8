/**
 * α of pairs (consensus/sigmoid.ts says what α is), in doubles where both ends of a proved interval floor to the same α.
 *
 * For a pair with difference d the reference has the exponent x = ⌊slope·(d − 2^31) / 2^32⌋, clamped to ±20; then, with e for its
 * e^x, s = ⌊2^64 / (2^32 + e)⌋ and α = low + ⌊s·(high − low) / 2^32⌋. α falls as e grows, so bounds of e bound α.
 *
 * By bounds: y = slope·(d − 2^31) / 2^32 is one product of two exact doubles (slope has 41 bits at most), rounded once. growth.ts has
 * whole numbers e0 ≤ e ≤ e1 for it. By the sum: series.ts has R itself; e is R, or for a negative exponent ⌊2^64 / R⌋, and
 * `summedPair` says when the floors from there on are certain.
 *
 * From e0 ≤ e ≤ e1 to α: 2^32 + e, the quotient and the product are each rounded by a factor within 1 ± u, u = 2^−53, and
 * BELOW = 1 − 4u, ABOVE = 1 + 4u cover two of these: so ⌊2^64·BELOW / (2^32 + e1)⌋ ≤ s ≤ ⌊2^64·ABOVE / (2^32 + e0)⌋ as computed, and
 * likewise for the product of either with (high − low) / 2^32. Both are below 2^32, as e0 > 0.
 */
import * as i32f32 from "../../fixed/i32f32";
import { alphaSigmoid, sigmoidSlope } from "../sigmoid";
import { buckets, fillGrowth, lowerFactors, polynomial, upperFactors } from "./growth";
import { TWO52, TWO52_HIGH, toDouble } from "./lanes";
import { ARGUMENTS, SUMS, sumSeries } from "./series";

const BELOW: f64 = 1.0 - 4.440892098500626e-16;
const ABOVE: f64 = 1.0 + 4.440892098500626e-16;
/** 1 − 2^−18: 6u·2^32 is less than the rest. */
const CERTAIN: f64 = 0.999996185302734375;
const TWO31: f64 = 2147483648.0;
const TWO32: f64 = 4294967296.0;
const TWO64: f64 = TWO32 * TWO32;
const TWENTY: i64 = 20 << 32;
/** 20 and a bucket as growth.ts has them. */
const LARGEST: f64 = 640.0;
const BUCKET: f64 = 134217728.0;
/** Magnitudes from here on are not for series.ts. */
const EIGHT: i64 = 8 << 32;

/** Of the epoch, twice each, f64: slope / 2^32 in buckets; (high − low) / 2^32 nudged down and up; 2^52 + low. */
const SLOPE = memory.data(16, 16);
const RANGE_BELOW = memory.data(16, 16);
const RANGE_ABOVE = memory.data(16, 16);
const LOW = memory.data(16, 16);

/** Bytes of differences whose bounds are in hand at a time: 256 pairs. Of each four the lower bounds of two, their upper ones, and those of the other two; f64. */
const PART: usize = 1024;
const BOUNDS = memory.data(4096, 16);

let low: i64 = 0;
let high: i64 = 0;
let slope: i64 = 0;
/** |slope| in two halves; all ones where a difference above 1/2 has a negative exponent. */
let slopeHigh: i32 = 0;
let slopeLow: i32 = 0;
let falls: bool = false;

/** Whether α is the same for all pairs. */
export let isFlat: bool = false;
/** α of a pair at rest: neither weight above consensus nor bond above weight. */
export let restAlpha: i64 = 0;
/** How many α were computed exactly since the epoch began. */
export let exactAlphas: u32 = 0;

/** Starts the count anew. */
export function resetCount(): void {
  exactAlphas = 0;
}

/** The bounds of α and the steepness of the epoch, all I32F32. False where lanes can't serve: α might be zero or one. */
export function prepareAlphas(alphaLow: i64, alphaHigh: i64, steepness: i64): bool {
  low = alphaLow;
  high = alphaHigh;
  slope = sigmoidSlope(steepness);
  restAlpha = alphaSigmoid(0, 0, 0, low, high, slope);
  if (low <= 0 || low >= i32f32.ONE) return false;
  // Either α is `low`, or that of d = 1/2.
  isFlat = low >= high || slope === 0;
  falls = slope < 0;
  const size = falls ? -slope : slope;
  slopeHigh = <i32>(size >> 32);
  slopeLow = <i32>size;
  fillGrowth();
  const part = <f64>(high - low) / TWO32;
  v128.store(SLOPE, f64x2.splat(<f64>slope / TWO32 / BUCKET));
  v128.store(RANGE_BELOW, f64x2.splat(part * BELOW));
  v128.store(RANGE_ABOVE, f64x2.splat(part * ABOVE));
  v128.store(LOW, f64x2.splat(TWO52 + <f64>low));
  return true;
}

/** α of one pair, exactly. */
export function pairAlpha(consensus: i64, weight: i64, bond: i64): i64 {
  exactAlphas++;
  return alphaSigmoid(consensus, weight, bond, low, high, slope);
}

/**
 * α of pairs by bounds: from the differences at `from` on (u32), four at a time, to `to` up to `end`; 0 where it is open. Bounds of e
 * first, α from them afterwards: each step waits for the one before it, and of two short loops the processor has more turns under way at once
 * than of a long one.
 */
export function boundAlphas(from: usize, to: usize, end: usize): void {
  let differences = from;
  let alphas = to;
  do {
    const bytes = min(end - alphas, PART);
    boundGrowth(differences, bytes);
    boundByGrowth(differences, alphas, bytes);
    differences += bytes;
    alphas += bytes;
  } while (alphas < end);
}

/** BOUNDS ← the bounds of e for the differences at `from`, so many bytes of them. */
function boundGrowth(from: usize, bytes: usize): void {
  const magic = i32x4.splat(TWO52_HIGH);
  const end = from + bytes;
  let differences = from;
  let bounds = BOUNDS;
  do {
    const d = v128.load(differences);
    const yA = exponents(i32x4.shuffle(d, magic, 0, 4, 1, 5));
    const yB = exponents(i32x4.shuffle(d, magic, 2, 6, 3, 7));
    const bucketA = buckets(yA);
    const bucketB = buckets(yB);
    const growthA = polynomial(yA, bucketA);
    const growthB = polynomial(yB, bucketB);
    v128.store(bounds, f64x2.mul(growthA, lowerFactors(bucketA)));
    v128.store(bounds, f64x2.mul(growthA, upperFactors(bucketA)), 16);
    v128.store(bounds, f64x2.mul(growthB, lowerFactors(bucketB)), 32);
    v128.store(bounds, f64x2.mul(growthB, upperFactors(bucketB)), 48);
    differences += 16;
    bounds += 64;
  } while (differences < end);
}

/** α at `to` ← what BOUNDS make of the differences at `from`, so many bytes of each. */
function boundByGrowth(from: usize, to: usize, bytes: usize): void {
  const rest = i32x4.splat(<i32>restAlpha);
  const zero = i32x4.splat(0);
  const end = from + bytes;
  let differences = from;
  let alphas = to;
  let bounds = BOUNDS;
  do {
    const a = alphaBetween(v128.load(bounds), v128.load(bounds, 16));
    const b = alphaBetween(v128.load(bounds, 32), v128.load(bounds, 48));
    const isResting = i32x4.eq(v128.load(differences), zero);
    v128.store(alphas, v128.bitselect(rest, i32x4.shuffle(a, b, 0, 2, 4, 6), isResting));
    differences += 16;
    alphas += 16;
    bounds += 64;
  } while (differences < end);
}

/** Two exponents, unrounded and clamped, as growth.ts has them, from 2^52 + d. */
function exponents(lifted: v128): v128 {
  const y = f64x2.mul(f64x2.sub(lifted, f64x2.splat(TWO52 + TWO31)), v128.load(SLOPE));
  return f64x2.pmin(f64x2.pmax(y, f64x2.splat(-LARGEST)), f64x2.splat(LARGEST));
}

/** Two α, in the low halves, where ⌊lower⌋ ≤ e ≤ ⌊upper⌋; 0 where that leaves them open. */
function alphaBetween(lower: v128, upper: v128): v128 {
  const one = f64x2.splat(TWO32);
  const least = f64x2.floor(f64x2.div(f64x2.splat(TWO64 * BELOW), f64x2.add(one, f64x2.floor(upper))));
  const most = f64x2.floor(f64x2.div(f64x2.splat(TWO64 * ABOVE), f64x2.add(one, f64x2.floor(lower))));
  const below = f64x2.floor(f64x2.mul(least, v128.load(RANGE_BELOW)));
  const above = f64x2.floor(f64x2.mul(most, v128.load(RANGE_ABOVE)));
  return v128.and(f64x2.add(below, v128.load(LOW)), f64x2.eq(below, above));
}

/**
 * α of eight pairs by the reference's own sum: differences at `from`, u32, to `to`. Returns a bit for each that is open still, whatever
 * was written for it.
 */
export function sumAlphas(from: usize, to: usize): u32 {
  const signsA = negatives(v128.load(from));
  const signsB = negatives(v128.load(from, 16));
  const beyond = storeArguments(from, signsA, ARGUMENTS) | (storeArguments(from + 16, signsB, ARGUMENTS + 32) << 4);
  const open = beyond | sumSeries();
  v128.store(to, summed(SUMS, signsA));
  v128.store(to, summed(SUMS + 32, signsB), 16);
  return open;
}

/** −1 where the exponent is negative; of zero either will do. */
function negatives(differences: v128): v128 {
  const centred = i32x4.sub(differences, i32x4.splat(i32.MIN_VALUE));
  return v128.xor(i32x4.lt_s(centred, i32x4.splat(0)), i32x4.splat(falls ? -1 : 0));
}

/** Magnitudes of the exponents of four pairs, as doubles; returns a bit for each that series.ts is not for, whose double is zero. */
function storeArguments(from: usize, negative: v128, to: usize): u32 {
  const size = i32x4.abs(i32x4.sub(v128.load(from), i32x4.splat(i32.MIN_VALUE))); // −2^31 stays 2^31, unsigned
  const whole = i32x4.splat(slopeHigh);
  const part = i32x4.splat(slopeLow);
  const signA = i64x2.extend_low_i32x4_s(negative);
  const signB = i64x2.extend_high_i32x4_s(negative);
  const a = magnitude(i64x2.extmul_low_i32x4_u(size, whole), i64x2.extmul_low_i32x4_u(size, part), signA);
  const b = magnitude(i64x2.extmul_high_i32x4_u(size, whole), i64x2.extmul_high_i32x4_u(size, part), signB);
  const beyondA = cannotSum(a, signA);
  const beyondB = cannotSum(b, signB);
  v128.store(to, toDouble(v128.andnot(a, beyondA)));
  v128.store(to, toDouble(v128.andnot(b, beyondB)), 16);
  return i64x2.bitmask(beyondA) | (i64x2.bitmask(beyondB) << 2);
}

/** Two magnitudes of exponents from the two products of the slope: the floor of a negative one has the larger magnitude. */
function magnitude(whole: v128, part: v128, negative: v128): v128 {
  const roundUp = v128.and(negative, i64x2.splat(0xffffffff));
  const x = i64x2.add(whole, i64x2.shr_u(i64x2.add(part, roundUp), 32));
  const most = i64x2.splat(TWENTY);
  return v128.bitselect(most, x, i64x2.gt_s(x, most));
}

/** −1 in the lanes of two exponents that are too large for series.ts, or one, for which the reference has a constant. */
function cannotSum(magnitudes: v128, negative: v128): v128 {
  const isOne = v128.andnot(i64x2.eq(magnitudes, i64x2.splat(i32f32.ONE)), negative);
  return v128.or(i64x2.ge_s(magnitudes, i64x2.splat(EIGHT)), isOne);
}

/** Four α from the R at `sums`; 0 where they are open. */
function summed(sums: usize, negative: v128): v128 {
  const a = summedPair(v128.load(sums), i64x2.extend_low_i32x4_s(negative));
  const b = summedPair(v128.load(sums, 16), i64x2.extend_high_i32x4_s(negative));
  return i32x4.shuffle(a, b, 0, 2, 4, 6);
}

/**
 * Two of them, in the low halves. Each of the three results is nudged down by more than it is rounded up, and all are at most 2^32: what
 * is computed lies below what is meant by less than 6u·2^32, and has its floor unless it comes as close below an integer.
 */
function summedPair(sum: v128, negative: v128): v128 {
  const nudged = f64x2.splat(TWO64 * BELOW);
  const inverse = f64x2.div(nudged, sum);
  const reciprocal = f64x2.floor(inverse);
  const growth = v128.bitselect(reciprocal, sum, negative);
  const quotient = f64x2.div(nudged, f64x2.add(f64x2.splat(TWO32), growth));
  const sigmoid = f64x2.floor(quotient);
  const product = f64x2.mul(sigmoid, v128.load(RANGE_BELOW));
  const above = f64x2.floor(product);
  const rest = f64x2.pmax(
    f64x2.sub(inverse, reciprocal),
    f64x2.pmax(f64x2.sub(quotient, sigmoid), f64x2.sub(product, above)),
  );
  return v128.and(f64x2.add(above, v128.load(LOW)), f64x2.lt(rest, f64x2.splat(CERTAIN)));
}
