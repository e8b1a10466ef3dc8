/** Subnets and neurons: made, started, registered, replaced; each check in its order, each effect. */

import { describe, expect, it } from "vitest";
import { calls } from "../../host/ledger/calls/index.js";
import { CREATION_ERRORS } from "../../host/ledger/calls/subnets/creation.js";
import { REGISTRATION_ERRORS } from "../../host/ledger/calls/subnets/registration.js";
import { appendNeuron, NEURON_ERRORS, replaceNeuron } from "../../host/ledger/rules/neurons.js";
import { subnetAccount } from "../../host/ledger/rules/subnetAccounts.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import { AutoParentDelegationEnabled, ChildKeys, ParentKeys } from "../../host/ledger/state/children.js";
import { Burn, MaxAllowedUids } from "../../host/ledger/state/hyperparameters.js";
import * as neurons from "../../host/ledger/state/neurons.js";
import * as pools from "../../host/ledger/state/pools.js";
import { Owner } from "../../host/ledger/state/staking.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import { accountOf } from "../support/ledger.js";
import {
  at,
  cheap,
  errorsOf,
  expectWell,
  OTHER,
  OWNER,
  POOR,
  richState,
  run,
  TAO,
  THIRD,
  withSubnet,
} from "../support/subnets.js";

const { registerNetwork, startCall, burnedRegister, registerLimit, register } = calls.subnets;
const hotkey = accountOf(40);
const { errorOf: fullErrorOf, reached } = errorsOf();
const errorOf = (...call: Parameters<typeof fullErrorOf>) =>
  fullErrorOf(...call)
    ?.split(".")
    .at(-1) ?? null;

