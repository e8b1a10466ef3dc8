/** What else a subnet's owner and its neurons may do: fewer uids, the schedule, places to answer. */

import { describe, expect, it } from "vitest";
import { calls } from "../../host/ledger/calls/index.js";
import { SCHEDULE_ERRORS } from "../../host/ledger/calls/subnets/schedule.js";
import { SERVING_ERRORS } from "../../host/ledger/calls/subnets/serving.js";
import { appendNeuron } from "../../host/ledger/rules/neurons.js";
import { TRIM_ERRORS } from "../../host/ledger/rules/trim.js";
import * as parameters from "../../host/ledger/state/hyperparameters.js";
import * as neurons from "../../host/ledger/state/neurons.js";
import type { State } from "../../host/ledger/state/state.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { PackedRow } from "../../host/marshal/packedRow.js";
import { accountOf, actor } from "../support/ledger.js";
import { at, errorsOf, expectWell, FROZEN_BLOCK, OTHER, OWNER, run, withSubnet } from "../support/subnets.js";

const { errorOf, reached } = errorsOf();
const dropped = (error: string | null) => error?.split(".").at(-1) ?? null;
const fresh = withSubnet;

describe("trimming", () => {
  /** 66 neurons, all past immunity, emission by uid. */
  function crowded(emission: (uid: number) => bigint): State {
    const state = fresh();
    for (let uid = 1; uid < 66; uid++) appendNeuron(state, 1, accountOf(100 + uid));
    state.write(
      neurons.Emission,
      1,
      Array.from({ length: 66 }, (_, uid) => emission(uid)),
    );
    state.write(parameters.ImmunityPeriod, 1, 0);
    return state;
  }

  it("the least earning go, of equals the later; rows follow their uids; the owner stays", () => {
    const state = crowded((uid) => (uid === 0 ? 0n : uid === 3 ? 1n : uid === 7 || uid === 9 ? 2n : 5n));
    state.write(neurons.Weights, 1, 4, PackedRow.of([[3, 10], [4, 20], [65, 30]])); // biome-ignore format: a row
    state.write(neurons.Bonds, 1, 65, PackedRow.of([[9, 1], [10, 2]])); // biome-ignore format: a row
    state.write(neurons.Consensus, 1, [...Array(66).keys()]);
    expectWell(run(state, OWNER, calls.admin.trimToMaxAllowedUids({ netuid: 1, maxN: 64 })));
    const expected = [...Array(66).keys()].filter((uid) => uid !== 3 && uid !== 9);
    expect(state.read(neurons.Consensus, 1)).toEqual(expected);
    expect([state.read(neurons.SubnetworkN, 1), state.read(parameters.MaxAllowedUids, 1)]).toEqual([64, 64]);
    expect(state.read(neurons.Keys, 1, 3)).toBe(accountOf(104));
    expect(state.read(neurons.Uids, 1, accountOf(165))).toBe(63);
    expect(state.has(neurons.Uids, 1, accountOf(103))).toBe(false);
    expect(state.has(neurons.IsNetworkMember, accountOf(109), 1)).toBe(false);
    expect([...state.read(neurons.Weights, 1, 3)]).toEqual([[3, 20], [63, 30]]); // biome-ignore format: a row
    expect([...state.read(neurons.Bonds, 1, 63)]).toEqual([[8, 2]]);
    expect(state.entries(neurons.Weights, 1).length + state.entries(neurons.Bonds, 1).length).toBe(2);
    expect(state.entries(neurons.Keys, 1).map(([[, uid]]) => uid)).toEqual([...Array(64).keys()]);
    expect(errorOf(state, OWNER, calls.admin.trimToMaxAllowedUids({ netuid: 1, maxN: 64 }))).toBe(
      "SubtensorModule.TxRateLimitExceeded",
    );
    expect(errorOf(state, "root", calls.admin.trimToMaxAllowedUids({ netuid: 9, maxN: 64 }))).toBe(
      "SubtensorModule.SubnetNotExists",
    );
  });

  it("is refused where 80 % would be immune", () => {
    for (const [immune, error] of [
      [51, null],
      [52, "TrimmingWouldExceedMaxImmunePercentage"],
    ] as const) {
      // biome-ignore format: pairs
      const state = crowded(() => 0n);
      state.write(parameters.ImmunityPeriod, 1, 100);
      at(state, 10 + 100);
      for (let uid = 1; uid < immune; uid++) state.write(neurons.BlockAtRegistration, 1, uid, 20);
      expect(dropped(errorOf(state, OWNER, calls.admin.trimToMaxAllowedUids({ netuid: 1, maxN: 64 })))).toBe(error);
    }
  });

  it("is refused where none would stay, whatever the least is", () => {
    const state = crowded(() => 0n);
    state.write(parameters.MinAllowedUids, 1, 0);
    const error = errorOf(state, "root", calls.admin.trimToMaxAllowedUids({ netuid: 1, maxN: 0 }));
    expect(dropped(error)).toBe("TrimmingWouldExceedMaxImmunePercentage");
  });
});

