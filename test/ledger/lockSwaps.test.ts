/** Locks when keys are swapped: each lock aged as the twin ages it, sums with it, flags, owners, and what is refused. */
import { describe, expect, it } from "vitest";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import type { LockState } from "../../host/ledger/rules/conviction.js";
import { LOCK_MOVE_ERRORS } from "../../host/ledger/rules/moveLocks.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import * as items from "../../host/ledger/state/locks.js";
import { Owner } from "../../host/ledger/state/staking.js";
import type { State } from "../../host/ledger/state/state.js";
import { SubnetOwnerHotkey } from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { age } from "../oracle/locks.js";
import { BLOCK, COLD, errorOf, eventsOf, FRESH, fresh, HOT, NEW, OTHER, ROOT, S, THIRD } from "../support/keys.js";

const ONE = 1n << 64n;
const RATES = { unlock: 934_866n, maturity: 934_866n };
const SINCE = BLOCK - 5_000;
/** Masses and convictions of two stakers, in rao; the second one's decays. */
const LOCKS = [
  { coldkey: COLD.account, mass: 600_000n, conviction: 1_000n, perpetual: true },
  { coldkey: OTHER.account, mass: 300_001n, conviction: 77_777n, perpetual: false },
] as const;

/** Both stakers lock for HOT on subnet 1, each with a sum of its kind; of the owner's or of HOT's own. */
function locked(ownerHotkey: Account): State {
  const state = fresh();
  state.write(SubnetOwnerHotkey, 1, ownerHotkey);
  const isOwner = ownerHotkey === HOT;
  for (const { coldkey, mass, conviction, perpetual } of LOCKS) {
    const lock = { lockedRao: mass, convictionBits: conviction * ONE, lastUpdate: SINCE };
    state.write(items.Lock, coldkey, 1, HOT, lock);
    state.write(items.LockingColdkeys, 1, HOT, coldkey, true);
    if (perpetual) state.write(items.DecayingLock, coldkey, 1, false);
    const [owners, hotkeys] = perpetual
      ? [items.OwnerLock, items.HotkeyLock]
      : [items.DecayingOwnerLock, items.DecayingHotkeyLock];
    if (isOwner) state.write(owners, 1, lock);
    else state.write(hotkeys, 1, HOT, lock);
  }
  return state;
}

/** What a lock has become by the block of the swap. */
function expected(k: 0 | 1, isOwner: boolean): LockState {
  const { mass, conviction, perpetual } = LOCKS[k];
  const twin = age({ mass, conviction: conviction * ONE, block: SINCE }, BLOCK, RATES, isOwner, perpetual);
  return { lockedRao: twin.mass, convictionBits: twin.conviction, lastUpdate: BLOCK };
}

const all = (state: State, item: typeof items.Lock) => state.entries(item).map(([keys]) => keys);
const swapEverywhere = calls.keys.swapHotkey({ hotkey: HOT, newHotkey: NEW, netuid: null });
const swapHere = calls.keys.swapHotkeyV2({ hotkey: HOT, newHotkey: NEW, netuid: 1, keepStake: true });
const swapCold = calls.sudo.sudo({
  call: calls.keys.swapColdkey({ oldColdkey: COLD.address, newColdkey: FRESH.address, swapCostRao: 0n }),
});

