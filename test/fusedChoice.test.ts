/** Choosing the path, what is left to read after it, and what it counts. */
import { describe, expect, test } from "vitest";
import * as abi from "../assembly/contract.js";
import { makeSubnet } from "../bench/subnet.js";
import { runEpoch, runTracedEpoch } from "../host/api/epoch.js";
import { toJson } from "../host/json.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { readTrace } from "../host/marshal/read.js";
import type { EpochSnapshot, Pair } from "../host/types.js";
import { Abi } from "./support/abi.js";
import { counters } from "./support/counters.js";
import { expectEqualPaths, onPath } from "./support/paths.js";

const kernel = instantiate(inlinedModule());
const { exports } = kernel;
const plain = { n: 24, validators: 8, density: 1, yuma3: true, liquidAlpha: false, bondsPenalty: 65535, seed: 9 };
const dense = makeSubnet(plain);
/** Eight weights a row, on uids no other row weighs: a column has one entry among 50 rows. */
const sparse: EpochSnapshot = {
  ...makeSubnet({ ...plain, n: 500, validators: 50 }),
  weights: Array.from({ length: 500 }, (_, uid): Pair[] =>
    uid < 50 ? Array.from({ length: 8 }, (_, k): Pair => [50 + 8 * uid + k, 1]) : [],
  ),
  bonds: Array.from({ length: 500 }, () => []),
};

describe("the choice", () => {
  const taken = (path: number, snapshot: EpochSnapshot) =>
    onPath(kernel, path, () => {
      runEpoch(kernel, snapshot);
      return [exports.epochPathTaken(), counters(kernel).refusal];
    });

  test.each([
    [abi.PATH_CHOOSE, abi.PATH_FUSED, abi.REFUSED_NOT, abi.PATH_GENERAL, abi.REFUSED_SPARSE],
    [abi.PATH_FUSED, abi.PATH_FUSED, abi.REFUSED_NOT, abi.PATH_GENERAL, abi.REFUSED_SPARSE],
    [abi.PATH_GENERAL, abi.PATH_GENERAL, abi.REFUSED_UNASKED, abi.PATH_GENERAL, abi.REFUSED_UNASKED],
  ])("asked for path %i", (path, forDense, why, forSparse, whyNot) => {
    expect(taken(path, dense)).toEqual([forDense, why]);
    expect(taken(path, sparse)).toEqual([forSparse, whyNot]);
  });

  test("Null mode has one path", () => {
    runEpoch(kernel, { ...dense, rules: 474, epochConsensus: "null" });
    expect([exports.epochPathTaken(), counters(kernel).refusal]).toEqual([abi.PATH_GENERAL, abi.REFUSED_UNASKED]);
  });

  test.each([-1, 3, 2 ** 31 - 1])("path %i is refused", (path) => {
    const other = new Abi();
    other.expectTrap(() => other.exports.epochPath(path), abi.ERROR_FIELD, BigInt(path));
  });

  test.each([-1, abi.COUNTERS, 99])("counter %i is refused", (id) => {
    const other = new Abi();
    other.expectTrap(() => other.exports.epochCounter(id), abi.ERROR_FIELD, BigInt(id));
  });
});

describe("after a fused run", () => {
  const shapes = [plain, { ...plain, yuma3: false }, { ...plain, liquidAlpha: true, bondsPenalty: 20000 }];

  test.each(shapes)("the matrices asked for are those of the general path: %o", (shape) => {
    const snapshot = makeSubnet(shape);
    const general = onPath(kernel, abi.PATH_GENERAL, () => toJson(runTracedEpoch(kernel, snapshot)));
    const result = runEpoch(kernel, snapshot);
    expect(exports.epochPathTaken()).toBe(abi.PATH_FUSED);
    expect(toJson({ ...result, ...readTrace(kernel) })).toBe(general);
    // Asked for once more, and after another run over the same memory.
    expect(toJson({ ...result, ...readTrace(kernel) })).toBe(general);
    exports.epochRun();
    expect(exports.epochPathTaken()).toBe(abi.PATH_FUSED);
    expect(toJson({ ...result, ...readTrace(kernel) })).toBe(general);
  });

  test.each(shapes)("a run after the matrices were read gives the same result: %o", (shape) => {
    const snapshot = makeSubnet(shape);
    const bytes = () => {
      const from = exports.epochField(abi.FIELD_BOND_VALUES) >>> 0;
      const emission = new BigUint64Array(kernel.memory.buffer, exports.epochField(abi.FIELD_EMISSION) >>> 0, plain.n);
      return [...emission, ...new Uint16Array(kernel.memory.buffer, from, 8 * plain.n)].join();
    };
    runEpoch(kernel, snapshot);
    const first = bytes();
    readTrace(kernel);
    exports.epochRun();
    expect(bytes()).toBe(first);
  });
});

