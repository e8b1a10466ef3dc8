/**
 * The time of each step of the general path, without a clock in the kernel: the same sources are compiled with every step
 * exported, and the host calls them in the epoch's order, reading its own clock in between.
 */
import { PATH_GENERAL } from "../assembly/contract.js";
import { medianOf } from "../host/cli/bench/matrix.js";
import { guarded, type Kernel } from "../host/load/kernel.js";
import { checkSnapshot } from "../host/marshal/snapshot.js";
import { beginEpoch } from "../host/marshal/write.js";
import type { EpochSnapshot } from "../host/types.js";
import { buildWith } from "./build.js";

const ROUNDS = 200;
const WARM_UP = 50;

/** The steps in the order of assembly/consensus/epoch.ts: file, function. The bonds' step depends on the rules. */
const STEPS = [
  ["input", "validate"],
  ["activity", "markActive"],
  ["stake", "weighStake"],
  ["permits", "takePermits"],
  ["permits", "grantPermits"],
  ["activeStake", "maskStake"],
  ["consensusMedian", "weighVotes"],
  ["masks", "maskWeights"],
  ["normaliseWeights", "normaliseRows"],
  ["consensusMedian", "findConsensus"],
  ["clip", "clipWeights"],
  ["validatorTrust", "sumTrust"],
  ["incentive", "rankUids"],
  ["bondWeights", "interpolateBondWeights"],
  ["oldBonds", "maskBonds"],
  ["liquidAlpha", "chooseLiquidConsensus"],
  ["yuma3Bonds", "updateYuma3Bonds"],
  ["yuma2Bonds", "updateYuma2Bonds"],
  ["dividends", "sumBondTotals"],
  ["dividends", "payDividends"],
  ["emission", "splitEmission"],
  ["outputs", "storeBonds"],
  ["outputs", "storeVectors"],
] as const;

const exportName = (step: string) => `step_${step}`;

/** A kernel that exports its steps besides everything else, optimised as the released one, unless there is no hurry. Throws if one is missing. */
export function buildStepsKernel(optimised = true): Promise<Kernel> {
  const exports = STEPS.map(
    ([file, step]) => `export { ${step} as ${exportName(step)} } from "./assembly/consensus/${file}";`,
  );
  return buildWith(exports.join("\n"), optimised);
}

/** A step and its median time. */
export interface StepTime {
  readonly step: string;
  readonly microseconds: number;
}

/**
 * Times every step of a snapshot's epoch over many epochs. The epoch is run as a whole first, so that the kernel hands its
 * results out; what it holds afterwards was written by the steps.
 */
export function timeSteps(kernel: Kernel, snapshot: EpochSnapshot, rounds = ROUNDS): StepTime[] {
  beginEpoch(kernel, checkSnapshot(snapshot));
  kernel.exports.epochPath(PATH_GENERAL);
  guarded(kernel, kernel.exports.epochRun);
  const other = snapshot.yuma3 ? "updateYuma2Bonds" : "updateYuma3Bonds";
  const exports = kernel.exports as unknown as Record<string, () => void>;
  const steps = STEPS.map(([, step]) => step).filter((step) => step !== other);
  const calls = steps.map((step) => exports[exportName(step)] as () => void);
  const times = steps.map((): number[] => []);
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [k, call] of calls.entries()) {
      const started = performance.now();
      call();
      const time = performance.now() - started;
      if (round >= 0) times[k]?.push(time);
    }
  }
  return steps.map((step, k) => ({ step, microseconds: 1000 * medianOf(times[k] ?? []) }));
}
