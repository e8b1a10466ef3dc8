/** The ledger's own path to an epoch: published cases put into its state item by item, the step run, its items compared. */
import { expect, test } from "vitest";
import type { ChainCase } from "../host/api/chain.js";
import { runEpoch } from "../host/ledger/block/epoch.js";
import { mechanismIndexOf } from "../host/ledger/rules/mechanisms.js";
import type { Account } from "../host/ledger/state/codecs.js";
import { WeightCommits } from "../host/ledger/state/commits.js";
import * as neurons from "../host/ledger/state/neurons.js";
import { LastUpdate, Weights } from "../host/ledger/state/neurons.js";
import type { State } from "../host/ledger/state/state.js";
import { LastEpochBlock, LastMechansimStepBlock } from "../host/ledger/state/subnets.js";
import { BlockNumber } from "../host/ledger/state/system.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../host/types.js";
import { contextOn, stateOfSnapshot, unfit, writeRows } from "./support/ledgerState.js";
import { plain } from "./support/plain.js";
import { pairs, records } from "./support/vectors.js";

const NETUID = 1;

interface MechanismsRecord extends Record<string, unknown> {
  readonly mechanisms: readonly { readonly incentive: unknown; readonly bonds: unknown }[];
}

/** What an epoch wrote and returned, by the names of results. */
function run(state: State, raoEmission: EpochSnapshot["raoEmission"]): Record<string, unknown> {
  const { serverRao, validatorRao } = runEpoch(contextOn(state), NETUID, BigInt(raoEmission));
  return plain({
    active: state.read(neurons.Active, NETUID),
    validatorPermit: state.read(neurons.ValidatorPermit, NETUID),
    consensus: state.read(neurons.Consensus, NETUID),
    dividends: state.read(neurons.Dividends, NETUID),
    validatorTrust: state.read(neurons.ValidatorTrust, NETUID),
    stakeWeight: state.read(neurons.StakeWeight, NETUID),
    emission: state.read(neurons.Emission, NETUID),
    serverEmission: serverRao,
    validatorEmission: validatorRao,
  }) as Record<string, unknown>;
}

function ofMechanism(state: State, m: number, n: number) {
  const index = mechanismIndexOf(NETUID, m);
  return {
    incentive: state.read(neurons.Incentive, index),
    bonds: Array.from({ length: n }, (_, uid) => [...state.read(neurons.Bonds, index, uid)]),
  };
}

/** The published fields of the same names. */
const published = (result: Record<string, unknown>, like: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(like).map((name) => [name, result[name]]));

test.each([
  ["epoch-small", 1881],
  ["epoch-subnet", 16],
])("%s: %i cases that a state can hold give the published results", (set, holds) => {
  let held = 0;
  for (const [snapshot, result] of pairs<EpochSnapshot, Record<string, unknown>>(set)) {
    if (unfit(snapshot) !== undefined) continue;
    held++;
    const state = stateOfSnapshot(snapshot);
    const found = { ...run(state, snapshot.raoEmission), ...ofMechanism(state, 0, snapshot.n) };
    expect(found, snapshot.name).toEqual(published(result, found));
  }
  expect(held).toBe(holds);
});

test("mechanisms: subnets with several give the published results, each mechanism its own", () => {
  let held = 0;
  for (const [snapshot, result] of pairs<MechanismsSnapshot, MechanismsRecord>("mechanisms")) {
    if (unfit(snapshot) !== undefined) continue;
    held++;
    const state = stateOfSnapshot(snapshot);
    const found = run(state, snapshot.raoEmission);
    expect(found, snapshot.name).toEqual(published(result, found));
    for (const [m, own] of result.mechanisms.entries()) {
      const { incentive, bonds } = ofMechanism(state, m, snapshot.n);
      expect({ incentive, bonds }, `${snapshot.name}, mechanism ${m}`).toEqual({
        incentive: own.incentive,
        bonds: own.bonds,
      });
    }
  }
  expect(held).toBe(55);
});

test("chain: 8 runs of 12 epochs, each read from what the one before wrote", () => {
  const results = records<Record<string, unknown>>("chain.results.jsonl.gz");
  const cases = records<ChainCase>("chain.cases.jsonl.gz");
  const epochs = results.length / cases.length;
  for (const [k, one] of cases.entries()) {
    expect(unfit(one)).toBeUndefined();
    const state = stateOfSnapshot(one);
    const blocks = one.advance || Math.max(one.tempo, 1);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const found = { ...run(state, one.raoEmission), ...ofMechanism(state, 0, one.n) };
      expect(found, `${one.name}, epoch ${epoch}`).toEqual(published(results[k * epochs + epoch]!, found));
      advance(state, blocks, one.weightsByEpoch[epoch] ?? null);
    }
  }
});

/** Moves everything on by some blocks, as the cases prescribe. */
function advance(state: State, blocks: number, weights: ChainCase["weightsByEpoch"][number]): void {
  const block = state.read(BlockNumber);
  state.write(LastMechansimStepBlock, NETUID, block);
  state.write(BlockNumber, block + blocks);
  state.write(LastEpochBlock, NETUID, block + blocks);
  state.write(
    LastUpdate,
    NETUID,
    state.read(LastUpdate, NETUID).map((at) => at + BigInt(blocks)),
  );
  for (const [keys, queue] of state.entries(WeightCommits, NETUID)) {
    state.write(
      WeightCommits,
      ...keys,
      queue.map(([hash, epoch, at, unused]): [Account, bigint, number, bigint] => [hash, epoch, at + blocks, unused]),
    );
  }
  if (weights !== null) writeRows(state, weights, NETUID, Weights);
}
