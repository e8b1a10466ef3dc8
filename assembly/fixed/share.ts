/**
 * Shares of one sum: ⌊part · 2^32 / sum⌋ as I32F32 for many parts of the same 128-bit sum. Any 128-bit fixed-point format will do, as long as
 * part and sum have the same.
 *
 * In doubles, where the sum is 2^64 or more: either number is the sum of two words, whose lowest bit is left out; each word and their sum are
 * rounded, then the inverse, then the product, six times in all by a factor within 1 ± 2^−53. The bits left out change the quotient by less than
 * 2^−30. So the product is within 2^32 · 2^−50.4 + 2^−30 < 2^−18 of part · 2^32 / sum, and its floor is the share unless an integer is that
 * close: where shares are whole, and by chance once in 2^17.
 *
 * There, and for smaller sums, in integers. Shift both left by z so that the sum has its highest bit set, and let d and e be the upper words of
 * sum and part. The inverse is I = ⌊2^127 / (d + 1)⌋ < 2^64. Then G = ⌊e·I / 2^95⌋ is not above the share, and since e·2^64 ≤ part <
 * (e + 1)·2^64 (likewise the sum) and d ≥ 2^63, what it leaves out before rounding is less than
 *   2^32 · ((e + 1)/d − e/(d + 1)) + e/2^95 < 2^32 · 2^−61 + 2^−31 < 1.
 * So the share is G or G + 1, which the exact remainder tells.
 */
import { HALF_WORD, nearest, TWO32 } from "./double";
import { divWide, mulHigh } from "./wide";

/** 1/2 − 2^−18: how far from the middle of two integers a product is certain. */
const CERTAIN: f64 = 0.5 - 3.814697265625e-6;

let sumLow: u64 = 0;
let sumHigh: u64 = 0;
let shift: u64 = 0;
/** 2^32 / sum as a double; 0, with which no product is certain, where the sum is too small for it. */
let scale: f64 = 0.0;

/** Takes the sum, 16 bytes at `sum`, above 0 and below 2^127. */
export function prepare(sum: usize): void {
  sumLow = load<u64>(sum);
  sumHigh = load<u64>(sum, 8);
  shift = sumHigh === 0 ? 64 + clz(sumLow) : clz(sumHigh);
  scale = sumHigh === 0 ? 0.0 : TWO32 / toDouble(sumLow, sumHigh);
}

/** The share of a part, 16 bytes at `part`, at most the sum. */
export function shareOf(part: usize): i64 {
  const low = load<u64>(part);
  const high = load<u64>(part, 8);
  if ((low | high) === 0) return 0;
  const product = toDouble(low, high) * scale;
  const floor = Math.floor(product);
  return Math.abs(product - floor - 0.5) < CERTAIN ? nearest(floor) : exactShare(low, high);
}

/** high·2^64 + low below 2^127 in units of 2^64, about. */
function toDouble(low: u64, high: u64): f64 {
  return <f64>(<i64>high) + <f64>(<i64>(low >> 1)) * HALF_WORD;
}

/** The share of a part above 0, in integers. */
function exactShare(low: u64, high: u64): i64 {
  const half: u64 = 1 << 63;
  const divisor = upperWord(sumHigh, sumLow) + 1;
  const inverse = divisor === 0 ? half : divWide(half, 0, divisor);
  const guess = mulHigh(upperWord(high, low), inverse) >> 31;
  // part · 2^32 − guess · sum, below 2 · sum < 2^128.
  const productLow = guess * sumLow;
  const productHigh = mulHigh(guess, sumLow) + guess * sumHigh;
  const dividend = low << 32;
  const restLow = dividend - productLow;
  const restHigh = ((high << 32) | (low >> 32)) - productHigh - u64(dividend < productLow);
  const exceeds = restHigh > sumHigh || (restHigh === sumHigh && restLow >= sumLow);
  return <i64>(guess + u64(exceeds));
}

/** Upper word of high·2^64 + low shifted left. */
function upperWord(high: u64, low: u64): u64 {
  if (shift >= 64) return low << (shift - 64);
  return (high << shift) | ((low >> 1) >> (63 - shift));
}
