/** Who owns a subnet: after a year, whoever's hotkey has the most conviction, if all of it together is a tenth of the alpha. Source: subtensor staking/lock.rs. */
import { LedgerError } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { OwnerCutAutoLockEnabled } from "../state/hyperparameters.js";
import { DecayingHotkeyLock, HotkeyLock } from "../state/locks.js";
import { Uids } from "../state/neurons.js";
import { SubnetAlphaOut } from "../state/pools.js";
import { NetworkRegisteredAt, SubnetOwner, SubnetOwnerHotkey } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { NOBODY } from "../state/values.js";
import { attempt, type RuleContext } from "./context.js";
import { type Ageing, aged, ageingOf, emptyLock, type LockKind, type LockState, merged } from "./conviction.js";
import { fixed } from "./fixed.js";
import { ownerOf } from "./hotkeys.js";
import { lockedHotkey, readSum, writeSum } from "./lockModel.js";
import { lockStake } from "./locks.js";
import { registerNeuron } from "./neurons.js";

/** A year and six hours of blocks. */
const YEAR_BLOCKS = 7_200 * 365 + 1_800;

/** All conviction must be this part of the alpha outside the pool. */
const TENTH = 10n << 64n;

/** A subnet has another owner. */
export type OwnerEvent = {
  readonly name: "SubtensorModule.SubnetOwnerChanged";
  readonly netuid: number;
  readonly oldColdkey: Account;
  readonly newColdkey: Account;
};

/** The conviction for each hotkey of a subnet now, U64F64, ascending by account. */
export function convictions({ state, kernel }: RuleContext, netuid: number): [Account, bigint][] {
  const ageing = ageingOf(state, kernel, state.read(BlockNumber));
  const sums = new Map<Account, bigint>();
  const add = (hotkey: Account, kind: LockKind, lock: LockState | undefined) => {
    if (lock === undefined) return;
    const { convictionBits } = aged(ageing, lock, kind);
    sums.set(hotkey, fixed(kernel, "u64f64.add", sums.get(hotkey) ?? 0n, convictionBits));
  };
  for (const isPerpetual of [true, false]) {
    const kind = { isOwner: false, isPerpetual };
    const item = isPerpetual ? HotkeyLock : DecayingHotkeyLock;
    for (const [[, hotkey], lock] of state.entries(item, netuid)) add(hotkey, kind, lock);
  }
  const owner = state.read(SubnetOwnerHotkey, netuid);
  for (const isPerpetual of [true, false]) {
    const kind = { isOwner: true, isPerpetual };
    add(owner, kind, readSum(state, netuid, owner, kind));
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Gives the subnet to the owner of the hotkey with the most conviction, the last of equals, once it is time; registers the hotkey. */
export function changeOwnerIfNeeded(context: RuleContext, netuid: number): void {
  const { state, kernel, emit } = context;
  const now = state.read(BlockNumber);
  const alphaRao = state.read(SubnetAlphaOut, netuid);
  if (alphaRao === 0n || now < state.read(NetworkRegisteredAt, netuid) + YEAR_BLOCKS) return;
  const scores = convictions(context, netuid);
  const total = scores.reduce((sum, [, bits]) => fixed(kernel, "u64f64.add", sum, bits), 0n);
  if (fixed(kernel, "u64f64.mul", total, TENTH) < alphaRao << 64n) return;
  const king = scores.reduce<[Account, bigint] | undefined>(
    (best, one) => (best && best[1] > one[1] ? best : one),
    undefined,
  );
  if (king === undefined) return;
  const [hotkey] = king;
  const newColdkey = ownerOf(state, hotkey);
  const oldColdkey = state.read(SubnetOwner, netuid);
  if (newColdkey === NOBODY || newColdkey === oldColdkey) return;
  if (!seat(context, netuid, hotkey)) return;
  const ageing = ageingOf(state, kernel, now);
  const oldHotkey = state.read(SubnetOwnerHotkey, netuid);
  for (const isPerpetual of [true, false]) moveSum(context, ageing, netuid, oldHotkey, { isOwner: true, isPerpetual });
  for (const isPerpetual of [true, false]) moveSum(context, ageing, netuid, hotkey, { isOwner: false, isPerpetual });
  state.write(SubnetOwner, netuid, newColdkey);
  state.write(SubnetOwnerHotkey, netuid, hotkey);
  emit({ name: "SubtensorModule.SubnetOwnerChanged", netuid, oldColdkey, newColdkey });
}

/** Locks the owner's cut as it is paid, where the subnet does so; what fails a check stays unlocked. */
export function autoLockOwnerCut(context: RuleContext, netuid: number, alphaRao: bigint): void {
  const { state } = context;
  if (!state.read(OwnerCutAutoLockEnabled, netuid)) return;
  const coldkey = state.read(SubnetOwner, netuid);
  const hotkey = lockedHotkey(state, coldkey, netuid) ?? state.read(SubnetOwnerHotkey, netuid);
  attempt(context, (within) => lockStake(within, coldkey, netuid, hotkey, alphaRao));
}

/** Registers the hotkey if it is not; false where there is no room. */
function seat({ state, kernel }: RuleContext, netuid: number, hotkey: Account): boolean {
  if (state.has(Uids, netuid, hotkey)) return true;
  try {
    registerNeuron(state, kernel, netuid, hotkey);
    return true;
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

/** Moves a sum of locks between those for the owner and those for a hotkey. */
function moveSum({ state }: RuleContext, ageing: Ageing, netuid: number, hotkey: Account, kind: LockKind): void {
  const sum = readSum(state, netuid, hotkey, kind);
  if (sum === undefined) return;
  writeSum(state, netuid, hotkey, kind, emptyLock(ageing.now));
  const other = { ...kind, isOwner: !kind.isOwner };
  const there = aged(ageing, readSum(state, netuid, hotkey, other) ?? emptyLock(ageing.now), other);
  const both = { ...merged(there, aged(ageing, sum, kind)), lastUpdate: ageing.now };
  writeSum(state, netuid, hotkey, other, other.isOwner ? aged(ageing, both, other) : both);
}
