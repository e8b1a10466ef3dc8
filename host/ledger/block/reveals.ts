/**
 * Timelocked commits whose epoch has come are opened by drand's pulses, and the rows in them set. Commits whose epoch is over are dropped.
 * Source: subtensor coinbase/reveal_commits.rs, block_step.rs.
 */
import { YumaError } from "../../errors.js";
import { openWeights } from "../../timelock/index.js";
import { indexOf, writePlan } from "../calls/weights/effects.js";
import { attempt } from "../rules/context.js";
import { mechanismIndices } from "../rules/mechanisms.js";
import { subnetsOf } from "../rules/networks.js";
import { epochOf } from "../rules/schedule.js";
import { checkRevealedWeights, type Place } from "../rules/weights.js";
import { type Account, toHex } from "../state/codecs.js";
import { TimelockedWeightCommits } from "../state/commits.js";
import { Pulses } from "../state/drand.js";
import { RevealPeriodEpochs } from "../state/hyperparameters.js";
import { BlockNumber } from "../state/system.js";
import { deferredSubnets } from "./drain.js";
import type { StepContext } from "./steps.js";

/** What this step reports. */
export type RevealEvent = {
  readonly name: "SubtensorModule.TimelockedWeightsRevealed";
  readonly index: number;
  readonly hotkey: Account;
};

/** Not of subnets whose due epoch the cap puts off. */
export function revealTimelockedCommits(context: StepContext): void {
  const { state } = context;
  const block = state.read(BlockNumber);
  const subnets = subnetsOf(state);
  const deferred = deferredSubnets(state, subnets, block);
  for (const netuid of subnets) if (!deferred.has(netuid)) revealOf(context, netuid, block);
}

function revealOf(context: StepContext, netuid: number, block: number): void {
  const { state } = context;
  const due = epochOf(state, netuid, block) - state.read(RevealPeriodEpochs, netuid);
  for (const [mechanism, index] of mechanismIndices(state, netuid).entries()) {
    for (const [keys] of state.entries(TimelockedWeightCommits, index)) {
      if (keys[1] < due) state.remove(TimelockedWeightCommits, ...keys);
    }
    // On the chain too the rest of the mechanisms is left alone then.
    if (due < 0n) return;
    revealQueue(context, { netuid, mechanism }, index, due);
  }
}

/** Opens what can be opened; commits whose pulse is not there wait, all others leave the queue. */
function revealQueue(context: StepContext, place: Place, index: number, epoch: bigint): void {
  const { state } = context;
  const queue = state.read(TimelockedWeightCommits, index, epoch);
  if (queue.length === 0) return;
  const waiting = queue.filter(([hotkey, , ciphertext, round]) => {
    const pulse = state.read(Pulses, round);
    if (pulse === undefined) return true;
    const row = rowOf(ciphertext, pulse.signature, hotkey);
    if (row !== undefined) setRow(context, place, hotkey, row);
    return false;
  });
  if (waiting.length === queue.length) return;
  if (waiting.length > 0) state.write(TimelockedWeightCommits, index, epoch, waiting);
  else state.remove(TimelockedWeightCommits, index, epoch);
}

/** The row a ciphertext hides, unless it hides none, or another's. */
function rowOf(ciphertext: Uint8Array, signature: Uint8Array, hotkey: Account) {
  try {
    const row = openWeights(ciphertext, signature);
    return row.hotkey === null || toHex(row.hotkey) === hotkey ? row : undefined;
  } catch (error) {
    if (error instanceof YumaError && (error.code === "BAD_BINARY" || error.code === "BAD_VALUE")) return undefined;
    throw error;
  }
}

/** Sets a row as its validator would; what the rules refuse is dropped. */
function setRow(context: StepContext, place: Place, hotkey: Account, row: Parameters<typeof checkRevealedWeights>[3]) {
  attempt(context, (within) => {
    const plan = checkRevealedWeights(within, hotkey, place, row);
    const index = indexOf(plan);
    writePlan(within.state, plan);
    within.emit({ name: "SubtensorModule.WeightsSet", index, uid: plan.uid });
    within.emit({ name: "SubtensorModule.TimelockedWeightsRevealed", index, hotkey });
  });
}