describe("making a subnet", () => {
  it("checks in the chain's order", () => {
    const state = withSubnet();
    const call = registerNetwork({ hotkey: accountOf(30) });
    expect(errorOf(state, OTHER, call)).toBe("NonAssociatedColdKey");
    expect(errorOf(state, OTHER, registerNetwork({ hotkey: subnetAccount(7) }))).toBe("CannotUseSystemAccount");
    state.write(subnets.NetworkRegistrationStartBlock, 11);
    expect(errorOf(state, OTHER, registerNetwork({ hotkey }))).toBe("SubNetRegistrationDisabled");
    at(state, 10 + 7_199);
    expect(errorOf(state, OTHER, registerNetwork({ hotkey }))).toBe("NetworkTxRateLimitExceeded");
    at(state, 10 + 7_200);
    state.write(subnets.SubnetLimit, 1);
    expect(errorOf(state, POOR, registerNetwork({ hotkey }))).toBe("SubnetLimitReached");
    state.write(subnets.SubnetLimit, 2);
    expect(errorOf(state, POOR, registerNetwork({ hotkey }))).toBe("CannotAffordLockCost");
    expect(errorOf(state, OWNER, call)).toBe(null);
  });

  it("takes the price, opens the pool at the median, seats the owner, and gives no emission yet", () => {
    const state = richState();
    const { events } = run(state, OWNER, registerNetwork({ hotkey }));
    expect(events.map(({ name }) => name)).toContain("SubtensorModule.NetworkAdded");
    expect(state.read(FreeBalance, OWNER.account)).toBe(99_000n * TAO);
    expect(state.read(FreeBalance, subnetAccount(1))).toBe(1_000n * TAO);
    expect(state.read(pools.SubnetTAO, 1)).toBe(1_000n * TAO);
    expect(state.read(pools.SubnetAlphaIn, 1)).toBe(1_000n * TAO);
    expect(state.read(pools.TotalStake)).toBe(1_000n * TAO);
    expect([state.read(neurons.Keys, 1, 0), state.read(neurons.SubnetworkN, 1)]).toEqual([hotkey, 1]);
    expect(state.read(subnets.SubnetOwner, 1)).toBe(OWNER.account);
    expect(state.read(subnets.LastEpochBlock, 1)).toBe(9);
    expect(new TextDecoder().decode(state.read(subnets.TokenSymbol, 1))).toBe("α");
    expect(state.read(subnets.SubnetEmissionEnabled, 1)).toBe(false);
    expect(state.read(MaxAllowedUids, 1)).toBe(256);
    expect(state.read(Burn, 1)).toBe(TAO);
  });

  it("the next costs twice as much and falls with time; a pool of half the price has twice the alpha", () => {
    const state = withSubnet();
    state.write(pools.SubnetAlphaIn, 1, 2_000n * TAO);
    state.write(pools.SwapBalancer, 1, 500_000_000_000_000_000n);
    at(state, 10 + 7_200);
    expectWell(run(state, OTHER, registerNetwork({ hotkey })));
    const paidRao = 2_000n * TAO - ((1_000n * TAO) / 100_800n) * 7_200n;
    expect(state.read(subnets.SubnetLocked, 2)).toBe(paidRao);
    expect(state.read(pools.SubnetAlphaIn, 2)).toBe(2n * paidRao);
  });

  it("a pool is never smaller than the least cost, whatever was paid", () => {
    const state = richState();
    state.write(FreeBalance, POOR.account, 1_000n * TAO);
    expectWell(run(state, POOR, registerNetwork({ hotkey })));
    expect(state.read(subnets.SubnetLocked, 1)).toBe(1_000n * TAO - 500n);
    expect(state.read(pools.SubnetTAO, 1)).toBe(1_000n * TAO);
  });

  it("the root's validators lend their stake to the owner's hotkey at once, unless they will not", () => {
    const state = richState();
    const [willing, unwilling] = [accountOf(70), accountOf(71)];
    for (const [uid, of] of [willing, unwilling].entries()) {
      state.write(neurons.Keys, 0, uid, of);
      state.write(Owner, of, THIRD.account);
    }
    state.write(AutoParentDelegationEnabled, unwilling, false);
    expectWell(run(state, OWNER, registerNetwork({ hotkey })));
    expect(state.entries(ChildKeys)).toEqual([[[willing, 1], [[(1n << 64n) - 1n, hotkey]]]]);
    expect(state.read(ParentKeys, hotkey, 1)).toEqual([[(1n << 64n) - 1n, willing]]);
  });

  it("at the limit the cheapest one past immunity makes room, of equals the oldest", () => {
    const state = cheap(withSubnet());
    for (const [k, netuid] of [2, 3].entries()) {
      at(state, 10 + 7_200 * (k + 1));
      expectWell(run(state, OTHER, registerNetwork({ hotkey: accountOf(50 + netuid) })));
    }
    state.write(subnets.SubnetLimit, 3);
    state.write(pools.SubnetMovingPrice, 1, 3n << 30n);
    for (const netuid of [2, 3]) state.write(pools.SubnetMovingPrice, netuid, 1n << 31n);
    at(state, 10 + 3 * 7_200);
    expect(errorOf(state, THIRD, registerNetwork({ hotkey }))).toBe("SubnetLimitReached");
    at(state, 10 + 2 * 7_200 + 1_296_000);
    const { events } = run(state, THIRD, registerNetwork({ hotkey }));
    expect(events).toContainEqual({ name: "SubtensorModule.NetworkRemoved", netuid: 2 });
    expect(events).toContainEqual({ name: "SubtensorModule.NetworkAdded", netuid: 2, mechanism: 1 });
    expect(state.read(subnets.SubnetOwner, 2)).toBe(THIRD.account);
    expect(state.read(subnets.RegisteredSubnetCounter, 2)).toBe(2n);
    expect(new TextDecoder().decode(state.read(subnets.TokenSymbol, 2))).toBe("β");
  });
});

