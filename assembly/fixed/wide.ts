/**
 * Products and quotients wider than 64 bits, all unsigned unless the name says otherwise. Scalars hold 64 bits; wider
 * numbers lie in memory as little-endian 64-bit limbs.
 */

const LOW32: u64 = 0xffffffff;

/** Upper 64 bits of a·b. */
export function mulHigh(a: u64, b: u64): u64 {
  const a0 = a & LOW32;
  const a1 = a >> 32;
  const b0 = b & LOW32;
  const b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  const carry = a0 * b1 + (middle & LOW32);
  return a1 * b1 + (middle >> 32) + (carry >> 32);
}

/** Upper 64 bits of the signed product a·b. */
export function mulHighSigned(a: i64, b: i64): i64 {
  return <i64>mulHigh(<u64>a, <u64>b) - ((a >> 63) & b) - ((b >> 63) & a);
}

/**
 * ⌊(high·2^64 + low) / divisor⌋ for high < divisor, so that the quotient has 64 bits; two 32-bit digits, each guessed from
 * the top of a divisor shifted to have its highest bit set. The remainder is low − quotient·divisor (wrapping).
 */
export function divWide(high: u64, low: u64, divisor: u64): u64 {
  if (high === 0) return low / divisor;
  const shift = clz(divisor);
  const d = divisor << shift;
  const top = shift === 0 ? high : (high << shift) | (low >> (64 - shift));
  const rest = low << shift;
  const q1 = digit(top, rest >> 32, d);
  const middle = ((top << 32) | (rest >> 32)) - q1 * d;
  const q0 = digit(middle, rest & LOW32, d);
  return (q1 << 32) | q0;
}

/** One 32-bit digit of a quotient: ⌊(n·2^32 + next) / d⌋ for n < d, d ≥ 2^63, next < 2^32. */
function digit(n: u64, next: u64, d: u64): u64 {
  const d1 = d >> 32;
  const d0 = d & LOW32;
  let q = n / d1;
  let r = n - q * d1;
  while (q >> 32 !== 0 || q * d0 > ((r << 32) | next)) {
    q--;
    r += d1;
    if (r >> 32 !== 0) break;
  }
  return q;
}

/** Stores the 256-bit product (a1·2^64 + a0)·(b1·2^64 + b0) as four limbs at `out`. */
export function multiply256(out: usize, a0: u64, a1: u64, b0: u64, b1: u64): void {
  const low = mulHigh(a0, b0) + a0 * b1;
  const lowCarry = u64(low < a0 * b1);
  const middle = low + a1 * b0;
  const middleCarry = u64(middle < low);
  const high = mulHigh(a0, b1) + lowCarry;
  const sum = high + mulHigh(a1, b0);
  const sumCarry = u64(sum < high);
  const third = sum + middleCarry;
  const thirdCarry = u64(third < sum);
  const top = third + a1 * b1;
  store<u64>(out, a0 * b0);
  store<u64>(out, middle, 8);
  store<u64>(out, top, 16);
  store<u64>(out, mulHigh(a1, b1) + sumCarry + thirdCarry + u64(top < third), 24);
}

/** Running remainder of `divide256`, below its divisor between two digits. */
let remainderHigh: u64 = 0;
let remainderLow: u64 = 0;

/** Stores the four limbs of ⌊numerator / (d1·2^64 + d0)⌋ at `out`; the numerator has four limbs, the divisor is not 0. */
export function divide256(out: usize, numerator: usize, d0: u64, d1: u64): void {
  if (d1 === 0) {
    divideShort(out, numerator, d0);
    return;
  }
  // Shift both so that the divisor has its highest bit set: the first digit is then 0 and each guess is off by at most 2.
  const shift = clz(d1);
  const divisorHigh = (d1 << shift) | topBits(d0, shift);
  const divisorLow = d0 << shift;
  let limb = load<u64>(numerator, 24);
  let below = load<u64>(numerator, 16);
  remainderHigh = topBits(limb, shift);
  remainderLow = (limb << shift) | topBits(below, shift);
  store<u64>(out, 0, 24);
  for (let i: usize = 24; i !== 0; ) {
    i -= 8;
    limb = below;
    below = i === 0 ? 0 : load<u64>(numerator + i - 8);
    store<u64>(out + i, wideDigit((limb << shift) | topBits(below, shift), divisorHigh, divisorLow));
  }
}

/** The same for a divisor of one limb. */
function divideShort(out: usize, numerator: usize, divisor: u64): void {
  let rest: u64 = 0;
  for (let i: usize = 32; i !== 0; ) {
    i -= 8;
    const limb = load<u64>(numerator + i);
    const quotient = divWide(rest, limb, divisor);
    rest = limb - quotient * divisor;
    store<u64>(out + i, quotient);
  }
}

/** The top `count` bits of x, `count` in 0 … 63, at the bottom of a word. */
function topBits(x: u64, count: u64): u64 {
  return (x >> 1) >> (63 - count);
}

/** One 64-bit digit: ⌊(remainder·2^64 + next) / d⌋ for a divisor with its highest bit set; updates the remainder. */
function wideDigit(next: u64, d1: u64, d0: u64): u64 {
  if (remainderHigh === 0 && remainderLow < d1) {
    // Less than the divisor: a digit of 0, which most of a share's are.
    remainderHigh = remainderLow;
    remainderLow = next;
    return 0;
  }
  let q = u64.MAX_VALUE;
  let r = remainderLow + d1;
  let exceeds = r < d1;
  if (remainderHigh < d1) {
    q = divWide(remainderHigh, remainderLow, d1);
    r = remainderLow - q * d1;
    exceeds = false;
  }
  while (!exceeds) {
    const high = mulHigh(q, d0);
    if (high < r || (high === r && q * d0 <= next)) break;
    q--;
    r += d1;
    exceeds = r < d1;
  }
  const low = q * d0;
  const high = mulHigh(q, d0) + q * d1;
  remainderHigh = remainderLow - high - u64(next < low);
  remainderLow = next - low;
  return q;
}
