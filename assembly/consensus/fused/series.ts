/**
 * The reference's own sum for e^x (fixed/exp64.ts) for four x < 8 at once, in doubles that prove themselves.
 *
 * With x as I32F32 bits and X = x / 2^32, t_1 = x and t_i = ⌊⌊t_{i−1}·X⌋ / i⌋ = ⌊t_{i−1}·X / i⌋, as nested floors are one. Terms are
 * whole, at most 2^32·8^8/8! < 2^41, and their sum is below 2^32·e^8 < 2^44: all exact as doubles. A zero term ends the sum early; all
 * later ones would be zero.
 *
 * Let v = t_{i−1}·X / i, and p what is computed for it: 1/i rounded, times 1 + 2^−50, times X, times t_{i−1}. Four roundings by a
 * factor within 1 ± 2^−53 and the last factor leave v ≤ p < v·(1 + 2^−49). ⌊p⌋ = ⌊v⌋ unless an integer lies above v and up to p; then
 * p lies above that integer by less than p·2^−49. Lanes where some p does are reported as open.
 */

const TWO32: f64 = 4294967296.0;
const ABOVE: f64 = 1.0 + 8.881784197001252e-16;
const CLOSE: f64 = 1.7763568394002505e-15;
const TERMS: i32 = 31;

/** f64: the sums of four lanes; all ones in the 64-bit lanes that are open. */
const SUMS = memory.data(32, 16);
const OPEN = memory.data(32, 16);
/** f64: 1/i, nudged up. */
const INVERSES = memory.data(256, 16);
let filled: bool = false;

function fillInverses(): void {
  for (let i = 1; i <= TERMS; i++) store<f64>(INVERSES + ((<usize>i) << 3), (1.0 / <f64>i) * ABOVE);
  filled = true;
}

/** The sums of x (whole doubles below 2^35): two low ones, two high ones. */
export function sumSeries(low: v128, high: v128): void {
  if (!filled) fillInverses();
  const scale = f64x2.splat(1.0 / TWO32);
  const close = f64x2.splat(CLOSE);
  const xLow = f64x2.mul(low, scale);
  const xHigh = f64x2.mul(high, scale);
  let termLow = low;
  let termHigh = high;
  let sumLow = f64x2.add(low, f64x2.splat(TWO32));
  let sumHigh = f64x2.add(high, f64x2.splat(TWO32));
  let openLow = i64x2.splat(0);
  let openHigh = openLow;
  let i = 2;
  do {
    const inverse = v128.load64_splat(INVERSES + ((<usize>i) << 3));
    const pLow = f64x2.mul(termLow, f64x2.mul(xLow, inverse));
    const pHigh = f64x2.mul(termHigh, f64x2.mul(xHigh, inverse));
    termLow = f64x2.floor(pLow);
    termHigh = f64x2.floor(pHigh);
    openLow = v128.or(openLow, f64x2.lt(f64x2.sub(pLow, termLow), f64x2.mul(pLow, close)));
    openHigh = v128.or(openHigh, f64x2.lt(f64x2.sub(pHigh, termHigh), f64x2.mul(pHigh, close)));
    sumLow = f64x2.add(sumLow, termLow);
    sumHigh = f64x2.add(sumHigh, termHigh);
    i++;
  } while (i <= TERMS && v128.any_true(v128.or(termLow, termHigh)));
  v128.store(SUMS, sumLow);
  v128.store(SUMS, sumHigh, 16);
  v128.store(OPEN, openLow);
  v128.store(OPEN, openHigh, 16);
}

/** What `sumSeries` found for its two low lanes. */
export function lowSums(): v128 {
  return v128.load(SUMS);
}

/** What it found for the two high ones. */
export function highSums(): v128 {
  return v128.load(SUMS, 16);
}

/** −1 in the four 32-bit lanes `sumSeries` left open. */
export function openSums(): v128 {
  return i32x4.shuffle(v128.load(OPEN), v128.load(OPEN, 16), 0, 2, 4, 6);
}
