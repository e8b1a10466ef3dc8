/** Opens a block: counts it, and puts the digest of the one before where calls and steps may read it. */
import { BlockHash, BlockNumber } from "../state/system.js";
import type { StepContext } from "./steps.js";

/** How many digests are kept besides the genesis's; more than the longest era has blocks. */
export const KEPT_DIGESTS = 2400;

/** Source: frame-system, BlockHashCount 2400. */
export function openBlock({ state, parentDigest }: StepContext): void {
  const parent = state.read(BlockNumber);
  state.write(BlockNumber, parent + 1);
  state.write(BlockHash, parent, parentDigest);
  if (!state.has(BlockHash, 0)) state.write(BlockHash, 0, parentDigest);
  const forgotten = parent - KEPT_DIGESTS;
  if (forgotten > 0) state.remove(BlockHash, forgotten);
}
