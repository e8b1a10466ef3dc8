/**
 * e^x of I32F32 by the crate's truncated Taylor sum: 1 + x + Σ term_i over i = 2 … 31 with
 * term_i = ⌊⌊term_{i−1}·x⌋ / i⌋ for x > 0, and 1/e^|x| for x < 0. Every rounding is part of the result.
 */
import { MAX, ONE } from "./i32f32";
import { mulHigh } from "./wide";

/** Last index of the sum: the crate runs i over 2 .. FRACTION_BITS, exclusive. */
const LAST_TERM: u64 = 31;
/** e as the crate holds it, 23 fraction bits, widened to 32. */
const E: i64 = 0x15bf0a8 << 9;
/** 20 as I32F32: up to here no term and no product leaves 63 bits. */
const TWENTY: i64 = 20 << 32;
const LOW32: u64 = 0xffffffff;

const slot = memory.data(8);

/** Stores e^x at `out`; false (the crate's error) when an intermediate does not fit, from |x| ≈ 20.75 on. */
export function exp(out: usize, x: i64): bool {
  if (x >= -TWENTY && x <= TWENTY) {
    store<i64>(out, expNear(x));
    return true;
  }
  // 2^63, the magnitude of the smallest number, has no positive twin: the crate's checked negation refuses it.
  if (x === i64.MIN_VALUE || !seriesFar(slot, <u64>(x < 0 ? -x : x))) return false;
  const sum = load<u64>(slot);
  store<u64>(out, x < 0 ? reciprocal(sum) : sum);
  return true;
}

/** e^x with x first clamped to [−20, 20], where nothing overflows (epoch/math.rs `exp_safe`). */
export function expSafe(x: i64): i64 {
  return expNear(x < -TWENTY ? -TWENTY : x > TWENTY ? TWENTY : x);
}

/** e^x for |x| ≤ 20. */
function expNear(x: i64): i64 {
  if (x === 0) return ONE;
  if (x === ONE) return E;
  return <i64>(x < 0 ? reciprocal(seriesNear(<u64>-x)) : seriesNear(<u64>x));
}

/**
 * The sum for x ≤ 20, unrolled: division by a constant and no loop make it almost twice as quick. A zero term ends it,
 * because all later terms are then zero.
 */
function seriesNear(x: u64): u64 {
  let term = x;
  let sum = x + ONE;
  term = times(term, x) / 2;
  sum += term;
  term = times(term, x) / 3;
  sum += term;
  term = times(term, x) / 4;
  sum += term;
  term = times(term, x) / 5;
  sum += term;
  term = times(term, x) / 6;
  sum += term;
  term = times(term, x) / 7;
  sum += term;
  term = times(term, x) / 8;
  sum += term;
  if (term === 0) return sum;
  term = times(term, x) / 9;
  sum += term;
  term = times(term, x) / 10;
  sum += term;
  term = times(term, x) / 11;
  sum += term;
  term = times(term, x) / 12;
  sum += term;
  if (term === 0) return sum;
  term = times(term, x) / 13;
  sum += term;
  term = times(term, x) / 14;
  sum += term;
  term = times(term, x) / 15;
  sum += term;
  term = times(term, x) / 16;
  sum += term;
  return term === 0 ? sum : sum + lateTerms(term, x);
}

/** The terms from 17 to LAST_TERM, added up. */
function lateTerms(term: u64, x: u64): u64 {
  let sum: u64 = 0;
  term = times(term, x) / 17;
  sum += term;
  term = times(term, x) / 18;
  sum += term;
  term = times(term, x) / 19;
  sum += term;
  term = times(term, x) / 20;
  sum += term;
  if (term === 0) return sum;
  term = times(term, x) / 21;
  sum += term;
  term = times(term, x) / 22;
  sum += term;
  term = times(term, x) / 23;
  sum += term;
  term = times(term, x) / 24;
  sum += term;
  if (term === 0) return sum;
  term = times(term, x) / 25;
  sum += term;
  term = times(term, x) / 26;
  sum += term;
  term = times(term, x) / 27;
  sum += term;
  term = times(term, x) / 28;
  sum += term;
  if (term === 0) return sum;
  term = times(term, x) / 29;
  sum += term;
  term = times(term, x) / 30;
  sum += term;
  term = times(term, x) / 31;
  sum += term;
  return sum;
}

/** ⌊term·x⌋ for x ≤ 20 where the result has less than 64 bits; most terms are so small that one product does. */
function times(term: u64, x: u64): u64 {
  if (term >> 27 === 0) return (term * x) >> 32;
  const x0 = x & LOW32;
  return term * (x >> 32) + (term >> 32) * x0 + (((term & LOW32) * x0) >> 32);
}

/** The sum for any x < 2^31 with every step checked; false when one leaves the range of I32F32. */
function seriesFar(out: usize, x: u64): bool {
  let sum = x + ONE;
  let term = x;
  if (sum > <u64>MAX) return false;
  for (let i: u64 = 2; i <= LAST_TERM; i++) {
    const high = mulHigh(term, x);
    if (high >> 31 !== 0) return false;
    term = ((high << 32) | ((term * x) >> 32)) / i;
    sum += term;
    if (sum > <u64>MAX) return false;
  }
  store<u64>(out, sum);
  return true;
}

/** 1/y truncated = ⌊2^64 / y⌋ for y > 1, from ⌊(2^64 − 1) / y⌋, which is one less exactly where y divides 2^64. */
export function reciprocal(y: u64): u64 {
  const quotient = u64.MAX_VALUE / y;
  return quotient + u64(quotient * y + y === 0);
}
