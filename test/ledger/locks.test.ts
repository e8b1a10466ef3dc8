/** Conviction locks: how they age against the twin, what they keep from being unstaked, and how they move. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calls } from "../../host/ledger/calls/index.js";
import { aged, ageingOf, decay, type LockState } from "../../host/ledger/rules/conviction.js";
import { createHotkey } from "../../host/ledger/rules/hotkeys.js";
import { forceReduceLock, LOCK_ERRORS } from "../../host/ledger/rules/locks.js";
import * as items from "../../host/ledger/state/locks.js";
import type { State } from "../../host/ledger/state/state.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { age } from "../oracle/locks.js";
import { ANN, accountOf, actor, BEN } from "../support/ledger.js";
import {
  call,
  checkConservation,
  HOT,
  OTHER,
  recordingErrors,
  ruleContext,
  staked,
  stakeOfAnn,
  TAO,
} from "../support/staking.js";

const ONE = 1n << 64n;
const TAU = 934_866;
const { reached, errorOf } = recordingErrors();
const { lockStake, moveLock, setPerpetualLock, setRejectLockedAlpha } = calls.locks;
const lock = (alphaRao: bigint, hotkey: `0x${string}` = HOT) => lockStake({ hotkey, netuid: 1, alphaRao });
const remove = (alphaRao: bigint) => calls.staking.removeStake({ hotkey: HOT, netuid: 1, alphaRao });
const give = (alphaRao: bigint) =>
  calls.staking.transferStake({
    destinationColdkey: BEN.address,
    hotkey: HOT,
    originNetuid: 1,
    destinationNetuid: 1,
    alphaRao,
  });
const later = (state: State, blocks: number) => state.write(BlockNumber, state.read(BlockNumber) + blocks);
const lockOf = (state: State, hotkey: `0x${string}` = HOT, by = ANN): LockState | undefined =>
  state.read(items.Lock, by.account, 1, hotkey);

describe("ageing", () => {
  it("is the twin's", () => {
    const rate = fc.oneof(fc.constantFrom(0n, 1n, 934_866n, (1n << 64n) - 1n), fc.bigInt({ min: 1n, max: 2_000_000n }));
    const rao = fc.oneof(fc.constantFrom(0n, 99n, 100n), fc.bigInt({ min: 0n, max: 21n * 10n ** 15n }));
    const dt = fc.oneof(fc.constantFrom(0, 1, TAU, 40 * TAU), fc.nat(5_000_000));
    fc.assert(
      fc.property(
        rao,
        rao,
        dt,
        rate,
        rate,
        fc.boolean(),
        fc.boolean(),
        (mass, c, blocks, unlock, maturity, isOwner, isPerpetual) => {
          const { state, kernel } = ruleContext(staked());
          state.write(items.UnlockRate, unlock);
          state.write(items.MaturityRate, maturity);
          const before = { lockedRao: mass, convictionBits: c * ONE + 12_345n, lastUpdate: 7 };
          const after = aged(ageingOf(state, kernel, 7 + blocks), before, { isOwner, isPerpetual });
          const twin = age(
            { mass, conviction: c * ONE + 12_345n, block: 7 },
            7 + blocks,
            { unlock, maturity },
            isOwner,
            isPerpetual,
          );
          expect([after.lockedRao, after.convictionBits]).toEqual([twin.mass, twin.conviction]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is e^-1 after one time constant", () => {
    const { kernel } = ruleContext(staked());
    expect(Number(decay(kernel, BigInt(TAU), BigInt(TAU))) / 2 ** 64).toBeCloseTo(Math.exp(-1), 12);
    expect(decay(kernel, 0n, 0n)).toBe(ONE);
    expect(decay(kernel, 1n, 0n)).toBe(0n);
  });
});

describe("a lock", () => {
  it("has checks in order", () => {
    const state = staked();
    const rao = stakeOfAnn(state);
    expect(errorOf(state, lock(0n, accountOf(99)))).toBe("AmountTooLow");
    expect(errorOf(state, lock(1n, accountOf(99)))).toBe("HotKeyAccountNotExists");
    expect(errorOf(state, lock(rao + 1n))).toBe("InsufficientStakeForLock");
    expect(errorOf(state, moveLock({ destinationHotkey: accountOf(99), netuid: 1 }))).toBe("HotKeyAccountNotExists");
    expect(errorOf(state, moveLock({ destinationHotkey: OTHER, netuid: 1 }))).toBe("NoExistingLock");
    expect(errorOf(state, lock(rao))).toBeNull();
    expect(errorOf(state, lock(1n, OTHER))).toBe("LockHotkeyMismatch");
    expect(errorOf(state, lock(1n))).toBe("InsufficientStakeForLock");
  });

  it("keeps alpha from being unstaked, until it has decayed", () => {
    const state = staked();
    const rao = stakeOfAnn(state);
    expect(errorOf(state, lock(rao - TAO))).toBeNull();
    expect(errorOf(state, remove(TAO + 1n))).toBe("StakeUnavailable");
    expect(errorOf(state, calls.staking.burnAlpha({ hotkey: HOT, netuid: 1, alphaRao: TAO + 1n }))).toBe(
      "StakeUnavailable",
    );
    const away = { hotkey: HOT, originNetuid: 1, destinationNetuid: 2, alphaRao: TAO + 1n };
    expect(errorOf(state, calls.staking.swapStake(away))).toBe("StakeUnavailable");
    expect(errorOf(state, remove(TAO))).toBeNull();
    later(state, TAU);
    expect(errorOf(state, remove(rao / 2n))).toBeNull();
    expect(lockOf(state)?.lastUpdate).toBe(100 + TAU);
    later(state, 40 * TAU);
    expect(errorOf(state, remove(rao))).toBeNull();
    expect([lockOf(state), state.entries(items.LockingColdkeys), state.entries(items.DecayingHotkeyLock)]).toEqual([
      undefined,
      [],
      [],
    ]);
  });

  it("lasts where it is perpetual, and counts in the other sum", () => {
    const state = staked();
    expect(errorOf(state, lock(10n * TAO))).toBeNull();
    expect(state.read(items.DecayingHotkeyLock, 1, HOT)).toEqual(lockOf(state));
    expect(errorOf(state, setPerpetualLock({ netuid: 1, enabled: true }))).toBeNull();
    expect(state.has(items.DecayingHotkeyLock, 1, HOT)).toBe(false);
    later(state, TAU);
    expect(errorOf(state, lock(TAO))).toBeNull();
    expect(lockOf(state)?.lockedRao).toBe(11n * TAO);
    const grown = Number(lockOf(state)?.convictionBits) / 2 ** 64 / Number(10n * TAO);
    expect(grown).toBeCloseTo(1 - Math.exp(-1), 9);
    expect(state.read(items.HotkeyLock, 1, HOT)).toEqual(lockOf(state));
    expect(errorOf(state, setPerpetualLock({ netuid: 1, enabled: false }))).toBeNull();
    expect(state.read(items.DecayingHotkeyLock, 1, HOT)).toEqual(lockOf(state));
    expect(state.has(items.HotkeyLock, 1, HOT)).toBe(false);
  });

  it("moves with its conviction to a hotkey of the same owner, without to another's", () => {
    for (const [to, keeps] of [
      [accountOf(22), true],
      [OTHER, false],
    ] as const) {
      const state = staked();
      createHotkey(state, ANN.account, accountOf(22));
      expect(errorOf(state, setPerpetualLock({ netuid: 1, enabled: true }))).toBeNull();
      expect(errorOf(state, lock(10n * TAO))).toBeNull();
      later(state, 1_000);
      expect(errorOf(state, moveLock({ destinationHotkey: to, netuid: 1 }))).toBeNull();
      expect(lockOf(state)).toBeUndefined();
      expect(lockOf(state, to)?.convictionBits !== 0n).toBe(keeps);
      expect(state.read(items.HotkeyLock, 1, to)).toEqual(lockOf(state, to));
      expect(state.has(items.HotkeyLock, 1, HOT)).toBe(false);
    }
  });

  it("goes with alpha that is given away, last, to whom it suits", () => {
    const state = staked();
    const rao = stakeOfAnn(state);
    expect(errorOf(state, lock(rao - TAO))).toBeNull();
    expect(errorOf(state, give(TAO))).toBeNull();
    expect(lockOf(state, HOT, BEN)).toBeUndefined();
    expect(errorOf(state, give(TAO))).toBe("AccountRejectsLockedAlpha");
    expect(errorOf(state, setRejectLockedAlpha({ enabled: false }), BEN)).toBeNull();
    expect(errorOf(state, give(TAO))).toBeNull();
    expect([lockOf(state)?.lockedRao, lockOf(state, HOT, BEN)?.lockedRao]).toEqual([rao - 2n * TAO, TAO]);
    expect(state.read(items.DecayingHotkeyLock, 1, HOT)?.lockedRao).toBe(rao - TAO);
    expect(errorOf(state, moveLock({ destinationHotkey: OTHER, netuid: 1 }), BEN)).toBeNull();
    expect(errorOf(state, give(TAO))).toBe("LockHotkeyMismatch");
    expect(errorOf(state, setRejectLockedAlpha({ enabled: true }), BEN)).toBeNull();
    expect(state.has(items.AccountFlags, BEN.account)).toBe(false);
  });

  it("is lowered with what is taken regardless", () => {
    const state = staked();
    expect(errorOf(state, setPerpetualLock({ netuid: 1, enabled: true }))).toBeNull();
    expect(errorOf(state, lock(10n * TAO))).toBeNull();
    later(state, 1_000);
    forceReduceLock(ruleContext(state), ANN.account, 1, 0n);
    const before = lockOf(state)!;
    forceReduceLock(ruleContext(state), ANN.account, 1, 5n * TAO);
    expect(lockOf(state)).toEqual({ ...before, lockedRao: 5n * TAO, convictionBits: before.convictionBits / 2n });
    expect(state.read(items.HotkeyLock, 1, HOT)?.lockedRao).toBe(5n * TAO);
    forceReduceLock(ruleContext(state), ANN.account, 1, 6n * TAO);
    expect([lockOf(state), state.entries(items.HotkeyLock)]).toEqual([undefined, []]);
  });

  it("every name of an error is reached", () => {
    for (const name of LOCK_ERRORS) expect(reached).toContain(name);
  });
});

it("any calls leave a coldkey one lock at most, and the hotkey it is for knows of it", () => {
  const coldkey = fc.constantFrom(2, 3);
  const alphaRao = fc.bigInt({ min: 1n, max: 15n * TAO });
  const made = fc.oneof(
    fc.record({ hotkey: fc.constantFrom(HOT, OTHER), netuid: fc.constant(1), alphaRao }).map(lockStake),
    fc.record({ destinationHotkey: fc.constantFrom(HOT, OTHER), netuid: fc.constant(1) }).map(moveLock),
    fc.record({ netuid: fc.constant(1), enabled: fc.boolean() }).map(setPerpetualLock),
    fc.record({ enabled: fc.boolean() }).map(setRejectLockedAlpha),
    alphaRao.map(give),
    alphaRao.map(remove),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(coldkey, made, fc.constantFrom(0, 1, 1_000, TAU)), { maxLength: 25 }), (sequence) => {
      const state = staked();
      call(state, BEN, calls.staking.addStake({ hotkey: OTHER, netuid: 1, amountRao: 10n * TAO }));
      for (const [byte, one, blocks] of sequence) {
        later(state, blocks);
        call(state, actor(byte), one);
        checkConservation(state);
        for (const { account } of [ANN, BEN])
          expect(state.entries(items.Lock, account, 1).length).toBeLessThanOrEqual(1);
        for (const [[account, , hotkey]] of state.entries(items.Lock)) {
          expect(state.has(items.LockingColdkeys, 1, hotkey, account)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});