describe("a swapped hotkey", () => {
  it.each([
    ["on all subnets, of no owner", swapEverywhere, THIRD, false],
    ["on one, its stake kept, of no owner", swapHere, THIRD, false],
    ["on all, the owner's", swapEverywhere, HOT, true],
    ["on one, the owner's", swapHere, HOT, true],
  ] as const)("%s: takes its locks and their sums along", (_, call, ownerHotkey, isOwner) => {
    const state = locked(ownerHotkey);
    expect(errorOf(state, COLD, call)).toBeNull();
    expect(all(state, items.Lock)).toEqual(
      [
        [COLD.account, 1, NEW],
        [OTHER.account, 1, NEW],
      ].sort(([a], [b]) => (a! < b! ? -1 : 1)),
    );
    for (const k of [0, 1] as const) {
      expect(state.read(items.Lock, LOCKS[k].coldkey, 1, NEW)).toEqual(expected(k, isOwner));
    }
    expect(state.entries(items.LockingColdkeys, 1, HOT)).toEqual([]);
    expect(state.entries(items.LockingColdkeys, 1, NEW)).toHaveLength(2);
    const sums = isOwner
      ? [state.read(items.OwnerLock, 1), state.read(items.DecayingOwnerLock, 1)]
      : [state.read(items.HotkeyLock, 1, NEW), state.read(items.DecayingHotkeyLock, 1, NEW)];
    expect(sums).toEqual([expected(0, isOwner), expected(1, isOwner)]);
    expect([state.has(items.HotkeyLock, 1, HOT), state.has(items.DecayingHotkeyLock, 1, HOT)]).toEqual([false, false]);
    expect(state.read(SubnetOwnerHotkey, 1)).toBe(isOwner ? NEW : THIRD);
  });

  it("is reported, here as everywhere", () => {
    const named = (call: Call) => eventsOf(locked(THIRD), COLD, call).map(({ name }) => name);
    expect(named(swapHere)).toContain("SubtensorModule.HotkeySwappedOnSubnet");
    expect(named(swapEverywhere)).toContain("SubtensorModule.HotkeySwapped");
  });

  it("that becomes the owner's has conviction as mass, over the sum that was", () => {
    const state = locked(NEW);
    state.write(Owner, NEW, COLD.account);
    state.write(items.OwnerLock, 1, { lockedRao: 5_000n, convictionBits: 5_000n * ONE, lastUpdate: SINCE });
    expect(errorOf(state, COLD, swapHere)).toBeNull();
    const { lockedRao } = expected(0, false);
    const whole = { lockedRao, convictionBits: lockedRao * ONE, lastUpdate: BLOCK };
    expect(state.read(items.Lock, COLD.account, 1, NEW)).toEqual(whole);
    expect(state.read(items.OwnerLock, 1)).toEqual(whole);
  });

  it("leaves a lock behind that is in no sum, and forgets who no longer locks", () => {
    const state = locked(THIRD);
    state.write(items.LockingColdkeys, 1, HOT, FRESH.account, true);
    state.remove(items.HotkeyLock, 1, HOT);
    state.remove(items.DecayingHotkeyLock, 1, HOT);
    expect(errorOf(state, COLD, swapHere)).toBeNull();
    expect(state.has(items.Lock, COLD.account, 1, HOT)).toBe(true);
    const other = locked(THIRD);
    other.write(items.LockingColdkeys, 1, HOT, FRESH.account, true);
    expect(errorOf(other, COLD, swapHere)).toBeNull();
    expect(other.entries(items.LockingColdkeys, 1).map(([[, hotkey]]) => hotkey)).toEqual([NEW, NEW]);
  });
});

describe("a swapped coldkey", () => {
  it.each([
    ["no owner's", THIRD, false],
    ["the owner's", HOT, true],
  ] as const)("gives its lock for %s hotkey, whether it lasts, and its flags", (_, ownerHotkey, isOwner) => {
    const state = locked(ownerHotkey);
    state.write(items.AccountFlags, COLD.account, 1n);
    expect(errorOf(state, ROOT, swapCold)).toBeNull();
    expect(state.entries(items.Lock, COLD.account)).toEqual([]);
    expect(state.read(items.Lock, FRESH.account, 1, HOT)).toEqual(expected(0, isOwner));
    expect(state.read(items.DecayingLock, FRESH.account, 1)).toBe(false);
    expect(state.has(items.DecayingLock, COLD.account, 1)).toBe(false);
    expect([state.read(items.AccountFlags, FRESH.account), state.has(items.AccountFlags, COLD.account)]).toEqual([
      1n,
      false,
    ]);
    const sum = isOwner ? state.read(items.OwnerLock, 1) : state.read(items.HotkeyLock, 1, HOT);
    expect(sum).toEqual(expected(0, isOwner));
    expect(
      state
        .entries(items.LockingColdkeys, 1, HOT)
        .map(([[, , coldkey]]) => coldkey)
        .sort(),
    ).toEqual([FRESH.account, OTHER.account].sort());
  });

  it("is refused where the new one has a lock, and not where that has run out", () => {
    const reached = new Set<string>();
    const give = (state: State, lockedRao: bigint, convictionBits: bigint) =>
      state.write(items.Lock, FRESH.account, 1, THIRD, { lockedRao, convictionBits, lastUpdate: BLOCK - 1 });
    const state = locked(THIRD);
    give(state, 1_000n, 0n);
    expect(errorOf(state, ROOT, swapCold, reached)).toBe(S("ActiveLockExists"));
    expect(state.has(items.Lock, COLD.account, 1, HOT)).toBe(true);
    expect([...reached]).toEqual(LOCK_MOVE_ERRORS);
    const other = locked(THIRD);
    give(other, 0n, 500n * ONE);
    other.write(BlockNumber, BLOCK - 1);
    expect(errorOf(other, ROOT, swapCold)).toBeNull();
    expect(other.read(items.Lock, FRESH.account, 1, HOT)).toEqual(expected(0, false));
  });
});
