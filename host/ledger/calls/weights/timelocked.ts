/**
 * Committing to weights by a ciphertext that a pulse of drand's opens later: see block/reveals.ts. Source: subtensor subnets/weights.rs,
 * internal_commit_timelocked_weights.
 */
import { hashOf } from "../../../api/weights/commitHash.js";
import { epochOf } from "../../rules/schedule.js";
import { checkWeightCall, type Place, type WeightsPlan } from "../../rules/weights.js";
import type { Account } from "../../state/codecs.js";
import { TimelockedWeightCommits } from "../../state/commits.js";
import { defineCall, type SignedContext } from "../call.js";
import { ciphertext, mechanism, number16, number64 } from "./arguments.js";
import { indexOf, writePlan } from "./effects.js";

/** The version of calls that name none. */
const VERSION = 4;

interface Sealed {
  readonly commit: Uint8Array;
  readonly revealRound: bigint;
  readonly commitRevealVersion: number;
}

function check(context: SignedContext, place: Place, { commit, ...rest }: Sealed): WeightsPlan {
  const call = { call: "commitTimelockedWeights", commitBytes: commit.length, ...rest };
  return checkWeightCall(context, context.signer, place, call);
}

function apply(
  context: SignedContext,
  { commit, revealRound }: Omit<Sealed, "commitRevealVersion">,
  plan: WeightsPlan,
) {
  const { state, blockNumber, emit } = context;
  const { hotkey, netuid } = plan;
  const index = indexOf(plan);
  const epoch = epochOf(state, netuid, blockNumber);
  const queue = state.read(TimelockedWeightCommits, index, epoch);
  state.write(TimelockedWeightCommits, index, epoch, [...queue, [hotkey, blockNumber, commit, revealRound]]);
  writePlan(state, plan);
  const hash = hashOf(commit) as Account;
  emit({ name: "SubtensorModule.TimelockedWeightsCommitted", hotkey, index, hash, revealRound });
}

const sealed = { commit: ciphertext, revealRound: number64 };

/** Commits to weights on a subnet. */
export const commitTimelockedWeights = defineCall({
  name: "SubtensorModule.commit_timelocked_weights",
  index: [7, 113],
  origin: "signed",
  arguments: { netuid: number16, ...sealed, commitRevealVersion: number16 },
  check: (context, { netuid, ...given }) => check(context, { netuid, mechanism: 0 }, given),
  apply,
});

/** Commits to weights on a mechanism of a subnet. */
export const commitTimelockedMechanismWeights = defineCall({
  name: "SubtensorModule.commit_timelocked_mechanism_weights",
  index: [7, 118],
  origin: "signed",
  arguments: { netuid: number16, mechanism, ...sealed, commitRevealVersion: number16 },
  check: (context, { netuid, mechanism: own, ...given }) => check(context, { netuid, mechanism: own }, given),
  apply,
});

/** The same, of the version that was once the only one. */
export const commitCrv3MechanismWeights = defineCall({
  name: "SubtensorModule.commit_crv3_mechanism_weights",
  index: [7, 117],
  origin: "signed",
  arguments: { netuid: number16, mechanism, ...sealed },
  check: (context, { netuid, mechanism: own, ...given }) =>
    check(context, { netuid, mechanism: own }, { ...given, commitRevealVersion: VERSION }),
  apply,
});
