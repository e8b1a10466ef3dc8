/**
 * Q32: unsigned fixed point in a u64, value = integer / 2^32. Matches utils/misc.rs `mul_by_q32`, `pow_q32`.
 */
import * as wide from "../../fixed/wide";

/** 1. */
export const ONE: u64 = 1 << 32;
/** 1/2. */
export const HALF: u64 = 1 << 31;

/** ⌊value·factor⌋ with a factor of Q32, saturated to u64; the value may be Q32 too, or an integer. */
export function mul(value: u64, factor: u64): u64 {
  const high = wide.mulHigh(value, factor);
  if (high >> 32 !== 0) return u64.MAX_VALUE;
  return (high << 32) | ((value * factor) >> 32);
}

/** base^exponent, squaring from the exponent's lowest bit up, each product floored and saturated; base^0 = 1. */
export function pow(base: u64, exponent: u32): u64 {
  let result = ONE;
  for (; exponent !== 0; exponent >>= 1) {
    if ((exponent & 1) === 1) result = mul(result, base);
    base = mul(base, base);
  }
  return result;
}
