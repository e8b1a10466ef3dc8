/** Conviction locks: what a coldkey cannot unstake, and how locks are made, moved and given away. Source: subtensor staking/lock.rs. */
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { AccountFlags, DecayingLock } from "../state/locks.js";
import type { State } from "../state/state.js";
import type { RuleContext } from "./context.js";
import { aged, emptyLock, type LockState, merged, reduced } from "./conviction.js";
import { fixed, ONE_64 } from "./fixed.js";
import { checkHotkeyExists, ownerOf } from "./hotkeys.js";
import { lesser, saturatedU64 } from "./integers.js";
import {
  addToSum,
  currentLock,
  isPerpetual,
  type LockModel,
  lockedHotkey,
  lockKind,
  lockModel,
  removeLock,
  rollForward,
  rollSum,
  saveLock,
  takeFromSum,
  writeLock,
} from "./lockModel.js";
import { stakeOfColdkey } from "./stake.js";

/** Errors of locks. */
export const LOCK_ERRORS = [
  "SubtensorModule.AmountTooLow",
  "SubtensorModule.StakeUnavailable",
  "SubtensorModule.LockHotkeyMismatch",
  "SubtensorModule.InsufficientStakeForLock",
  "SubtensorModule.NoExistingLock",
  "SubtensorModule.AccountRejectsLockedAlpha",
] as const;

/** Events of locks. */
export type LockEvent =
  | {
      readonly name: "SubtensorModule.StakeLocked";
      readonly coldkey: Account;
      readonly hotkey: Account;
      readonly netuid: number;
      readonly amountRao: bigint;
    }
  | {
      readonly name: "SubtensorModule.LockMoved";
      readonly coldkey: Account;
      readonly originHotkey: Account;
      readonly destinationHotkey: Account;
      readonly netuid: number;
    }
  | {
      readonly name: "SubtensorModule.PerpetualLockUpdated";
      readonly coldkey: Account;
      readonly netuid: number;
      readonly enabled: boolean;
    }
  | {
      readonly name: "SubtensorModule.RejectLockedAlphaUpdated";
      readonly coldkey: Account;
      readonly enabled: boolean;
    };

const ACCEPTS_LOCKED_ALPHA = 1n;

/** The coldkey's alpha on the subnet less what it has locked is enough: SubtensorModule.StakeUnavailable. */
export function checkAvailable(context: RuleContext, coldkey: Account, netuid: number, alphaRao: bigint): void {
  const lockedRao = currentLock(context, coldkey, netuid)?.own.lockedRao ?? 0n;
  const availableRao = saturatedU64(stakeOfColdkey(context, coldkey, netuid) - lockedRao);
  ensure(availableRao >= alphaRao, "SubtensorModule.StakeUnavailable", { availableRao, alphaRao });
}

/** Brings a coldkey's lock up to now, and removes one that has become dust. */
export function settleLock(context: RuleContext, coldkey: Account, netuid: number): void {
  const model = currentLock(context, coldkey, netuid);
  if (model) saveLock(context, model);
}

/** Lowers a coldkey's lock by an amount that was taken from its stake regardless, its conviction in proportion. */
export function forceReduceLock(context: RuleContext, coldkey: Account, netuid: number, alphaRao: bigint): void {
  const model = currentLock(context, coldkey, netuid);
  if (!model) return;
  const { kernel, now } = model.ageing;
  rollSum(model);
  const { own } = model;
  const lockedRao = saturatedU64(own.lockedRao - alphaRao);
  const removed = fixed(kernel, "u64f64.safe_div", alphaRao << 64n, own.lockedRao << 64n);
  const convictionBits =
    lockedRao === 0n
      ? 0n
      : fixed(kernel, "u64f64.mul", own.convictionBits, fixed(kernel, "u64f64.sub", ONE_64, removed));
  model.own = { lockedRao, convictionBits, lastUpdate: now };
  model.sum = reduced(model.sum, own.lockedRao - lockedRao, own.convictionBits - convictionBits);
  saveLock(context, model);
}

/**
 * Locks more of a coldkey's alpha for a hotkey. Errors: AmountTooLow for nothing, HotKeyAccountNotExists, LockHotkeyMismatch
 * where it locks for another, InsufficientStakeForLock.
 */
export function lockStake(context: RuleContext, coldkey: Account, netuid: number, hotkey: Account, rao: bigint): void {
  const { state, emit } = context;
  ensure(rao > 0n, "SubtensorModule.AmountTooLow");
  checkHotkeyExists(state, hotkey);
  const existing = lockedHotkey(state, coldkey, netuid);
  ensure(existing === undefined || existing === hotkey, "SubtensorModule.LockHotkeyMismatch", { hotkey: existing });
  const model = lockModel(context, coldkey, netuid, hotkey);
  rollForward(model);
  const { ageing, own } = model;
  const isNew = own.lockedRao === 0n && own.convictionBits === 0n;
  const lockedRao = saturatedU64(own.lockedRao + rao);
  ensure(stakeOfColdkey(context, coldkey, netuid) >= lockedRao, "SubtensorModule.InsufficientStakeForLock", {
    lockedRao,
  });
  model.own = aged(ageing, isNew ? { ...emptyLock(ageing.now), lockedRao } : { ...own, lockedRao }, model);
  rollSum(model);
  model.sum = merged(model.sum, { ...emptyLock(ageing.now), lockedRao: rao });
  rollSum(model);
  saveLock(context, model);
  emit({ name: "SubtensorModule.StakeLocked", coldkey, hotkey, netuid, amountRao: rao });
}

