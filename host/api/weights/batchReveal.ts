/** batch_reveal_weights: all commits are found first, then all rows are set, or none. Source: subnets/weights.rs. */
import { YumaError } from "../../errors.js";
import { array, present } from "../../marshal/values.js";
import { queueOf } from "./commitWeights.js";
import { type Base, commitRevealOn, hasStake } from "./common.js";
import { list, u16List } from "./fields.js";
import { type Judgement, judge, type Rule } from "./judge.js";
import { MATCH_RULES, POOL_REVEAL_RULES, type RevealContext, revealContext, someQueue } from "./revealWeights.js";
import { effectOfSet, INNER_RULES } from "./setWeights.js";
import type { Commit } from "./state.js";
import type { RuleVerdict, WeightsEffect, WeightsError } from "./types.js";

/** The lists, the validator's queue, and one context a reveal where the lists are equally long. */
export interface BatchContext extends Base {
  readonly lengths: readonly number[];
  readonly expired: readonly Commit[];
  readonly waiting: readonly Commit[];
  readonly reveals: readonly RevealContext[];
}

/** Reads a batch of reveals. Throws BAD_VALUE for a mechanism other than 0, which this call does not reach. */
export function batchContext(base: Base, fields: Record<string, unknown>): BatchContext {
  if (base.state.mechid !== 0) {
    const text = `A batch of reveals is for mechanism 0, not ${base.state.mechid}.`;
    throw new YumaError("BAD_VALUE", text, { field: "mechid", value: base.state.mechid });
  }
  const uids = list("uidsList", present("uidsList", fields.uidsList), u16List);
  const values = list("valuesList", present("valuesList", fields.valuesList), u16List);
  const salts = list("saltsList", present("saltsList", fields.saltsList), u16List);
  const keys = array("versionKeys", present("versionKeys", fields.versionKeys));
  const lengths = [uids.length, values.length, salts.length, keys.length];
  const equal = lengths.every((length) => length === uids.length);
  const reveals = equal
    ? uids.map((own, i) => {
        const reveal = { hotkey: fields.hotkey, uids: own, values: values[i], salt: salts[i], versionKey: keys[i] };
        return revealContext(base, reveal);
      })
    : [];
  return { ...base, lengths, reveals, ...queueOf(base, base.state.schedule()) };
}

/** The lists of a batch are equally long. */
export const equalLengths: Rule<{ readonly lengths: readonly number[] }> = {
  error: "InputLengthsUnequal",
  sentence: "The lists are equally long.",
  test: ({ lengths }) => ({
    holds: lengths.every((length) => length === lengths[0]),
    found: `their lengths are ${lengths.join(", ")}`,
  }),
};

/** Judges one judgement after another until one fails; the rest stays unreached. */
function inTurn(parts: readonly (() => Judgement)[]): Judgement {
  const rules: RuleVerdict[] = [];
  let error: WeightsError | null = null;
  for (const part of parts) {
    const judged = part();
    rules.push(...judged.rules);
    error = judged.error;
    if (error !== null) break;
  }
  return { error, rules };
}

/** The rules of the call, reveal by reveal; a second reveal of one commit finds it gone. */
export function judgeBatch(context: BatchContext): Judgement {
  const gone: RevealContext[] = [];
  const left = (reveal: RevealContext): RevealContext => {
    const waiting = [...reveal.waiting];
    for (const { hash } of gone) {
      const at = waiting.findIndex((each) => each.hash === hash);
      if (at >= 0) waiting.splice(at, 1);
    }
    return { ...reveal, waiting };
  };
  const setting = context.reveals.map((reveal) => () => {
    const found = judge(MATCH_RULES.slice(0, 2), left(reveal));
    if (found.error !== null) return found;
    gone.push(reveal);
    return judge(INNER_RULES, reveal);
  });
  return inTurn([
    () => judge([equalLengths], context),
    () => judge([commitRevealOn], context),
    () => judge([someQueue], context),
    ...context.reveals.map((reveal) => () => judge(MATCH_RULES, reveal)),
    ...setting,
  ]);
}

/** The pool's rules. */
export function judgeBatchPool(context: BatchContext): Judgement {
  return inTurn([
    () => judge([equalLengths], context),
    () => judge([hasStake], context),
    () => judge([someQueue], context),
    ...context.reveals.map((reveal) => () => judge(POOL_REVEAL_RULES, reveal)),
  ]);
}

/** The last row stays; each commit revealed leaves the queue, and only those. */
export function effectOfBatch({ reveals, waiting }: BatchContext): WeightsEffect {
  const last = reveals.at(-1);
  const commits = [...waiting];
  for (const { hash } of reveals) {
    const at = commits.findIndex((each) => each.hash === hash);
    if (at >= 0) commits.splice(at, 1);
  }
  const set = last === undefined ? { row: null, lastUpdate: null } : effectOfSet(last);
  return { ...set, commits };
}
