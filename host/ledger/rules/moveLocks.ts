/**
 * Conviction locks when keys are swapped: a lock goes on as what it was, brought up to now, and the sums it counts in with it. Source:
 * subtensor staking/lock.rs, swap_hotkey_locks, swap_coldkey_locks.
 */
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { AccountFlags, DecayingHotkeyLock, DecayingLock, HotkeyLock, Lock, LockingColdkeys } from "../state/locks.js";
import { SubnetOwnerHotkey } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { RuleContext } from "./context.js";
import { aged, ageingOf, emptyLock, type LockKind } from "./conviction.js";
import { addToSum, isPerpetual, lockKind, readSum, removeLock, takeFromSum, writeLock, writeSum } from "./lockModel.js";

/** Errors of moving locks. */
export const LOCK_MOVE_ERRORS = ["SubtensorModule.ActiveLockExists"] as const;

/**
 * Has all locks for a hotkey of a subnet be for another, before the subnet's owner's hotkey is moved. A sum of the new hotkey's own is
 * written over, and locks that are in no sum stay behind, as on the chain.
 */
export function moveHotkeyLocks(context: RuleContext, from: Account, to: Account, netuid: number): void {
  const { state, kernel } = context;
  const ageing = ageingOf(state, kernel, state.read(BlockNumber));
  const owner = state.has(SubnetOwnerHotkey, netuid) ? state.read(SubnetOwnerHotkey, netuid) : undefined;
  const wasOwner = owner === from;
  const isOwner = wasOwner || owner === to;
  if (!isOwner && !state.has(HotkeyLock, netuid, from) && !state.has(DecayingHotkeyLock, netuid, from)) return;
  for (const [[, , coldkey]] of state.entries(LockingColdkeys, netuid, from)) {
    const lock = state.read(Lock, coldkey, netuid, from);
    removeLock(state, coldkey, netuid, from);
    if (lock === undefined) continue;
    const lasts = isPerpetual(state, coldkey, netuid);
    const now = aged(ageing, lock, { isOwner: wasOwner, isPerpetual: lasts });
    writeLock(state, coldkey, netuid, to, aged(ageing, now, { isOwner, isPerpetual: lasts }));
  }
  for (const isPerpetual of [true, false]) {
    const before: LockKind = { isOwner: wasOwner, isPerpetual };
    const sum = readSum(state, netuid, from, before);
    if (sum === undefined) continue;
    writeSum(state, netuid, from, before, emptyLock(ageing.now));
    const after: LockKind = { isOwner, isPerpetual };
    writeSum(state, netuid, to, after, aged(ageing, aged(ageing, sum, before), after));
  }
}

/**
 * Gives a coldkey's locks, whether they last, and its flags to another, which has no lock of its own (ActiveLockExists). The other need not
 * accept locked alpha: swapping is its owner's own doing.
 */
export function moveColdkeyLocks(context: RuleContext, from: Account, to: Account): void {
  const { state, kernel } = context;
  const ageing = ageingOf(state, kernel, state.read(BlockNumber));
  const locksOf = (coldkey: Account) =>
    state.entries(Lock, coldkey).map(([[, netuid, hotkey], lock]) => {
      const kind = lockKind(state, coldkey, netuid, hotkey);
      return { netuid, hotkey, kind, lock: aged(ageing, lock, kind) };
    });
  for (const { lock, netuid } of locksOf(to)) {
    ensure(lock.lockedRao === 0n, "SubtensorModule.ActiveLockExists", { coldkey: to, netuid });
  }
  const locks = locksOf(from);
  for (const { netuid, hotkey, lock } of locks) {
    removeLock(state, from, netuid, hotkey);
    takeFromSum(context, from, netuid, hotkey, lock);
  }
  // Which sums a lock counts in depends on the flags: they move between the two.
  for (const [[, netuid], decays] of state.entries(DecayingLock, from)) {
    state.remove(DecayingLock, from, netuid);
    state.write(DecayingLock, to, netuid, decays);
  }
  const flags = state.read(AccountFlags, from);
  state.remove(AccountFlags, from);
  if (flags === 0n) state.remove(AccountFlags, to);
  else state.write(AccountFlags, to, flags);
  for (const { netuid, hotkey, kind, lock } of locks) {
    const moved = aged(ageing, lock, kind);
    writeLock(state, to, netuid, hotkey, moved);
    addToSum(context, to, netuid, hotkey, moved);
  }
}
