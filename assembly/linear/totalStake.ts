/** Stake that counts on a subnet: alpha plus weighted root TAO, in I64F64. A weight is I32F32 in [0, 1], so that no product loses a bit. */
import * as i64f64 from "../fixed/i64f64";
import * as int128 from "../fixed/int128";
import { divWide } from "../fixed/wide";

const LOW32: u64 = 0xffffffff;

// One I64F64 each.
const TAO = memory.data(16);
const WEIGHT = memory.data(16);

/** raw / (2^64 − 1), truncated. Matches stake_utils.rs `get_tao_weight`. */
export function taoWeight(raw: u64): u64 {
  return divWide(raw >> 32, raw << 32, u64.MAX_VALUE);
}

/** out ← alpha + tao · weight, rao; saturating. Matches stake_utils.rs `get_stake_weights_for_hotkey_on_subnet`. */
export function totalStake(out: usize, alphaRao: u64, taoRao: u64, weight: u64): void {
  i64f64.fromU64(out, alphaRao);
  i64f64.fromU64(TAO, taoRao);
  int128.set(WEIGHT, weight << 32, weight >> 32);
  i64f64.mul(TAO, TAO, WEIGHT);
  i64f64.add(out, out, TAO);
}

/** Whether both are below 2^62, so that nothing saturates, and the two words are had more cheaply: */
export function isPlain(alphaRao: u64, taoRao: u64): bool {
  return (alphaRao | taoRao) >> 62 === 0;
}

/** the upper, whole rao, */
export function wholeTotal(alphaRao: u64, taoRao: u64, weight: u64): u64 {
  return alphaRao + (taoRao >> 32) * weight + (((taoRao & LOW32) * weight) >> 32);
}

/** and the lower, the fraction. */
export function fractionOfTotal(taoRao: u64, weight: u64): u64 {
  return (taoRao * weight) << 32;
}
