/** How much moves the price to a limit: reserve·((farther/nearer price)^weight − 1), the weight being the other side's. */
import * as u64f64 from "../fixed/u64f64";
import { ONE } from "./perquintill";
import * as power from "./power";
import { ratio } from "./price";

/** Bits of precision the chain asks for here. */
const PRECISION: u32 = 1024;

const growth = memory.data(16);
const one = memory.data(16);
const amount = memory.data(16);

/**
 * trunc(reserve·max(⌊(numerator/denominator)^weight·10^18⌋/10^18 − 1, 0)) of two prices in U64F64 bits: limit over price for a
 * buy, price over limit for a sell. A power of 2^64 or more counts as 2^64 − 1; a negative one, and a denominator of 0, as
 * nothing (swap balancer.rs `calculate_quote_delta_in`, `calculate_base_delta_in`).
 */
export function inputTo(numerator: usize, denominator: usize, weight: u64, reserve: u64): u64 {
  ratio(growth, power.toU64(numerator, denominator, weight, ONE, PRECISION, ONE, u64.MAX_VALUE), ONE);
  u64f64.one(one);
  u64f64.sub(growth, growth, one);
  u64f64.fromU64(amount, reserve);
  u64f64.mul(amount, amount, growth);
  return u64f64.toU64(amount);
}
