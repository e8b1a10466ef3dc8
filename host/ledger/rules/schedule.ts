/** When a subnet's epochs are due, and which epoch a commit belongs to. Source: subtensor coinbase/run_coinbase.rs, subnets/weights.rs. */
import { RevealPeriodEpochs } from "../state/hyperparameters.js";
import type { ReadableState } from "../state/state.js";
import { BlocksSinceLastStep, LastEpochBlock, PendingEpochAt, SubnetEpochIndex, Tempo } from "../state/subnets.js";

/** After more blocks than this without one an epoch is due whatever the schedule says. */
const MAX_TEMPO = 50_400n;

/** Whether an epoch is due in a block: asked for, long missing, or a tempo after the last; never at tempo 0. */
export function isEpochDue(state: ReadableState, netuid: number, block: number): boolean {
  const tempo = state.read(Tempo, netuid);
  if (tempo === 0) return false;
  const pending = state.read(PendingEpochAt, netuid);
  if (pending > 0 && block >= pending) return true;
  if (state.read(BlocksSinceLastStep, netuid) > MAX_TEMPO) return true;
  return block - state.read(LastEpochBlock, netuid) >= tempo;
}

/** The epoch a block's calls belong to: the counter, one more where an epoch is due. */
export function epochOf(state: ReadableState, netuid: number, block: number): bigint {
  return state.read(SubnetEpochIndex, netuid) + (isEpochDue(state, netuid, block) ? 1n : 0n);
}

/** Whether the reveal epoch of a commit is over, `epoch` being the present one. */
export function isCommitExpired(state: ReadableState, netuid: number, epoch: bigint, commitEpoch: bigint): boolean {
  return epoch > commitEpoch + state.read(RevealPeriodEpochs, netuid);
}
