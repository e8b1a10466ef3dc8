/** All a validator asks before it sets weights, in one call: would the chain take them, as what row, and what would follow. */
import type { Kernel } from "../../load/kernel.js";
import { checkSnapshot } from "../../marshal/snapshot.js";
import type { EpochSnapshot } from "../../types.js";
import { checkWeights } from "./checkWeights.js";
import type { SetWeights, WeightsState, WeightsVerdict } from "./types.js";
import { type WhatIf, whatIf } from "./whatIf.js";

/** The answer. */
export interface ForeseenWeights {
  /** Accepted, or the first rule that fails; `effect.row` is the row as it would be stored. */
  verdict: WeightsVerdict;
  /** The next epoch with these weights against the present ones; null where the chain refuses them. */
  whatIf: WhatIf | null;
}

/**
 * `checkWeights`, and where the weights would be stored, `whatIf` for the epoch the snapshot describes.
 *
 * @param document  a snapshot of the next epoch with the fields weight calls read besides; `currentBlock` is the epoch's block, and
 *                  the call is judged, and its weights count as set, in the block before
 * @param call      set_weights; under commit-reveal the chain refuses it by `CommitRevealEnabled`
 *
 * Throws YumaError as `checkWeights` and `whatIf` do.
 */
export function foreseeWeights(
  kernel: Kernel,
  document: EpochSnapshot & WeightsState,
  call: SetWeights,
): ForeseenWeights {
  const { currentBlock } = checkSnapshot(document).settings;
  const block = currentBlock > 0n ? currentBlock - 1n : 0n;
  const verdict = checkWeights(kernel, { ...document, currentBlock: block }, call);
  if (!verdict.accepted || call.uid === null) return { verdict, whatIf: null };
  const { uids, values } = call;
  return { verdict, whatIf: whatIf(kernel, document, call.uid, { uids, values, block }) };
}
