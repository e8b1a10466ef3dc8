/**
 * e^x in doubles beside what the reference makes of it, with bounds: what certified.ts rests on.
 *
 * Notation: x ≥ 0 as I32F32 bits, x ≤ 20·2^32, X = x / 2^32, E = 2^32·e^X exactly, u = 2^−53. A bucket k holds the x with
 * ⌊x / 2^27⌋ = k, so that X lies in [k/32, (k + 1)/32); k = 640 holds X = 20 alone.
 *
 * 1. What the reference computes (fixed/exp64.ts), R = 2^32 + x + Σ t_i over i = 2 … 31 with t_1 = x, t_i = ⌊⌊t_{i−1}·X⌋ / i⌋.
 *    Nested floors are one: t_i = ⌊t_{i−1}·X / i⌋ > t_{i−1}·X/i − 1. Let τ_i = 2^32·X^i/i! and δ_i = τ_i − t_i, so δ_1 = 0 and
 *    0 ≤ δ_i < δ_{i−1}·X/i + 1; also δ_i ≤ τ_i. With Δ_1 = 0 and Δ_i = min(τ_i, Δ_{i−1}·X/i + 1) therefore δ_i ≤ Δ_i, and
 *
 *      E − D ≤ R ≤ E,  D = Σ Δ_i (2 … 31) + Σ τ_i (from 32 on),  the last sum at most τ_32 / (1 − X/33), as τ_{i+1} ≤ τ_i·X/33.
 *
 *    A zero term ends the reference's sum early; all later ones would be zero. Its e^1, a constant, is excluded (certified.ts),
 *    its e^0 = 2^32 fits. Both parts of D grow with X: `excess(k)` takes X = (k + 1)/32. It adds and multiplies positive numbers
 *    only, fewer than 2^8 of them, so that it is within a factor 1 ± 2^−44 of D, which the factor SAFE = 1 + 2^−20 covers.
 *
 * 2. What is computed here. GROWTH[k] is 2^32·r^k by k roundings, r the double nearest to e^(1/32): off by a factor within
 *    (1 ± u)^(2k), k ≤ 640. DECAY[k] is 2^64 / GROWTH[k], rounded once more. f = X − k/32 < 2^−5 is exact. The polynomial
 *    Σ (±f)^i/i! (0 … 7) leaves out less than e^f·f^8/8! < e^f·2^−55 ≤ u/3·e^±f. Horner's scheme: let θ_i bound the relative error of
 *    the partial value from power i up. Each step rounds a coefficient, a product and a sum, and takes over at most 1/30 of the
 *    error before it: θ_i ≤ 2u + (θ_{i+1} + u)/30 + O(u^2) < 3u. Together with one product:
 *
 *      `growth` is within a factor 1 ± 1290u of 2^32·e^±X   (1280 + 1 + 1/3 + 3 + 1 = 1285.33, the rest for second order).
 */

/** Buckets of 1/32 up to 20, and 20 itself. */
export const BUCKETS: i32 = 641;
/** The double nearest to e^(1/32) = 1.03174340749910267…; exact to half a unit in the last place. */
const RATIO: f64 = 1.0317434074991028;
const TWO32: f64 = 4294967296.0;

/** Bytes of a bucket: a power of e^(1/32), and a width that certified.ts keeps with it; two doubles. */
const ENTRY_SHIFT: i32 = 4;
/** The buckets of positive exponents with 2^32·e^(k/32), GROWTH, and of negative ones with 2^32·e^(−k/32), DECAY. */
const TABLE = memory.data(20512, 16);
let filled: bool = false;

/** Address of bucket k; `negative` ones come after the others. */
function entry(k: i32, negative: bool): usize {
  return TABLE + ((<usize>(negative ? k + BUCKETS : k)) << ENTRY_SHIFT);
}

/** Fills the powers of the table when first called. */
export function fillGrowth(): void {
  if (filled) return;
  let value = TWO32;
  for (let k = 0; k < BUCKETS; k++) {
    store<f64>(entry(k, false), value);
    store<f64>(entry(k, true), (TWO32 * TWO32) / value);
    value *= RATIO;
  }
  filled = true;
}

/** 2^32·e^(k/32), within 1280u. */
export function growthAt(k: i32): f64 {
  return load<f64>(entry(k, false));
}

/** Keeps a width with bucket k. */
export function setWidth(k: i32, negative: bool, width: f64): void {
  store<f64>(entry(k, negative), width, 8);
}

/** Step 1: D for all x of bucket k. */
export function excess(k: i32): f64 {
  const x = <f64>(k + 1) / 32.0;
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

/**
 * Step 2: 2^32·e^±X of two x ≤ 20. `powers` are those of their buckets, `fractions` their low 27 bits over 2^32, with the sign of the
 * exponent.
 */
export function growth(powers: v128, fractions: v128): v128 {
  let p = f64x2.add(f64x2.splat(1.0 / 720.0), f64x2.mul(fractions, f64x2.splat(1.0 / 5040.0)));
  p = f64x2.add(f64x2.splat(1.0 / 120.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(0.5), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0), f64x2.mul(fractions, p));
  return f64x2.mul(powers, p);
}

/** The bucket whose index is in the first 64-bit lane of `k`: power and width. */
export function firstEntry(k: v128): v128 {
  return v128.load(TABLE + ((<usize>i32x4.extract_lane(k, 0)) << ENTRY_SHIFT));
}

/** The one whose index is in the second lane. */
export function secondEntry(k: v128): v128 {
  return v128.load(TABLE + ((<usize>i32x4.extract_lane(k, 2)) << ENTRY_SHIFT));
}
