/** What comes out for what goes in: the other reserve times 1 − E, E a power of the input reserve over what it becomes. */
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import { ONE } from "./perquintill";
import * as power from "./power";
import { ratio } from "./price";

/** Bits of precision the chain asks for here. */
const PRECISION: u32 = 256;

const from = memory.data(16);
const to = memory.data(16);
const one = memory.data(16);
const amount = memory.data(16);

/**
 * out ← (reserve/becomes)^(weight/other), U64F64: ⌊power·10^18⌋/10^18 truncated. 0 where the power is no u64, or becomes = 0.
 * Not capped (swap balancer.rs `exp_scaled`).
 */
export function exponent(out: usize, reserve: u64, becomes: u64, weight: u64, other: u64): void {
  int128.set(from, reserve, 0);
  int128.set(to, becomes, 0);
  ratio(out, power.toU64(from, to, weight, other, PRECISION, ONE, 0), ONE);
}

/** As `exponent` for an input: becomes = reserve + input, saturating, and at most 1. */
export function exponentIn(out: usize, reserve: u64, input: u64, weight: u64, other: u64): void {
  const sum = reserve + input;
  exponent(out, reserve, sum < reserve ? u64.MAX_VALUE : sum, weight, other);
  if (load<u64>(out, 8) > 0) u64f64.one(out);
}

/** trunc(otherReserve·(1 − E)) for an input; never above otherReserve (swap_step.rs `convert_deltas`). */
export function given(reserve: u64, otherReserve: u64, input: u64, weight: u64, other: u64): u64 {
  exponentIn(amount, reserve, input, weight, other);
  u64f64.one(one);
  u64f64.sub(one, one, amount);
  u64f64.fromU64(amount, otherReserve);
  u64f64.mul(amount, amount, one);
  return u64f64.toU64(amount);
}
