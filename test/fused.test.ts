/** The fused path against the general one: every vector, random subnets and made ones, in every output. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PATH_CHOOSE, PATH_GENERAL, REFUSED_NOT } from "../assembly/contract.js";
import { makeSubnet } from "../bench/subnet.js";
import { type ChainCase, runChain } from "../host/api/chain.js";
import { runMechanisms } from "../host/api/mechanisms.js";
import { toJson } from "../host/json.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../host/types.js";
import { snapshotArbitrary } from "./oracle/random.js";
import { expectEqualPaths, onPath } from "./support/paths.js";
import { records, sharedRecords } from "./support/vectors.js";
import { wellFormed } from "./support/wellFormed.js";

const kernel = instantiate(inlinedModule());
const SEED = Number(process.env.FC_SEED ?? 20260704);
const RUNS = Number(process.env.FC_RUNS ?? 1000);

/** How many of the snapshots took the fused path; all are compared. */
function taken(snapshots: Iterable<EpochSnapshot>, traced = false): number {
  let count = 0;
  for (const snapshot of snapshots) count += expectEqualPaths(kernel, snapshot, traced).refusal === REFUSED_NOT ? 1 : 0;
  return count;
}

describe("vectors", () => {
  test.each([
    ["epoch-small", false, 500],
    ["epoch-traced", true, 40],
    ["epoch-subnet", true, 16],
  ])("%s", (set, traced, least) => {
    const all = records<EpochSnapshot>(`${set}.cases.jsonl.gz`);
    expect(taken(all, traced)).toBeGreaterThanOrEqual(least);
    expect(taken(all.map(wellFormed), traced)).toBeGreaterThanOrEqual(least);
  });

  test("chain: every epoch of every run", () => {
    for (const one of records<ChainCase>("chain.cases.jsonl.gz")) {
      const run = () => toJson([...runChain(kernel, { ...one, epochs: 12 })]);
      expect(onPath(kernel, PATH_CHOOSE, run)).toBe(onPath(kernel, PATH_GENERAL, run));
    }
  });

  test("mechanisms: aggregates and parts", () => {
    for (const one of records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz")) {
      const run = () => toJson(runMechanisms(kernel, one));
      expect(onPath(kernel, PATH_CHOOSE, run)).toBe(onPath(kernel, PATH_GENERAL, run));
    }
  });

  test("the largest epochs, where ../shared is there", ({ skip }) => {
    const all = sharedRecords<EpochSnapshot>("vectors/epoch-large.cases.jsonl.gz");
    if (all === null) return skip();
    expect(taken(all)).toBeGreaterThan(0);
  });
});

describe("random subnets", () => {
  const sample = (more: object) =>
    fc.sample(snapshotArbitrary({ maxUids: 24, extremeStakes: false, ...more }), { numRuns: RUNS, seed: SEED });

  test("as they come", () => {
    expect(taken(sample({}) as unknown as EpochSnapshot[])).toBeGreaterThan(RUNS / 100);
  });

  test("well formed, under rules of every kind", () => {
    const snapshots = sample({ laterRules: true }) as unknown as EpochSnapshot[];
    expect(taken(snapshots.map(wellFormed))).toBeGreaterThan(RUNS / 8);
  });
});

test("made subnets of many sizes, densities and settings", () => {
  const CASES = 300;
  const made = Array.from({ length: CASES }, (_, k): EpochSnapshot => {
    const snapshot = makeSubnet({
      n: 5 + 13 * (k % 23),
      validators: 2 + 5 * (k % 9),
      density: [1, 0.4, 0.8][k % 3]!,
      yuma3: k % 4 !== 0,
      liquidAlpha: k % 4 > 1,
      bondsPenalty: [65535, 0, 32768, 1, 65534][k % 5]!,
      seed: 100 + k,
    });
    const kappa = [32767, 0, 65535, (k * 7919) % 65536][k % 7] ?? 39321;
    return { ...snapshot, kappa, alphaSigmoidSteepness: [1000, -32768, 32767, 0, 137, -400][k % 6]! };
  });
  expect(taken(made)).toBeGreaterThan(0.9 * CASES);
});
