/**
 * α of four pairs at once (consensus/sigmoid.ts says what α is), in doubles where both ends of a proved interval floor to the same
 * α, exactly where they do not.
 *
 * Notation of growth.ts. For a pair with difference d the reference has the exponent ⌊slope·(d − 2^31) / 2^32⌋, computed here
 * exactly and clamped to ±20, with x its magnitude; then s = ⌊2^64 / (2^32 + e)⌋ and α = low + ⌊s·(high − low) / 2^32⌋, where
 * e = R for a positive exponent and e = ⌊2^64 / R⌋ for a negative one. α grows with s, so bounds of s bound α.
 *
 * Let E − D ≤ R ≤ E: growth.ts for any x; D = 0 and E = R exactly for x < 1, by series.ts.
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
 * MARGIN, taken off each lower and added to each upper factor: E is off by at most 1290u, both quotients pass on at most that,
 * and add one sum, one quotient and the product with the factor, itself rounded twice: 1295u < 1.44e−13 in all.
 * MARGIN = 2^−42 > 2.27e−13.
 *
 * So ⌊s0·(1 − MARGIN)⌋ ≤ s ≤ ⌊s0·(1 + … + MARGIN)⌋ as computed. They stay below 2^32, since
 * e0 ≥ ⌊2^32/e^20·(1 − MARGIN)⌋ = 8. Excluded: the exponent +1, for which the reference has a rounded constant.
 */
import * as i32f32 from "../../fixed/i32f32";
import { u32At } from "../../linear/array";
import { alphaSigmoid, sigmoidSlope } from "../sigmoid";
import { BUCKETS, excess, fillGrowth, gather, gatherGrowth, growth, growthAt } from "./growth";
import { toDouble } from "./lanes";
import { seriesTail } from "./series";

const MARGIN: f64 = 2.2737367544323206e-13;
const SAFE: f64 = 1.0 + 9.5367431640625e-7;
const TWO32: f64 = 4294967296.0;
const TWO52: f64 = 4503599627370496.0;
const TWENTY: i64 = 20 << 32;
const BUCKET_BITS: i32 = 27;

/** f64 a bucket: w for positive exponents, then for negative ones; 2 · BUCKETS. */
const WIDTHS = memory.data(10256, 16);
/** Four α, four differences, four masks. */
const SCRATCH = memory.data(48, 16);

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
    store<f64>(WIDTHS + ((<usize>k) << 3), (d / (TWO32 + e - d)) * SAFE);
    store<f64>(WIDTHS + ((<usize>(k + BUCKETS)) << 3), (d / (e - d)) * SAFE);
  }
  filled = true;
}

/** α of four differences, u32 each. Those at rest (0) are given too, but `restAlpha` has them for nothing. */
export function alphas(differences: v128): v128 {
  if (flat) return i32x4.splat(<i32>restAlpha);
  const centred = i32x4.sub(differences, i32x4.splat(i32.MIN_VALUE));
  const zero = i32x4.splat(0);
  const negative = falls ? i32x4.gt_s(centred, zero) : i32x4.lt_s(centred, zero);
  const size = i32x4.abs(centred); // −2^31 stays 2^31, unsigned
  const negativeLow = i64x2.extend_low_i32x4_s(negative);
  const negativeHigh = i64x2.extend_high_i32x4_s(negative);
  const roundUp = i64x2.splat(0xffffffff); // the floor of a negative exponent
  const whole = i32x4.splat(slopeHigh);
  const part = i32x4.splat(slopeLow);
  const a = exponent(
    i64x2.extmul_low_i32x4_u(size, whole),
    i64x2.add(i64x2.extmul_low_i32x4_u(size, part), v128.and(negativeLow, roundUp)),
  );
  const b = exponent(
    i64x2.extmul_high_i32x4_u(size, whole),
    i64x2.add(i64x2.extmul_high_i32x4_u(size, part), v128.and(negativeHigh, roundUp)),
  );
  const wholes = i32x4.shuffle(a, b, 1, 3, 5, 7);
  const far = i32x4.ne(wholes, zero);
  const active = i32x4.ne(differences, zero);
  let least = zero;
  let doubtful = active;
  if (v128.any_true(far)) {
    const endsA = scale(endsFar(a, negativeLow));
    const endsB = scale(endsFar(b, negativeHigh));
    least = i32x4.shuffle(endsA, endsB, 0, 2, 4, 6);
    const isOne = i32x4.shuffle(i64x2.eq(a, i64x2.splat(i32f32.ONE)), i64x2.eq(b, i64x2.splat(i32f32.ONE)), 0, 2, 4, 6);
    const open = i32x4.ne(least, i32x4.shuffle(endsA, endsB, 1, 3, 5, 7));
    doubtful = v128.and(active, v128.or(open, v128.andnot(isOne, negative)));
  }
  if (v128.any_true(v128.andnot(doubtful, far))) {
    const x = i32x4.shuffle(a, b, 0, 2, 4, 6);
    const tail = seriesTail(x);
    const endsA = scale(endsNear(i64x2.extend_low_i32x4_u(x), i64x2.extend_low_i32x4_u(tail), negativeLow));
    const endsB = scale(endsNear(i64x2.extend_high_i32x4_u(x), i64x2.extend_high_i32x4_u(tail), negativeHigh));
    const near = i32x4.shuffle(endsA, endsB, 0, 2, 4, 6);
    const open = i32x4.ne(near, i32x4.shuffle(endsA, endsB, 1, 3, 5, 7));
    least = v128.bitselect(least, near, far);
    doubtful = v128.and(active, v128.bitselect(doubtful, open, far));
  }
  const found = i32x4.add(least, i32x4.splat(<i32>low));
  return v128.any_true(doubtful) ? settle(found, differences, doubtful) : found;
}

