/** Null mode in the ledger: epochs against the twin, the cap of a block, what bonds are masked by, weights. */
import { describe, expect, it } from "vitest";
import { commitHash } from "../host/api/weights/commitHash.js";
import { distribute } from "../host/ledger/block/distribute.js";
import { deferredSubnets, drainPending } from "../host/ledger/block/drain.js";
import { runDueEpochs } from "../host/ledger/block/dueEpochs.js";
import { runEpoch } from "../host/ledger/block/epoch.js";
import { dispatch } from "../host/ledger/calls/dispatch.js";
import type { LedgerEvent } from "../host/ledger/events.js";
import { type Call, calls } from "../host/ledger/index.js";
import { epochInput } from "../host/ledger/rules/epochInput.js";
import { chooseRules, readLedgerRules } from "../host/ledger/rules/ruleSet.js";
import { checkRevealedWeights } from "../host/ledger/rules/weights.js";
import * as hyper from "../host/ledger/state/hyperparameters.js";
import * as neurons from "../host/ledger/state/neurons.js";
import * as pools from "../host/ledger/state/pools.js";
import { TotalHotkeyAlpha } from "../host/ledger/state/staking.js";
import type { State } from "../host/ledger/state/state.js";
import * as subnets from "../host/ledger/state/subnets.js";
import { BlockNumber } from "../host/ledger/state/system.js";
import { PackedRow } from "../host/marshal/packedRow.js";
import type { EpochSnapshot } from "../host/types.js";
import { oracleNull } from "./oracle/null.js";
import { network } from "./support/ledgerNetwork.js";
import { contextOn, hotkeyOf, stateOfSnapshot, unfit } from "./support/ledgerState.js";
import { at, run, withSubnet } from "./support/subnets.js";
import { records } from "./support/vectors.js";

const NETUID = 1;
const NULL = { rules: 474, epochConsensus: "null" } as const;

describe("an epoch in Null mode", () => {
  it("is what the twin says: one permit, two pots, bonds as they were", () => {
    const cases = records<EpochSnapshot>("epoch-small.cases.jsonl.gz").filter((one) => unfit(one) === undefined);
    for (const one of cases.slice(0, 600)) {
      const snapshot = { ...one, ...NULL };
      const state = stateOfSnapshot(snapshot);
      const { serverRao, validatorRao } = runEpoch(contextOn(state), NETUID, BigInt(one.raoEmission));
      const twin = oracleNull(snapshot as never);
      expect([serverRao.map(String), validatorRao.map(String)], one.name).toEqual([
        twin.serverEmission,
        twin.validatorEmission,
      ]);
      expect(state.read(neurons.Emission, NETUID).map(String), one.name).toEqual(twin.emission);
      expect(state.read(neurons.ValidatorPermit, NETUID), one.name).toEqual(twin.validatorPermit);
      const bonds = one.bonds.map((_, uid) => [...state.read(neurons.Bonds, NETUID, uid)]);
      expect(bonds, one.name).toEqual(one.bonds);
    }
  });

  it("under rules without it is an epoch under Yuma, whatever is stored", () => {
    const [one] = records<EpochSnapshot>("epoch-small.cases.jsonl.gz").filter((some) => unfit(some) === undefined);
    const state = stateOfSnapshot(one!);
    state.write(subnets.SubnetEpochConsensus, NETUID, "null");
    const { epochConsensus } = epochInput(state, contextOn(state).kernel, NETUID, 5n);
    expect(epochConsensus).toBeUndefined();
  });
});

/** Four uids, the first two with stake, as the original's own tests have them. */
function four(stakes: readonly bigint[], mode: "yuma" | "null" = "null"): State {
  const state = withSubnet();
  chooseRules(state, readLedgerRules(474));
  const uids = [0, 1, 2, 3];
  state.write(neurons.SubnetworkN, NETUID, uids.length);
  for (const uid of uids) {
    state.write(neurons.Keys, NETUID, uid, hotkeyOf(uid));
    state.write(neurons.Uids, NETUID, hotkeyOf(uid), uid);
    state.write(TotalHotkeyAlpha, hotkeyOf(uid), NETUID, stakes[uid] ?? 0n);
  }
  state.write(subnets.SubnetOwnerHotkey, NETUID, hotkeyOf(9));
  state.write(neurons.ValidatorPermit, NETUID, [true, true, false, false]);
  for (const item of [neurons.Consensus, neurons.Dividends, neurons.StakeWeight, neurons.ValidatorTrust]) {
    state.write(item, NETUID, [0, 0, 0, 0]);
  }
  state.write(neurons.LastUpdate, NETUID, [0n, 0n, 0n, 0n]);
  state.write(hyper.MaxAllowedValidators, NETUID, 2);
  state.write(hyper.MinAllowedWeights, NETUID, 0);
  state.write(hyper.WeightsSetRateLimit, NETUID, 0n);
  state.write(hyper.CommitRevealWeightsEnabled, NETUID, false);
  if (mode === "null") setMode(state, "null");
  return state;
}

