/**
 * A coldkey's lock on a subnet together with the sum of all locks it counts in: by hotkey or for the owner, perpetual or
 * decaying. A coldkey locks for one hotkey of a subnet. Source: subtensor staking/lock.rs.
 */
import type { Account } from "../state/codecs.js";
import {
  DecayingHotkeyLock,
  DecayingLock,
  DecayingOwnerLock,
  HotkeyLock,
  Lock,
  LockingColdkeys,
  OwnerLock,
} from "../state/locks.js";
import type { ReadableState, State } from "../state/state.js";
import { SubnetOwnerHotkey } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { RuleContext } from "./context.js";
import {
  type Ageing,
  aged,
  ageingOf,
  emptyLock,
  isDust,
  type LockKind,
  type LockState,
  merged,
  reduced,
} from "./conviction.js";

/** A lock and its sum, to be changed and saved. */
export interface LockModel extends LockKind {
  readonly coldkey: Account;
  readonly netuid: number;
  readonly hotkey: Account;
  readonly ageing: Ageing;
  own: LockState;
  sum: LockState;
}

/** The hotkey a coldkey locks for on a subnet. */
export function lockedHotkey(state: ReadableState, coldkey: Account, netuid: number): Account | undefined {
  return state.entries(Lock, coldkey, netuid)[0]?.[0][2];
}

/** Of what kind a coldkey's lock for a hotkey is. */
export function lockKind(state: ReadableState, coldkey: Account, netuid: number, hotkey: Account): LockKind {
  return {
    isOwner: state.read(SubnetOwnerHotkey, netuid) === hotkey,
    isPerpetual: isPerpetual(state, coldkey, netuid),
  };
}

/** Whether a coldkey's locks on a subnet are perpetual. */
export function isPerpetual(state: ReadableState, coldkey: Account, netuid: number): boolean {
  return state.read(DecayingLock, coldkey, netuid) === false;
}

/** A coldkey's lock for a hotkey, empty if there is none, as it is stored. */
export function lockModel(
  { state, kernel }: RuleContext,
  coldkey: Account,
  netuid: number,
  hotkey: Account,
): LockModel {
  const now = state.read(BlockNumber);
  const kind = lockKind(state, coldkey, netuid, hotkey);
  return {
    coldkey,
    netuid,
    hotkey,
    ...kind,
    ageing: ageingOf(state, kernel, now),
    own: state.read(Lock, coldkey, netuid, hotkey) ?? emptyLock(now),
    sum: readSum(state, netuid, hotkey, kind) ?? emptyLock(now),
  };
}

/** The lock a coldkey has on a subnet, brought up to now. */
export function currentLock(context: RuleContext, coldkey: Account, netuid: number): LockModel | undefined {
  const hotkey = lockedHotkey(context.state, coldkey, netuid);
  if (hotkey === undefined) return undefined;
  const model = lockModel(context, coldkey, netuid, hotkey);
  rollForward(model);
  return model;
}

/** Brings a lock up to now. What it lost, if anything, comes off the sum, which otherwise ages by itself. */
export function rollForward(model: LockModel): void {
  const { own, ageing } = model;
  model.own = aged(ageing, own, model);
  const lostRao = own.lockedRao - model.own.lockedRao;
  const lostBits = own.convictionBits - model.own.convictionBits;
  if (lostRao > 0n || lostBits > 0n) {
    const [rao, bits] = [lostRao > 0n ? lostRao : 0n, lostBits > 0n ? lostBits : 0n];
    model.sum = { ...reduced(model.sum, rao, bits), lastUpdate: ageing.now };
  } else {
    rollSum(model);
  }
}

/** Brings the sum up to now. */
export function rollSum(model: LockModel): void {
  model.sum = aged(model.ageing, model.sum, model);
}

/** Stores a lock and its sum. */
export function saveLock({ state }: RuleContext, model: LockModel): void {
  writeLock(state, model.coldkey, model.netuid, model.hotkey, model.own);
  saveSum({ state }, model);
}

/** Stores the sum alone. */
export function saveSum({ state }: Pick<RuleContext, "state">, model: LockModel): void {
  writeSum(state, model.netuid, model.hotkey, model, model.sum);
}

/** Adds to the sum of locks a coldkey's locks for a hotkey count in. */
export function addToSum(
  context: RuleContext,
  coldkey: Account,
  netuid: number,
  hotkey: Account,
  added: LockState,
): void {
  const model = lockModel(context, coldkey, netuid, hotkey);
  rollSum(model);
  model.sum = merged(model.sum, added);
  rollSum(model);
  saveSum(context, model);
}

/** Takes from the sum of locks a coldkey's locks for a hotkey count in. */
export function takeFromSum(
  context: RuleContext,
  coldkey: Account,
  netuid: number,
  hotkey: Account,
  { lockedRao, convictionBits }: Pick<LockState, "lockedRao" | "convictionBits">,
): void {
  const model = lockModel(context, coldkey, netuid, hotkey);
  rollSum(model);
  model.sum = reduced(model.sum, lockedRao, convictionBits);
  saveSum(context, model);
}

/** Stores a coldkey's lock, or removes one that is dust. */
export function writeLock(state: State, coldkey: Account, netuid: number, hotkey: Account, lock: LockState): void {
  if (isDust(lock)) {
    removeLock(state, coldkey, netuid, hotkey);
    return;
  }
  state.write(Lock, coldkey, netuid, hotkey, lock);
  state.write(LockingColdkeys, netuid, hotkey, coldkey, true);
}

/** Removes a coldkey's lock; its sum is the caller's. */
export function removeLock(state: State, coldkey: Account, netuid: number, hotkey: Account): void {
  state.remove(Lock, coldkey, netuid, hotkey);
  state.remove(LockingColdkeys, netuid, hotkey, coldkey);
}

/** The stored sum of all locks of a kind. */
export function readSum(
  state: ReadableState,
  netuid: number,
  hotkey: Account,
  { isOwner, isPerpetual }: LockKind,
): LockState | undefined {
  if (isOwner) return state.read(isPerpetual ? OwnerLock : DecayingOwnerLock, netuid);
  return state.read(isPerpetual ? HotkeyLock : DecayingHotkeyLock, netuid, hotkey);
}

/** Stores the sum of all locks of a kind, or removes an empty one. */
export function writeSum(
  state: State,
  netuid: number,
  hotkey: Account,
  { isOwner, isPerpetual }: LockKind,
  sum: LockState,
): void {
  const isEmpty = sum.lockedRao === 0n && sum.convictionBits === 0n;
  const owners = isPerpetual ? OwnerLock : DecayingOwnerLock;
  const hotkeys = isPerpetual ? HotkeyLock : DecayingHotkeyLock;
  if (isOwner) {
    if (isEmpty) state.remove(owners, netuid);
    else state.write(owners, netuid, sum);
  } else if (isEmpty) state.remove(hotkeys, netuid, hotkey);
  else state.write(hotkeys, netuid, hotkey, sum);
}
