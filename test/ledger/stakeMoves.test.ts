/** Moving stake, giving alpha up, choosing hotkeys: each check at its border and in its order; conservation in any sequence of calls. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Call } from "../../host/ledger/calls/call.js";
import { calls } from "../../host/ledger/calls/index.js";
import { ALPHA_ERRORS } from "../../host/ledger/calls/staking/alpha.js";
import { AUTO_STAKE_ERRORS } from "../../host/ledger/calls/staking/hotkeys.js";
import { stakeOf } from "../../host/ledger/rules/stake.js";
import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { mostToMove } from "../../host/ledger/rules/transition.js";
import { TransferToggle } from "../../host/ledger/state/hyperparameters.js";
import { Uids } from "../../host/ledger/state/neurons.js";
import { SubnetAlphaOut } from "../../host/ledger/state/pools.js";
import {
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  Owner,
  TotalHotkeyAlpha,
} from "../../host/ledger/state/staking.js";
import { BlockAuthor } from "../../host/ledger/state/system.js";
import { ANN, accountOf, actor, BEN } from "../support/ledger.js";
import {
  call,
  called,
  checkConservation,
  HOT,
  OTHER,
  recordingErrors,
  ruleContext,
  staked,
  stakeOfAnn,
  TAO,
  twoSubnets,
} from "../support/staking.js";

const { staking } = calls;
const { reached, errorOf } = recordingErrors();

const add = (amountRao: bigint, netuid = 1) => staking.addStake({ hotkey: HOT, netuid, amountRao });
const swap = (alphaRao: bigint, destinationNetuid = 2) =>
  staking.swapStake({ hotkey: HOT, originNetuid: 1, destinationNetuid, alphaRao });

describe("moving", () => {
  const move = (destinationHotkey: string, destinationNetuid: number, alphaRao: bigint) =>
    staking.moveStake({ originHotkey: HOT, destinationHotkey, originNetuid: 1, destinationNetuid, alphaRao });
  const give = (destinationNetuid: number, alphaRao: bigint) =>
    staking.transferStake({
      destinationColdkey: BEN.address,
      hotkey: HOT,
      originNetuid: 1,
      destinationNetuid,
      alphaRao,
    });
  const swapTo = (limitRao: bigint, alphaRao: bigint, allowPartial: boolean) =>
    staking.swapStakeLimit({ hotkey: HOT, originNetuid: 1, destinationNetuid: 2, alphaRao, limitRao, allowPartial });

  it.each<[string, Call, string | null]>([
    ["to where it is", move(HOT, 1, TAO), "SameNetuid"],
    ["to no subnet", move(OTHER, 7, TAO), "SubnetNotExists"],
    ["to nobody's hotkey", move(accountOf(99), 1, TAO), "HotKeyAccountNotExists"],
    ["within, worth less than the least", move(OTHER, 1, 3_900_000n), "AmountTooLow"],
    ["within", move(OTHER, 1, TAO), null],
    ["to another subnet", move(OTHER, 2, TAO), null],
    ["to the root", move(OTHER, 0, TAO), null],
    ["too little to another subnet", swap(3_900_000n), "AmountTooLow"],
    ["to another coldkey", give(1, TAO), null],
    ["to another coldkey and subnet", give(2, TAO), null],
    ["at too bad a price", swapTo(TAO / 3n, TAO, false), "SlippageTooHigh"],
    ["at too bad a price, nothing of it", swapTo(TAO / 3n, TAO, true), null],
    ["at a price", swapTo(TAO / 5n, TAO, false), null],
  ])("%s", (_, made, error) => {
    expect(errorOf(staked(), made)).toBe(error);
  });

  it("to another coldkey must be allowed on both subnets", () => {
    for (const netuid of [1, 2]) {
      const state = staked();
      state.write(TransferToggle, netuid, false);
      expect(errorOf(state, give(2, TAO))).toBe("TransferDisallowed");
      expect(errorOf(state, swap(TAO))).toBeNull();
    }
  });

  it("within a subnet keeps the sum", () => {
    const state = staked();
    const before = stakeOfAnn(state);
    expect(errorOf(state, give(1, TAO))).toBeNull();
    expect(stakeOfAnn(state)).toBe(before - TAO);
    expect(stakeOf(ruleContext(state), HOT, BEN.account, 1)).toBe(TAO);
  });

  it("pays one fee", () => {
    const state = staked();
    const { events } = called(state, ANN, swap(TAO));
    const fees = events.flatMap((event) => ("feeRao" in event ? [event.feeRao > 0n] : []));
    expect(fees).toEqual([true, false]);
    const back = staked();
    errorOf(back, add(TAO, 0));
    const fromRoot = staking.swapStake({ hotkey: HOT, originNetuid: 0, destinationNetuid: 2, alphaRao: TAO / 2n });
    const fees2 = called(back, ANN, fromRoot).events.flatMap((event) => ("feeRao" in event ? [event.feeRao > 0n] : []));
    expect(fees2).toEqual([false, true]);
  });

  it("has a limit between pools, and at par", () => {
    const context = ruleContext(twoSubnets());
    const MAX = (1n << 64n) - 1n;
    // 500·(1/2)/0.2 − 2000·(1/2) = 250
    expect(mostToMove(context, 1, 2, TAO / 5n) / 1_000n).toBe((250n * TAO) / 1_000n);
    expect(mostToMove(context, 1, 2, TAO / 4n + 1n)).toBe(0n);
    expect(mostToMove(context, 1, 2, 0n)).toBe(MAX);
    expect([mostToMove(context, 0, 0, TAO), mostToMove(context, 0, 0, TAO + 1n)]).toEqual([MAX, 0n]);
    expect(mostToMove(context, 0, 1, 0n)).toBe(MAX);
    expect(mostToMove(context, 0, 1, TAO)).toBeGreaterThan(100n * TAO);
    expect(mostToMove(context, 1, 0, TAO / 4n)).toBeGreaterThan(100n * TAO);
  });
});

describe("giving up", () => {
  const burn = (netuid: number, alphaRao: bigint, hotkey = HOT) => staking.burnAlpha({ hotkey, netuid, alphaRao });

  it.each<[string, Call, string | null]>([
    ["on no subnet", burn(7, TAO), "SubnetNotExists"],
    ["on the root", burn(0, TAO), "CannotBurnOrRecycleOnRootSubnet"],
    ["with nobody's hotkey", burn(1, TAO, accountOf(99)), "HotKeyAccountNotExists"],
    ["alpha", burn(1, TAO), null],
    ["TAO for nothing", staking.addStakeBurn({ hotkey: HOT, netuid: 1, amountRao: TAO, limitRao: null }), null],
    [
      "TAO for too high a price",
      staking.addStakeBurn({ hotkey: HOT, netuid: 1, amountRao: 10n * TAO, limitRao: TAO / 2n + 10_100_000n }),
      "SlippageTooHigh",
    ],
  ])("%s", (_, made, error) => {
    expect(errorOf(staked(), made)).toBe(error);
  });

  it("recycled alpha leaves the issuance, burned alpha does not", () => {
    const state = staked();
    const outRao = state.read(SubnetAlphaOut, 1);
    const before = stakeOfAnn(state);
    expect(errorOf(state, burn(1, TAO))).toBeNull();
    expect(errorOf(state, staking.recycleAlpha({ hotkey: HOT, netuid: 1, alphaRao: 2n * TAO }))).toBeNull();
    expect([state.read(SubnetAlphaOut, 1), stakeOfAnn(state)]).toEqual([outRao - 2n * TAO, before - 3n * TAO]);
  });
});

describe("hotkeys", () => {
  it("are taken once, and subnets' accounts never", () => {
    const state = twoSubnets();
    expect(errorOf(state, staking.tryAssociateHotkey({ hotkey: subnetAccount(1) }))).toBe("CannotUseSystemAccount");
    expect(errorOf(state, staking.tryAssociateHotkey({ hotkey: accountOf(50) }))).toBeNull();
    expect(errorOf(state, staking.tryAssociateHotkey({ hotkey: accountOf(50) }), BEN)).toBeNull();
    expect(state.read(Owner, accountOf(50))).toBe(ANN.account);
  });

  it("are where incentives are staked", () => {
    const state = twoSubnets();
    const choose = (hotkey: string, netuid = 1) => staking.setColdkeyAutoStakeHotkey({ netuid, hotkey });
    expect(errorOf(state, choose(HOT, 7))).toBe("SubnetNotExists");
    expect(errorOf(state, choose(HOT))).toBe("HotKeyNotRegisteredInSubNet");
    state.write(Uids, 1, HOT, 0);
    state.write(Uids, 1, OTHER, 1);
    expect(errorOf(state, choose(HOT))).toBeNull();
    expect(errorOf(state, choose(HOT))).toBe("SameAutoStakeHotkeyAlreadySet");
    expect(errorOf(state, choose(OTHER))).toBeNull();
    expect(state.read(AutoStakeDestination, ANN.account, 1)).toBe(OTHER);
    expect(state.read(AutoStakeDestinationColdkeys, HOT, 1)).toEqual([]);
    expect(state.read(AutoStakeDestinationColdkeys, OTHER, 1)).toEqual([ANN.account]);
  });
});

it("every name of an error is reached", () => {
  const others = ["SameNetuid", "TransferDisallowed", "CannotUseSystemAccount", "AmountTooLow"];
  const all = [...ALPHA_ERRORS, ...AUTO_STAKE_ERRORS, ...others.map((name) => `SubtensorModule.${name}`)];
  for (const name of all) expect(reached).toContain(name);
});

it("any sequence conserves TAO and alpha", () => {
  const coldkey = fc.constantFrom(2, 3, 4);
  const hotkey = fc.constantFrom(HOT, OTHER);
  const netuid = fc.constantFrom(0, 1, 2);
  const amountRao = fc.bigInt({ min: 1_000_000n, max: 40n * TAO });
  const limitRao = fc.bigInt({ min: TAO / 10n, max: 4n * TAO });
  const allowPartial = fc.boolean();
  const move = { originNetuid: netuid, destinationNetuid: netuid, alphaRao: amountRao };
  const made: fc.Arbitrary<Call> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ hotkey, netuid, amountRao }).map(staking.addStake) },
    fc.record({ hotkey, netuid, amountRao, limitRao, allowPartial }).map(staking.addStakeLimit),
    fc.record({ hotkey, netuid, alphaRao: amountRao }).map(staking.removeStake),
    fc.record({ hotkey, netuid, alphaRao: amountRao, limitRao, allowPartial }).map(staking.removeStakeLimit),
    fc.record({ hotkey }).map(staking.unstakeAll),
    fc.record({ hotkey }).map(staking.unstakeAllAlpha),
    fc.record({ hotkey, ...move }).map(staking.swapStake),
    fc.record({ hotkey, ...move, limitRao, allowPartial }).map(staking.swapStakeLimit),
    fc.record({ originHotkey: hotkey, destinationHotkey: hotkey, ...move }).map(staking.moveStake),
    fc.record({ destinationColdkey: coldkey.map(accountOf), hotkey, ...move }).map(staking.transferStake),
    fc.record({ hotkey, netuid, alphaRao: amountRao }).map(staking.recycleAlpha),
    fc.record({ hotkey, netuid, alphaRao: amountRao }).map(staking.burnAlpha),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(coldkey, made), { maxLength: 25 }), fc.boolean(), (sequence, paysAuthor) => {
      const state = twoSubnets();
      if (paysAuthor) state.write(BlockAuthor, accountOf(8));
      for (const [byte, one] of sequence) {
        call(state, actor(byte), one);
        checkConservation(state);
        for (const on of [0, 1, 2]) {
          const alphaRao = [HOT, OTHER].reduce((sum, hot) => sum + state.read(TotalHotkeyAlpha, hot, on), 0n);
          expect(alphaRao).toBeLessThanOrEqual(state.read(SubnetAlphaOut, on));
          const held = [2, 3, 4].flatMap((b) =>
            [HOT, OTHER].map((hot) => stakeOf(ruleContext(state), hot, accountOf(b), on)),
          );
          expect(held.reduce((sum, rao) => sum + rao, 0n)).toBeLessThanOrEqual(alphaRao);
        }
      }
    }),
    { numRuns: 60 },
  );
});
