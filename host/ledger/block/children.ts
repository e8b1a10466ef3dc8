/** Puts pending children in force on every network whose epoch slot was in this block. */
import { applyPendingChildren } from "../rules/children.js";
import { networksOf } from "../rules/networks.js";
import { LastEpochBlock } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { StepContext } from "./steps.js";

/** Source: subtensor coinbase/block_step.rs, try_set_pending_children. */
export function putChildrenInForce(context: StepContext): void {
  const { state } = context;
  const block = state.read(BlockNumber);
  for (const netuid of networksOf(state)) {
    if (state.read(LastEpochBlock, netuid) === block) applyPendingChildren(context, netuid);
  }
}