describe("starting one", () => {
  it("checks in the chain's order, and once", () => {
    const state = richState();
    expect(errorOf(state, OTHER, startCall({ netuid: 1 }))).toBe("SubnetNotExists");
    expectWell(run(state, OWNER, registerNetwork({ hotkey })));
    expect(errorOf(state, OTHER, startCall({ netuid: 1 }))).toBe("BadOrigin");
    expect(errorOf(state, "root", startCall({ netuid: 1 }))).toBe("BadOrigin");
    state.write(subnets.StartCallDelay, 5n);
    at(state, 14);
    expect(errorOf(state, OWNER, startCall({ netuid: 1 }))).toBe("NeedWaitingMoreBlocksToStarCall");
    at(state, 15);
    expect(errorOf(state, OWNER, startCall({ netuid: 1 }))).toBe(null);
    expect(state.read(subnets.FirstEmissionBlockNumber, 1)).toBe(16);
    expect(state.read(subnets.SubtokenEnabled, 1)).toBe(true);
    expect(errorOf(state, OWNER, startCall({ netuid: 1 }))).toBe("FirstEmissionBlockNumberAlreadySet");
  });
});

describe("registering a neuron", () => {
  it("checks in the chain's order", () => {
    const state = withSubnet();
    const call = (netuid: number, of: string = hotkey) => burnedRegister({ netuid, hotkey: of });
    expect(errorOf(state, OTHER, call(0))).toBe("RegistrationNotPermittedOnRootSubnet");
    expect(errorOf(state, OTHER, call(2))).toBe("SubnetNotExists");
    state.write(subnets.NetworkRegistrationAllowed, 1, false);
    expect(errorOf(state, OTHER, call(1, accountOf(30)))).toBe("SubNetRegistrationDisabled");
    state.write(subnets.NetworkRegistrationAllowed, 1, true);
    state.write(Burn, 1, TAO + 1n);
    expect(errorOf(state, POOR, call(1, accountOf(30)))).toBe("HotKeyAlreadyRegisteredInSubNet");
    state.write(Owner, accountOf(41), OTHER.account);
    expect(errorOf(state, POOR, call(1, accountOf(41)))).toBe("NotEnoughBalanceToStake");
    state.write(Burn, 1, TAO);
    expect(errorOf(state, POOR, call(1, accountOf(41)))).toBe("NonAssociatedColdKey");
    expect(errorOf(state, POOR, call(1, subnetAccount(3)))).toBe("CannotUseSystemAccount");
    state.write(MaxAllowedUids, 1, 1);
    expect(errorOf(state, POOR, call(1))).toBe("NoNeuronIdAvailable");
    state.write(MaxAllowedUids, 1, 0);
    expect(errorOf(state, POOR, call(1))).toBe("NoNeuronIdAvailable");
    const dear = registerLimit({ netuid: 1, hotkey, limitRao: TAO - 1n });
    expect(errorOf(state, POOR, dear)).toBe("RegistrationPriceLimitExceeded");
    state.write(MaxAllowedUids, 1, 2);
    expect(errorOf(state, POOR, registerLimit({ netuid: 1, hotkey, limitRao: TAO }))).toBe(null);
  });

  it("pays into the pool, destroys the alpha it buys, raises the price by 1.26", () => {
    const state = withSubnet();
    const { events } = run(state, OTHER, burnedRegister({ netuid: 1, hotkey }));
    expect(events.at(-1)).toEqual({ name: "SubtensorModule.NeuronRegistered", netuid: 1, uid: 1, hotkey });
    // A fee of trunc(TAO · 33 / 65535) stays outside the pool.
    const feeRao = (TAO * 33n) / 65_535n;
    expect(state.read(pools.SubnetTAO, 1)).toBe(1_001n * TAO - feeRao);
    expect(state.read(FreeBalance, subnetAccount(1))).toBe(1_001n * TAO);
    expect(state.read(pools.SubnetAlphaOut, 1)).toBe(0n);
    const boughtAlpha = 1_000n * TAO - state.read(pools.SubnetAlphaIn, 1);
    // x − x·y/(y + in), which the pool meets but for its 18 digits.
    const expected = (1_000n * TAO * (TAO - feeRao)) / (1_001n * TAO - feeRao);
    expect(boughtAlpha >= expected - 1n && boughtAlpha <= expected + 1n).toBe(true);
    expect(state.read(Burn, 1)).toBe(1_260_000_000n);
    expect(state.read(pools.RAORecycledForRegistration, 1)).toBe(TAO);
    expect(state.read(pools.SubnetTaoFlow, 1)).toBe(TAO);
    expect(state.read(neurons.RegistrationsThisBlock, 1)).toBe(1);
    const old = { netuid: 1, blockNumber: 0n, nonce: 0n, work: "0x", coldkey: OTHER.address };
    expect(errorOf(state, OTHER, register({ ...old, hotkey: accountOf(41) }))).toBe(null);
  });

  it("every name of an error is reached", () => {
    const all = [...CREATION_ERRORS, ...REGISTRATION_ERRORS, ...NEURON_ERRORS];
    expect(all.filter((name) => !reached.has(name))).toEqual([]);
  });
});

