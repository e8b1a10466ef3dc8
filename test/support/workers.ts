/** Workers of the source on the program that was built, and some work for them. */
import { Worker } from "node:worker_threads";
import { afterAll } from "vitest";
import type { EpochSnapshot } from "../../host/types.js";
import { createWorkers } from "../../host/worker/node.js";
import type { Workers, WorkersOptions } from "../../host/worker/types.js";
import { PROJECT } from "./root.js";
import { records } from "./vectors.js";

/** The program of a worker thread, as the package ships it. */
export const PROGRAM = new URL("dist/host/worker/nodeProgram.js", PROJECT);

/** Small subnets. */
export const snapshots = records<EpochSnapshot>("epoch-small.cases.jsonl.gz").slice(0, 60);
/** The first of them. */
export const first = snapshots[0] as EpochSnapshot;
/** A subnet of 256 uids. */
export const subnet = records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz")[0] as EpochSnapshot;

/** A job of about a second for `burnDecay`. */
export const LONG = {
  burn: 10n ** 18n,
  minBurn: 1n,
  maxBurn: 10n ** 18n,
  halfLife: 65535,
  currentBlock: 5n,
  blocks: 1_000_000,
};

const opened: Workers[] = [];
afterAll(() => Promise.all(opened.map((workers) => workers.dispose())));

/** Workers, one if not said otherwise, and how many were started. They end with the file's tests. */
export function workersOf(options: WorkersOptions<Worker> = {}): { workers: Workers; started: { count: number } } {
  const started = { count: 0 };
  const worker = () => {
    started.count++;
    return new Worker(PROGRAM, { execArgv: [] });
  };
  const workers = createWorkers({ size: 1, worker, ...options });
  opened.push(workers);
  return { workers, started };
}

/** Waits so long. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
