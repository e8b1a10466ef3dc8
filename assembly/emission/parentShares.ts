/** E.4 Parents and child: the dividends of one hotkey among the parents whose stake earned them and itself. */
import * as int128 from "../fixed/int128";
import * as u96f32 from "../fixed/u96f32";
import { setU64, u32At, u64At } from "../linear/array";
import { HOTKEY_SCALAR_CHILDKEY_BURN } from "./contract";
import * as contribution from "./contribution";
import * as fraction from "./fraction";
import * as keys from "./keys";

// U96F32 scratch.
const WHOLE = memory.data(16);
const REMAINING = memory.data(16);
const TAKEN = memory.data(16);
const TOTAL = memory.data(16);
const PART = memory.data(16);
const PROPORTION = memory.data(16);
const TAKE = memory.data(16);
const BURN = memory.data(16);
const BURNT = memory.data(16);
const KEPT = memory.data(16);

/**
 * keys.shares ← the shares of hotkey i's `dividends` (alpha-rao): one a parent in stored order, then its own; returns the
 * alpha-rao recycled. In U96F32, with c a contribution and C = own + Σ c:
 *
 *   e = dividends · (c / C);  remaining ← remaining − e
 *   of another coldkey: burn = ckBurn·e, take = childkeyTake·e, e ← e − burn − take
 *   share = ⌊e⌋;  own share = ⌊remaining + Σ take⌋;  recycled = Σ ⌊burn⌋
 *
 * Nothing is contributed (C = 0): the hotkey keeps all. Matches run_coinbase.rs `get_parent_child_dividends_distribution`.
 */
export function share(i: u32, dividends: u64): u64 {
  const first = u32At(keys.parentRows, i);
  const links = u32At(keys.parentRows, i + 1) - first;
  weighParents(i, first, links);
  fraction.fromU16(TAKE, keys.takeOf(i));
  fraction.fromU64(BURN, keys.scalar(HOTKEY_SCALAR_CHILDKEY_BURN));
  u96f32.fromU64(WHOLE, dividends);
  int128.copy(REMAINING, WHOLE);
  u96f32.fromU64(TAKEN, 0);
  let recycled: u64 = 0;
  for (let k: u32 = 0; k < links; k++) {
    u96f32.safeDiv(PART, keys.wide(keys.contributions, k), TOTAL);
    u96f32.mul(PART, WHOLE, PART);
    u96f32.sub(REMAINING, REMAINING, PART);
    const parent = u32At(keys.parents, first + k);
    if (u32At(keys.owner, parent) !== u32At(keys.owner, i)) recycled = saturatingSum(recycled, cut());
    setU64(keys.shares, k, u96f32.toU64(PART));
  }
  u96f32.add(REMAINING, REMAINING, TAKEN);
  setU64(keys.shares, links, u96f32.toU64(REMAINING));
  return recycled;
}

/** a + b, at most the largest u64. */
export function saturatingSum(a: u64, b: u64): u64 {
  return a + b < a ? u64.MAX_VALUE : a + b;
}

/** Contributions of hotkey i and, in a row of scratch, of its parents; TOTAL ← their sum. */
function weighParents(i: u32, first: u32, links: u32): void {
  const own = contribution.own(i);
  setU64(keys.ownContribution, i, own);
  u96f32.fromU64(TOTAL, own);
  for (let k: u32 = 0; k < links; k++) {
    const part = keys.wide(keys.contributions, k);
    fraction.fromU64(PROPORTION, u64At(keys.parentProportions, first + k));
    contribution.weigh(part, u32At(keys.parents, first + k), PROPORTION);
    u96f32.add(TOTAL, TOTAL, part);
  }
}

/** Takes burn and childkey take, each of the whole, off PART; adds the latter to TAKEN, returns the former truncated. */
function cut(): u64 {
  u96f32.mul(BURNT, BURN, PART);
  u96f32.mul(KEPT, TAKE, PART);
  u96f32.sub(PART, PART, BURNT);
  u96f32.sub(PART, PART, KEPT);
  u96f32.add(TAKEN, TAKEN, KEPT);
  return u96f32.toU64(BURNT);
}