/** The magnitude of two exponents from the two products of the slope, at most 20. */
function exponent(whole: v128, part: v128): v128 {
  const x = i64x2.add(whole, i64x2.shr_u(part, 32));
  const most = i64x2.splat(TWENTY);
  return v128.bitselect(most, x, i64x2.gt_s(x, most));
}

/** The ends of s for two magnitudes and their signs. */
function endsFar(x: v128, negative: v128): v128 {
  const bucket = i64x2.shr_u(x, BUCKET_BITS);
  const fraction = toDouble(v128.and(x, i64x2.splat((1 << BUCKET_BITS) - 1)));
  const e = growth(gatherGrowth(bucket), f64x2.mul(fraction, f64x2.splat(1.0 / TWO32)));
  return ends(e, gather(WIDTHS, i64x2.add(bucket, v128.and(negative, i64x2.splat(BUCKETS)))), negative);
}

/** The same for magnitudes below one, with Σ t_i. */
function endsNear(x: v128, tail: v128, negative: v128): v128 {
  const sum = i64x2.add(i64x2.add(x, tail), i64x2.splat(i32f32.ONE));
  return ends(toDouble(sum), f64x2.splat(0.0), negative);
}

/** ⌊s0·lower⌋, ⌊s0·upper⌋ of two pairs from E and w, u32: low, high, low, high. */
function ends(e: v128, width: v128, negative: v128): v128 {
  const two64 = f64x2.splat(TWO32 * TWO32);
  const below = f64x2.splat(1.0 - MARGIN);
  const above = f64x2.splat(1.0 + MARGIN);
  const inverse = f64x2.div(two64, e);
  const e0 = f64x2.floor(f64x2.mul(inverse, below));
  const e1 = f64x2.floor(f64x2.mul(inverse, f64x2.add(above, width)));
  const spread = f64x2.mul(f64x2.sub(e1, e0), f64x2.splat(1.0 / TWO32));
  const s0 = f64x2.div(two64, f64x2.add(f64x2.splat(TWO32), v128.bitselect(e1, e, negative)));
  const upper = f64x2.add(above, v128.bitselect(spread, width, negative));
  // Adding 2^52 puts the integer into the low bits.
  const two52 = f64x2.splat(TWO52);
  const least = f64x2.add(f64x2.floor(f64x2.mul(s0, below)), two52);
  const most = f64x2.add(f64x2.floor(f64x2.mul(s0, upper)), two52);
  return i32x4.shuffle(least, most, 0, 4, 2, 6);
}

/** ⌊s·(high − low)⌋ of four u32. */
function scale(s: v128): v128 {
  const factor = i32x4.splat(range);
  return i32x4.shuffle(i64x2.extmul_low_i32x4_u(s, factor), i64x2.extmul_high_i32x4_u(s, factor), 1, 3, 5, 7);
}

/** The exact α in the lanes that ask for it. */
function settle(found: v128, differences: v128, asked: v128): v128 {
  v128.store(SCRATCH, found);
  v128.store(SCRATCH, differences, 16);
  v128.store(SCRATCH, asked, 32);
  for (let lane: u32 = 0; lane < 4; lane++) {
    if (u32At(SCRATCH + 32, lane) === 0) continue;
    store<u32>(SCRATCH + ((<usize>lane) << 2), <u32>pairAlpha(0, u32At(SCRATCH + 16, lane), 0));
  }
  return v128.load(SCRATCH);
}
