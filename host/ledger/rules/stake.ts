/**
 * Stake: the alpha of a hotkey on a subnet, shared by its stakers. Its value V is TotalHotkeyAlpha, all shares D are
 * TotalHotkeySharesV2, a staker's are AlphaV2, and a stake is ⌊V·s/D⌋. Of the root, alpha is TAO. Amounts are u64 of rao; as on the
 * chain one of 2^63 or more is taken for negative. Source: subtensor staking/stake_utils.rs, primitives/share-pool.
 */
import { canRepresent, changeAll, changeOne, shareValue } from "../../api/shares.js";
import type { Kernel } from "../../load/kernel.js";
import type { SafeFloat } from "../../marshal/shareSlots.js";
import type { Account } from "../state/codecs.js";
import { AlphaV2, StakingHotkeys, TotalHotkeyAlpha, TotalHotkeySharesV2 } from "../state/staking.js";
import type { ReadableState } from "../state/state.js";
import type { ReadContext, RuleContext } from "./context.js";
import { addStakingHotkey } from "./hotkeys.js";
import { saturatedU64 } from "./integers.js";
import { keepingLatest } from "./latest.js";
import { allNetuids } from "./subnetChecks.js";
import { alphaPrice, valueBits } from "./swap.js";

/** All stake with a hotkey on a subnet, rao of its alpha. */
export function stakeOfHotkey(state: ReadableState, hotkey: Account, netuid: number): bigint {
  return state.read(TotalHotkeyAlpha, hotkey, netuid);
}

/** A coldkey's stake with a hotkey on a subnet, rao of its alpha. */
export function stakeOf({ state, kernel }: ReadContext, hotkey: Account, coldkey: Account, netuid: number): bigint {
  if (!state.has(AlphaV2, hotkey, coldkey, netuid)) return 0n;
  const { sharedValueRao, denominator, share } = memberPool(state, hotkey, coldkey, netuid);
  return worthOf(kernel, sharedValueRao, denominator, share);
}

/** A coldkey's stake with all its hotkeys on a subnet, rao of its alpha. */
export function stakeOfColdkey(context: ReadContext, coldkey: Account, netuid: number): bigint {
  let sum = 0n;
  for (const hotkey of context.state.read(StakingHotkeys, coldkey)) sum += stakeOf(context, hotkey, coldkey, netuid);
  return saturatedU64(sum);
}

/** What all stake with a hotkey is worth in rao at the prices now: Σ alpha·price, truncated once. */
export function totalStakeOfHotkey(context: RuleContext, hotkey: Account): bigint {
  let bits = 0n;
  for (const netuid of allNetuids(context.state)) {
    const alphaRao = stakeOfHotkey(context.state, hotkey, netuid);
    if (alphaRao > 0n) bits += valueBits(context, alphaRao, alphaPrice(context, netuid));
  }
  return saturatedU64(bits >> 64n);
}

/** Whether more stake would change any shares; if not, the chain refuses it. */
export function canIncreaseStake(context: RuleContext, hotkey: Account, netuid: number, alphaRao: bigint): boolean {
  const { state, kernel } = context;
  const { sharedValueRao, denominator } = wholePool(state, hotkey, netuid);
  return changesShares(kernel, sharedValueRao, denominator, alphaRao);
}

/** Raises everybody's stake with a hotkey in proportion; no shares change. */
export function increaseForAll(
  { state, kernel }: RuleContext,
  hotkey: Account,
  netuid: number,
  alphaRao: bigint,
): void {
  if (alphaRao === 0n) return;
  const before = stakeOfHotkey(state, hotkey, netuid);
  writeValue(state, hotkey, netuid, changeAll(kernel, before, BigInt.asIntN(64, alphaRao)));
}

/** Raises one coldkey's stake and enters the hotkey among those it stakes to. */
export function increaseStake(
  context: RuleContext,
  hotkey: Account,
  coldkey: Account,
  netuid: number,
  alphaRao: bigint,
): void {
  if (alphaRao > 0n) addStakingHotkey(context.state, coldkey, hotkey);
  changeStake(context, hotkey, coldkey, netuid, BigInt.asIntN(64, alphaRao));
}

/** Lowers one coldkey's stake; where it is less than the amount nothing happens, as on the chain. */
export function decreaseStake(
  context: RuleContext,
  hotkey: Account,
  coldkey: Account,
  netuid: number,
  alphaRao: bigint,
): void {
  if (!context.state.has(AlphaV2, hotkey, coldkey, netuid)) return;
  if (stakeOf(context, hotkey, coldkey, netuid) < alphaRao) return;
  changeStake(context, hotkey, coldkey, netuid, -BigInt.asIntN(64, alphaRao));
}

function changeStake(
  { state, kernel }: RuleContext,
  hotkey: Account,
  coldkey: Account,
  netuid: number,
  changeRao: bigint,
): void {
  // Nothing more or less changes nothing, as soon as somebody has shares; half of an epoch's payments are of nothing.
  if (changeRao === 0n && state.has(TotalHotkeySharesV2, hotkey, netuid)) return;
  const pool = memberPool(state, hotkey, coldkey, netuid);
  const { sharedValueRao, denominator, share } = changeOne(kernel, pool, changeRao);
  if (denominator[0] === 0n) state.remove(TotalHotkeySharesV2, hotkey, netuid);
  else state.write(TotalHotkeySharesV2, hotkey, netuid, denominator);
  if (share[0] === 0n) state.remove(AlphaV2, hotkey, coldkey, netuid);
  else state.write(AlphaV2, hotkey, coldkey, netuid, share);
  writeValue(state, hotkey, netuid, sharedValueRao);
}

const worthOf = keepingLatest(
  (kernel: Kernel, sharedValueRao: bigint, denominator: SafeFloat, share: SafeFloat): bigint =>
    shareValue(kernel, { sharedValueRao, denominator, share }),
);

const changesShares = keepingLatest(
  (kernel: Kernel, sharedValueRao: bigint, denominator: SafeFloat, alphaRao: bigint): boolean =>
    canRepresent(kernel, { sharedValueRao, denominator }, BigInt.asIntN(64, alphaRao)),
);

function writeValue(state: RuleContext["state"], hotkey: Account, netuid: number, valueRao: bigint): void {
  if (valueRao === 0n) state.remove(TotalHotkeyAlpha, hotkey, netuid);
  else state.write(TotalHotkeyAlpha, hotkey, netuid, valueRao);
}

function wholePool(state: ReadableState, hotkey: Account, netuid: number) {
  return {
    sharedValueRao: state.read(TotalHotkeyAlpha, hotkey, netuid),
    denominator: state.read(TotalHotkeySharesV2, hotkey, netuid),
  };
}

function memberPool(state: ReadableState, hotkey: Account, coldkey: Account, netuid: number) {
  return {
    sharedValueRao: state.read(TotalHotkeyAlpha, hotkey, netuid),
    denominator: state.read(TotalHotkeySharesV2, hotkey, netuid),
    share: state.read(AlphaV2, hotkey, coldkey, netuid),
  };
}
