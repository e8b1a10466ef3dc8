/** Who owns a subnet by the conviction behind hotkeys: when it changes, what becomes of the locks, and the owner's cut that is locked. */
import { describe, expect, it } from "vitest";
import { calls } from "../../host/ledger/calls/index.js";
import { stakeOf } from "../../host/ledger/rules/stake.js";
import { autoLockOwnerCut, changeOwnerIfNeeded, convictions } from "../../host/ledger/rules/subnetKing.js";
import { MaxAllowedUids, OwnerCutAutoLockEnabled } from "../../host/ledger/state/hyperparameters.js";
import * as items from "../../host/ledger/state/locks.js";
import { Uids } from "../../host/ledger/state/neurons.js";
import { SubnetAlphaOut } from "../../host/ledger/state/pools.js";
import type { State } from "../../host/ledger/state/state.js";
import { SubnetOwner, SubnetOwnerHotkey } from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { ANN, accountOf, BEN } from "../support/ledger.js";
import { HOT, OTHER, recordingErrors, ruleContext, staked, stakeOfAnn, TAO } from "../support/staking.js";

const { errorOf } = recordingErrors();
const { lockStake, setPerpetualLock } = calls.locks;
const lock = (alphaRao: bigint, hotkey: `0x${string}` = HOT) => lockStake({ hotkey, netuid: 1, alphaRao });

describe("a subnet's owner", () => {
  const YEAR = 7_200 * 365 + 1_800;

  /** Ann's hotkey holds all the conviction of subnet 1, which account 9 owns. */
  function challenged(): State {
    const state = staked();
    state.write(SubnetOwnerHotkey, 1, OTHER);
    expect(errorOf(state, setPerpetualLock({ netuid: 1, enabled: true }))).toBeNull();
    expect(errorOf(state, lock(stakeOfAnn(state)))).toBeNull();
    return state;
  }

  it("changes after a year, if a tenth is behind it and there is room", () => {
    const state = challenged();
    state.write(BlockNumber, YEAR - 1);
    changeOwnerIfNeeded(ruleContext(state), 1);
    expect(state.read(SubnetOwner, 1)).toBe(accountOf(9));
    state.write(BlockNumber, YEAR);
    const total = convictions(ruleContext(state), 1)[0]![1] >> 64n;
    state.write(SubnetAlphaOut, 1, total * 10n + 10n);
    changeOwnerIfNeeded(ruleContext(state), 1);
    expect(state.read(SubnetOwner, 1)).toBe(accountOf(9));
    state.write(SubnetAlphaOut, 1, total * 10n);
    state.write(MaxAllowedUids, 1, 0);
    changeOwnerIfNeeded(ruleContext(state), 1);
    expect(state.read(SubnetOwner, 1)).toBe(accountOf(9));
    state.write(MaxAllowedUids, 1, 256);
    const context = ruleContext(state);
    changeOwnerIfNeeded(context, 1);
    expect([state.read(SubnetOwner, 1), state.read(SubnetOwnerHotkey, 1), state.read(Uids, 1, HOT)]).toEqual([
      ANN.account,
      HOT,
      0,
    ]);
    expect(context.events).toEqual([
      { name: "SubtensorModule.SubnetOwnerChanged", netuid: 1, oldColdkey: accountOf(9), newColdkey: ANN.account },
    ]);
    expect(state.has(items.HotkeyLock, 1, HOT)).toBe(false);
    expect(state.read(items.OwnerLock, 1)).toEqual({
      lockedRao: stakeOfAnn(state),
      convictionBits: stakeOfAnn(state) << 64n,
      lastUpdate: YEAR,
    });
    changeOwnerIfNeeded(context, 1);
    expect(context.events).toHaveLength(1);
  });

  it("has conviction at once, and leaves its locks to its hotkey", () => {
    const state = challenged();
    expect(errorOf(state, calls.staking.addStake({ hotkey: OTHER, netuid: 1, amountRao: 3n * TAO }), BEN)).toBeNull();
    const benRao = stakeOf(ruleContext(state), OTHER, BEN.account, 1);
    expect(errorOf(state, lock(benRao, OTHER), BEN)).toBeNull();
    expect(state.read(items.DecayingOwnerLock, 1)).toMatchObject({ lockedRao: benRao, convictionBits: benRao << 64n });
    state.write(BlockNumber, YEAR);
    changeOwnerIfNeeded(ruleContext(state), 1);
    expect(state.read(SubnetOwnerHotkey, 1)).toBe(HOT);
    expect(state.has(items.DecayingOwnerLock, 1)).toBe(false);
    expect(state.read(items.DecayingHotkeyLock, 1, OTHER)?.lockedRao).toBeLessThan(benRao);
  });

  it("has its cut locked where the subnet does so", () => {
    const state = staked();
    state.write(SubnetOwner, 1, ANN.account);
    state.write(SubnetOwnerHotkey, 1, HOT);
    autoLockOwnerCut(ruleContext(state), 1, TAO);
    expect(state.has(items.Lock, ANN.account, 1, HOT)).toBe(false);
    state.write(OwnerCutAutoLockEnabled, 1, true);
    autoLockOwnerCut(ruleContext(state), 1, TAO);
    autoLockOwnerCut(ruleContext(state), 1, 1_000n * TAO);
    expect(state.read(items.Lock, ANN.account, 1, HOT)?.lockedRao).toBe(TAO);
  });
});
