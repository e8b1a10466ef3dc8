/**
 * Drops timelocked commits whose time is over. None is ever revealed: that takes drand's randomness, which is not in the state, and
 * without it they wait on the chain too until they expire.
 */
import { mechanismIndices } from "../rules/mechanisms.js";
import { subnetsOf } from "../rules/networks.js";
import { epochOf } from "../rules/schedule.js";
import { TimelockedWeightCommits } from "../state/commits.js";
import { RevealPeriodEpochs } from "../state/hyperparameters.js";
import type { State } from "../state/state.js";
import { BlockNumber } from "../state/system.js";
import { deferredSubnets } from "./drain.js";
import type { StepContext } from "./steps.js";

/** Not of subnets whose due epoch the cap puts off. Source: subtensor coinbase/reveal_commits.rs, block_step.rs. */
export function expireTimelockedCommits({ state }: StepContext): void {
  const block = state.read(BlockNumber);
  const subnets = subnetsOf(state);
  const deferred = deferredSubnets(state, subnets, block);
  for (const netuid of subnets) if (!deferred.has(netuid)) expire(state, netuid, block);
}

function expire(state: State, netuid: number, block: number): void {
  const oldest = epochOf(state, netuid, block) - state.read(RevealPeriodEpochs, netuid);
  for (const index of mechanismIndices(state, netuid)) {
    for (const [keys] of state.entries(TimelockedWeightCommits, index)) {
      if (keys[1] < oldest) state.remove(TimelockedWeightCommits, ...keys);
    }
    // On the chain too the rest of the mechanisms is left alone then.
    if (oldest < 0n) return;
  }
}
