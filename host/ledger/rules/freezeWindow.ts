/** The blocks before an epoch in which nobody changes a subnet's parameters, so that validators know what their weights meet. */
import { ensure } from "../errors.js";
import { AdminFreezeWindow } from "../state/hyperparameters.js";
import type { ReadableState } from "../state/state.js";
import { LastEpochBlock, PendingEpochAt, Tempo } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";

/** Errors of that window. */
export const FREEZE_ERRORS = ["SubtensorModule.AdminActionProhibitedDuringWeightsWindow"] as const;

/** Blocks until the schedule's next epoch, asked-for ones apart; without a tempo there is none. Source: subtensor coinbase/run_coinbase.rs. */
export function blocksUntilEpoch(state: ReadableState, netuid: number): number {
  const tempo = state.read(Tempo, netuid);
  if (tempo === 0) return Number.POSITIVE_INFINITY;
  return Math.max(state.read(LastEpochBlock, netuid) + tempo - state.read(BlockNumber), 0);
}

/** Whether the window is on: from when an epoch was asked for until it runs, and `AdminFreezeWindow` blocks before any other. */
export function isFrozen(state: ReadableState, netuid: number): boolean {
  if (state.read(Tempo, netuid) === 0) return false;
  if (state.read(PendingEpochAt, netuid) > state.read(BlockNumber)) return true;
  return blocksUntilEpoch(state, netuid) < state.read(AdminFreezeWindow);
}

/** Throws AdminActionProhibitedDuringWeightsWindow while it is on. Source: subtensor utils/misc.rs. */
export function ensureNotFrozen(state: ReadableState, netuid: number): void {
  ensure(!isFrozen(state, netuid), "SubtensorModule.AdminActionProhibitedDuringWeightsWindow", { netuid });
}
