/** Committing to weights: a hash now, the row later. Source: subtensor subnets/weights.rs, internal_commit_weights. */
import { checkWeightCall, type Place, type WeightsPlan } from "../../rules/weights.js";
import type { Account } from "../../state/codecs.js";
import { defineCall, type SignedContext } from "../call.js";
import { hash as hashArgument, mechanism, number16 } from "./arguments.js";
import { indexOf, writePlan } from "./effects.js";

/** The checks of a commit. */
export function checkCommit(context: SignedContext, place: Place, hash: Account, isItem = false): WeightsPlan {
  return checkWeightCall(context, context.signer, place, { call: "commitWeights", hash }, isItem);
}

/** Puts the commit into the signer's queue, from which expired ones go. */
export function applyCommit({ state, emit }: SignedContext, plan: WeightsPlan, hash: Account): void {
  writePlan(state, plan);
  emit({ name: "SubtensorModule.WeightsCommitted", hotkey: plan.hotkey, index: indexOf(plan), hash });
}

/** Commits to weights on a subnet. */
export const commitWeights = defineCall({
  name: "SubtensorModule.commit_weights",
  index: [7, 96],
  origin: "signed",
  arguments: { netuid: number16, hash: hashArgument },
  check: (context, { netuid, hash }) => checkCommit(context, { netuid, mechanism: 0 }, hash),
  apply: (context, { hash }, plan) => applyCommit(context, plan, hash),
});

/** Commits to weights on a mechanism of a subnet. */
export const commitMechanismWeights = defineCall({
  name: "SubtensorModule.commit_mechanism_weights",
  index: [7, 115],
  origin: "signed",
  arguments: { netuid: number16, mechanism, hash: hashArgument },
  check: (context, { netuid, mechanism: own, hash }) => checkCommit(context, { netuid, mechanism: own }, hash),
  apply: (context, { hash }, plan) => applyCommit(context, plan, hash),
});
