/** What the chain would say to a weight call: the pool's rules, the call's own in their order, and what would be stored. */
import type { Kernel } from "../../load/kernel.js";
import { present, record, refuse } from "../../marshal/values.js";
import { batchContext, effectOfBatch, judgeBatch, judgeBatchPool } from "./batchReveal.js";
import {
  COMMIT_RULES,
  commitContext,
  effectOfCommit,
  effectOfTimelocked,
  roundToCome,
  TIMELOCKED_RULES,
  timelockedContext,
} from "./commitWeights.js";
import { type Base, hasStake, type Limited, notTooFast } from "./common.js";
import { type Judgement, judge, type Rule } from "./judge.js";
import { effectOfReveal, POOL_REVEAL_RULES, REVEAL_RULES, revealContext } from "./revealWeights.js";
import { effectOfSet, SET_RULES, setContext } from "./setWeights.js";
import { type CheckedState, checkState, signer } from "./state.js";
import type { WeightsCall, WeightsEffect, WeightsError, WeightsState, WeightsVerdict } from "./types.js";

/** Numbers of InvalidTransaction::Custom. Source: common/src/transaction_error.rs, extensions/subtensor.rs. */
const CUSTOM: Partial<Record<WeightsError, number>> = {
  NotEnoughStakeToSetWeights: 1,
  SettingWeightsTooFast: 6,
  CommittingWeightsTooFast: 6,
  InvalidRevealRound: 15,
  NoWeightsCommitFound: 16,
  RevealTooEarly: 17,
  InputLengthsUnequal: 18,
};

/** The rate limit as the pool sees it, which leaves hotkeys without a uid to the call. Matches guards/check_rate_limits.rs. */
function pooled(error: WeightsError): Rule<Limited> {
  const rule = notTooFast(error);
  return {
    ...rule,
    test: (context) => (context.uid === null ? { holds: true, found: "there is no uid" } : rule.test(context)),
  };
}

const POOL_SET_RULES = [hasStake, pooled("SettingWeightsTooFast")];
const POOL_COMMIT_RULES = [hasStake, pooled("CommittingWeightsTooFast")];

/** A call's rules put to the question. */
export interface Trial {
  readonly own: Judgement;
  readonly pool: Judgement;
  readonly effect: () => WeightsEffect;
}

const TRIALS: Readonly<Record<WeightsCall["call"], (base: Base, fields: Record<string, unknown>) => Trial>> = {
  setWeights(base, fields) {
    const context = setContext(base, fields, !base.state.commitRevealEnabled);
    const pool = base.state.commitRevealEnabled ? [hasStake] : POOL_SET_RULES;
    return { own: judge(SET_RULES, context), pool: judge(pool, context), effect: () => effectOfSet(context) };
  },
  commitWeights(base, fields) {
    const context = commitContext(base, fields);
    return {
      own: judge(COMMIT_RULES, context),
      pool: judge(POOL_COMMIT_RULES, context),
      effect: () => effectOfCommit(context),
    };
  },
  revealWeights(base, fields) {
    const context = revealContext(base, fields);
    return {
      own: judge(REVEAL_RULES, context),
      pool: judge([hasStake, ...POOL_REVEAL_RULES], context),
      effect: () => effectOfReveal(context),
    };
  },
  batchRevealWeights(base, fields) {
    const context = batchContext(base, fields);
    return { own: judgeBatch(context), pool: judgeBatchPool(context), effect: () => effectOfBatch(context) };
  },
  commitTimelockedWeights(base, fields) {
    const context = timelockedContext(base, fields);
    return {
      own: judge(TIMELOCKED_RULES, context),
      pool: judge([hasStake, roundToCome], context),
      effect: () => effectOfTimelocked(context),
    };
  },
};

/** The calls of one subnet, by name. */
export const WEIGHT_CALLS: readonly string[] = Object.keys(TRIALS);

/**
 * What the chain would say to a weight call now: accepted, or the first rule that fails by the chain's own name, and what an
 * accepted call leaves in storage.
 *
 * @param state  raw chain-storage values of one mechanism of one subnet, at the block of the call
 * @param call   the call and its arguments
 *
 * Only what would be no such call or no such state throws: MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE, BAD_LENGTH, BAD_UID.
 * Source: subtensor subnets/weights.rs, macros/dispatches.rs, guards/check_weights.rs, guards/check_rate_limits.rs, spec 425.
 */
export function checkWeights(kernel: Kernel, state: WeightsState, call: WeightsCall): WeightsVerdict {
  const { own, pool, effect } = trial(kernel, checkState(state), call);
  const accepted = own.error === null && pool.error === null;
  return {
    accepted,
    error: own.error ?? pool.error,
    rules: own.rules,
    pool: { ...pool, code: customNumber(pool.error) },
    effect: accepted ? effect() : null,
  };
}

/** A call of unknown shape put to the question in a checked state. */
export function trial(kernel: Kernel, state: CheckedState, call: unknown): Trial {
  const fields = record("A call", call);
  const name = present("call", fields.call);
  if (typeof name !== "string" || !Object.hasOwn(TRIALS, name)) {
    return refuse("call", `one of ${WEIGHT_CALLS.join(", ")}`, name);
  }
  return TRIALS[name as WeightsCall["call"]]({ kernel, state, uid: signer("uid", fields.uid, state.n) }, fields);
}

/** The Custom number of a pool's refusal. */
export function customNumber(error: WeightsError | null): number | null {
  return error === null ? null : (CUSTOM[error] ?? null);
}