describe("the counters", () => {
  test("quotients, where a column divides into whole steps", () => {
    // Everyone gives and holds the same, and has the same stake: each share of most columns is exactly a quarter.
    const equal = makeSubnet({ ...plain, yuma3: false, validators: 4 });
    const same = (rows: readonly (readonly Pair[])[]) => rows.map((row) => row.map(([uid]): Pair => [uid, 16384]));
    const alphaStake = equal.alphaStake.map((stake) => (stake === "0" ? stake : "1000000"));
    const snapshot = { ...equal, alphaStake, weights: same(equal.weights), bonds: same(equal.bonds) };
    expect(expectEqualPaths(kernel, snapshot).quotients).toBeGreaterThan(0);
  });

  test("shares, where one uid earns nearly everything", () => {
    const mostly = (rows: readonly (readonly Pair[])[]) =>
      rows.map((row) => row.map(([uid, w]): Pair => [uid, uid === 9 ? 65535 : 1 + (w & 3)]));
    const { shares } = expectEqualPaths(kernel, { ...dense, weights: mostly(dense.weights) });
    expect(shares).toBeGreaterThanOrEqual(plain.validators);
    expect(shares).toBeLessThan(16 * plain.validators);
  });

  test("columns by hand, where a row has a single weight", () => {
    const weights = dense.weights.map((row, uid) => (uid === 2 ? row.slice(9, 10) : row));
    expect(expectEqualPaths(kernel, { ...dense, weights })).toMatchObject({ columns: 1, refusal: abi.REFUSED_NOT });
  });

  test("α, where it may be zero", () => {
    const liquid = makeSubnet({ ...plain, liquidAlpha: true });
    expect(expectEqualPaths(kernel, { ...liquid, alphaLow: 0 }).alphas).toBe(plain.validators * (plain.n - 1));
  });

  test("no α where validators agree on nothing: it is known before bonds are averaged", () => {
    const liquid = makeSubnet({ ...plain, liquidAlpha: true });
    const apart = liquid.weights.map((row, uid) => row.filter(([target]) => target % plain.validators === uid));
    const counted = expectEqualPaths(kernel, { ...liquid, weights: apart, alphaLow: 0 });
    expect(counted).toMatchObject({ columns: 0, alphas: 0, refusal: abi.REFUSED_NOT });
    // One that they all weigh is enough.
    const shared = liquid.weights.map((row, uid) => row.filter(([to]) => to === 23 || to % plain.validators === uid));
    expect(expectEqualPaths(kernel, { ...liquid, weights: shared, alphaLow: 0 }).alphas).toBeGreaterThan(0);
  });

  test("they start anew at each run", () => {
    const weights = dense.weights.map((row, uid) => (uid === 2 ? row.slice(9, 10) : row));
    runEpoch(kernel, { ...dense, weights });
    runEpoch(kernel, { ...dense, weights });
    expect(counters(kernel).columns).toBe(1);
    onPath(kernel, abi.PATH_GENERAL, () => runEpoch(kernel, dense));
    expect(counters(kernel)).toEqual({ quotients: 0, columns: 0, alphas: 0, shares: 0, refusal: abi.REFUSED_UNASKED });
  });
});
