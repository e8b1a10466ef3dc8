/**
 * Shares of one sum: ⌊part · 2^32 / sum⌋ as I32F32 for many parts of the same 128-bit sum, by multiplying with its inverse. Any 128-bit
 * fixed-point format will do, as long as part and sum have the same.
 *
 * Shift both left by z so that the sum has its highest bit set, and let d and e be the upper words of sum and part. The inverse is
 * I = ⌊2^127 / (d + 1)⌋ < 2^64. Then G = ⌊e·I / 2^95⌋ is not above the share, and since e·2^64 ≤ part < (e + 1)·2^64 (likewise the
 * sum) and d ≥ 2^63, what it leaves out before rounding is less than
 *   2^32 · ((e + 1)/d − e/(d + 1)) + e/2^95 < 2^32 · 2^−61 + 2^−31 < 1.
 * So the share is G or G + 1, which the exact remainder tells.
 */
import { divWide, mulHigh } from "./wide";

let sumLow: u64 = 0;
let sumHigh: u64 = 0;
let shift: u64 = 0;
let inverse: u64 = 0;

/** Takes the sum, 16 bytes at `sum`, above 0 and below 2^127. */
export function prepare(sum: usize): void {
  sumLow = load<u64>(sum);
  sumHigh = load<u64>(sum, 8);
  shift = sumHigh === 0 ? 64 + clz(sumLow) : clz(sumHigh);
  const divisor = upperWord(sumHigh, sumLow) + 1;
  const half: u64 = 1 << 63;
  inverse = divisor === 0 ? half : divWide(half, 0, divisor);
}

/** The share of a part, 16 bytes at `part`, at most the sum. */
export function shareOf(part: usize): i64 {
  const low = load<u64>(part);
  const high = load<u64>(part, 8);
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
