/**
 * e^y in doubles beside what the reference makes of it, with bounds: what certified.ts rests on.
 *
 * Notation: y is an exponent of either sign, in I32F32 bits but not rounded yet, |y| ≤ 20·2^32; x = ⌊y⌋ is what the reference sees,
 * X = |x| / 2^32, E = 2^32·e^(x / 2^32) exactly, u = 2^−53. Exponents are handed over as z = y / 2^27, in buckets of 1/32: bucket k,
 * −640 ≤ k ≤ 640, holds what lies within 1/2 of it, f = z − k being the rest.
 *
 * 1. What the reference computes (fixed/exp64.ts) of a magnitude X is R = 2^32·(1 + X) + Σ t_i over i = 2 … 31 with t_1 = 2^32·X,
 *    t_i = ⌊⌊t_{i−1}·X⌋ / i⌋. Nested floors are one: t_i = ⌊t_{i−1}·X / i⌋ > t_{i−1}·X/i − 1. Let τ_i = 2^32·X^i/i! and
 *    δ_i = τ_i − t_i, so δ_1 = 0 and 0 ≤ δ_i < δ_{i−1}·X/i + 1; also δ_i ≤ τ_i. With Δ_1 = 0 and Δ_i = min(τ_i, Δ_{i−1}·X/i + 1)
 *    therefore δ_i ≤ Δ_i, and
 *
 *      2^32·e^X − D ≤ R ≤ 2^32·e^X,  D = Σ Δ_i (2 … 31) + Σ τ_i (from 32 on),  the last sum at most τ_32 / (1 − X/33), as
 *      τ_{i+1} ≤ τ_i·X/33.
 *
 *    A zero term ends the reference's sum early; all later ones would be zero. Its e^0 = 2^32 fits; its e^1, a constant 354.8 below
 *    2^32·e, fits as D = 400 does in bucket 32; e^−1 is no constant. D grows with X: `excess` of a bucket's largest X serves all of it.
 *    It adds and multiplies positive numbers only, fewer than 2^8 of them, so that it is within a factor 1 ± 2^−44 of D, which the
 *    factor SAFE = 1 + 2^−20 covers.
 *
 * 2. So what the reference has for e^y, call it e, a whole number, lies
 *
 *      for x ≥ 0, where e = R,             in [E·(1 − D/E), E];
 *      for x < 0, where e = ⌊2^64 / R⌋,    in [⌊E⌋, ⌊E·(1 + D/(1/E' − D))⌋], 1/E' = 2^64/E being 2^32·e^X.
 *
 *    Both fractions fall as X grows and grow with D, so that a bucket's smallest X and largest D serve all of it. That smallest
 *    2^32·e^X is at least 2^32·e^(|k|/32)·(1 − 1/64). Bucket 0 has exponents of both signs, and both widths.
 *
 * 3. What is computed here. The power of bucket k > 0 is 2^32·r^k by k roundings, r the double nearest to e^(1/32): off by a factor
 *    within (1 ± u)^(2k), k ≤ 640; that of −k is 2^64 over it, rounded once more. `polynomial` is e^(f/32) for |f| ≤ 1/2: with
 *    t = f/32 and g = 1/64 it is 1 + t + t²/2 + t³/6 + t⁴/24 + (20·g²·t³ − 5·g⁴·t)/1920, whose last part is t⁵/120 but for
 *    g⁵/1920·T₅(t/g), T₅ being Chebyshev's polynomial, at most 1. Left out are g⁵/1920 + g⁶/720·1.01 at most, over e^−g less than
 *    5.2e−13 of the whole. Horner's scheme adds less than 4u, z itself, a product rounded once, 20u.
 *
 *      `polynomial` times a power is within a factor 1 ± (1280 + 1 + 4 + 20 + 1 + 2)·u ± 5.2e−13, within 1 ± 6.7e−13, of 2^32·e^(y / 2^32).
 *
 *    MARGIN = 2^−40 > 9e−13 covers that. And 2^32·e^(y / 2^32) is not below E, and above it by a factor of e^(2^−32) at most, since
 *    y − 1 < x ≤ y. The lower bound leaves room for it: FLOOR = 2^−32·SAFE. Where y is whole, x is y: there is a table without that room.
 *
 * 4. Exponents may be handed over that exceed ±20·2^32 by 2^10 at most, where the reference has ±20·2^32: e^y is then off by a factor
 *    of e^(2^−22) at most, either way. The last bucket at each end leaves room for it: D/E is more than 0.8 % there (what comes after
 *    i = 31 is that much of e^20), and over a bucket's smallest X it is taken for more by a 64th.
 */

