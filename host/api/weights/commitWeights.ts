/** commit_weights, and its timelocked form: rules and effect. Source: subtensor subnets/weights.rs `internal_commit_weights`. */
import { integer, present, u16, u64 } from "../../marshal/values.js";
import { type Base, commitRevealOn, isRegistered, type Limited, mechanismExists, notTooFast } from "./common.js";
import { hex32 } from "./fields.js";
import type { Rule } from "./judge.js";
import { type CheckedSchedule, currentEpoch, isExpired } from "./schedule.js";
import type { Commit } from "./state.js";
import type { WeightsEffect } from "./types.js";

const MOST_COMMITS = 10;
const MOST_COMMIT_BYTES = 5000;

/** Of a hash commit. */
export interface CommitContext extends Limited {
  readonly hash: string;
  readonly schedule: CheckedSchedule;
  /** The validator's queue, oldest first, expired commits at its front dropped. */
  readonly waiting: readonly Commit[];
}

/** Of a timelocked commit. */
export interface TimelockedContext extends Limited {
  readonly commitRevealVersion: number;
  readonly revealRound: bigint;
  readonly lastStoredRound: bigint;
  /** How many the validator has in the queue of the current epoch. */
  readonly waiting: number;
}

/** The queue of a validator, split where the expired ones at its front end. */
export function queueOf({ state, uid }: Base, schedule: CheckedSchedule): { expired: Commit[]; waiting: Commit[] } {
  const queue = present("commits", state.commits).filter((each) => each.uid === uid);
  const first = queue.findIndex((each) => !isExpired(schedule, each.epoch));
  const end = first < 0 ? queue.length : first;
  return { expired: queue.slice(0, end), waiting: queue.slice(end) };
}

/** Reads a hash commit. */
export function commitContext(base: Base, fields: Record<string, unknown>): CommitContext {
  const schedule = base.state.schedule();
  return {
    ...base,
    hash: hex32("hash", present("hash", fields.hash)),
    weightsSetRateLimit: present("weightsSetRateLimit", base.state.weightsSetRateLimit),
    schedule,
    waiting: queueOf(base, schedule).waiting,
  };
}

/** Reads a timelocked commit. One longer than the chain's type holds cannot be sent at all: BAD_VALUE. */
export function timelockedContext(base: Base, fields: Record<string, unknown>): TimelockedContext {
  const { state, uid } = base;
  integer("commitBytes", present("commitBytes", fields.commitBytes), 0, MOST_COMMIT_BYTES);
  return {
    ...base,
    commitRevealVersion: u16("commitRevealVersion", present("commitRevealVersion", fields.commitRevealVersion)),
    revealRound: u64("revealRound", present("revealRound", fields.revealRound)),
    weightsSetRateLimit: present("weightsSetRateLimit", state.weightsSetRateLimit),
    lastStoredRound: present("lastStoredRound", state.lastStoredRound),
    waiting: present("timelockedCommits", state.timelockedCommits).filter((each) => each === uid).length,
  };
}

const committingTooFast = notTooFast("CommittingWeightsTooFast");

function tooMany<Context extends Base>(count: (context: Context) => number, where: string): Rule<Context> {
  return {
    error: "TooManyUnrevealedCommits",
    sentence: `Fewer than ${MOST_COMMITS} commits wait ${where}.`,
    test: (context) => ({ holds: count(context) < MOST_COMMITS, found: `${count(context)} do` }),
  };
}

/** The rules of a hash commit. */
export const COMMIT_RULES: readonly Rule<CommitContext>[] = [
  mechanismExists,
  commitRevealOn,
  isRegistered,
  committingTooFast,
  tooMany(({ waiting }) => waiting.length, "for their reveal, expired ones not counted"),
];

const rightVersion: Rule<TimelockedContext> = {
  error: "IncorrectCommitRevealVersion",
  sentence: "The commit-reveal version is the chain's.",
  test: ({ commitRevealVersion, state }) => ({
    holds: commitRevealVersion === state.commitRevealVersion,
    found: `${commitRevealVersion}; the chain's is ${state.commitRevealVersion}`,
  }),
};

/** The rules of a timelocked commit. Matches `internal_commit_timelocked_weights`. */
export const TIMELOCKED_RULES: readonly Rule<TimelockedContext>[] = [
  mechanismExists,
  commitRevealOn,
  rightVersion,
  isRegistered,
  committingTooFast,
  tooMany(({ waiting }) => waiting, "in this epoch's queue"),
];

/** The pool's: a round whose key is known already would hide nothing. Matches guards/check_weights.rs. */
export const roundToCome: Rule<TimelockedContext> = {
  error: "InvalidRevealRound",
  sentence: "The reveal round is not older than the last one stored.",
  test: ({ revealRound, lastStoredRound }) => ({
    holds: revealRound >= lastStoredRound,
    found: `round ${revealRound}; the last stored is ${lastStoredRound}`,
  }),
};

/** The commit joins the queue, marked with the epoch it belongs to and its block. */
export function effectOfCommit({ state, uid, hash, schedule, waiting }: CommitContext): WeightsEffect {
  const block = state.currentBlock;
  const commits = [...waiting, { uid: uid ?? 0, hash, epoch: currentEpoch(schedule), block }];
  return { row: null, lastUpdate: block, commits };
}

/** The ciphertext joins a queue nobody here can read; what is known is LastUpdate. */
export function effectOfTimelocked({ state }: TimelockedContext): WeightsEffect {
  return { row: null, lastUpdate: state.currentBlock, commits: null };
}
