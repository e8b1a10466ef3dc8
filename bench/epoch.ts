/**
 * `npm run bench`: the epoch inside the kernel, made-up subnets of three sizes.
 *
 * Goal: the time of `run()` of a prepared epoch, median over many samples, with a hash of its result so that no work can
 * be left out unseen. Not measured: reading JSON, checking and marshalling, which happen once.
 */
import { createHash } from "node:crypto";
import Benchmark from "benchmark";
import { prepare } from "../host/api/prepare.js";
import { toJson } from "../host/json.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot } from "../host/types.js";
import { grouped } from "../host/units.js";
import { makeSubnet } from "./subnet.js";

const SIZES = [256, 1024, 4096];
const VALIDATORS = 64;
const SEED = 7;
const KINDS = [
  { label: "Yuma 2", yuma3: false, liquidAlpha: false, bondsPenalty: 65535 },
  { label: "Yuma 3", yuma3: true, liquidAlpha: false, bondsPenalty: 65535 },
  { label: "Yuma 3, penalty half", yuma3: true, liquidAlpha: false, bondsPenalty: 32768 },
  { label: "Yuma 3, liquid alpha", yuma3: true, liquidAlpha: true, bondsPenalty: 65535 },
] as const;

/** Median time of one call in µs. */
function medianMicroseconds(work: () => void): number {
  const bench = new Benchmark(work, { minSamples: 40, maxTime: 1.5 });
  bench.run();
  const samples = [...bench.stats.sample].sort((a, b) => a - b);
  return (samples[samples.length >> 1] ?? 0) * 1e6;
}

/** Bytes an epoch of this size takes in the kernel. */
function peakBytes(snapshot: EpochSnapshot): bigint {
  const entries = (rows: EpochSnapshot["weights"]) => rows.reduce((sum, row) => sum + row.length, 0);
  const { exports } = instantiate(inlinedModule());
  return exports.epochBytes(snapshot.n, entries(snapshot.weights), entries(snapshot.bonds));
}

console.log(`seed ${SEED}, ${VALIDATORS} validators, Node ${process.version}\n`);
console.log(
  `${"n".padStart(5)}  ${"density".padStart(7)}  ${"rules".padEnd(22)}${"µs".padStart(10)}  ${"epochs/s".padStart(9)}  ${"bytes".padStart(13)}  hash`,
);
for (const n of SIZES) {
  for (const density of [1, 0.05]) {
    for (const { label, ...kind } of KINDS) {
      const snapshot = makeSubnet({ n, validators: VALIDATORS, density, seed: SEED, ...kind });
      const prepared = prepare(inlinedModule(), snapshot);
      const time = medianMicroseconds(() => prepared.run());
      const hash = createHash("sha256").update(toJson(prepared.result())).digest("hex").slice(0, 12);
      console.log(
        `${String(n).padStart(5)}  ${`${density * 100} %`.padStart(7)}  ${label.padEnd(22)}${grouped(Math.round(time)).padStart(10)}  ` +
          `${grouped(Math.round(1e6 / time)).padStart(9)}  ${grouped(peakBytes(snapshot)).padStart(13)}  ${hash}`,
      );
    }
  }
}
