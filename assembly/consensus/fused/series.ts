/**
 * The reference's own sum for e^x (fixed/exp64.ts) for eight x < 8 at once, in doubles that prove themselves.
 *
 * With x as I32F32 bits and X = x / 2^32, t_1 = x and t_i = ⌊⌊t_{i−1}·X⌋ / i⌋ = ⌊t_{i−1}·X / i⌋, as nested floors are one. Terms are
 * whole, at most 2^32·8^8/8! < 2^41, and their sum is below 2^32·e^8 < 2^44: all exact as doubles. A zero term ends the sum early; all
 * later ones would be zero.
 *
 * Let v = t_{i−1}·X / i, and p what is computed for it: 1/i rounded, times 1 − 2^−50, times X, times t_{i−1}. Four roundings by a
 * factor within 1 ± 2^−53 and the last factor leave v·(1 − 2^−49) < p ≤ v. ⌊p⌋ = ⌊v⌋ unless an integer lies above p and up to v; then p
 * lies below that integer by less than v·2^−49, and that is at most the whole sum's part of 2^−49. So the largest p − ⌊p⌋ of all terms
 * tells at the end whether one of them may be wrong; p = 0 is right. Two lanes share that largest one, and are open together.
 *
 * Each term waits for the one before it, for some seven cycles; eight sums side by side fill the wait.
 */

const TWO32: f64 = 4294967296.0;
const BELOW: f64 = 1.0 - 8.881784197001252e-16;
const CLOSE: f64 = 1.7763568394002505e-15;
const TERMS: i32 = 31;

/** f64: x, and their sums, of as many pairs as a list has room for (pairs.ts). */
export const ARGUMENTS = memory.data(2048, 16);
export const SUMS = memory.data(2048, 16);
/** f64: 1/i, nudged down, from i = 2 on. */
const INVERSES = memory.data(256, 16);
let filled: bool = false;

function fillInverses(): void {
  for (let i = 2; i <= TERMS; i++) store<f64>(INVERSES + ((<usize>i) << 3), (1.0 / <f64>i) * BELOW);
  filled = true;
}

/** SUMS of the eight ARGUMENTS so many bytes on, whole doubles below 2^35. What is open is made no number: nothing else comes of it. */
export function sumSeries(at: usize): void {
  if (!filled) fillInverses();
  const from = ARGUMENTS + at;
  const to = SUMS + at;
  const scale = f64x2.splat(1.0 / TWO32);
  let termA = v128.load(from);
  let termB = v128.load(from, 16);
  let termC = v128.load(from, 32);
  let termD = v128.load(from, 48);
  const xA = f64x2.mul(termA, scale);
  const xB = f64x2.mul(termB, scale);
  const xC = f64x2.mul(termC, scale);
  const xD = f64x2.mul(termD, scale);
  const one = f64x2.splat(TWO32);
  let sumA = f64x2.add(termA, one);
  let sumB = f64x2.add(termB, one);
  let sumC = f64x2.add(termC, one);
  let sumD = f64x2.add(termD, one);
  let restAC = f64x2.splat(0.0);
  let restBD = restAC;
  let inverses = INVERSES + 16;
  do {
    const inverse = v128.load64_splat(inverses);
    const pA = f64x2.mul(termA, f64x2.mul(xA, inverse));
    const pB = f64x2.mul(termB, f64x2.mul(xB, inverse));
    const pC = f64x2.mul(termC, f64x2.mul(xC, inverse));
    const pD = f64x2.mul(termD, f64x2.mul(xD, inverse));
    termA = f64x2.floor(pA);
    termB = f64x2.floor(pB);
    termC = f64x2.floor(pC);
    termD = f64x2.floor(pD);
    restAC = f64x2.pmax(restAC, f64x2.sub(pA, termA));
    restBD = f64x2.pmax(restBD, f64x2.sub(pB, termB));
    restAC = f64x2.pmax(restAC, f64x2.sub(pC, termC));
    restBD = f64x2.pmax(restBD, f64x2.sub(pD, termD));
    sumA = f64x2.add(sumA, termA);
    sumB = f64x2.add(sumB, termB);
    sumC = f64x2.add(sumC, termC);
    sumD = f64x2.add(sumD, termD);
    inverses += 8;
  } while (inverses <= INVERSES + 8 * TERMS && v128.any_true(v128.or(v128.or(termA, termB), v128.or(termC, termD))));
  const openA = areClose(restAC, f64x2.pmax(sumA, sumC));
  const openB = areClose(restBD, f64x2.pmax(sumB, sumD));
  v128.store(to, v128.or(sumA, openA));
  v128.store(to, v128.or(sumB, openB), 16);
  v128.store(to, v128.or(sumC, openA), 32);
  v128.store(to, v128.or(sumD, openB), 48);
}

/** −1 in each of two lanes: p may have come too close below an integer. */
function areClose(rest: v128, sum: v128): v128 {
  return f64x2.gt(rest, f64x2.sub(f64x2.splat(1.0), f64x2.mul(sum, f64x2.splat(CLOSE))));
}
