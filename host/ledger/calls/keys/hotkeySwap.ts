/** Replacing a hotkey by another, on one subnet or on all. Source: subtensor swap/swap_hotkey.rs. */
import { ensure } from "../../errors.js";
import { checkNoSystemAccount, checkOwnsHotkey, hotkeyExists } from "../../rules/hotkeys.js";
import { moveEntry, moveHotkey } from "../../rules/moveHotkey.js";
import { moveHotkeyLocks } from "../../rules/moveLocks.js";
import { recycleTao } from "../../rules/recycle.js";
import { stakeOfHotkey } from "../../rules/stake.js";
import { allNetuids, ROOT_NETUID } from "../../rules/subnetChecks.js";
import { FreeBalance } from "../../state/balances.js";
import { ChildKeys } from "../../state/children.js";
import { RootClaimable, RootClaimed } from "../../state/claims.js";
import type { Account } from "../../state/codecs.js";
import { TxRateLimit } from "../../state/hyperparameters.js";
import {
  LastHotkeySwapOnNetuid,
  LastTxBlock,
  LastTxBlockChildKeyTake,
  LastTxBlockDelegateTake,
} from "../../state/limits.js";
import { IsNetworkMember } from "../../state/neurons.js";
import { AlphaV2, Delegates, OwnedHotkeys, Owner, StakingHotkeys } from "../../state/staking.js";
import type { State } from "../../state/state.js";
import { account, flagArgument } from "../arguments.js";
import { defineCall, type SignedContext } from "../call.js";
import { netuidOrAll } from "./arguments.js";

/** What a swap on all subnets costs, and on one, in rao. */
export const KEY_SWAP_COST_RAO = 100_000_000n;
export const KEY_SWAP_ON_SUBNET_COST_RAO = 1_000_000n;

/** Blocks between two swaps of a coldkey on a subnet. */
export const HOTKEY_SWAP_INTERVAL = 7200;

/** Errors of swapping hotkeys, in the chain's order. */
export const HOTKEY_SWAP_ERRORS = [
  "SubtensorModule.NewHotKeyIsSameWithOld",
  "SubtensorModule.HotKeySetTxRateLimitExceeded",
  "SubtensorModule.HotKeyAlreadyRegisteredInSubNet",
  "SubtensorModule.NewHotKeyNotCleanForRootSwap",
  "SubtensorModule.HotKeySwapOnSubnetIntervalNotPassed",
  "SubtensorModule.NotEnoughBalanceToPaySwapHotKey",
] as const;

/** What swaps report. */
export type HotkeySwapEvent =
  | {
      readonly name: "SubtensorModule.HotkeySwapped";
      readonly coldkey: Account;
      readonly oldHotkey: Account;
      readonly newHotkey: Account;
    }
  | {
      readonly name: "SubtensorModule.HotkeySwappedOnSubnet";
      readonly coldkey: Account;
      readonly oldHotkey: Account;
      readonly newHotkey: Account;
      readonly netuid: number;
    };

/** A swap asked for; `netuid` null is all subnets. */
interface Swap {
  readonly hotkey: Account;
  readonly newHotkey: Account;
  readonly netuid: number | null;
  readonly keepStake: boolean;
}

const TIMES = [LastTxBlock, LastTxBlockDelegateTake, LastTxBlockChildKeyTake];

/** The checks; gives the subnets whose interval begins anew. */
function check(context: SignedContext, swap: Swap): readonly number[] {
  const { state, signer, blockNumber } = context;
  const { hotkey, newHotkey, netuid } = swap;
  checkOwnsHotkey(state, signer, hotkey);
  if (hotkeyExists(state, newHotkey)) checkOwnsHotkey(state, signer, newHotkey);
  ensure(hotkey !== newHotkey, "SubtensorModule.NewHotKeyIsSameWithOld");
  ensure(!isTooSoon(state, signer, blockNumber), "SubtensorModule.HotKeySetTxRateLimitExceeded");
  ensure(!isRegistered(state, newHotkey, netuid), "SubtensorModule.HotKeyAlreadyRegisteredInSubNet");
  if (netuid === null || netuid === ROOT_NETUID) {
    ensure(isCleanOnRoot(state, newHotkey), "SubtensorModule.NewHotKeyNotCleanForRootSwap");
  }
  const touched = netuid === null ? touchedNetuids(state, hotkey) : [netuid];
  for (const one of touched) {
    const last = state.read(LastHotkeySwapOnNetuid, one, signer);
    // On all subnets at once a first swap need not wait, on one it must, as on the chain.
    const passed = (netuid === null && last === 0) || last + HOTKEY_SWAP_INTERVAL < blockNumber;
    ensure(passed, "SubtensorModule.HotKeySwapOnSubnetIntervalNotPassed", { netuid: one, last });
  }
  if (netuid !== null) checkNoSystemAccount(newHotkey);
  ensure(costOf(swap) <= state.read(FreeBalance, signer), "SubtensorModule.NotEnoughBalanceToPaySwapHotKey");
  return touched;
}

