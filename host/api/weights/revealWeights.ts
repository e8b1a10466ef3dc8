/** reveal_weights: the commit is found and its time has come, then the row is set. Source: subtensor subnets/weights.rs. */
import { present } from "../../marshal/values.js";
import { grouped } from "../../units.js";
import { commitPayload, hashOf, storageIndex } from "./commitHash.js";
import { queueOf } from "./commitWeights.js";
import { type Base, commitRevealOn } from "./common.js";
import type { Finding, Rule } from "./judge.js";
import { type CheckedSchedule, currentEpoch, isRevealOpen, revealEpochOf } from "./schedule.js";
import { effectOfSet, INNER_RULES, type SetContext, setContext } from "./setWeights.js";
import type { Commit } from "./state.js";
import type { Reveal, WeightsEffect } from "./types.js";

/** What the rules look at. */
export interface RevealContext extends SetContext {
  readonly schedule: CheckedSchedule;
  /** Of what is revealed. */
  readonly hash: string;
  readonly expired: readonly Commit[];
  readonly waiting: readonly Commit[];
}

/** Reads a reveal; `hotkey` may stand beside it. */
export function revealContext(base: Base, fields: Record<string, unknown>): RevealContext {
  const schedule = base.state.schedule();
  const set = setContext(base, fields, false);
  const { netuid, mechid } = base.state;
  const reveal = { ...(fields as unknown as Reveal & { hotkey: string }), netuidIndex: storageIndex(netuid, mechid) };
  present("salt", fields.salt);
  return { ...set, schedule, hash: hashOf(commitPayload(reveal)), ...queueOf(base, schedule) };
}

/** The commit revealed, if it waits. */
function match({ waiting, hash }: RevealContext): Commit | undefined {
  return waiting.find((each) => each.hash === hash);
}

function hasExpired({ expired, hash }: RevealContext): boolean {
  return expired.some((each) => each.hash === hash);
}

/** Where none waits: that the one revealed has expired is for the next rule to say. */
const someCommit: Rule<RevealContext> = {
  error: "NoWeightsCommitFound",
  sentence: "A commit of the validator waits, or the one revealed has expired.",
  test: (context) => ({
    holds: context.waiting.length > 0 || hasExpired(context),
    found: `${context.waiting.length} wait`,
  }),
};

/** Of a batch: a queue exists, be all of it expired. */
export const someQueue: Rule<Pick<RevealContext, "waiting" | "expired">> = {
  error: "NoWeightsCommitFound",
  sentence: "The validator has a queue of commits.",
  test: ({ waiting, expired }) => ({
    holds: waiting.length + expired.length > 0,
    found: `${waiting.length} wait, ${expired.length} expired`,
  }),
};

const notExpired: Rule<RevealContext> = {
  error: "ExpiredWeightCommit",
  sentence: "The commit revealed has not expired.",
  test: (context) => {
    const holds = match(context) !== undefined || !hasExpired(context);
    return { holds, found: holds ? "it has not" : "its reveal epoch is over" };
  },
};

const hashMatches: Rule<RevealContext> = {
  error: "InvalidRevealCommitHashNotMatch",
  sentence: "What is revealed has the hash of a commit that waits.",
  test: (context) => ({ holds: match(context) !== undefined, found: context.hash }),
};

const timeHasCome: Rule<RevealContext> = {
  error: "RevealTooEarly",
  sentence: "This is the commit's reveal epoch.",
  test: (context) => windowFinding(context.schedule, match(context)?.epoch ?? 0n),
};

function windowFinding(schedule: CheckedSchedule, epoch: bigint): Finding {
  const [now, due] = [currentEpoch(schedule), revealEpochOf(schedule, epoch)];
  return { holds: isRevealOpen(schedule, epoch), found: `epoch ${grouped(now)}; its reveal epoch is ${grouped(due)}` };
}

/** The rules of finding one commit. */
export const MATCH_RULES: readonly Rule<RevealContext>[] = [notExpired, hashMatches, timeHasCome];

/** The rules of a single reveal. */
export const REVEAL_RULES: readonly Rule<RevealContext>[] = [
  commitRevealOn,
  someCommit,
  ...MATCH_RULES,
  ...INNER_RULES,
];

/** The queue as it is stored, expired commits included: the pool drops none. Matches guards/check_weights.rs `check_reveal`. */
function stored({ expired, waiting, hash }: RevealContext): Commit | undefined {
  return [...expired, ...waiting].find((each) => each.hash === hash);
}

/** The pool's own rules, which know fewer names. */
export const POOL_REVEAL_RULES: readonly Rule<RevealContext>[] = [
  {
    error: "NoWeightsCommitFound",
    sentence: "What is revealed has the hash of a stored commit.",
    test: (context) => ({ holds: stored(context) !== undefined, found: context.hash }),
  },
  {
    error: "RevealTooEarly",
    sentence: "This is the commit's reveal epoch, and not one after it.",
    test: (context) => windowFinding(context.schedule, stored(context)?.epoch ?? 0n),
  },
];

/** The row is set; the commit revealed and all before it leave the queue. */
export function effectOfReveal(context: RevealContext): WeightsEffect {
  const at = context.waiting.findIndex((each) => each.hash === context.hash);
  return { ...effectOfSet(context), commits: context.waiting.slice(at + 1) };
}