describe("the schedule", () => {
  const { setTempo, setActivityCutoffFactor, triggerEpoch } = calls.subnets;

  it("the owner's tempo", () => {
    const state = fresh();
    expect(errorOf(state, "root", setTempo({ netuid: 1, tempo: 360 }))).toBe("BadOrigin");
    for (const tempo of [359, 50_401]) {
      expect(dropped(errorOf(state, OWNER, setTempo({ netuid: 1, tempo })))).toBe("TempoOutOfBounds");
    }
    expect(errorOf(at(state, FROZEN_BLOCK - 1), OWNER, setTempo({ netuid: 1, tempo: 50_400 }))).toBe(null);
    expect(state.read(subnets.LastEpochBlock, 1)).toBe(FROZEN_BLOCK - 1);
    expect(dropped(errorOf(at(state, FROZEN_BLOCK + 358), OWNER, setTempo({ netuid: 1, tempo: 360 })))).toBe(
      "TxRateLimitExceeded",
    );
    expect(errorOf(at(state, FROZEN_BLOCK + 359), OWNER, setTempo({ netuid: 1, tempo: 360 }))).toBe(null);
  });

  it("the activity factor", () => {
    const state = fresh();
    const call = (factorMilli: number) => setActivityCutoffFactor({ netuid: 1, factorMilli });
    expect(errorOf(state, OTHER, call(1_000))).toBe("BadOrigin");
    for (const factor of [999, 50_001]) {
      expect(dropped(errorOf(state, OWNER, call(factor)))).toBe("ActivityCutoffFactorMilliOutOfBounds");
    }
    expect(errorOf(state, OWNER, call(50_000))).toBe(null);
    expect(dropped(errorOf(state, OWNER, call(1_000)))).toBe("TxRateLimitExceeded");
    expect(errorOf(at(state, FROZEN_BLOCK), "root", call(1_000))).toBe(null);
    expect(state.read(parameters.ActivityCutoffFactorMilli, 1)).toBe(1_000);
  });

  it("an epoch asked for", () => {
    const state = fresh();
    const call = triggerEpoch({ netuid: 1 });
    expect(errorOf(state, OTHER, call)).toBe("BadOrigin");
    expect(dropped(errorOf(state, OWNER, call))).toBe("DynamicTempoBlockedByCommitReveal");
    state.write(parameters.CommitRevealWeightsEnabled, 1, false);
    expect(dropped(errorOf(at(state, FROZEN_BLOCK), OWNER, call))).toBe("AutoEpochAlreadyImminent");
    expect(errorOf(at(state, 100), OWNER, call)).toBe(null);
    expect(state.read(subnets.PendingEpochAt, 1)).toBe(110);
    expect(dropped(errorOf(state, OWNER, call))).toBe("EpochTriggerAlreadyPending");
    const frozen = calls.admin.setRho({ netuid: 1, rho: 1 });
    expect(dropped(errorOf(state, OWNER, frozen))).toBe("AdminActionProhibitedDuringWeightsWindow");
    expect(errorOf(at(state, 110), OWNER, frozen)).toBe(null);
  });
});

describe("serving", () => {
  const { serveAxon, serveAxonTls, servePrometheus } = calls.subnets;
  const hotkey = actor(30);
  const place = { netuid: 1, version: 3, ip: 0x0102_0304n, port: 8_091, ipType: 4 };
  const axon = { ...place, protocol: 0, placeholder1: 1, placeholder2: 2 };
  const MAX = (1n << 128n) - 1n;

  it("an axon: registered, ip, rate, port", () => {
    const state = fresh();
    const errors = (change: Partial<typeof axon>) => dropped(errorOf(state, hotkey, serveAxon({ ...axon, ...change })));
    expect(dropped(errorOf(state, OTHER, serveAxon({ ...axon, ipType: 5 })))).toBe("HotKeyNotRegisteredInNetwork");
    expect(errors({ ipType: 5, ip: 0x7f00_0001n })).toBe("InvalidIpType");
    for (const ip of [0x7f00_0001n, 0xffff_ffffn, MAX]) expect(errors({ ip, port: 0 })).toBe("InvalidIpAddress");
    for (const ip of [1n, MAX]) expect(errors({ ip, ipType: 6 })).toBe("InvalidIpAddress");
    expect(errors({ port: 0 })).toBe("InvalidPort");
    expect(errors({ ip: 0n })).toBe(null);
    expect(state.read(neurons.Axons, 1, hotkey.account)).toEqual({
      ...{ block: 10, version: 3, ip: 0n, port: 8_091, ipType: 4, protocol: 0, placeholder1: 1, placeholder2: 2 },
    });
    at(state, 59);
    expect(errors({ port: 0 })).toBe("ServingRateLimitExceeded");
    expect(dropped(errorOf(at(state, 60), hotkey, serveAxon(axon)))).toBe(null);
  });

  it("a certificate, where it fits", () => {
    for (const [length, kept] of [
      [0, false],
      [1, true],
      [65, true],
      [66, false],
    ] as const) {
      // biome-ignore format: pairs
      const state = fresh();
      expectWell(run(state, hotkey, serveAxonTls({ ...axon, certificate: new Uint8Array(length) })));
      expect(state.has(neurons.NeuronCertificates, 1, hotkey.account)).toBe(kept);
    }
  });

  it("metrics: ip before registered, and no zero", () => {
    const state = fresh();
    expect(dropped(errorOf(state, OTHER, servePrometheus({ ...place, ip: 0n })))).toBe("InvalidIpAddress");
    expect(dropped(errorOf(state, OTHER, servePrometheus(place)))).toBe("HotKeyNotRegisteredInNetwork");
    expect(dropped(errorOf(state, hotkey, servePrometheus({ ...place, port: 0 })))).toBe("InvalidPort");
    expect(errorOf(state, hotkey, servePrometheus(place))).toBe(null);
    expect(state.read(neurons.Prometheus, 1, hotkey.account)?.port).toBe(8_091);
    expect(dropped(errorOf(state, hotkey, servePrometheus(place)))).toBe("ServingRateLimitExceeded");
  });
});

it("every name of an error is reached", () => {
  const lists = [SCHEDULE_ERRORS, SERVING_ERRORS, TRIM_ERRORS];
  expect(lists.flat().filter((name) => !reached.has(name))).toEqual([]);
});
