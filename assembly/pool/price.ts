/** The price of alpha in TAO. */
import * as u64f64 from "../fixed/u64f64";
import { ONE } from "./perquintill";

const weights = memory.data(16);
const reserves = memory.data(16);
const operand = memory.data(16);

/**
 * out ← ((1 − q)/q)·(y/x), U64F64: two quotients and their product, each truncated; 0 for x = 0. Reserves in rao, q in parts
 * (swap balancer.rs `calculate_price`).
 */
export function price(out: usize, alphaReserve: u64, taoReserve: u64, quoteWeight: u64): void {
  ratio(weights, ONE - quoteWeight, quoteWeight);
  ratio(reserves, taoReserve, alphaReserve);
  u64f64.mul(out, weights, reserves);
}

/** out ← a/b truncated, U64F64; 0 for b = 0. */
export function ratio(out: usize, a: u64, b: u64): void {
  u64f64.fromU64(out, a);
  u64f64.fromU64(operand, b);
  u64f64.safeDiv(out, out, operand);
}
