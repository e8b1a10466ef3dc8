/** Epochs to come if nothing changes: the bonds, permits and consensus one epoch leaves are what the next one reads. */
import { type ChainResult, runChain } from "../../api/chain.js";
import { integer } from "../../marshal/values.js";
import type { EpochResult, EpochSnapshot } from "../../types.js";
import { pageKernel } from "./pageKernel.js";
import type { Course } from "./types.js";

/** Epochs one may look ahead; a hundred at a tempo of 360 blocks are five days. */
export const MOST_EPOCHS = 100;

/**
 * Runs an epoch and those after it, `epochs` in all, under the same weights, stakes and settings. Whatever else is asked is answered
 * between two epochs.
 *
 * @param holder    the uid whose bonds are followed; by default that with the largest dividends in the last epoch
 * @param isWanted  asked before each epoch; once it says no, null is what comes of it
 * @returns u16 over 65535, one array an epoch, one entry a uid; the first epoch is the snapshot's own
 *
 * Rejects with BAD_VALUE for a number of epochs, else as `epoch`.
 */
export async function courseOf(
  snapshot: EpochSnapshot,
  epochs: number,
  holder: number | null,
  isWanted: () => boolean = () => true,
): Promise<Course | null> {
  const count = integer("epochs", epochs, 1, MOST_EPOCHS);
  const results: ChainResult[] = [];
  for (const result of runChain(pageKernel(), { ...snapshot, epochs: count, advance: 0, weightsByEpoch: [] })) {
    results.push(result);
    await new Promise((resolve) => setTimeout(resolve));
    if (!isWanted()) return null;
  }
  const followed = holder ?? largest(results.at(-1)?.dividends ?? []);
  return {
    blocks: results.map(({ currentBlock }) => currentBlock),
    dividends: results.map(({ dividends }) => Uint16Array.from(dividends)),
    incentive: results.map(({ incentive }) => Uint16Array.from(incentive)),
    holder: followed,
    bonds: results.map((result) => bondsOf(result, followed)),
  };
}

function bondsOf({ bonds }: EpochResult, holder: number): Uint16Array {
  const row = new Uint16Array(bonds.length);
  for (const [uid, value] of bonds[holder] ?? []) row[uid] = value;
  return row;
}

/** The place of the largest value, the first of equals. */
function largest(values: readonly number[]): number {
  return values.reduce((best, value, at) => (value > (values[best] ?? 0) ? at : best), 0);
}
