/** The fused path where only some uids are weighed: it lays out the columns that somebody weighs or holds bonds of, and no others. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as abi from "../assembly/contract.js";
import { makeSubnet, type SubnetShape } from "../bench/subnet.js";
import { runEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot, Pair } from "../host/types.js";
import { KINDS } from "./support/kinds.js";
import { expectEqualPaths, onPath } from "./support/paths.js";

const kernel = instantiate(inlinedModule());
const SEED = Number(process.env.FC_SEED ?? 20261129);
const RUNS = Number(process.env.FC_RUNS ?? 300);

type Rows = EpochSnapshot["weights"];
type Change = (snapshot: EpochSnapshot) => Partial<EpochSnapshot>;

/** The same rows without the uids that `keeps` does not hold for. */
const only = (rows: Rows, keeps: (uid: number, row: number) => boolean): Rows =>
  rows.map((row, i) => row.filter(([uid]) => keeps(uid, i)));
/** A subnet whose weights and bonds name some uids only. */
const naming = (keeps: (uid: number, row: number) => boolean): Change => {
  return ({ weights, bonds }) => ({ weights: only(weights, keeps), bonds: only(bonds, keeps) });
};

/** Results a uid as raw bits, read where a path left them: uids without a column have them, too. */
const FIELDS = [
  abi.FIELD_CONSENSUS_BITS,
  abi.FIELD_LIQUID_CONSENSUS,
  abi.FIELD_RANKS,
  abi.FIELD_INCENTIVE_BITS,
  abi.FIELD_VALIDATOR_TRUST_BITS,
  abi.FIELD_BOND_TOTALS,
] as const;

function vectorsOn(path: number, snapshot: EpochSnapshot): BigInt64Array[] {
  return onPath(kernel, path, () => {
    runEpoch(kernel, snapshot);
    return FIELDS.map((id) => {
      const from = kernel.exports.epochField(id) >>> 0;
      return new BigInt64Array(kernel.memory.buffer, from, snapshot.n).slice();
    });
  });
}

/** Both paths on one subnet of every kind, changed; returns the refusals. */
function everyKind(change: Change, shape: Partial<SubnetShape> = {}): number[] {
  return KINDS.map((kind) => {
    const made = makeSubnet({ n: 150, validators: 9, density: 1, seed: 23, ...kind, ...shape });
    const snapshot = { ...made, ...change(made) };
    expect(vectorsOn(abi.PATH_CHOOSE, snapshot)).toEqual(vectorsOn(abi.PATH_GENERAL, snapshot));
    return expectEqualPaths(kernel, snapshot, snapshot.n < 1000).refusal;
  });
}
const allTaken = KINDS.map(() => abi.REFUSED_NOT);
const unlessLiquid = KINDS.map((kind) => (kind.liquidAlpha ? abi.REFUSED_ROWS : abi.REFUSED_NOT));

describe("taken", () => {
  test.each<[string, Change]>([
    ["the first uids", naming((uid) => uid < 20)],
    ["the last uids", naming((uid) => uid > 130)],
    ["every seventh", naming((uid) => uid % 7 === 3)],
    ["the first and the last", naming((uid) => uid === 0 || uid === 149)],
    ["runs of eight that do not start at multiples of eight", naming((uid) => (uid - 3) % 24 < 9)],
    ["a single uid", naming((uid) => uid === 77)],
    ["a validator alone, by the others", naming((uid) => uid === 4)],
    ["each validator others, of the same few", naming((uid, row) => uid % 5 === 2 && (uid + row) % 3 !== 0)],
    [
      "weights on some, bonds of others",
      (s) => ({ weights: only(s.weights, (j) => j > 110), bonds: only(s.bonds, (j) => j < 40) }),
    ],
    [
      "weights on some, bonds of none",
      (s) => ({ weights: only(s.weights, (j) => j > 110), bonds: only(s.bonds, () => false) }),
    ],
    [
      "weights on none, bonds of some",
      (s) => ({ weights: only(s.weights, () => false), bonds: only(s.bonds, (j) => j > 110) }),
    ],
    ["rows of one weight", naming((uid, row) => uid === 40 + (row % 3))],
    [
      "bonds of uids without a permit",
      (s) => ({
        ...naming((uid) => uid % 9 === 0)(s),
        validatorPermit: s.validatorPermit.map((permit, uid) => permit && uid % 2 === 0),
      }),
    ],
    [
      "uids that are masked for everybody",
      (s) => ({
        ...naming((uid) => uid > 120)(s),
        blockAtRegistration: s.blockAtRegistration.map((block, uid) => (uid % 2 ? block : 5_000_200)),
      }),
    ],
    [
      "uids that are masked for some",
      (s) => ({
        ...naming((uid) => uid > 120)(s),
        blockAtRegistration: s.blockAtRegistration.map((_, uid) => 5_000_000 + 40 * (uid % 6)),
        lastUpdate: s.lastUpdate.map((_, uid) => 5_000_000 + 30 * uid),
      }),
    ],
    ["an owner weighing itself", (s) => ({ ...naming((uid) => uid < 12)(s), ownerUid: 3 })],
    ["a consensus of none", (s) => ({ ...naming((uid, row) => uid % 9 === row % 9)(s), kappa: 65535 })],
    ["validators who agree on nothing", naming((uid, row) => uid % 9 === row % 9)],
    ["validators who agree on the last uid alone", naming((uid, row) => uid % 9 === row % 9 || uid === 149)],
    [
      "voters who agree on nothing, beside others who weigh the same",
      (s) => ({
        ...naming((uid, row) => row < 4 || uid % 9 === row)(s),
        activityCutoff: 100,
        lastUpdate: s.lastUpdate.map((block, uid) => (uid < 4 ? 1 : Number(block) + 250)),
      }),
    ],
    ["kappa 0", (s) => ({ ...naming((uid) => uid % 7 === 3)(s), kappa: 0 })],
    [
      "a last consensus of uids nobody weighs",
      (s) => ({
        ...naming((uid) => uid % 7 === 3)(s),
        rules: 446,
        liquidAlphaConsensusMode: "previous",
        previousConsensus: s.lastUpdate.map((_, uid) => 131 * uid),
      }),
    ],
  ])("%s", (_name, change) => {
    expect(everyKind(change)).toEqual(allTaken);
  });

  test.each([1, 2, 7, 8, 9, 15, 16, 17, 24, 31])("%i columns", (count) => {
    expect(everyKind(naming((uid) => uid % 4 === 1 && uid < 4 * count))).toEqual(allTaken);
  });

  test.each([97, 255, 257, 4095, 4096])("%i uids, one in twenty weighed", (n) => {
    expect(everyKind(() => ({}), { n, density: 0.05, validators: 16 })).toEqual(allTaken);
  });

  // An explicit zero keeps a bond that decays, an absent weight does not: under liquid alpha these are for the general path.
  test("a uid with explicit zeros alone", () => {
    const zeros = (s: EpochSnapshot) =>
      s.weights.map((row) =>
        row.filter(([uid]) => uid % 7 === 3).map(([uid, value]): Pair => [uid, uid === 80 ? 0 : value]),
      );
    expect(everyKind((s) => ({ weights: zeros(s), bonds: only(s.bonds, (uid) => uid % 7 === 3) }))).toEqual(
      unlessLiquid,
    );
    expect(everyKind((s) => ({ weights: zeros(s), bonds: only(s.bonds, (uid) => uid === 80) }))).toEqual(unlessLiquid);
  });
});

