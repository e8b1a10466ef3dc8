/** The fused path where its arithmetic turns: exact ones, ties, extremes of every setting, and sizes that fill no vector. */
import { describe, expect, test } from "vitest";
import { REFUSED_ALPHA, REFUSED_NOT, REFUSED_ROWS, REFUSED_STAKE } from "../assembly/contract.js";
import { makeSubnet, type SubnetShape } from "../bench/subnet.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot, Pair } from "../host/types.js";
import { KINDS } from "./support/kinds.js";
import { expectEqualPaths } from "./support/paths.js";

const kernel = instantiate(inlinedModule());

/** One subnet of every kind, changed; returns the refusals. */
function everyKind(change: (snapshot: EpochSnapshot) => Partial<EpochSnapshot>, shape: Partial<SubnetShape> = {}) {
  return KINDS.map((kind) => {
    const made = makeSubnet({ n: 37, validators: 9, density: 1, seed: 11, ...kind, ...shape });
    return expectEqualPaths(kernel, { ...made, ...change(made) }, made.n < 100).refusal;
  });
}
const allTaken = KINDS.map(() => REFUSED_NOT);
const rows = (s: EpochSnapshot, row: (uid: number) => Pair[]) =>
  Array.from({ length: s.n }, (_, uid) => (s.validatorPermit[uid] ? row(uid) : []));
const full = (s: EpochSnapshot, value: (uid: number) => number) =>
  Array.from({ length: s.n }, (_, uid): Pair => [uid, value(uid)]);

describe("taken", () => {
  test.each<[string, (s: EpochSnapshot) => Partial<EpochSnapshot>]>([
    ["single-entry rows", (s) => ({ weights: rows(s, (uid) => (uid % 2 ? [[20, 7]] : full(s, (j) => j + 1))) })],
    [
      "a row whose only other entry is its own uid",
      (s) => ({
        weights: rows(s, (uid) =>
          uid
            ? full(s, () => 5)
            : [
                [0, 9],
                [30, 1],
              ],
        ),
      }),
    ],
    ["bonds of 65535", (s) => ({ bonds: rows(s, () => full(s, (j) => (j % 3 ? 65535 : 65534))) })],
    ["no bonds", (s) => ({ bonds: rows(s, () => []) })],
    [
      "a column one uid holds alone",
      (s) => ({
        weights: rows(s, (uid) => full(s, (j) => (j === 20 && uid > 0 ? 1 : 9)).filter(([j]) => j !== 20 || uid === 0)),
        bonds: rows(s, (uid) => (uid ? [] : [[20, 65535]])),
      }),
    ],
    ["all weights equal", (s) => ({ weights: rows(s, () => full(s, () => 1)) })],
    [
      "all weights and stakes equal",
      (s) => ({
        weights: rows(s, () => full(s, () => 65535)),
        bonds: rows(s, () => full(s, () => 65535)),
        alphaStake: s.alphaStake.map(() => "1000"),
      }),
    ],
    [
      "two validators of half the stake",
      (s) => ({ alphaStake: s.alphaStake.map((_, uid) => (uid < 2 ? "500" : "0")) }),
    ],
    [
      "weights of a half and more",
      (s) => ({
        weights: rows(s, (uid) => [
          [20, 40000],
          [21, 100 * uid + 1],
          [22, 9],
        ]),
      }),
    ],
    ["shares of a step of I32F32", (s) => ({ alphaStake: s.alphaStake.map((_, uid) => (uid ? "1" : "4000000000")) })],
    [
      "rows that sum to exactly one in a single lane",
      (s) => ({ weights: rows(s, () => [12, 16, 20, 24].map((uid): Pair => [uid, 700])) }),
    ],
    ["kappa 0", () => ({ kappa: 0 })],
    ["kappa 65535", () => ({ kappa: 65535 })],
    ["nobody active", () => ({ activityCutoff: 1 })],
    ["the slowest average", () => ({ bondsMovingAverage: 999_999 })],
    ["the quickest average", () => ({ bondsMovingAverage: 1 })],
    [
      "registrations masking some",
      (s) => ({
        blockAtRegistration: s.blockAtRegistration.map((_, j) => 5_000_000 + 40 * (j % 6)),
        lastUpdate: s.lastUpdate.map((_, i) => 5_000_000 + 30 * i),
      }),
    ],
    [
      "commits masking some",
      (s) => ({
        commitRevealEnabled: true,
        commitBlocks: s.commitBlocks ?? s.lastUpdate.map((_, i) => (i % 3 ? 4_000_000 - i : null)),
      }),
    ],
    ["an owner weighing itself", () => ({ ownerUid: 3 })],
    ["sums at 2^28", (s) => ({ weights: rows(s, () => full(s, () => 65535)) })],
    ["nobody's bonds kept: all others' permits", (s) => ({ maxAllowedValidators: 1, ownerUid: s.n - 1 })],
  ])("%s", (_name, change) => {
    const refusals = everyKind(change);
    // Fewer entries than the dense blocks take: the general path is right to be chosen there.
    expect(refusals.filter((why) => why === REFUSED_ALPHA || why === REFUSED_STAKE || why === REFUSED_ROWS)).toEqual(
      [],
    );
  });

  test.each([32767, -32767, -32768, 0, 1, -1, 200, 4000, 4001])("steepness %i", (alphaSigmoidSteepness) => {
    expect(everyKind(() => ({ alphaSigmoidSteepness }))).toEqual(allTaken);
  });

  test.each([
    [0, 0],
    [0, 65535],
    [65535, 65535],
    [65535, 0],
    [1, 65535],
    [60000, 30000],
    [1, 2],
    [65534, 65535],
  ])("α from %i to %i", (alphaLow, alphaHigh) => {
    expect(everyKind(() => ({ alphaLow, alphaHigh }))).toEqual(allTaken);
  });

  test.each([2, 7, 8, 9, 15, 16, 17, 255, 257])("n = %i", (n) => {
    const shape = { n, validators: Math.max(2, n >> 2) };
    everyKind(() => ({}), shape);
    everyKind((s) => ({ weights: rows(s, () => full(s, (j) => j + 1)) }), { ...shape, validators: n });
  });

  test("a 4096-uid row of the largest weights", () => {
    const shape = { n: 4096, validators: 3, yuma3: true, liquidAlpha: false, bondsPenalty: 65535, density: 1, seed: 5 };
    const made = makeSubnet(shape);
    const snapshot = { ...made, weights: rows(made, () => full(made, () => 65535)) };
    expect(expectEqualPaths(kernel, snapshot).refusal).toBe(REFUSED_NOT);
  });

  test("4096 validators", () => {
    const made = makeSubnet({ n: 4096, validators: 64, density: 1, seed: 3, ...KINDS[4] });
    const few = (uid: number): Pair[] =>
      made.weights[uid % 64]!.filter(([j]) => j % 16 === uid % 16).map(([j, v]) => [j, v]);
    const uids = Array.from({ length: 4096 }, (_, uid) => uid);
    const snapshot: EpochSnapshot = {
      ...made,
      maxAllowedValidators: 4096,
      validatorPermit: uids.map(() => true),
      alphaStake: uids.map((uid) => String(1_000_000 + 17 * uid)),
      weights: uids.map(few),
      bonds: uids.map(few),
    };
    expectEqualPaths(kernel, snapshot);
  });
});

