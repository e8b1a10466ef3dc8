/** One snapshot, everyone who can compute it exactly: the kernel's paths and the BigInt twin, every output and matrix. */
import { isDeepStrictEqual } from "node:util";
import { type EpochPath, force, pathsOf, took } from "../../bench/paths.js";
import { runTracedEpoch } from "../../host/api/epoch.js";
import type { Kernel } from "../../host/load/kernel.js";
import { oracleEpoch } from "../oracle/epoch.js";
import type { EpochSnapshot } from "../oracle/types.js";
import { plain } from "../support/plain.js";

/** How many epochs each contender computed. */
export type Counts = Map<string, number>;

/** Computes `snapshot` with everyone and throws, naming contender and fields, where two differ. The twin is left out on request. */
export function compareAll(kernel: Kernel, snapshot: EpochSnapshot, counts: Counts, withTwin = true): void {
  const results = pathsOf(kernel).flatMap((path) => resultOn(kernel, path, snapshot));
  if (withTwin) results.push(["bigint", plain(oracleEpoch(snapshot)) as object]);
  for (const [label] of results) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [first] = results;
  if (first === undefined) throw new Error("nobody computed this epoch");
  for (const [label, result] of results.slice(1)) {
    const different = fieldsThatDiffer(first[1], result);
    if (different.length > 0) {
      throw new Error(`${first[0]} and ${label} differ in ${different.join(", ")}: ${JSON.stringify(snapshot)}`);
    }
  }
}

/** The result on one path, or nothing where the kernel had to take another. */
function resultOn(kernel: Kernel, path: EpochPath, snapshot: EpochSnapshot): [string, object][] {
  force(kernel, path);
  const result = plain(runTracedEpoch(kernel, snapshot)) as object;
  return took(kernel, path) ? [[path.label, result]] : [];
}

function fieldsThatDiffer(a: object, b: object): string[] {
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => !isDeepStrictEqual(left[name], right[name]),
  );
}
