/** Revealing committed weights. Source: subtensor subnets/weights.rs, internal_reveal_weights, do_batch_reveal_weights. */
import { commitPayload, hashOf } from "../../../api/weights/commitHash.js";
import { ensure } from "../../errors.js";
import { mechanismIndexOf } from "../../rules/mechanisms.js";
import { checkWeightCall, type Place, type WeightsPlan } from "../../rules/weights.js";
import type { Account } from "../../state/codecs.js";
import { defineCall, type SignedContext } from "../call.js";
import { listOf, mechanism, number16, number64 } from "./arguments.js";
import { indexOf, writePlan } from "./effects.js";

/** What is revealed. */
interface Reveal {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  readonly versionKey: bigint;
}

const row = { uids: listOf(number16), values: listOf(number16), salt: listOf(number16), versionKey: number64 };

/** The hash a reveal is found by. */
function hashOfReveal(hotkey: Account, netuidIndex: number, reveal: Reveal): Account {
  return hashOf(commitPayload({ hotkey, netuidIndex, ...reveal })) as Account;
}

function checkReveal(context: SignedContext, place: Place, reveal: Reveal): WeightsPlan {
  const { signer } = context;
  return checkWeightCall(context, signer, place, { call: "revealWeights", hotkey: signer, ...reveal });
}

function applyReveal({ state, emit }: SignedContext, reveal: Reveal, plan: WeightsPlan): void {
  const { hotkey, uid } = plan;
  const index = indexOf(plan);
  writePlan(state, plan);
  emit({ name: "SubtensorModule.WeightsSet", index, uid });
  emit({ name: "SubtensorModule.WeightsRevealed", hotkey, index, hash: hashOfReveal(hotkey, index, reveal) });
}

/** Reveals weights on a subnet. */
export const revealWeights = defineCall({
  name: "SubtensorModule.reveal_weights",
  index: [7, 97],
  origin: "signed",
  arguments: { netuid: number16, ...row },
  check: (context, { netuid, ...reveal }) => checkReveal(context, { netuid, mechanism: 0 }, reveal),
  apply: (context, { netuid: _, ...reveal }, plan) => applyReveal(context, reveal, plan),
});

/** Reveals weights on a mechanism of a subnet. */
export const revealMechanismWeights = defineCall({
  name: "SubtensorModule.reveal_mechanism_weights",
  index: [7, 116],
  origin: "signed",
  arguments: { netuid: number16, mechanism, ...row },
  check: (context, { netuid, mechanism: own, ...reveal }) => checkReveal(context, { netuid, mechanism: own }, reveal),
  apply: (context, { netuid: _, mechanism: __, ...reveal }, plan) => applyReveal(context, reveal, plan),
});

/** Reveals several commits on one subnet, all or none; the last row stays. */
export const batchRevealWeights = defineCall({
  name: "SubtensorModule.batch_reveal_weights",
  index: [7, 98],
  origin: "signed",
  arguments: {
    netuid: number16,
    uidsList: listOf(listOf(number16)),
    valuesList: listOf(listOf(number16)),
    saltsList: listOf(listOf(number16)),
    versionKeys: listOf(number64),
  },
  check: (context, { netuid, ...lists }) => {
    const { signer } = context;
    const lengths = Object.values(lists).map(({ length }) => length);
    ensure(
      lengths.every((length) => length === lengths[0]),
      "SubtensorModule.InputLengthsUnequal",
    );
    return checkWeightCall(
      context,
      signer,
      { netuid, mechanism: 0 },
      { call: "batchRevealWeights", hotkey: signer, ...lists },
    );
  },
  apply: ({ state, emit }, { netuid, uidsList, valuesList, saltsList, versionKeys }, plan) => {
    const index = mechanismIndexOf(netuid, 0);
    writePlan(state, plan);
    const hashes = uidsList.map((uids, k) => {
      emit({ name: "SubtensorModule.WeightsSet", index, uid: plan.uid });
      const [values = [], salt = [], versionKey = 0n] = [valuesList[k], saltsList[k], versionKeys[k]];
      return hashOfReveal(plan.hotkey, index, { uids, values, salt, versionKey });
    });
    emit({ name: "SubtensorModule.WeightsBatchRevealed", hotkey: plan.hotkey, netuid, hashes });
  },
});
