/** What a subnet's owner may do to its schedule. Source: subtensor coinbase/tempo_control.rs. */
import { ensure } from "../../errors.js";
import { blocksUntilEpoch, ensureNotFrozen } from "../../rules/freezeWindow.js";
import { ensureSubnetOwner, ensureSubnetOwnerOrRoot } from "../../rules/origins.js";
import { accountLimit, ensurePasses, KIND, ownerLimit, recordDone } from "../../rules/rateLimits.js";
import { applyTempo } from "../../rules/tempo.js";
import {
  ActivityCutoffFactorMilli,
  AdminFreezeWindow,
  CommitRevealWeightsEnabled,
} from "../../state/hyperparameters.js";
import { PendingEpochAt } from "../../state/subnets.js";
import { defineCall } from "../call.js";
import { netuid, u16, u32 } from "../numbers.js";

const PALLET = 7;
const [LEAST_TEMPO, MOST_TEMPO] = [360, 50_400];
const [LEAST_FACTOR_MILLI, MOST_FACTOR_MILLI] = [1_000, 50_000];

/** Errors of schedules. */
export const SCHEDULE_ERRORS = [
  "SubtensorModule.TempoOutOfBounds",
  "SubtensorModule.ActivityCutoffFactorMilliOutOfBounds",
  "SubtensorModule.DynamicTempoBlockedByCommitReveal",
  "SubtensorModule.EpochTriggerAlreadyPending",
  "SubtensorModule.AutoEpochAlreadyImminent",
] as const;

const tempoLimit = accountLimit(KIND.TempoUpdate, () => LEAST_TEMPO);
const factorLimit = ownerLimit("ActivityCutoffFactorMilli");
const triggerLimit = ownerLimit("TriggerEpoch");

/** Sets the tempo, 360 to 50,400 blocks, once in 360; a new cycle begins. */
export const setTempo = defineCall({
  name: "SubtensorModule.set_tempo",
  index: [PALLET, 139],
  origin: "any",
  arguments: { netuid, tempo: u16 },
  check: (context, { netuid: of, tempo }) => {
    const owner = ensureSubnetOwner(context, of);
    ensure(tempo >= LEAST_TEMPO && tempo <= MOST_TEMPO, "SubtensorModule.TempoOutOfBounds", { tempo });
    ensureNotFrozen(context.state, of);
    ensurePasses(context.state, tempoLimit, owner, of);
    return owner;
  },
  apply: ({ state, emit }, { netuid: of, tempo }, owner) => {
    applyTempo(state, emit, of, tempo);
    recordDone(state, tempoLimit, owner, of);
  },
});

/** Sets after how many thousandths of a tempo a validator counts as inactive, 1,000 to 50,000; root at any time. */
export const setActivityCutoffFactor = defineCall({
  name: "SubtensorModule.set_activity_cutoff_factor",
  index: [PALLET, 140],
  origin: "any",
  arguments: { netuid, factorMilli: u32 },
  check: (context, { netuid: of, factorMilli }) => {
    const owner = ensureSubnetOwnerOrRoot(context, of);
    const fits = factorMilli >= LEAST_FACTOR_MILLI && factorMilli <= MOST_FACTOR_MILLI;
    ensure(fits, "SubtensorModule.ActivityCutoffFactorMilliOutOfBounds", { factorMilli });
    if (owner !== null) {
      ensureNotFrozen(context.state, of);
      ensurePasses(context.state, factorLimit, owner, of);
    }
    return owner;
  },
  apply: ({ state, emit }, { netuid: of, factorMilli }, owner) => {
    state.write(ActivityCutoffFactorMilli, of, factorMilli);
    emit({ name: "SubtensorModule.ActivityCutoffFactorMilliSet", netuid: of, factorMilli });
    if (owner !== null) recordDone(state, factorLimit, owner, of);
  },
});

/** Asks for an epoch `AdminFreezeWindow` blocks from now; only where weights are not committed first, and none is near anyway. */
export const triggerEpoch = defineCall({
  name: "SubtensorModule.trigger_epoch",
  index: [PALLET, 141],
  origin: "any",
  arguments: { netuid },
  check: (context, { netuid: of }) => {
    const { state } = context;
    const owner = ensureSubnetOwner(context, of);
    ensure(!state.read(CommitRevealWeightsEnabled, of), "SubtensorModule.DynamicTempoBlockedByCommitReveal");
    ensure(state.read(PendingEpochAt, of) === 0, "SubtensorModule.EpochTriggerAlreadyPending");
    const isFar = blocksUntilEpoch(state, of) >= state.read(AdminFreezeWindow);
    ensure(isFar, "SubtensorModule.AutoEpochAlreadyImminent");
    ensurePasses(state, triggerLimit, owner, of);
    return owner;
  },
  apply: ({ state, emit, blockNumber }, { netuid: of }, owner) => {
    const firesAt = blockNumber + state.read(AdminFreezeWindow);
    state.write(PendingEpochAt, of, firesAt);
    recordDone(state, triggerLimit, owner, of);
    emit({ name: "SubtensorModule.EpochTriggered", netuid: of, by: owner, firesAt });
  },
});
