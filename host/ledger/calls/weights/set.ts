/** Setting weights at once, where commit-reveal is off. Source: subtensor subnets/weights.rs, do_set_weights. */
import { checkWeightCall, type Place, type WeightsPlan } from "../../rules/weights.js";
import { defineCall, type SignedContext } from "../call.js";
import { listOf, mechanism, number16, number64 } from "./arguments.js";
import { indexOf, writePlan } from "./effects.js";

/** A row as a call brings it. */
interface Row {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

const row = { uids: listOf(number16), values: listOf(number16), versionKey: number64 };

/** The checks of setting a row. */
export function checkSet(context: SignedContext, place: Place, { uids, values, versionKey }: Row, isItem = false) {
  return checkWeightCall(context, context.signer, place, { call: "setWeights", uids, values, versionKey }, isItem);
}

/** Writes the row. */
export function applySet({ state, emit }: SignedContext, plan: WeightsPlan): void {
  writePlan(state, plan);
  emit({ name: "SubtensorModule.WeightsSet", index: indexOf(plan), uid: plan.uid });
}

/** Sets the signer's weights on a subnet. */
export const setWeights = defineCall({
  name: "SubtensorModule.set_weights",
  index: [7, 0],
  origin: "signed",
  arguments: { netuid: number16, ...row },
  check: (context, { netuid, ...given }) => checkSet(context, { netuid, mechanism: 0 }, given),
  apply: (context, _values, plan) => applySet(context, plan),
});

/** Sets the signer's weights on a mechanism of a subnet. */
export const setMechanismWeights = defineCall({
  name: "SubtensorModule.set_mechanism_weights",
  index: [7, 119],
  origin: "signed",
  arguments: { netuid: number16, mechanism, ...row },
  check: (context, { netuid, mechanism: own, ...given }) => checkSet(context, { netuid, mechanism: own }, given),
  apply: (context, _values, plan) => applySet(context, plan),
});
