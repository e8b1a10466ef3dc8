/**
 * I32F32: signed binary fixed point in one i64, value = bits / 2^32, range [−2^31, 2^31), step 2^−32.
 * Products round toward −∞, quotients toward zero, as in the crate substrate-fixed 0.6. Plain names saturate,
 * `wrapping…` reduce modulo 2^64 (the crate's operators in a release build), `checked…` store the result at `out` and
 * return true, or return false and leave `out` alone when it does not fit.
 */
import { ERROR_INTERNAL } from "../contract";
import { check } from "../trap";
import { divWide, mulHighSigned } from "./wide";

export { i32f32FromF64 as fromF64 } from "./cast";
export { exp, expSafe, reciprocal } from "./exp64";
export { ln, log2, safeLn } from "./log64";
export { checkedPow, checkedSqrt, sqrt } from "./power64";

/** 1 as I32F32. */
export const ONE: i64 = 1 << 32;
/** 1/2 as I32F32. */
export const HALF: i64 = 1 << 31;
/** Smallest I32F32, −2^31. */
export const MIN: i64 = i64.MIN_VALUE;
/** Largest I32F32, 2^31 − 2^−32. */
export const MAX: i64 = i64.MAX_VALUE;

const FRACTION_BITS: i64 = 32;
const FRACTION_MASK: i64 = ONE - 1;
const slot = memory.data(8);

/** a + b, saturating. */
export function add(a: i64, b: i64): i64 {
  const sum = a + b;
  return ((a ^ sum) & (b ^ sum)) < 0 ? limit(a < 0) : sum;
}

/** a − b, saturating. */
export function sub(a: i64, b: i64): i64 {
  const difference = a - b;
  return ((a ^ b) & (a ^ difference)) < 0 ? limit(a < 0) : difference;
}

/** ⌊a·b⌋, saturating; quick when both are in [0, 1). */
export function mul(a: i64, b: i64): i64 {
  if (<u64>(a | b) >> 32 === 0) return <i64>((<u64>a * <u64>b) >> 32);
  const high = mulHighSigned(a, b);
  if (high >> 31 !== high >> 63) return limit((a ^ b) < 0);
  return (high << 32) | <i64>(<u64>(a * b) >> 32);
}

/** a/b truncated, saturating; quick when 0 ≤ a < 1 and b > 0. A zero divisor traps, where the crate panics. */
export function div(a: i64, b: i64): i64 {
  if (<u64>a >> 32 === 0 && b > 0) {
    const quotient = <i64>(((<u64>a) << 32) / <u64>b);
    return quotient < 0 ? MAX : quotient;
  }
  check(b !== 0, ERROR_INTERNAL, <u64>a);
  return checkedDiv(slot, a, b) ? load<i64>(slot) : limit((a ^ b) < 0);
}

/** a/b truncated, or 0 when b = 0 **and** when the quotient does not fit (safe-math `safe_div`). */
export function safeDiv(a: i64, b: i64): i64 {
  if (<u64>a >> 32 === 0 && b > 0) {
    const quotient = <i64>(((<u64>a) << 32) / <u64>b);
    return max(quotient, 0);
  }
  // Divisor a whole number: (a·2^32) / b = a / ⌊b⌋, which always fits.
  if (a >= 0 && b > 0 && (b & FRACTION_MASK) === 0) return <i64>(<u64>a / (<u64>b >> 32));
  return checkedDiv(slot, a, b) ? load<i64>(slot) : 0;
}

/** a + b modulo 2^64. */
export function wrappingAdd(a: i64, b: i64): i64 {
  return a + b;
}

/** a − b modulo 2^64. */
export function wrappingSub(a: i64, b: i64): i64 {
  return a - b;
}

/** ⌊a·b⌋ modulo 2^64. */
export function wrappingMul(a: i64, b: i64): i64 {
  return (mulHighSigned(a, b) << 32) | <i64>(<u64>(a * b) >> 32);
}