describe("uids", () => {
  it("a newcomer has defaults in every vector and mechanism", () => {
    const state = withSubnet();
    state.write(subnets.MechanismCountCurrent, 1, 2);
    at(state, 20);
    appendNeuron(state, 1, hotkey);
    expect(state.read(neurons.Active, 1)).toEqual([true, true]);
    expect(state.read(neurons.LastUpdate, 1)).toEqual([10n, 20n]);
    expect(state.read(neurons.LastUpdate, 4097)).toEqual([0n, 20n]);
    expect(state.read(neurons.Incentive, 4097)).toEqual([0]);
    expect(state.read(neurons.Uids, 1, hotkey)).toBe(1);
  });

  it("a replaced one loses weights, bonds and places; weights for it become 0, bonds for it stay", () => {
    const state = withSubnet();
    const old = accountOf(41);
    appendNeuron(state, 1, old);
    for (const item of [neurons.Weights, neurons.Bonds]) {
      state.write(item, 1, 0, PackedRow.of([[0, 5], [1, 7]])); // biome-ignore format: rows
      state.write(item, 1, 1, PackedRow.of([[0, 9]]));
    }
    for (const item of [neurons.Consensus, neurons.Dividends, neurons.ValidatorTrust]) state.write(item, 1, [3, 4]);
    state.write(neurons.Emission, 1, [3n, 4n]);
    state.write(neurons.ValidatorPermit, 1, [true, true]);
    const place = { block: 1, version: 1, ip: 1n, port: 1, ipType: 4 };
    state.write(neurons.Prometheus, 1, old, place);
    at(state, 50);
    replaceNeuron(state, 1, 1, hotkey);
    expect([...state.read(neurons.Weights, 1, 0)]).toEqual([[0, 5], [1, 0]]); // biome-ignore format: rows
    expect(state.has(neurons.Weights, 1, 1)).toBe(false);
    expect([...state.read(neurons.Bonds, 1, 0)]).toEqual([[0, 5], [1, 7]]); // biome-ignore format: rows
    expect(state.has(neurons.Bonds, 1, 1)).toBe(false);
    expect(state.read(neurons.Consensus, 1)).toEqual([3, 0]);
    expect(state.read(neurons.Emission, 1)).toEqual([3n, 0n]);
    expect(state.read(neurons.ValidatorPermit, 1)).toEqual([true, false]);
    expect(state.read(neurons.LastUpdate, 1)).toEqual([10n, 50n]);
    expect(state.read(neurons.BlockAtRegistration, 1, 1)).toBe(50);
    expect([state.has(neurons.Uids, 1, old), state.has(neurons.Prometheus, 1, old)]).toEqual([false, false]);
    replaceNeuron(state, 1, 0, old);
    expect(state.read(neurons.Keys, 1, 0)).toBe(accountOf(30));
  });
});
