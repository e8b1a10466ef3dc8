/** The fee of a swap, all of it the block author's. Rates over 65535; amounts in the input's rao. */
import * as u64f64 from "../fixed/u64f64";
import { ratio } from "./price";

const U16_MAX: u64 = 65535;

const rate = memory.data(16);
const amount = memory.data(16);

/** trunc(gross·(feeRate/65535)), the quotient and the product in U64F64 (swap impls.rs `calculate_fee_amount`). */
export function ofGross(gross: u64, feeRate: u64): u64 {
  ratio(rate, feeRate, U16_MAX);
  return part(gross);
}

/**
 * trunc(net·(feeRate/(65535 − feeRate))): the fee beside a net amount, where the limit decided it (swap_step.rs). The rate is below 65535:
 * at that there is no net amount for a limit to decide.
 */
export function besideNet(net: u64, feeRate: u64): u64 {
  ratio(rate, feeRate, U16_MAX - feeRate);
  return part(net);
}

function part(whole: u64): u64 {
  u64f64.fromU64(amount, whole);
  u64f64.mul(amount, amount, rate);
  return u64f64.toU64(amount);
}