/** a/b truncated, modulo 2^64; b must not be 0. */
export function wrappingDiv(a: i64, b: i64): i64 {
  const quotient = <i64>quotientLow(magnitude(a), magnitude(b));
  return (a ^ b) < 0 ? -quotient : quotient;
}

/** Stores a + b at `out` if it fits. */
export function checkedAdd(out: usize, a: i64, b: i64): bool {
  const sum = a + b;
  if (((a ^ sum) & (b ^ sum)) < 0) return false;
  store<i64>(out, sum);
  return true;
}

/** Stores a − b at `out` if it fits. */
export function checkedSub(out: usize, a: i64, b: i64): bool {
  const difference = a - b;
  if (((a ^ b) & (a ^ difference)) < 0) return false;
  store<i64>(out, difference);
  return true;
}

/** Stores ⌊a·b⌋ at `out` if it fits. */
export function checkedMul(out: usize, a: i64, b: i64): bool {
  const high = mulHighSigned(a, b);
  if (high >> 31 !== high >> 63) return false;
  store<i64>(out, (high << 32) | <i64>(<u64>(a * b) >> 32));
  return true;
}

/** Stores a/b, truncated, at `out` if b ≠ 0 and it fits. */
export function checkedDiv(out: usize, a: i64, b: i64): bool {
  const dividend = magnitude(a);
  const divisor = magnitude(b);
  // The quotient has more than 64 bits exactly when the part above bit 32 holds the divisor; that includes b = 0.
  if (dividend >> 32 >= divisor) return false;
  const quotient = quotientLow(dividend, divisor);
  const negative = (a ^ b) < 0;
  if (quotient > <u64>MAX && !(negative && quotient === <u64>MIN)) return false;
  store<i64>(out, negative ? -(<i64>quotient) : <i64>quotient);
  return true;
}

/** Largest integer ≤ x, as I32F32. */
export function floor(x: i64): i64 {
  return x & ~FRACTION_MASK;
}

/** Same as `floor`: the crate's `int` clears the fraction bits, so −0.5 gives −1. */
export function int(x: i64): i64 {
  return x & ~FRACTION_MASK;
}

/** x − ⌊x⌋, in [0, 1) also for negative x. */
export function frac(x: i64): i64 {
  return x & FRACTION_MASK;
}

/** Nearest integer, halves away from zero, as I32F32; above 2^31 − 1/2 it wraps to −2^31, as in a release build. */
export function round(x: i64): i64 {
  return (x + HALF - i64(x < 0)) & ~FRACTION_MASK;
}

/** ⌊x⌋ saturated to [0, 65535]. */
export function toU16(x: i64): u16 {
  const integer = x >> FRACTION_BITS;
  return integer < 0 ? 0 : integer > 0xffff ? 0xffff : <u16>integer;
}

/** ⌊x⌋, negative numbers to 0. */
export function toU64(x: i64): u64 {
  return x < 0 ? 0 : <u64>(x >> FRACTION_BITS);
}

/** ⌊x⌋. */
export function toI64(x: i64): i64 {
  return x >> FRACTION_BITS;
}

/** The integer n, saturating. */
export function fromU64(n: u64): i64 {
  return n >> 31 !== 0 ? MAX : <i64>(n << 32);
}

/** The integer n, saturating. */
export function fromI64(n: i64): i64 {
  return n >> 31 !== n >> 63 ? limit(n < 0) : n << 32;
}

/** |x| as an unsigned number: 2^63 for the smallest. */
function magnitude(x: i64): u64 {
  return <u64>(x < 0 ? -x : x);
}

/** The bound on the side of the sign. */
function limit(negative: bool): i64 {
  return negative ? MIN : MAX;
}

/** Low 64 bits of ⌊a·2^32 / b⌋, unsigned, b ≠ 0. */
function quotientLow(a: u64, b: u64): u64 {
  return divWide((a >> 32) % b, a << 32, b);
}
