/** The public types of yuma-kernel/worker: the functions of the package, each as a promise. */
import type { Yuma } from "../api/yuma.js";
import type { KernelSource } from "../load/source.js";
import type { EpochChanges, EpochResult, EpochSnapshot, EpochTrace } from "../types.js";
import type { FUNCTIONS, GROUPS } from "./functions.js";

/** A function whose answer comes from a worker. */
export type Remote<F> = F extends (...args: infer Args) => infer Answer ? (...args: Args) => Promise<Answer> : never;

type RemoteGroup<Group extends keyof typeof GROUPS> = {
  readonly [Name in (typeof GROUPS)[Group][number] & keyof Yuma[Group]]: Remote<Yuma[Group][Name]>;
};

/**
 * The package's functions, answered by workers: the same arguments, the same results to the last bit, the same YumaError by
 * code, sentence and details. What cannot be sent to a worker, such as the function `injection` of `coinbase`, is refused
 * with BAD_VALUE.
 */
export type RemoteYuma = { readonly [Name in (typeof FUNCTIONS)[number]]: Remote<Yuma[Name]> } & {
  readonly [Group in keyof typeof GROUPS]: RemoteGroup<Group>;
} & {
  /** Marshals an epoch once, in one worker, to run it many times there. */
  prepareEpoch(snapshot: EpochSnapshot): Promise<RemotePreparedEpoch>;
  /**
   * Binary snapshots in (one or several records, see `encodeSnapshot`), binary results out, one a snapshot: with matrices where a
   * snapshot asks for them. The results are moved to the caller, not copied; so are the snapshots under `transfer`.
   *
   * Throws BAD_BINARY as `decodeSnapshots` does, and what `epoch` throws for the first snapshot refused.
   */
  epochRecords(snapshots: Uint8Array): Promise<Uint8Array>;
};

/** An epoch marshalled once and run many times, in a worker. Calls are answered in the order they were made. */
export interface RemotePreparedEpoch {
  /** Computes the epoch. */
  run(): Promise<void>;
  /** The results of the last run. */
  result(): Promise<EpochResult>;
  /** The matrices of the last run. */
  trace(): Promise<EpochTrace>;
  /** Replaces fields of the snapshot, for the next run; validated as a whole, nothing changes if that fails. */
  update(changes: EpochChanges): Promise<void>;
  /** `update`, `run` and `result` in one message. */
  recompute(changes?: EpochChanges): Promise<EpochResult>;
  /** Gives the memory back; the epoch cannot be used afterwards. */
  dispose(): Promise<void>;
}

/** How a job is done. */
export interface JobOptions {
  /**
   * Cancels: the promise rejects with the signal's reason. A job that waits is dropped; one that runs is stopped by ending its
   * worker, and another takes its place. Other jobs and prepared epochs are not harmed.
   */
  readonly signal?: AbortSignal | undefined;
  /** Moves the buffers of typed arrays among the arguments instead of copying them; the caller's are empty afterwards. */
  readonly transfer?: boolean | undefined;
}

/** How far a batch is. */
export interface Progress {
  /** Results handed out. */
  readonly done: number;
  /** Snapshots in all, where that can be told: arrays and sets. */
  readonly total?: number;
}

/** How a batch is done. */
export interface BatchOptions extends JobOptions {
  /** Called before each result is handed out. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What `createWorkers` takes; `W` is the platform's worker. */
export interface WorkersOptions<W> {
  /** How many workers at most, 1 to 1024; they are started when there is work. Default: one a processor. */
  readonly size?: number | undefined;
  /** The kernel: bytes, a compiled module or a URL. Default: the one that comes with the package. It is compiled once. */
  readonly kernel?: KernelSource | URL | string | undefined;
  /** Starts a worker on the program `yuma-kernel/browser/yumaWorker.js`, where the default way of finding it does not do. */
  readonly worker?: (() => W) | undefined;
}

/** Workers that compute. */
export interface Workers extends RemoteYuma {
  /** How many at most. */
  readonly size: number;
  /** The same functions for jobs under these options: `workers.with({ signal }).epoch(snapshot)`. */
  with(options: JobOptions): RemoteYuma;
  /**
   * Epochs of many snapshots over all workers, results in the order of the snapshots. A few snapshots more than there are workers
   * are taken in advance, so that a source of any length may be given.
   *
   * The first snapshot refused ends it: its YumaError has `details.index`, counted from 0.
   */
  epochs(
    snapshots: Iterable<EpochSnapshot> | AsyncIterable<EpochSnapshot>,
    options?: BatchOptions,
  ): AsyncGenerator<EpochResult, void, undefined>;
  /** Ends the workers. What they have not answered fails with BAD_STATE, as does what is asked later. */
  dispose(): Promise<void>;
}
