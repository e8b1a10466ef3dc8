/** Giving all a coldkey has to another. Source: subtensor swap/swap_coldkey.rs, do_swap_coldkey. */
import { ensure } from "../errors.js";
import { FreeBalance } from "../state/balances.js";
import type { Account } from "../state/codecs.js";
import { LastTxBlock } from "../state/limits.js";
import {
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  NumStakingColdkeys,
  OwnedHotkeys,
  Owner,
  StakingColdkeys,
  StakingColdkeysByIndex,
  StakingHotkeys,
} from "../state/staking.js";
import type { State } from "../state/state.js";
import { SubnetOwner } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { RuleContext } from "./context.js";
import { checkNoSystemAccount, hotkeyExists } from "./hotkeys.js";
import { moveClaimed } from "./moveClaims.js";
import { moveColdkeyLocks } from "./moveLocks.js";
import { moveSay } from "./moveSay.js";
import { decreaseStake, increaseStake, stakeOf } from "./stake.js";
import { transferTao } from "./subnetAccounts.js";
import { allNetuids, ROOT_NETUID } from "./subnetChecks.js";

/** Errors of a new coldkey that will not do. */
export const COLDKEY_MOVE_ERRORS = [
  "SubtensorModule.ColdKeyAlreadyAssociated",
  "SubtensorModule.NewColdKeyIsHotkey",
] as const;

/** What it reports. */
export type ColdkeyMoveEvent = {
  readonly name: "SubtensorModule.ColdkeySwapped";
  readonly oldColdkey: Account;
  readonly newColdkey: Account;
};

/** The new coldkey stakes to nobody (ColdKeyAlreadyAssociated) and is no hotkey (NewColdKeyIsHotkey). */
export function checkColdkeyMove(state: State, newColdkey: Account): void {
  ensure(state.read(StakingHotkeys, newColdkey).length === 0, "SubtensorModule.ColdKeyAlreadyAssociated");
  ensure(!hotkeyExists(state, newColdkey), "SubtensorModule.NewColdKeyIsHotkey");
}

/** Moves subnets, stake, hotkeys, locks and, last, all free TAO; `checkColdkeyMove` comes before. Errors: ActiveLockExists, a transfer's. */
export function moveColdkey(context: RuleContext, from: Account, to: Account): void {
  const { state, emit } = context;
  for (const netuid of allNetuids(state)) {
    if (state.has(SubnetOwner, netuid) && state.read(SubnetOwner, netuid) === from) {
      state.write(SubnetOwner, netuid, to);
    }
    moveAutoStake(state, netuid, from, to);
    moveStake(context, netuid, from, to);
  }
  moveStakingHotkeys(state, from, to);
  moveOwnedHotkeys(state, from, to);
  moveColdkeyLocks(context, from, to);
  moveSay(state, from, to);
  const freeRao = state.read(FreeBalance, from);
  if (freeRao > 0n) transferTao(context, from, to, freeRao);
  state.write(LastTxBlock, to, state.read(BlockNumber));
  emit({ name: "SubtensorModule.ColdkeySwapped", oldColdkey: from, newColdkey: to });
}

function moveAutoStake(state: State, netuid: number, from: Account, to: Account): void {
  const hotkey = state.read(AutoStakeDestination, from, netuid);
  if (hotkey === undefined) return;
  state.remove(AutoStakeDestination, from, netuid);
  state.write(AutoStakeDestination, to, netuid, hotkey);
  const others = state.read(AutoStakeDestinationColdkeys, hotkey, netuid).filter((one) => one !== from && one !== to);
  state.write(AutoStakeDestinationColdkeys, hotkey, netuid, [...others, to]);
}

function moveStake(context: RuleContext, netuid: number, from: Account, to: Account): void {
  const { state } = context;
  for (const hotkey of state.read(StakingHotkeys, from)) {
    const stakeRao = stakeOf(context, hotkey, from, netuid);
    decreaseStake(context, hotkey, from, netuid, stakeRao);
    increaseStake(context, hotkey, to, netuid, stakeRao);
    if (stakeOf(context, hotkey, to, netuid) === 0n) continue;
    moveClaimed(state, netuid, { hotkey, coldkey: from }, { hotkey, coldkey: to });
    if (netuid === ROOT_NETUID) numberColdkey(state, to);
  }
  if (netuid === ROOT_NETUID) forgetColdkey(state, from);
}

function moveStakingHotkeys(state: State, from: Account, to: Account): void {
  const merged = new Set([...state.read(StakingHotkeys, to), ...state.read(StakingHotkeys, from)]);
  state.remove(StakingHotkeys, from);
  if (merged.size > 0) state.write(StakingHotkeys, to, [...merged]);
}

function moveOwnedHotkeys(state: State, from: Account, to: Account): void {
  const owned = state.read(OwnedHotkeys, from);
  for (const hotkey of owned) {
    checkNoSystemAccount(hotkey);
    state.write(Owner, hotkey, to);
  }
  const merged = new Set([...state.read(OwnedHotkeys, to), ...owned]);
  state.remove(OwnedHotkeys, from);
  if (merged.size > 0) state.write(OwnedHotkeys, to, [...merged]);
}

/** Gives a coldkey that has root stake the next number among those that do, if it has none. */
function numberColdkey(state: State, coldkey: Account): void {
  if (state.has(StakingColdkeys, coldkey)) return;
  const next = state.read(NumStakingColdkeys);
  state.write(StakingColdkeysByIndex, next, coldkey);
  state.write(StakingColdkeys, coldkey, next);
  state.write(NumStakingColdkeys, next + 1n);
}

/** Takes a coldkey's number; the one with the last number gets it. */
function forgetColdkey(state: State, coldkey: Account): void {
  const freed = state.read(StakingColdkeys, coldkey);
  if (freed === undefined) return;
  const last = state.read(NumStakingColdkeys) - 1n;
  const moved = state.read(StakingColdkeysByIndex, last);
  state.remove(StakingColdkeys, coldkey);
  state.remove(StakingColdkeysByIndex, last);
  if (freed !== last && moved !== undefined) {
    state.write(StakingColdkeysByIndex, freed, moved);
    state.write(StakingColdkeys, moved, freed);
  }
  state.write(NumStakingColdkeys, last);
}
