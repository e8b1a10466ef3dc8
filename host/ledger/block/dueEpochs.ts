/** The epochs of a block: whose turn it is takes its pots, runs, and pays out. */
import { LastMechansimStepBlock } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { distribute } from "./distribute.js";
import { drainPending } from "./drain.js";
import type { StepContext } from "./steps.js";

/** All pots are drained before the first epoch runs; epochs run in ascending order of netuid. Source: subtensor coinbase/run_coinbase.rs. */
export function runDueEpochs(context: StepContext): void {
  const drained = drainPending(context).sort((a, b) => a.netuid - b.netuid);
  for (const pots of drained) {
    distribute(context, pots);
    context.state.write(LastMechansimStepBlock, pots.netuid, context.state.read(BlockNumber));
  }
}
