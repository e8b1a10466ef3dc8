/** B.4 k: the dividends of every hotkey's epoch, shared with its parents, summed by who is given them. */
import * as u96f32 from "../fixed/u96f32";
import { setU8, u8At, u32At, u64At } from "../linear/array";
import * as keys from "./keys";
import { saturatingSum, share } from "./parentShares";

/** U96F32 scratch. */
const AMOUNT = memory.data(16);

/**
 * keys.dividends ← Σ of the shares a hotkey is given, U96F32 of whole alpha-rao; keys.earns ← whether it was given any, be
 * they zero; the scalar RECYCLED ← what was recycled, saturating.
 * Matches run_coinbase.rs `calculate_dividends_and_incentives`. Incentives need no summing: a hotkey holds one uid.
 */
export function gatherDividends(): void {
  memory.fill(keys.dividends, 0, keys.wide(0, keys.count));
  memory.fill(keys.earns, 0, keys.count);
  let recycled: u64 = 0;
  for (let i: u32 = 0; i < keys.count; i++) {
    if (u8At(keys.emitted, i) === 0) continue;
    recycled = saturatingSum(recycled, share(i, u64At(keys.validator, i)));
    const first = u32At(keys.parentRows, i);
    const links = u32At(keys.parentRows, i + 1) - first;
    for (let k: u32 = 0; k < links; k++) give(u32At(keys.parents, first + k), u64At(keys.shares, k));
    give(i, u64At(keys.shares, links));
  }
  keys.setRecycled(recycled);
}

function give(i: u32, alphaRao: u64): void {
  const dividends = keys.wide(keys.dividends, i);
  u96f32.fromU64(AMOUNT, alphaRao);
  u96f32.add(dividends, dividends, AMOUNT);
  setU8(keys.earns, i, 1);
}
