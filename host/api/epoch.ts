/** One epoch: check, marshal, run, read. */
import { guarded, type Kernel } from "../load/kernel.js";
import { readSnapshots } from "../marshal/binarySnapshot.js";
import { readRecord, readResult, readTrace } from "../marshal/read.js";
import { type CheckedSnapshot, checkSnapshot } from "../marshal/snapshot.js";
import { beginEpoch } from "../marshal/write.js";
import type { EpochResult, EpochSnapshot, TracedEpochResult } from "../types.js";

/**
 * Computes one epoch exactly as the chain would.
 *
 * @param kernel    the instance to run on; whatever epoch it held before is gone
 * @param snapshot  raw chain-storage values (n uids)
 * @returns one entry a uid: u16 vectors over 65535, amounts in rao, raw I32F32 bits
 *
 * Throws YumaError (see `checkSnapshot`), or TOO_LARGE, STAKE_OVERFLOW from the kernel.
 * Source: subtensor `epoch/run_epoch.rs` `epoch_mechanism`, spec 425.
 */
export function runEpoch(kernel: Kernel, snapshot: EpochSnapshot): EpochResult {
  return runChecked(kernel, checkSnapshot(snapshot));
}

/** As `runEpoch`, with the matrices behind the result. */
export function runTracedEpoch(kernel: Kernel, snapshot: EpochSnapshot): TracedEpochResult {
  return runTracedChecked(kernel, checkSnapshot(snapshot));
}

/** As `runEpoch`, of a snapshot already checked. */
export function runChecked(kernel: Kernel, snapshot: CheckedSnapshot): EpochResult {
  compute(kernel, snapshot);
  return readResult(kernel, snapshot.settings.n, snapshot.settings.name);
}

/** As `runTracedEpoch`, of a snapshot already checked. */
export function runTracedChecked(kernel: Kernel, snapshot: CheckedSnapshot): TracedEpochResult {
  return { ...runChecked(kernel, snapshot), ...readTrace(kernel) };
}

/**
 * Binary snapshots in, binary results out, one a snapshot: with matrices where the snapshot asks for them, or everywhere.
 * No entry becomes a pair on the way. Throws as `decodeSnapshots` does, and TOO_LARGE, STAKE_OVERFLOW from the kernel.
 */
export function runRecords(kernel: Kernel, stream: Uint8Array, matrices = false): Uint8Array {
  const results = [
    ...readSnapshots(stream, (snapshot, asked) => {
      compute(kernel, snapshot);
      return readRecord(kernel, asked || matrices);
    }),
  ];
  const all = new Uint8Array(results.reduce((bytes, { length }) => bytes + length, 0));
  let at = 0;
  for (const result of results) {
    all.set(result, at);
    at += result.length;
  }
  return all;
}

function compute(kernel: Kernel, snapshot: CheckedSnapshot): void {
  beginEpoch(kernel, snapshot);
  guarded(kernel, () => kernel.exports.epochRun());
}
