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
  if (high == 0) return low / divisor;
  const shift = clz(divisor);
  const d = divisor << shift;
  const top = shift == 0 ? high : (high << shift) | (low >> (64 - shift));
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
  while (q >> 32 != 0 || q * d0 > ((r << 32) | next)) {
    q--;
    r += d1;
    if (r >> 32 != 0) break;
  }
  return q;
}
