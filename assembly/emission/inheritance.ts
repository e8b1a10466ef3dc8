/**
 * E.3 Inherited stake, which is what the epoch weighs: a hotkey lends shares of its stake to children and borrows shares
 * of its parents'. The links of the subnet serve alpha and root TAO alike.
 */
import * as i64f64 from "../fixed/i64f64";
import * as u96f32 from "../fixed/u96f32";
import { setU64, u32At, u64At } from "../linear/array";
import { HOTKEY_SCALAR_TAO_WEIGHT } from "./contract";
import * as contribution from "./contribution";
import * as fraction from "./fraction";
import * as keys from "./keys";

// U96F32 scratch.
const OWN = memory.data(16);
const LENT = memory.data(16);
const BORROWED = memory.data(16);
const PART = memory.data(16);
const PROPORTION = memory.data(16);

// I64F64 scratch.
const WEIGHT = memory.data(16);
const TAO = memory.data(16);

/**
 * For every hotkey of the table, with w = taoWeight / (2^64 − 1):
 *
 *   inheritedAlpha, inheritedTao ← inherited stake, u64
 *   totalStake                   ← inheritedAlpha + inheritedTao · w, I64F64, saturating
 *   ownContribution              ← what counts of its own stake where dividends are shared, u64
 *
 * Matches stake_utils.rs `get_stake_weights_for_network` and run_coinbase.rs `get_self_contribution`.
 */
export function inheritStake(): void {
  fraction.fromU64(WEIGHT, keys.scalar(HOTKEY_SCALAR_TAO_WEIGHT));
  i64f64.fromU96F32(WEIGHT, WEIGHT);
  for (let i: u32 = 0; i < keys.count; i++) {
    const alpha = inherited(i, keys.alpha);
    const tao = inherited(i, keys.rootTao);
    const total = keys.wide(keys.totalStake, i);
    setU64(keys.inheritedAlpha, i, alpha);
    setU64(keys.inheritedTao, i, tao);
    i64f64.fromU64(TAO, tao);
    i64f64.mul(TAO, TAO, WEIGHT);
    i64f64.fromU64(total, alpha);
    i64f64.add(total, total, TAO);
    setU64(keys.ownContribution, i, contribution.own(i));
  }
}

/**
 * own − Σ own·p over children + Σ parent·p over parents, in U96F32, saturating at 0 before anything is borrowed; truncated
 * to u64. Matches stake_utils.rs `get_inherited_for_hotkey_on_subnet` and `get_tao_inherited_for_hotkey_on_subnet`.
 */
function inherited(i: u32, stakes: usize): u64 {
  u96f32.fromU64(OWN, u64At(stakes, i));
  u96f32.fromU64(LENT, 0);
  for (let k = u32At(keys.childRows, i); k < u32At(keys.childRows, i + 1); k++) {
    fraction.fromU64(PROPORTION, u64At(keys.childProportions, k));
    u96f32.mul(PART, OWN, PROPORTION);
    u96f32.add(LENT, LENT, PART);
  }
  u96f32.fromU64(BORROWED, 0);
  for (let k = u32At(keys.parentRows, i); k < u32At(keys.parentRows, i + 1); k++) {
    fraction.fromU64(PROPORTION, u64At(keys.parentProportions, k));
    u96f32.fromU64(PART, u64At(stakes, u32At(keys.parents, k)));
    u96f32.mul(PART, PART, PROPORTION);
    u96f32.add(BORROWED, BORROWED, PART);
  }
  u96f32.sub(OWN, OWN, LENT);
  u96f32.add(OWN, OWN, BORROWED);
  return u96f32.toU64(OWN);
}
