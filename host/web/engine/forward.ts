/** Epochs to come if nothing changes: the bonds, permits and consensus one epoch leaves are what the next one reads. */
import { runChain } from "../../api/chain.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate, type Kernel } from "../../load/kernel.js";
import { integer } from "../../marshal/values.js";
import type { EpochResult, EpochSnapshot } from "../../types.js";
import type { Course } from "./types.js";

/** Epochs one may look ahead; a hundred at a tempo of 360 blocks are five days. */
export const MOST_EPOCHS = 100;

let kernel: Kernel | undefined;

/**
 * Runs an epoch and those after it, `epochs` in all, under the same weights, stakes and settings.
 *
 * @param holder  the uid whose bonds are followed; by default that with the largest dividends in the last epoch
 * @returns u16 over 65535, one array an epoch, one entry a uid; the first epoch is the snapshot's own
 *
 * Throws BAD_VALUE for a number of epochs, else as `epoch`.
 */
export function courseOf(snapshot: EpochSnapshot, epochs: number, holder: number | null): Course {
  const count = integer("epochs", epochs, 1, MOST_EPOCHS);
  kernel ??= instantiate(inlinedModule());
  const results = [...runChain(kernel, { ...snapshot, epochs: count, advance: 0, weightsByEpoch: [] })];
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