const mode = (to: "yuma" | "null", netuid = NETUID) => calls.admin.setEpochConsensus({ netuid, mode: to });

function setMode(state: State, to: "yuma" | "null"): void {
  expect(run(state, "root", mode(to)).error).toBe(null);
}

function errorBy(state: State, uid: number, call: Call, events: LedgerEvent[] = []): string | null {
  return dispatch(state, events, { kind: "signed", signer: hotkeyOf(uid) }, call)?.error ?? null;
}

const set = (uids: number[], values: number[]) =>
  calls.weights.setWeights({ netuid: NETUID, uids, values, versionKey: 0n });

describe("what the original's own tests state", () => {
  const epoch = (state: State, rao: bigint) => runEpoch(contextOn(state), NETUID, rao);

  it("the winner's row pays miners, stake pays validators", () => {
    const state = four([300_000_000n, 100_000_000n]);
    expect(errorBy(state, 0, set([2, 3], [3, 1]))).toBe(null);
    state.write(neurons.Weights, NETUID, 1, PackedRow.of([[3, 65_535]]));
    const { serverRao, validatorRao } = epoch(at(state, 1_000_000), 1_000_000n);
    expect([serverRao, validatorRao]).toEqual([
      [0n, 0n, 375_000n, 125_000n],
      [375_000n, 125_000n, 0n, 0n],
    ]);
  });

  it("of equal stakes the first uid wins; without a row all share", () => {
    const state = four([100_000_000n, 100_000_000n]);
    expect(state.read(neurons.ValidatorPermit, NETUID)).toEqual([true, false, false, false]);
    state.write(neurons.Weights, NETUID, 1, PackedRow.of([[3, 65_535]]));
    expect(epoch(state, 1_000_000n).serverRao).toEqual([125_000n, 125_000n, 125_000n, 125_000n]);
  });

  it("an election moves the permit, and dividends go to who has none, too", () => {
    const state = four([300_000_000n, 100_000_000n]);
    state.write(TotalHotkeyAlpha, hotkeyOf(1), NETUID, 400_000_000n);
    expect(epoch(state, 700n).validatorRao).toEqual([150n, 200n, 0n, 0n]);
    expect(state.read(neurons.ValidatorPermit, NETUID)).toEqual([false, true, false, false]);
    expect(errorBy(state, 0, set([2], [1]))).toBe("SubtensorModule.NeuronNoValidatorPermit");
    expect(errorBy(state, 1, set([2, 3], [1, 1]))).toBe(null);
  });

  it("rows are kept as they are sent, and divide the pot to the rao", () => {
    const state = four([300_000_000n, 100_000_000n]);
    expect(errorBy(state, 0, set([2, 3], [65_534, 1]))).toBe(null);
    expect([...state.read(neurons.Weights, NETUID, 0)]).toEqual([
      [2, 65_534],
      [3, 1],
    ]);
    for (const budget of [0n, 1n, 3n, 131_071n]) {
      const { serverRao, validatorRao } = epoch(state, budget);
      const sum = (list: readonly bigint[]) => list.reduce((a, b) => a + b, 0n);
      expect([sum(serverRao), sum(validatorRao)]).toEqual([budget - budget / 2n, budget / 2n]);
    }
  });

  it("where nobody has stake miners get their pot and the validators', and the root's is recycled", () => {
    const state = four([]);
    expect(state.read(neurons.ValidatorPermit, NETUID)).toEqual([false, false, false, false]);
    state.write(pools.SubnetAlphaOut, NETUID, 1_000n);
    distribute(contextOn(state), { netuid: NETUID, serverRao: 500n, validatorRao: 200n, rootRao: 300n, ownerRao: 0n });
    const stakes = [0, 1, 2, 3].map((uid) => state.read(TotalHotkeyAlpha, hotkeyOf(uid), NETUID));
    expect(stakes).toEqual([175n, 175n, 175n, 175n]);
    expect(state.read(pools.SubnetAlphaOut, NETUID)).toBe(700n);
    expect(state.read(neurons.Emission, NETUID).reduce((a, b) => a + b, 0n)).toBe(700n);
  });

  it("bonds are masked as of the last epoch under Yuma", () => {
    const state = four([300_000_000n, 100_000_000n], "yuma");
    const masked = () => epochInput(state, contextOn(state).kernel, NETUID, 0n).lastMechanismStepBlock;
    state.write(subnets.LastMechansimStepBlock, NETUID, 10);
    expect(masked()).toBe(10);
    setMode(state, "null");
    state.write(subnets.LastMechansimStepBlock, NETUID, 100);
    expect(masked()).toBe(10);
    setMode(state, "yuma");
    expect(masked()).toBe(10);
    state.write(subnets.LastYumaStepBlock, NETUID, 101);
    expect(masked()).toBe(101);
  });

  it("one permit: neither the owner's own weights nor any way of committing goes past it", () => {
    const state = four([100_000_000n, 300_000_000n]);
    state.write(subnets.SubnetOwnerHotkey, NETUID, hotkeyOf(0));
    const none = "SubtensorModule.NeuronNoValidatorPermit";
    expect([errorBy(state, 0, set([0], [1])), errorBy(state, 0, set([2], [1]))]).toEqual([none, none]);
    state.write(hyper.CommitRevealWeightsEnabled, NETUID, true);
    const sealed = { commit: Uint8Array.of(1), revealRound: 1000n, commitRevealVersion: 4 };
    const { commitWeights, commitTimelockedWeights, revealWeights } = calls.weights;
    const hash = commitHash({
      hotkey: hotkeyOf(0),
      netuid: NETUID,
      mechid: 0,
      uids: [2],
      values: [1],
      salt: [1],
      versionKey: 0n,
    });
    expect(errorBy(state, 0, commitWeights({ netuid: NETUID, hash }))).toBe(none);
    expect(errorBy(state, 0, commitTimelockedWeights({ netuid: NETUID, ...sealed }))).toBe(none);
    setMode(state, "yuma");
    expect(errorBy(state, 0, commitWeights({ netuid: NETUID, hash }))).toBe(null);
    setMode(state, "null");
    state.write(subnets.SubnetEpochIndex, NETUID, 1n);
    const reveal = revealWeights({ netuid: NETUID, uids: [2], values: [1], salt: [1], versionKey: 0n });
    expect(errorBy(state, 0, reveal)).toBe(none);
  });
});

