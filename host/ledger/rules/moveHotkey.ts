/** Putting one hotkey in the place of another on a subnet. Source: subtensor swap/swap_hotkey.rs, perform_hotkey_swap_on_one_subnet. */
import { AutoParentDelegationEnabled, ChildkeyTake } from "../state/children.js";
import type { Account } from "../state/codecs.js";
import { WeightCommits } from "../state/commits.js";
import type { Item, Key } from "../state/item.js";
import { Axons, IsNetworkMember, Keys, NeuronCertificates, Prometheus, Uids } from "../state/neurons.js";
import {
  AlphaDividendsPerSubnet,
  AlphaV2,
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  StakingHotkeys,
  TotalHotkeyAlphaLastEpoch,
} from "../state/staking.js";
import type { State } from "../state/state.js";
import { SubnetOwnerHotkey } from "../state/subnets.js";
import type { RuleContext } from "./context.js";
import { addStakingHotkey, checkNoSystemAccount } from "./hotkeys.js";
import { saturatedU64 } from "./integers.js";
import { mechanismIndices } from "./mechanisms.js";
import { moveClaims } from "./moveClaims.js";
import { moveFamily, renamePendingChild } from "./moveFamily.js";
import { decreaseStake, increaseStake, stakeOf } from "./stake.js";
import { ROOT_NETUID } from "./subnetChecks.js";

/** Which hotkey takes the place of which, where, and whether stake stays with the old one. */
export interface HotkeyMove {
  readonly from: Account;
  readonly to: Account;
  readonly netuid: number;
  readonly keepStake: boolean;
}

/** Moves all a hotkey is and, unless it is kept, its stake. Errors: those of families, CannotUseSystemAccount. */
export function moveHotkey(context: RuleContext, move: HotkeyMove): void {
  const { state } = context;
  moveNeuron(state, move);
  moveEntry(state, ChildkeyTake, [move.from, move.netuid], [move.to, move.netuid]);
  moveFamily(state, move.from, move.to, move.netuid);
  renamePendingChild(state, move.from, move.to, move.netuid);
  moveAutoStake(state, move);
  moveOwnerHotkey(context, move);
  if (move.keepStake) return;
  moveRecords(state, move);
  moveStake(context, move);
  if (move.netuid !== ROOT_NETUID) return;
  moveClaims(state, move.from, move.to);
  moveEntry(state, AutoParentDelegationEnabled, [move.from], [move.to]);
}

/** Moves a stored entry to another key, over what is there; one that is not stored leaves that as it is. */
export function moveEntry<K extends readonly Key[], V>(state: State, item: Item<K, V>, from: K, to: K): void {
  if (!state.has(item, ...from)) return;
  const value = state.read(item, ...from) as Exclude<V, undefined>;
  state.remove(item, ...from);
  state.write(item, ...([...to, value] as [...K, Exclude<V, undefined>]));
}

/** The membership, written also where there is none, as the chain does; and what only a member has. */
function moveNeuron(state: State, { from, to, netuid }: HotkeyMove): void {
  const isMember = state.read(IsNetworkMember, from, netuid);
  state.remove(IsNetworkMember, from, netuid);
  state.write(IsNetworkMember, to, netuid, isMember);
  if (!isMember) return;
  const uid = state.read(Uids, netuid, from);
  if (uid !== undefined) {
    state.remove(Uids, netuid, from);
    state.write(Uids, netuid, to, uid);
    state.write(Keys, netuid, uid, to);
  }
  moveEntry(state, Prometheus, [netuid, from], [netuid, to]);
  moveEntry(state, Axons, [netuid, from], [netuid, to]);
  for (const index of mechanismIndices(state, netuid)) moveEntry(state, WeightCommits, [index, from], [index, to]);
  moveEntry(state, NeuronCertificates, [netuid, from], [netuid, to]);
}

function moveAutoStake(state: State, { from, to, netuid }: HotkeyMove): void {
  for (const coldkey of state.read(AutoStakeDestinationColdkeys, from, netuid)) {
    state.write(AutoStakeDestination, coldkey, netuid, to);
  }
  moveEntry(state, AutoStakeDestinationColdkeys, [from, netuid], [to, netuid]);
}

function moveOwnerHotkey({ state, emit }: RuleContext, { from, to, netuid }: HotkeyMove): void {
  if (!state.has(SubnetOwnerHotkey, netuid) || state.read(SubnetOwnerHotkey, netuid) !== from) return;
  checkNoSystemAccount(to);
  state.write(SubnetOwnerHotkey, netuid, to);
  emit({ name: "SubtensorModule.SubnetOwnerHotkeySet", netuid, hotkey: to });
}

/** What the last epoch left: added to what the new hotkey has. */
function moveRecords(state: State, { from, to, netuid }: HotkeyMove): void {
  const lastRao = state.read(TotalHotkeyAlphaLastEpoch, from, netuid);
  state.remove(TotalHotkeyAlphaLastEpoch, from, netuid);
  const allRao = saturatedU64(lastRao + state.read(TotalHotkeyAlphaLastEpoch, to, netuid));
  if (allRao > 0n) state.write(TotalHotkeyAlphaLastEpoch, to, netuid, allRao);
  const paidRao = state.read(AlphaDividendsPerSubnet, netuid, from);
  state.remove(AlphaDividendsPerSubnet, netuid, from);
  const dividendsRao = saturatedU64(paidRao + state.read(AlphaDividendsPerSubnet, netuid, to));
  if (dividendsRao > 0n) state.write(AlphaDividendsPerSubnet, netuid, to, dividendsRao);
}

/** Every staker's stake, in order of coldkeys: withdrawn at its value from one pool, put into the other. */
function moveStake(context: RuleContext, { from, to, netuid }: HotkeyMove): void {
  const { state } = context;
  for (const [[, coldkey, on]] of state.entries(AlphaV2, from)) {
    if (on !== netuid) continue;
    const stakeRao = stakeOf(context, from, coldkey, netuid);
    decreaseStake(context, from, coldkey, netuid, stakeRao);
    increaseStake(context, to, coldkey, netuid, stakeRao);
    if (state.read(StakingHotkeys, coldkey).includes(from)) addStakingHotkey(state, coldkey, to);
  }
}