describe("refused, and equal by the general path", () => {
  test.each<[string, number, Change]>([
    ["nobody weighs or holds anything", abi.REFUSED_SPARSE, naming(() => false)],
    [
      "each validator uids of its own",
      abi.REFUSED_SPARSE,
      (s) => ({ weights: only(s.weights, (uid, row) => uid % 50 === row), bonds: only(s.bonds, () => false) }),
    ],
    [
      "descending weights",
      abi.REFUSED_ROWS,
      (s) => ({ weights: only(s.weights, (j) => j % 7 === 3).map((row) => [...row].reverse()) }),
    ],
    [
      "descending bonds",
      abi.REFUSED_ROWS,
      (s) => ({
        ...naming((uid) => uid % 7 === 3)(s),
        bonds: only(s.bonds, (j) => j % 7 === 3).map((row) => [...row].reverse()),
      }),
    ],
    [
      "weights beyond n",
      abi.REFUSED_ROWS,
      (s) => ({
        weights: only(s.weights, (j) => j % 7 === 3).map((row): Pair[] => (row.length ? [...row, [s.n, 1]] : [])),
      }),
    ],
    [
      "bonds beyond n",
      abi.REFUSED_ROWS,
      (s) => ({
        ...naming((uid) => uid % 7 === 3)(s),
        bonds: only(s.bonds, (j) => j % 7 === 3).map((row): Pair[] => (row.length ? [...row, [65535, 1]] : [])),
      }),
    ],
  ])("%s", (_name, why, change) => {
    expect(everyKind(change, { validators: 50 })).toEqual(KINDS.map(() => why));
  });
});

test("sparse and dense epochs by turns over the same memory", () => {
  const shapes = [0.05, 1, 0.1, 0.02].map((density, k) => ({ n: 150 - k, validators: 9, density, seed: 3 + k }));
  for (const kind of KINDS) {
    for (const shape of shapes) {
      expect(expectEqualPaths(kernel, makeSubnet({ ...shape, ...kind })).refusal).toBe(abi.REFUSED_NOT);
    }
  }
});

test(`${RUNS} random subnets of few columns, seed ${SEED}`, () => {
  let taken = 0;
  const arbitrary = fc.record({
    n: fc.integer({ min: 20, max: 300 }),
    validators: fc.integer({ min: 2, max: 20 }),
    named: fc.uniqueArray(fc.nat(299), { minLength: 1, maxLength: 40 }),
    part: fc.constantFrom(1, 1, 0.9, 0.5, 0.2),
    kind: fc.constantFrom(...KINDS),
    kappa: fc.constantFrom(32767, 0, 65535, 20000),
    values: fc.infiniteStream(fc.oneof(fc.nat(65535), fc.constantFrom(0, 1, 65535))),
    seed: fc.nat(),
  });
  const property = fc.property(arbitrary, ({ n, validators, named, part, kind, kappa, values, seed }) => {
    const made = makeSubnet({ n, validators, density: 1, seed, ...kind });
    const isIn = (uid: number, row: number) =>
      named.includes(uid) && (uid * 7919 + row * 104_729 + seed) % 100 < 100 * part;
    const changed = (rows: Rows): Rows =>
      rows.map((row) => row.map(([uid, value]): Pair => [uid, uid % 3 ? value : (values.next().value ?? 0)]));
    const snapshot = {
      ...made,
      kappa,
      weights: changed(only(made.weights, isIn)),
      bonds: changed(only(made.bonds, isIn)),
    };
    expect(vectorsOn(abi.PATH_CHOOSE, snapshot)).toEqual(vectorsOn(abi.PATH_GENERAL, snapshot));
    taken += expectEqualPaths(kernel, snapshot).refusal === abi.REFUSED_NOT ? 1 : 0;
  });
  fc.assert(property, { seed: SEED, numRuns: RUNS });
  expect(taken).toBeGreaterThan(RUNS / 3);
});