function apply(context: SignedContext, swap: Swap, touched: readonly number[]): void {
  const { state, signer: coldkey, blockNumber, emit } = context;
  const { hotkey: oldHotkey, newHotkey, netuid } = swap;
  recycleTao(state, coldkey, costOf(swap));
  for (const time of TIMES) copyTime(state, time, oldHotkey, newHotkey);
  if (netuid === null) swapEverywhere(context, swap);
  else swapOnSubnet(context, swap, netuid);
  for (const one of touched) state.write(LastHotkeySwapOnNetuid, one, coldkey, blockNumber);
  state.write(LastTxBlock, coldkey, blockNumber);
  if (netuid === null) emit({ name: "SubtensorModule.HotkeySwapped", coldkey, oldHotkey, newHotkey });
  else emit({ name: "SubtensorModule.HotkeySwappedOnSubnet", coldkey, oldHotkey, newHotkey, netuid });
}

/** The old hotkey goes on elsewhere; both are the coldkey's. */
function swapOnSubnet(context: SignedContext, { hotkey, newHotkey, keepStake }: Swap, netuid: number): void {
  const { state, signer } = context;
  state.write(Owner, newHotkey, signer);
  const owned = state.read(OwnedHotkeys, signer);
  if (!owned.includes(newHotkey)) state.write(OwnedHotkeys, signer, [...owned, newHotkey]);
  moveHotkeyLocks(context, hotkey, newHotkey, netuid);
  moveHotkey(context, { from: hotkey, to: newHotkey, netuid, keepStake });
}

/** The old hotkey ends. */
function swapEverywhere(context: SignedContext, { hotkey, newHotkey, keepStake }: Swap): void {
  const { state, signer } = context;
  const stakers = state.entries(AlphaV2, hotkey).map(([[, coldkey]]) => coldkey);
  for (const netuid of allNetuids(state)) moveHotkeyLocks(context, hotkey, newHotkey, netuid);
  state.remove(Owner, hotkey);
  checkNoSystemAccount(newHotkey);
  state.write(Owner, newHotkey, signer);
  const owned = state.read(OwnedHotkeys, signer);
  const kept = owned.filter((one) => one !== hotkey);
  state.write(OwnedHotkeys, signer, kept.includes(newHotkey) ? kept : [...kept, newHotkey]);
  for (const netuid of allNetuids(state)) moveHotkey(context, { from: hotkey, to: newHotkey, netuid, keepStake });
  for (const time of TIMES) state.remove(time, hotkey);
  moveEntry(state, Delegates, [hotkey], [newHotkey]);
  if (keepStake) return;
  for (const coldkey of new Set(stakers)) {
    const staking = state.read(StakingHotkeys, coldkey);
    if (!staking.includes(hotkey)) continue;
    const others = staking.filter((one) => one !== hotkey && one !== newHotkey);
    state.write(StakingHotkeys, coldkey, [...others, newHotkey]);
  }
}

const costOf = ({ netuid }: Swap) => (netuid === null ? KEY_SWAP_COST_RAO : KEY_SWAP_ON_SUBNET_COST_RAO);

function isTooSoon(state: State, coldkey: Account, block: number): boolean {
  const [last, limit] = [state.read(LastTxBlock, coldkey), state.read(TxRateLimit)];
  return limit !== 0n && last !== 0 && BigInt(Math.max(block - last, 0)) <= limit;
}

/** On a subnet an entry that says no counts too, as on the chain: swaps leave such entries. */
function isRegistered(state: State, hotkey: Account, netuid: number | null): boolean {
  if (netuid !== null) return state.has(IsNetworkMember, hotkey, netuid);
  return state.entries(IsNetworkMember, hotkey).some(([, isMember]) => isMember);
}

function isCleanOnRoot(state: State, hotkey: Account): boolean {
  if (state.read(RootClaimable, hotkey).length > 0) return false;
  if (stakeOfHotkey(state, hotkey, ROOT_NETUID) > 0n) return false;
  return state.entries(RootClaimed, ROOT_NETUID, hotkey).length === 0;
}

/** The subnets where a hotkey is a neuron or a parent. */
function touchedNetuids(state: State, hotkey: Account): readonly number[] {
  const touches = (netuid: number) =>
    state.read(IsNetworkMember, hotkey, netuid) || state.read(ChildKeys, hotkey, netuid).length > 0;
  return allNetuids(state).filter(touches);
}

function copyTime(state: State, item: typeof LastTxBlock, from: Account, to: Account): void {
  const block = state.read(item, from);
  if (block > 0) state.write(item, to, block);
  else state.remove(item, to);
}

const keys = { hotkey: account, newHotkey: account, netuid: netuidOrAll };

/** Puts one hotkey in the place of another, with all stake. */
export const swapHotkey = defineCall({
  name: "SubtensorModule.swap_hotkey",
  index: [7, 70],
  origin: "signed",
  arguments: keys,
  check: (context, values) => check(context, { ...values, keepStake: false }),
  apply: (context, values, touched) => apply(context, { ...values, keepStake: false }, touched),
});

/** The same; stake may stay with the old hotkey. */
export const swapHotkeyV2 = defineCall({
  name: "SubtensorModule.swap_hotkey_v2",
  index: [7, 72],
  origin: "signed",
  arguments: { ...keys, keepStake: flagArgument },
  check,
  apply,
});
