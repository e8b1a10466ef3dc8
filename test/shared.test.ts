/**
 * The sets that are too large or not ours to ship: the largest epochs, and what real chains recorded. They lie in ../shared
 * beside the checkout; where that folder is absent these tests are skipped and say so.
 */
import { describe, expect, test } from "vitest";
import { runEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochResult, EpochSnapshot, Pair } from "../host/types.js";
import { plain } from "./support/plain.js";
import { hasShared, sharedJson, sharedPairs } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const results = (set: string) =>
  sharedPairs<EpochSnapshot, unknown>(`${set}.cases.jsonl.gz`, `${set}.results.jsonl.gz`);
const recorded = (set: string) =>
  sharedPairs<EpochSnapshot, Partial<EpochResult>>(`${set}.snapshots.jsonl.gz`, `${set}.recorded.jsonl.gz`);

const absent = !hasShared;
if (absent) console.log("skipped: the folder ../shared, which holds the largest and the recorded epochs, is absent");

describe.skipIf(absent)("the reference's results", () => {
  test("epoch-large: 4 subnets equal in every output", () => {
    const large = results("vectors/epoch-large")!;
    expect(large.map(([snapshot]) => snapshot.n)).toEqual([1024, 1024, 1024, 2048]);
    for (const [snapshot, expected] of large) expect(plain(runEpoch(kernel, snapshot))).toEqual(expected);
  });

  test("subnet 2 of mainnet, August 2024: both snapshots equal in every output", () => {
    const set = "chain/sn2-finney-2024-08";
    const both = sharedPairs<EpochSnapshot, unknown>(`${set}.snapshots.jsonl.gz`, `${set}.results.jsonl.gz`);
    expect(both!.length).toBe(2);
    for (const [snapshot, expected] of both!) expect(plain(runEpoch(kernel, snapshot))).toEqual(expected);
  });
});

describe.skipIf(absent)("what genuine runtimes recorded", () => {
  const VECTORS = ["consensus", "incentive", "dividends", "validatorTrust", "validatorPermit"] as const;

  test.each([
    ["chain/runtime103-epochs", 2, "default" as const, VECTORS],
    ["chain/runtime103-epochs", 2, 143, VECTORS],
    ["chain/runtime143-epochs", 3, "default" as const, [...VECTORS, "bonds"] as const],
    ["chain/runtime143-epochs", 3, 143, [...VECTORS, "bonds"] as const],
  ])("%s: %i epochs under rules %s", (set, count, rules, fields) => {
    const epochs = recorded(set)!;
    expect(epochs.length).toBe(count);
    for (const [snapshot, written] of epochs) {
      const result = runEpoch(kernel, rules === "default" ? snapshot : { ...snapshot, rules });
      expect(Object.keys(written).sort()).toEqual([...fields, "name"].sort());
      expect(Object.fromEntries(fields.map((field) => [field, result[field]]))).toEqual(
        Object.fromEntries(fields.map((field) => [field, written[field]])),
      );
    }
  });
});

interface Neuron {
  readonly stake_rao: number;
  readonly emission: number;
  readonly incentive: number;
  readonly dividends: number;
  readonly validator_permit: number;
  readonly bonds: readonly Pair[];
}

/**
 * An epoch that pays dividends by the recorded bonds and the recorded incentive: every validator votes the incentive, so
 * that it is the consensus; a moving average of one whole leaves the bonds as they are.
 */
function frozenEpoch(neurons: readonly Neuron[]): EpochSnapshot {
  const votes = neurons.map(({ incentive }, uid): Pair => [uid, incentive]).filter(([, value]) => value > 0);
  const each = <T>(value: (neuron: Neuron) => T) => neurons.map(value);
  return {
    ...{ n: neurons.length, currentBlock: 2, tempo: 1, lastMechanismStepBlock: 1, activityCutoff: 1 },
    ...{ kappa: 32767, bondsPenalty: 65535, bondsMovingAverage: 1_000_000, yuma3: false, liquidAlpha: false },
    ...{ alphaLow: 0, alphaHigh: 0, alphaSigmoidSteepness: 0, maxAllowedValidators: 64, stakeThreshold: 0 },
    ...{ ownerUid: null, commitRevealEnabled: false, commitBlocks: null, raoEmission: 0, taoWeight: 0 },
    lastUpdate: each(() => 1),
    blockAtRegistration: each(() => 0),
    validatorPermit: each((neuron) => neuron.validator_permit === 1),
    alphaStake: each((neuron) => neuron.stake_rao),
    taoStake: each(() => 0),
    weights: each((neuron) => (neuron.validator_permit === 1 ? votes : [])),
    bonds: each((neuron) => neuron.bonds),
  };
}

describe.skipIf(absent)("subnet 2 of mainnet, August 2024: identities of the recorded values", () => {
  const file = "chain/sn2-finney-2024-08.metagraph.json.gz";
  const neurons = absent ? [] : sharedJson<{ neurons: readonly Neuron[] }>(file)!.neurons;

  test("a share is the part of half the emission it was paid, as recorded and as we compute", () => {
    const paidShare = (rao: bigint, total: bigint) => Number((65535n * rao) / (total / 2n));
    const total = neurons.reduce((sum, neuron) => sum + BigInt(neuron.emission), 0n);
    expect(neurons.map((one) => paidShare(BigInt(one.emission), total))).toEqual(
      neurons.map((one) => one.incentive + one.dividends),
    );
    for (const [snapshot] of sharedPairs<EpochSnapshot, unknown>(
      "chain/sn2-finney-2024-08.snapshots.jsonl.gz",
      "chain/sn2-finney-2024-08.results.jsonl.gz",
    )!) {
      const result = runEpoch(kernel, snapshot);
      const rao = BigInt(snapshot.raoEmission);
      expect(result.serverEmission.map((part) => paidShare(part, rao))).toEqual(result.incentive);
      expect(result.validatorEmission.map((part) => paidShare(part, rao))).toEqual(result.dividends);
    }
  });

  test("dividends are the column-normalised bonds times incentive", () => {
    const result = runEpoch(kernel, frozenEpoch(neurons));
    expect(result.incentive).toEqual(neurons.map((neuron) => neuron.incentive));
    const differences = neurons.flatMap(({ dividends }, uid) => {
      const computed = result.dividends[uid]!;
      return computed === dividends ? [] : [[uid, computed, dividends]];
    });
    // Bonds and incentive were recorded truncated to 16 bits. Exact rational arithmetic on these truncated numbers gives
    // the same three dividends, each one unit from the one computed before the truncation; all others come out equal.
    expect(differences).toEqual([
      [14, 289, 290],
      [23, 8779, 8778],
      [98, 13485, 13484],
    ]);
  });
});
