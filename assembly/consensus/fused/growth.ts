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
 *    (1 ± u)^(2k), k ≤ 640. f = X − k/32 < 2^−5 is exact. The polynomial Σ f^i/i! (0 … 7) leaves out less than
 *    e^f·f^8/8! < e^f·2^−55 ≤ u/4·e^f. Horner's scheme: let θ_i bound the relative error of the partial value from power i
 *    up. Each step rounds a coefficient, a product and a sum, and takes over at most 1/31 of the error before it:
 *    θ_i ≤ 2u + (θ_{i+1} + u)/31 + O(u^2) < 3u. Together with one product:
 *
 *      `growth` is within a factor 1 ± 1290u of E   (1280 + 1/4 + 3 + 1 = 1284.25, the rest for second order).
 */

/** Buckets of 1/32 up to 20, and 20 itself. */
export const BUCKETS: i32 = 641;
/** The double nearest to e^(1/32) = 1.03174340749910267…; exact to half a unit in the last place. */
const RATIO: f64 = 1.0317434074991028;
const TWO32: f64 = 4294967296.0;

/** f64 a bucket: 2^32·e^(k/32). */
const GROWTH = memory.data(5128, 16);
let filled: bool = false;

/** Fills the table when first called. */
export function fillGrowth(): void {
  if (filled) return;
  let value = TWO32;
  for (let k = 0; k < BUCKETS; k++) {
    store<f64>(GROWTH + ((<usize>k) << 3), value);
    value *= RATIO;
  }
  filled = true;
}

/** 2^32·e^(k/32), within 1280u. */
export function growthAt(k: i32): f64 {
  return load<f64>(GROWTH + ((<usize>k) << 3));
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

/** Step 2: E of two x ≤ 20 in 64-bit lanes. `fractions` are their low 27 bits as doubles over 2^32, `at` their GROWTH. */
export function growth(at: v128, fractions: v128): v128 {
  let p = f64x2.add(f64x2.splat(1.0 / 720.0), f64x2.mul(fractions, f64x2.splat(1.0 / 5040.0)));
  p = f64x2.add(f64x2.splat(1.0 / 120.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(0.5), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0), f64x2.mul(fractions, p));
  p = f64x2.add(f64x2.splat(1.0), f64x2.mul(fractions, p));
  return f64x2.mul(at, p);
}

/** GROWTH of two buckets in the 64-bit lanes of `k`. */
export function gatherGrowth(k: v128): v128 {
  return gather(GROWTH, k);
}

/** Two doubles of a table, by index in 64-bit lanes. */
export function gather(table: usize, k: v128): v128 {
  const first = v128.load64_zero(table + ((<usize>i32x4.extract_lane(k, 0)) << 3));
  return v128.load64_lane(table + ((<usize>i32x4.extract_lane(k, 2)) << 3), first, 1);
}