/** Has a coldkey's lock count for another hotkey; with another owner its conviction is lost. Errors: HotKeyAccountNotExists, NoExistingLock. */
export function moveLock(context: RuleContext, coldkey: Account, netuid: number, hotkey: Account): void {
  const { state, emit } = context;
  checkHotkeyExists(state, hotkey);
  const model = currentLock(context, coldkey, netuid);
  ensure(model !== undefined, "SubtensorModule.NoExistingLock", { coldkey, netuid });
  const { own: removed, hotkey: origin } = model;
  const keeps = ownerOf(state, origin) === ownerOf(state, hotkey);
  const kept = keeps ? removed : { ...removed, convictionBits: 0n };
  const lock = aged(model.ageing, kept, lockKind(state, coldkey, netuid, hotkey));
  removeLock(state, coldkey, netuid, origin);
  writeLock(state, coldkey, netuid, hotkey, lock);
  takeFromSum(context, coldkey, netuid, origin, removed);
  addToSum(context, coldkey, netuid, hotkey, lock);
  emit({ name: "SubtensorModule.LockMoved", coldkey, originHotkey: origin, destinationHotkey: hotkey, netuid });
}

/** Has a coldkey's locks on a subnet last, or decay. */
export function setPerpetualLock(context: RuleContext, coldkey: Account, netuid: number, enabled: boolean): void {
  const { state, emit } = context;
  const model = currentLock(context, coldkey, netuid);
  const changes = isPerpetual(state, coldkey, netuid) !== enabled;
  if (model) {
    saveLock(context, model);
    if (changes) takeFromSum(context, coldkey, netuid, model.hotkey, model.own);
  }
  if (enabled) state.write(DecayingLock, coldkey, netuid, false);
  else state.remove(DecayingLock, coldkey, netuid);
  const hotkey = changes ? lockedHotkey(state, coldkey, netuid) : undefined;
  if (hotkey !== undefined) {
    addToSum(context, coldkey, netuid, hotkey, lockModel(context, coldkey, netuid, hotkey).own);
  }
  emit({ name: "SubtensorModule.PerpetualLockUpdated", coldkey, netuid, enabled });
}

/** Whether a coldkey takes locked alpha from others; at first it does not. */
export function setAcceptsLockedAlpha(state: State, coldkey: Account, accepts: boolean): void {
  const others = state.read(AccountFlags, coldkey) & ~ACCEPTS_LOCKED_ALPHA;
  const flags = accepts ? others | ACCEPTS_LOCKED_ALPHA : others;
  if (flags === 0n) state.remove(AccountFlags, coldkey);
  else state.write(AccountFlags, coldkey, flags);
}

/**
 * Gives alpha of a coldkey to another: what is not locked goes first, then locked alpha with its part of the conviction. Errors:
 * LockHotkeyMismatch where the other locks for another hotkey, AccountRejectsLockedAlpha.
 */
export function transferLock(context: RuleContext, from: Account, to: Account, netuid: number, alphaRao: bigint): void {
  const { state, kernel } = context;
  if (from === to || alphaRao === 0n) return;
  const source = currentLock(context, from, netuid);
  if (!source) return;
  const target = currentLock(context, to, netuid);
  const { own } = source;
  const freeRao = saturatedU64(stakeOfColdkey(context, from, netuid) - own.lockedRao);
  const neededRao = alphaRao - lesser(alphaRao, freeRao);
  const mismatch = neededRao > 0n && target !== undefined && target.hotkey !== source.hotkey;
  ensure(!mismatch, "SubtensorModule.LockHotkeyMismatch", { hotkey: target?.hotkey });
  const lockedRao = lesser(neededRao, own.lockedRao);
  const part = fixed(kernel, "u64f64.safe_div", lockedRao << 64n, own.lockedRao << 64n);
  const convictionBits = fixed(kernel, "u64f64.mul", own.convictionBits, part);
  const accepts = (state.read(AccountFlags, to) & ACCEPTS_LOCKED_ALPHA) !== 0n;
  ensure(lockedRao === 0n || accepts, "SubtensorModule.AccountRejectsLockedAlpha", { coldkey: to });

  const moved: LockState = { lockedRao, convictionBits, lastUpdate: source.ageing.now };
  settle(context, source, from, source.hotkey, reduced(own, lockedRao, convictionBits));
  const hotkey = target?.hotkey ?? source.hotkey;
  settle(context, source, to, hotkey, merged(target?.own ?? emptyLock(source.ageing.now), moved));
  if (lockedRao === 0n) return;
  takeFromSum(context, from, netuid, source.hotkey, moved);
  addToSum(context, to, netuid, hotkey, moved);
}

function settle(
  { state }: RuleContext,
  { ageing, netuid }: LockModel,
  coldkey: Account,
  hotkey: Account,
  lock: LockState,
) {
  writeLock(state, coldkey, netuid, hotkey, aged(ageing, lock, lockKind(state, coldkey, netuid, hotkey)));
}
