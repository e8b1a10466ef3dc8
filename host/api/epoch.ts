/** One epoch: check, marshal, run, read. */
import { guarded, type Kernel } from "../load/kernel.js";
import { readResult, readTrace } from "../marshal/read.js";
import { checkSnapshot } from "../marshal/snapshot.js";
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
  const checked = checkSnapshot(snapshot);
  beginEpoch(kernel, checked);
  guarded(kernel, () => kernel.exports.epochRun());
  return readResult(kernel, checked.settings.n, checked.settings.name);
}

/** As `runEpoch`, with the matrices behind the result. */
export function runTracedEpoch(kernel: Kernel, snapshot: EpochSnapshot): TracedEpochResult {
  return { ...runEpoch(kernel, snapshot), ...readTrace(kernel) };
}
