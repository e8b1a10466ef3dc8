/**
 * E.4 Contribution: what a stake counts where dividends are shared. A hotkey's stake is alpha on the subnet and TAO on the
 * root, the latter times w = taoWeight / (2^64 − 1); all in U96F32, rao.
 */
import * as u96f32 from "../fixed/u96f32";
import { u32At, u64At } from "../linear/array";
import { HOTKEY_SCALAR_TAO_WEIGHT } from "./contract";
import * as fraction from "./fraction";
import * as keys from "./keys";

// U96F32 scratch.
const TAO = memory.data(16);
const WEIGHT = memory.data(16);
const KEPT = memory.data(16);
const PROPORTION = memory.data(16);
const OWN = memory.data(16);

/** out ← root TAO of hotkey i times w. */
export function weighTao(out: usize, i: u32): void {
  fraction.fromU64(WEIGHT, keys.scalar(HOTKEY_SCALAR_TAO_WEIGHT));
  u96f32.fromU64(out, u64At(keys.rootTao, i));
  u96f32.mul(out, out, WEIGHT);
}

/**
 * out ← alpha·p + (rootTao·p)·w of hotkey i for a share p in [0, 1] of U96F32, each product floored.
 * Matches run_coinbase.rs `get_parent_child_dividends_distribution`, a parent's contribution.
 */
export function weigh(out: usize, i: u32, p: usize): void {
  fraction.fromU64(WEIGHT, keys.scalar(HOTKEY_SCALAR_TAO_WEIGHT));
  u96f32.fromU64(TAO, u64At(keys.rootTao, i));
  u96f32.mul(TAO, TAO, p);
  u96f32.mul(TAO, TAO, WEIGHT);
  u96f32.fromU64(out, u64At(keys.alpha, i));
  u96f32.mul(out, out, p);
  u96f32.add(out, out, TAO);
}

/**
 * What hotkey i contributes to its own dividends, truncated to rao: its stake times 1 − Σ of its children's proportions,
 * 0 where they exceed one. Matches run_coinbase.rs `get_self_contribution`.
 */
export function own(i: u32): u64 {
  u96f32.one(KEPT);
  for (let k = u32At(keys.childRows, i); k < u32At(keys.childRows, i + 1); k++) {
    fraction.fromU64(PROPORTION, u64At(keys.childProportions, k));
    u96f32.sub(KEPT, KEPT, PROPORTION);
  }
  weigh(OWN, i, KEPT);
  return u96f32.toU64(OWN);
}
