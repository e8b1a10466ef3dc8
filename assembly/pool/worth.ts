/** Alpha against rao: what must be sold for an amount, and what an amount is worth at the price now. */
import * as u64f64 from "../fixed/u64f64";
import { exponent } from "./output";
import { ONE } from "./perquintill";
import { price } from "./price";

const factor = memory.data(16);
const one = memory.data(16);
const amount = memory.data(16);

/**
 * trunc(x·max(E − 1, 0)), E = (y/(y − rao))^(q/(1 − q)), y − rao not below 0: alpha to sell for `rao`. 0 where E is no u64 over
 * 10^18, so that a very large amount seems to cost nothing (swap balancer.rs `get_base_needed_for_quote`).
 */
export function baseNeeded(alphaReserve: u64, taoReserve: u64, quoteWeight: u64, rao: u64): u64 {
  const left = taoReserve > rao ? taoReserve - rao : 0;
  exponent(factor, taoReserve, left, quoteWeight, ONE - quoteWeight);
  u64f64.one(one);
  u64f64.sub(factor, factor, one);
  u64f64.fromU64(amount, alphaReserve);
  u64f64.mul(amount, amount, factor);
  return u64f64.toU64(amount);
}

/** trunc(rao/price), 0 where the price is 0 or the quotient too large (swap impls.rs `get_alpha_amount_for_tao`). */
export function alphaForTao(alphaReserve: u64, taoReserve: u64, quoteWeight: u64, rao: u64): u64 {
  price(factor, alphaReserve, taoReserve, quoteWeight);
  u64f64.fromU64(amount, rao);
  u64f64.safeDiv(amount, amount, factor);
  return u64f64.toU64(amount);
}