describe("refused, and equal by the general path", () => {
  test.each<[string, number, (s: EpochSnapshot) => Partial<EpochSnapshot>]>([
    ["a moving average of 0", REFUSED_ALPHA, () => ({ bondsMovingAverage: 0 })],
    ["a moving average of a million", REFUSED_ALPHA, () => ({ bondsMovingAverage: 1_000_000 })],
    ["a moving average beyond", REFUSED_ALPHA, () => ({ bondsMovingAverage: 3_000_000 })],
    ["a lone validator", REFUSED_STAKE, (s) => ({ alphaStake: s.alphaStake.map((_, uid) => (uid === 4 ? "7" : "0")) })],
    [
      "stake that rounds to one",
      REFUSED_STAKE,
      (s) => ({ alphaStake: s.alphaStake.map((_, uid) => (uid ? "1" : "21000000000000000")) }),
    ],
    ["descending weights", REFUSED_ROWS, (s) => ({ weights: rows(s, () => full(s, () => 3).reverse()) })],
    ["descending bonds", REFUSED_ROWS, (s) => ({ bonds: rows(s, () => full(s, () => 3).reverse()) })],
    ["weights beyond n", REFUSED_ROWS, (s) => ({ weights: rows(s, () => [...full(s, () => 3), [s.n, 1]]) })],
    ["bonds beyond n", REFUSED_ROWS, (s) => ({ bonds: rows(s, () => [...full(s, () => 3), [65535, 1]]) })],
    [
      "eight in a row that end beyond n",
      REFUSED_ROWS,
      (s) => ({ weights: rows(s, () => full(s, () => 3).map(([j, v]) => [j + 4, v])) }),
    ],
  ])("%s", (_name, why, change) => {
    expect(everyKind(change)).toEqual(KINDS.map(() => why));
  });

  test("explicit zeros, under liquid alpha alone", () => {
    const refusals = everyKind((s) => ({ weights: rows(s, () => full(s, (j) => (j === 17 ? 0 : 5))) }));
    expect(refusals).toEqual(KINDS.map((kind) => (kind.liquidAlpha ? REFUSED_ROWS : REFUSED_NOT)));
  });

  test("an explicit zero that does not count is none", () => {
    expect(everyKind((s) => ({ weights: rows(s, (uid) => full(s, (j) => (j === uid ? 0 : 5))) }))).toEqual(allTaken);
  });
});