it("rows that were sealed are kept as they were sent, too", () => {
  const state = four([300_000_000n, 100_000_000n]);
  const row = { uids: [3, 2], values: [7, 0], versionKey: 0n };
  const plan = () => checkRevealedWeights(contextOn(state), hotkeyOf(0), { netuid: NETUID, mechanism: 0 }, row);
  expect(plan().effect.row).toEqual([
    [3, 7],
    [2, 0],
  ]);
  setMode(state, "yuma");
  expect(plan().effect.row).toEqual([
    [3, 65_535],
    [2, 0],
  ]);
});

describe("a block", () => {
  const due = (nullNetuid: number | null, cap = 2): State => {
    const state = network({ subnets: 4, neurons: 6, validators: 2, tempo: 10 });
    chooseRules(state, readLedgerRules(474));
    state.write(subnets.MaxEpochsPerBlock, cap);
    if (nullNetuid !== null) state.write(subnets.SubnetEpochConsensus, nullNetuid, "null");
    // The fourth is not due.
    state.write(BlockNumber, 10);
    state.write(subnets.LastEpochBlock, 4, 5);
    return state;
  };
  const ran = (state: State) => drainPending(contextOn(state)).map(({ netuid }) => netuid);
  const deferred = (state: State) => [...deferredSubnets(state, [1, 2, 3, 4], 10)];

  it("in which one in Null mode is due runs a single epoch, the first", () => {
    expect([deferred(due(null)), ran(due(null))]).toEqual([[3], [1, 2]]);
    expect([deferred(due(3)), ran(due(3))]).toEqual([[2, 3], [1]]);
    expect([deferred(due(3, 1)), ran(due(3, 1))]).toEqual([[2, 3], [1]]);
  });

  it("counts none that is not due, and none under rules without the mode", () => {
    expect(ran(due(4))).toEqual([1, 2]);
    const usual = due(3);
    chooseRules(usual, readLedgerRules(446));
    expect(ran(usual)).toEqual([1, 2]);
  });

  it("notes its epochs under Yuma, and no others", () => {
    const state = due(3, 9);
    for (const block of [10, 11, 12]) {
      state.write(BlockNumber, block);
      runDueEpochs(contextOn(state));
    }
    const noted = [1, 2, 3].map((netuid) => state.read(subnets.LastYumaStepBlock, netuid));
    expect(noted).toEqual([10, 11, undefined]);
    expect([1, 2, 3].map((netuid) => state.read(subnets.LastMechansimStepBlock, netuid))).toEqual([10, 11, 12]);
    const usual = due(null);
    chooseRules(usual, readLedgerRules(446));
    runDueEpochs(contextOn(usual));
    expect(usual.has(subnets.LastYumaStepBlock, 1)).toBe(false);
  });
});
