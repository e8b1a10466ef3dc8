/** The epochs of a block: whose turn it is takes its pots, runs, and pays out. */
import { isNull, rulesInForce } from "../rules/ruleSet.js";
import { LastMechansimStepBlock, LastYumaStepBlock } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { distribute } from "./distribute.js";
import { drainPending } from "./drain.js";
import type { StepContext } from "./steps.js";

/** All pots are drained before the first epoch runs; epochs run in ascending order of netuid. Source: subtensor coinbase/run_coinbase.rs. */
export function runDueEpochs(context: StepContext): void {
  const drained = drainPending(context).sort((a, b) => a.netuid - b.netuid);
  const { state } = context;
  const keepsYuma = rulesInForce(state).nullMode;
  for (const pots of drained) {
    const { netuid } = pots;
    distribute(context, pots);
    state.write(LastMechansimStepBlock, netuid, state.read(BlockNumber));
    if (keepsYuma && !isNull(state, netuid)) state.write(LastYumaStepBlock, netuid, state.read(BlockNumber));
  }
}
