/** The package's functions over a pool of workers, on any platform. */
import { type KernelSource, moduleAt, moduleOf, urlOf } from "../load/source.js";
import { integer, record, refuse } from "../marshal/values.js";
import type { EpochSnapshot } from "../types.js";
import { opened } from "./answer.js";
import { inOrder } from "./batch.js";
import { FUNCTIONS, GROUPS } from "./functions.js";
import { Pool, type Spawned } from "./pool.js";
import { prepareRemotely } from "./prepared.js";
import type { BatchOptions, JobOptions, RemoteYuma, Workers, WorkersOptions } from "./types.js";

const MOST_WORKERS = 1024;

/** What workers are on a platform. */
export interface Platform<W> {
  readonly processors: () => number;
  readonly spawn: () => W;
  /** A worker of the platform as the pool sees it. */
  readonly adapt: (worker: W, onFailure: (reason: string) => void) => Spawned;
}

/** Makes workers of a platform. Throws BAD_VALUE for options that make no sense. */
export function workersOn<W>(platform: Platform<W>, options: WorkersOptions<W>): Workers {
  const {
    size = platform.processors(),
    kernel,
    worker = platform.spawn,
  } = record("Options", options) as typeof options;
  integer("size", size, 1, MOST_WORKERS);
  if (typeof worker !== "function") refuse("worker", "a function that starts a worker", worker);
  let module: Promise<WebAssembly.Module> | undefined;
  const compiled = () => {
    module ??= moduleFrom(kernel).catch((error: unknown) => {
      module = undefined; // what failed may be had later
      throw error;
    });
    return module;
  };
  const pool = new Pool(size, (onFailure) => platform.adapt(worker(), onFailure), compiled);
  return {
    ...remote(pool, {}),
    size,
    with: (given) => remote(pool, checked(given)),
    epochs: (snapshots, given = {}) => epochs(pool, size, snapshots, given),
    dispose: () => pool.dispose(),
  };
}

/** The kernel, compiled once. The one that comes with the package is a chunk of its own, for bundlers that make chunks. */
async function moduleFrom(kernel: KernelSource | URL | string | undefined): Promise<WebAssembly.Module> {
  if (kernel === undefined) return (await import("../load/inlined.js")).inlinedModule();
  return kernel instanceof URL || typeof kernel === "string" ? moduleAt(urlOf(kernel)) : moduleOf(kernel);
}

function remote(pool: Pool, { signal, transfer = false }: JobOptions): RemoteYuma {
  const call =
    (name: string) =>
    async (...args: readonly unknown[]) =>
      opened(await pool.do({ name, args, moves: transfer, signal }));
  const all = (names: readonly string[], prefix = "") =>
    Object.fromEntries(names.map((name) => [name, call(prefix + name)]));
  const groups = Object.entries(GROUPS).map(([group, names]) => [group, all(names, `${group}.`)]);
  return {
    ...all([...FUNCTIONS, "epochRecords"]),
    ...Object.fromEntries(groups),
    prepareEpoch: (snapshot: EpochSnapshot) => prepareRemotely(pool, snapshot, signal),
  } as RemoteYuma;
}

function epochs(
  pool: Pool,
  size: number,
  snapshots: Iterable<EpochSnapshot> | AsyncIterable<EpochSnapshot>,
  given: BatchOptions,
): ReturnType<Workers["epochs"]> {
  const { epoch } = remote(pool, checked(given));
  const { onProgress } = given;
  if (onProgress !== undefined && typeof onProgress !== "function") refuse("onProgress", "a function", onProgress);
  const isSource = typeof snapshots === "object" && snapshots !== null;
  if (!isSource || !(Symbol.iterator in snapshots || Symbol.asyncIterator in snapshots)) {
    refuse("Snapshots", "something to iterate over", snapshots);
  }
  return inOrder(snapshots, epoch, 2 * size, onProgress);
}

function checked(options: JobOptions): JobOptions {
  const { signal, transfer } = record("Options", options) as JobOptions;
  if (signal !== undefined && !(signal instanceof AbortSignal)) refuse("signal", "an AbortSignal", signal);
  if (transfer !== undefined && typeof transfer !== "boolean") refuse("transfer", "true or false", transfer);
  return { signal, transfer };
}
