/** Ordered rules: the first that fails is the chain's answer. */
import type { RuleVerdict, WeightsError } from "./types.js";

/** What a rule found, in a sentence. */
export interface Finding {
  readonly holds: boolean;
  readonly found: string;
}

/** A rule over what it needs to know. */
export interface Rule<Context> {
  readonly error: WeightsError;
  /** What it asks. */
  readonly sentence: string;
  test(context: Context): Finding;
}

/** The verdicts of rules in their order, and the first failure. */
export interface Judgement {
  readonly error: WeightsError | null;
  readonly rules: RuleVerdict[];
}

/** Tests rule after rule; those after the first failure stay unreached, and are not tested. */
export function judge<Context>(rules: readonly Rule<Context>[], context: Context): Judgement {
  let error: WeightsError | null = null;
  const verdicts = rules.map((rule): RuleVerdict => {
    const { error: name, sentence } = rule;
    if (error !== null) return { error: name, outcome: "unreached", sentence, found: null };
    const { holds, found } = rule.test(context);
    if (!holds) error = name;
    return { error: name, outcome: holds ? "holds" : "fails", sentence, found };
  });
  return { error, rules: verdicts };
}
