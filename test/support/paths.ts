/** The two paths through the epoch, held against each other. */
import { expect } from "vitest";
import * as abi from "../../assembly/contract.js";
import { runEpoch, runTracedEpoch } from "../../host/api/epoch.js";
import { toJson } from "../../host/json.js";
import type { Kernel } from "../../host/load/kernel.js";
import type { EpochSnapshot } from "../../host/types.js";
import { type Counters, counters } from "./counters.js";

/** Runs `work` on one path, and leaves the choice to the kernel again. */
export function onPath<T>(kernel: Kernel, path: number, work: () => T): T {
  kernel.exports.epochPath(path);
  try {
    return work();
  } finally {
    kernel.exports.epochPath(abi.PATH_CHOOSE);
  }
}

/** Runs an epoch by both paths and expects every output equal; returns what the second run counted. */
export function expectEqualPaths(kernel: Kernel, snapshot: EpochSnapshot, traced = false): Counters {
  const run = () => (traced ? runTracedEpoch(kernel, snapshot) : runEpoch(kernel, snapshot));
  const general = onPath(kernel, abi.PATH_GENERAL, run);
  const chosen = onPath(kernel, abi.PATH_CHOOSE, run);
  if (toJson(chosen) !== toJson(general)) expect(chosen).toEqual(general);
  const counted = counters(kernel);
  expect(counted.refusal === abi.REFUSED_NOT).toBe(kernel.exports.epochPathTaken() === abi.PATH_FUSED);
  return counted;
}
