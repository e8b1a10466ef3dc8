/** Timing with the `benchmark` package, and what is timed besides the epoch itself. */
import Benchmark from "benchmark";
import { explainEpoch } from "../host/api/explain/explain.js";
import { type BenchCase, hashOf, medianOf, snapshotOf } from "../host/cli/bench/matrix.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { readResult } from "../host/marshal/read.js";
import { checkSnapshot } from "../host/marshal/snapshot.js";
import { beginEpoch } from "../host/marshal/write.js";
import type { EpochSnapshot } from "../host/types.js";
import type { Contender } from "./contenders.js";
import { differentSnapshotsOf } from "./different.js";

/** How long one measurement may take. */
export interface Effort {
  readonly minSamples: number;
  /** Seconds. */
  readonly maxTime: number;
  readonly slowRuns: number;
}

/** One contender on one case. */
export interface Measured {
  readonly n: number;
  readonly validators: number;
  readonly density: number;
  readonly rules: string;
  readonly contender: string;
  /** Median of one run. */
  readonly microseconds: number;
  /** How many times the floating-point twin's time; below 1 is faster than it. */
  readonly perFloat64: number;
  readonly peakBytes: number | null;
  readonly hash: string;
}

const WARM_UP = 50;

/** Median time of one call in µs. */
export function medianMicroseconds(work: () => void, { minSamples, maxTime }: Effort): number {
  const bench = new Benchmark(work, { minSamples, maxTime });
  bench.run();
  return medianOf(bench.stats.sample) * 1e6;
}

/** Every contender that can be had on a case, or on another snapshot of it; the first is the one the others are set against. */
export function measureCase(
  one: BenchCase,
  contenders: readonly Contender[],
  effort: Effort,
  snapshot: EpochSnapshot = snapshotOf(one),
): Measured[] {
  let opponent = 0;
  return contenders.flatMap((contender): Measured[] => {
    const ready = contender.prepare(snapshot);
    if (ready === null) return [];
    const microseconds = contender.slow ? timeSlow(ready.run, effort) : timeWarm(ready.run, effort);
    if (opponent === 0) opponent = microseconds;
    const measured: Measured = {
      n: one.n,
      validators: one.validators,
      density: one.density,
      rules: one.kind.label,
      contender: contender.label,
      microseconds,
      perFloat64: microseconds / opponent,
      peakBytes: ready.peakBytes,
      hash: hashOf(ready.result()),
    };
    return [measured];
  });
}

function timeWarm(run: () => void, effort: Effort): number {
  for (let k = 0; k < WARM_UP; k++) run();
  return medianMicroseconds(run, effort);
}

function timeSlow(run: () => void, { slowRuns }: Effort): number {
  const times = Array.from({ length: slowRuns }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return medianOf(times) * 1000;
}

/** One part of what a caller of the library pays. */
export interface PartTime {
  readonly part: string;
  readonly microseconds: number;
}

/** The parts that marshalling is made of. */
const IN_AND_OUT: readonly string[] = ["check the snapshot", "write it to the kernel", "read the result"];

/** What a caller pays besides `run`: checking and writing the snapshot, reading the result, explaining a uid. */
export function measureParts(one: BenchCase, effort: Effort): PartTime[] {
  const kernel = instantiate(inlinedModule());
  const snapshot = snapshotOf(one);
  const checked = checkSnapshot(snapshot);
  beginEpoch(kernel, checked);
  kernel.exports.epochRun();
  const miner = one.n - 1;
  const others = differentSnapshotsOf(one).map((other) => checkSnapshot(other));
  let turn = 0;
  const runOther = () => {
    beginEpoch(kernel, others[turn++ % others.length] ?? checked);
    kernel.exports.epochRun();
  };
  const parts: readonly (readonly [string, () => void])[] = [
    ["check the snapshot", () => checkSnapshot(snapshot)],
    ["read the result", () => readResult(kernel, one.n, undefined)],
    ["run the epoch", () => kernel.exports.epochRun()],
    ["write it to the kernel", () => beginEpoch(kernel, checked)],
    [`write and run, ${others.length} subnets in turn`, runOther],
    ["explain a miner, all told", () => explainEpoch(kernel, snapshot, miner)],
  ];
  const times = parts.map(([part, work]) => ({ part, microseconds: medianMicroseconds(work, effort) }));
  const marshalling = times.filter(({ part }) => IN_AND_OUT.includes(part));
  const microseconds = marshalling.reduce((sum, time) => sum + time.microseconds, 0);
  return [...times, { part: "in and out: check, write and read", microseconds }];
}
