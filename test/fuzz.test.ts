/** A short slice of the long hunt (test/fuzz): every kernel path and the BigInt twin on the same snapshots. */
import { expect, test } from "vitest";
import { FIELD_CONSENSUS } from "../assembly/contract.js";
import { pathsOf } from "../bench/paths.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { type Counts, compareAll } from "./fuzz/compare.js";
import { fuzzed } from "./fuzz/snapshots.js";

const SEED = Number(process.env.FC_SEED ?? 20261123);
const RUNS = 300;

test(`paths and twin agree on ${RUNS} snapshots, seed ${SEED}`, () => {
  const kernel = instantiate(inlinedModule());
  const counts: Counts = new Map();
  const snapshots = fuzzed(SEED);
  for (let k = 0; k < RUNS; k++) compareAll(kernel, snapshots.next().value, counts);
  console.info([...counts].map(([label, count]) => `${label} ${count}`).join(", "));
  for (const { label } of pathsOf(kernel)) expect(counts.get(label) ?? 0).toBeGreaterThan(0);
  expect([counts.get("general"), counts.get("bigint")]).toEqual([RUNS, RUNS]);
});

test("a difference is found and named", () => {
  const kernel = instantiate(inlinedModule());
  const snapshot = fuzzed(1).next().value;
  const epochRun = () => {
    kernel.exports.epochRun();
    const at = kernel.exports.epochField(FIELD_CONSENSUS);
    new Uint16Array(kernel.memory.buffer, at, 1)[0]! ^= 1;
  };
  const lying = { ...kernel, exports: { ...kernel.exports, epochRun } };
  compareAll(kernel, snapshot, new Map());
  expect(() => compareAll(lying, snapshot, new Map())).toThrow("general and bigint differ in consensus: ");
});

test("the same seed gives the same snapshots", () => {
  const [a, b] = [fuzzed(3), fuzzed(3)];
  for (let k = 0; k < 5; k++) expect(a.next().value).toEqual(b.next().value);
});
