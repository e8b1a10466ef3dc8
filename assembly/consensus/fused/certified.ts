/**
 * α of pairs (consensus/sigmoid.ts says what α is): what an epoch has for all of them, and α by the reference's own sum, or exactly.
 *
 * For a pair with difference d the reference has the exponent x = ⌊slope·(d − 2^31) / 2^32⌋, clamped to ±20; then, with e for its
 * e^x, s = ⌊2^64 / (2^32 + e)⌋ and α = low + ⌊s·(high − low) / 2^32⌋. α falls as e grows, so bounds of e bound α.
 *
 * By bounds: bounds.ts. By the sum: series.ts has R itself; e is R, or for a negative exponent ⌊2^64 / R⌋, and `summedPair` says when
 * the floors from there on are certain.
 */
import * as i32f32 from "../../fixed/i32f32";
import { alphaSigmoid, sigmoidSlope } from "../sigmoid";
import { prepareGrowth } from "./growth";
import { mul, TWO52, toDouble } from "./lanes";
import { ARGUMENTS, SUMS, sumSeries } from "./series";

const BELOW: f64 = 1.0 - 4.440892098500626e-16;
/** 1 − 2^−18: 7u·2^32 is less than the rest. */
const CERTAIN: f64 = 0.999996185302734375;
const TWO31: f64 = 2147483648.0;
const TWO32: f64 = 4294967296.0;
const TWO64: f64 = TWO32 * TWO32;
const TWENTY: i64 = 20 << 32;
/** Magnitudes from here on are not for series.ts. */
const EIGHT: i64 = 8 << 32;

let low: i64 = 0;
let high: i64 = 0;
let slope: i64 = 0;
/** high − low, as u32. */
let range: i32 = 0;
/** slope / 2^32. */
export let steepness: f64 = 0;
/** Differences below and above, u32, have the exponents of these: about ±20. */
export let first: i32 = 0;
export let last: i32 = 0;
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

/** The bounds of α and the setting of the steepness, all I32F32. False where lanes can't serve: α might be zero or one. */
export function prepareAlphas(alphaLow: i64, alphaHigh: i64, setting: i64): bool {
  low = alphaLow;
  high = alphaHigh;
  slope = sigmoidSlope(setting);
  restAlpha = alphaSigmoid(0, 0, 0, low, high, slope);
  if (low <= 0 || low >= i32f32.ONE) return false;
  // Either α is `low`, or that of d = 1/2.
  isFlat = low >= high || slope === 0;
  falls = slope < 0;
  const size = falls ? -slope : slope;
  slopeHigh = <i32>(size >> 32);
  slopeLow = <i32>size;
  // A whole slope makes whole exponents of differences, which are whole themselves.
  prepareGrowth(slopeLow === 0);
  range = <i32>(high - low);
  // The exponent of 2^31 ± reach exceeds 20·2^32 by less than three times slope / 2^32 < 328.
  const reach = min<f64>((<f64>TWENTY * TWO32) / <f64>size + 2.0, TWO31);
  first = <i32>(<u32>(TWO31 - reach));
  last = <i32>(<u32>min<f64>(TWO31 + reach, TWO32 - 1.0));
  steepness = <f64>slope / TWO32;
  return true;
}

/** α of one pair, exactly. */
export function pairAlpha(consensus: i64, weight: i64, bond: i64): i64 {
  exactAlphas++;
  return alphaSigmoid(consensus, weight, bond, low, high, slope);
}

/** α of four s. */
export function alphasOf(sigmoids: v128): v128 {
  return i32x4.add(mul(sigmoids, i32x4.splat(range)), i32x4.splat(<i32>low));
}

/**
 * α of pairs by the reference's own sum, eight at a time and up to as many as a list has room for (pairs.ts): `bytes` of differences at `from`,
 * u32, to `to`, 0 where it is open still. In three loops: a turn of the first or the last is long, and has nothing to do with the next.
 */
export function sumAlphas(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const differences = v128.load(from + at);
    storeArguments(differences, negatives(differences), ARGUMENTS + (at << 1));
  }
  for (let at: usize = 0; at < bytes; at += 32) sumSeries(at << 1);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, summed(SUMS + (at << 1), negatives(v128.load(from + at))));
  }
}

/** −1 where the exponent is negative; of zero either will do. */
function negatives(differences: v128): v128 {
  const centred = i32x4.sub(differences, i32x4.splat(i32.MIN_VALUE));
  return v128.xor(i32x4.lt_s(centred, i32x4.splat(0)), i32x4.splat(falls ? -1 : 0));
}

/** Magnitudes of the exponents of four pairs, as doubles; zero, whose α is open always, for each that series.ts is not for. */
function storeArguments(differences: v128, negative: v128, to: usize): void {
  const size = i32x4.abs(i32x4.sub(differences, i32x4.splat(i32.MIN_VALUE))); // −2^31 stays 2^31, unsigned
  const whole = i32x4.splat(slopeHigh);
  const part = i32x4.splat(slopeLow);
  const signA = i64x2.extend_low_i32x4_s(negative);
  const signB = i64x2.extend_high_i32x4_s(negative);
  const a = magnitude(i64x2.extmul_low_i32x4_u(size, whole), i64x2.extmul_low_i32x4_u(size, part), signA);
  const b = magnitude(i64x2.extmul_high_i32x4_u(size, whole), i64x2.extmul_high_i32x4_u(size, part), signB);
  v128.store(to, toDouble(v128.andnot(a, cannotSum(a, signA))));
  v128.store(to, toDouble(v128.andnot(b, cannotSum(b, signB))), 16);
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
  const sigmoids = i32x4.shuffle(a, b, 0, 2, 4, 6);
  return v128.andnot(alphasOf(sigmoids), i32x4.eq(sigmoids, i32x4.splat(0)));
}

/**
 * Two s of them, in the low halves; 0, as no s is, where they are open, or the sum is not a number. Both quotients are nudged down by more
 * than they are rounded up, and at most 2^32: what is computed lies below what is meant by less than 7u·2^32, and has its floor unless it
 * comes as close below an integer. At an exponent of zero both are integers.
 */
function summedPair(sum: v128, negative: v128): v128 {
  const nudged = f64x2.splat(TWO64 * BELOW);
  const inverse = f64x2.div(nudged, sum);
  const reciprocal = f64x2.floor(inverse);
  const growth = v128.bitselect(reciprocal, sum, negative);
  const quotient = f64x2.div(nudged, f64x2.add(f64x2.splat(TWO32), growth));
  const sigmoid = f64x2.floor(quotient);
  const rest = f64x2.pmax(f64x2.sub(inverse, reciprocal), f64x2.sub(quotient, sigmoid));
  const isCertain = f64x2.lt(rest, f64x2.splat(CERTAIN));
  return v128.and(f64x2.add(sigmoid, f64x2.splat(TWO52)), isCertain);
}
