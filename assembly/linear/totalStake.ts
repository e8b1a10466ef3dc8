/** Stake that counts on a subnet: alpha plus weighted root TAO, in I64F64. */
import * as i64f64 from "../fixed/i64f64";
import * as u96f32 from "../fixed/u96f32";

const TAO = memory.data(16);
const MAX_WEIGHT = memory.data(16);

/** out ← raw / (2^64 − 1), truncated to 32 fraction bits, as I64F64. Matches stake_utils.rs `get_tao_weight`. */
export function taoWeight(out: usize, raw: u64): void {
  u96f32.fromU64(out, raw);
  u96f32.fromU64(MAX_WEIGHT, u64.MAX_VALUE);
  u96f32.safeDiv(out, out, MAX_WEIGHT);
  i64f64.fromU96F32(out, out);
}

/** out ← alpha + tao · weight, rao; saturating. Matches stake_utils.rs `get_stake_weights_for_hotkey_on_subnet`. */
export function totalStake(out: usize, alphaRao: u64, taoRao: u64, weight: usize): void {
  i64f64.fromU64(out, alphaRao);
  if (taoRao === 0) return;
  i64f64.fromU64(TAO, taoRao);
  i64f64.mul(TAO, TAO, weight);
  i64f64.add(out, out, TAO);
}