/** Buckets to either side of the middle one. */
const REACH: i32 = 640;
/** The double nearest to e^(1/32) = 1.03174340749910267…; exact to half a unit in the last place. */
const RATIO: f64 = 1.0317434074991028;
const TWO32: f64 = 4294967296.0;
const MARGIN: f64 = 9.094947017729282e-13;
const SAFE: f64 = 1.0 + 9.5367431640625e-7;
const FLOOR: f64 = SAFE / TWO32;
/** How far the reference's e^1 may be from e, and its bucket. */
const AROUND_E: f64 = 400.0;
const BUCKET_OF_E: i32 = 32;

/**
 * A bucket: the power of e^(1/32) times the factor that makes it a lower bound, and times that of an upper one; two doubles. A table for
 * exponents that are rounded down, and one for whole ones.
 */
const ENTRY_SHIFT: i32 = 4;
const TABLE_BYTES: usize = 20496;
const TABLES = memory.data(40992, 16);
let filled: bool = false;
/** The one in use. */
let table: usize = 0;

/** Added to z it leaves k + REACH, rounded to the nearest, in the low bits of a double. */
const TO_BUCKET: f64 = 6755399441055744.0 + <f64>REACH;

/** Coefficients of `polynomial`, of f. */
const C1: f64 = (1.0 - 5.0 / 16777216.0 / 1920.0) / 32.0;
const C2: f64 = 1.0 / 2048.0;
const C3: f64 = (1.0 / 6.0 + 20.0 / 4096.0 / 1920.0) / 32768.0;
const C4: f64 = 1.0 / 24.0 / 1048576.0;

/** Once an epoch: whether all of its exponents are whole numbers. Fills the tables when first called: they depend on nothing. */
export function prepareGrowth(isWhole: bool): void {
  table = isWhole ? TABLES + TABLE_BYTES : TABLES;
  if (filled) return;
  let power = TWO32;
  for (let k = 0; k <= REACH; k++) {
    const d = excess((<f64>k + 0.5) / 32.0) * SAFE;
    const most = k === BUCKET_OF_E ? max(d, AROUND_E) : d;
    const smallest = power * (1.0 - 1.0 / 64.0);
    const left = (most / smallest) * SAFE;
    const added = (d / (smallest - d)) * SAFE;
    setEntry(k, power, left, k === 0 ? added : 0.0);
    if (k !== 0) setEntry(-k, (TWO32 * TWO32) / power, 0.0, added);
    power *= RATIO;
  }
  filled = true;
}

function setEntry(k: i32, power: f64, left: f64, added: f64): void {
  const rounded = TABLES + ((<usize>(k + REACH)) << ENTRY_SHIFT);
  const whole = rounded + TABLE_BYTES;
  const upper = power * (1.0 + MARGIN + added);
  store<f64>(rounded, power * (1.0 - MARGIN - FLOOR - left));
  store<f64>(rounded, upper, 8);
  store<f64>(whole, power * (1.0 - MARGIN - left));
  store<f64>(whole, upper, 8);
}

/** Step 1: D for all X up to x. */
export function excess(x: f64): f64 {
  let delta = 0.0;
  let sum = 0.0;
  let term = TWO32 * x;
  for (let i = 2; i < 32; i++) {
    term *= x / <f64>i;
    delta = min(term, (delta * x) / <f64>i + 1.0);
    sum += delta;
  }
  return sum + (term * (x / 32.0)) / (1.0 - x / 33.0);
}

/** Two z with the index of their bucket in the low halves. */
export function buckets(z: v128): v128 {
  return f64x2.add(z, f64x2.splat(TO_BUCKET));
}

/** Two f, from z and its bucket. */
export function withinBucket(z: v128, bucket: v128): v128 {
  return f64x2.sub(z, f64x2.sub(bucket, f64x2.splat(TO_BUCKET)));
}

/** Addresses of the entries of four buckets, of two and two z. */
export function entriesOf(bucketA: v128, bucketB: v128): v128 {
  const index = i32x4.shuffle(bucketA, bucketB, 0, 2, 4, 6);
  return i32x4.add(i32x4.splat(<i32>table), i32x4.shl(index, ENTRY_SHIFT));
}

/** Step 3: e^(f/32) of two f. */
export function polynomial(f: v128): v128 {
  let p = f64x2.add(f64x2.splat(C3), f64x2.mul(f, f64x2.splat(C4)));
  p = f64x2.add(f64x2.splat(C2), f64x2.mul(f, p));
  p = f64x2.add(f64x2.splat(C1), f64x2.mul(f, p));
  return f64x2.add(f64x2.splat(1.0), f64x2.mul(f, p));
}

/** The factors of `polynomial` that make it a lower bound of e, of the entries at two addresses. */
export function lowerFactors(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

/** Those of an upper bound. */
export function upperFactors(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first, 8), 1, 8);
}
