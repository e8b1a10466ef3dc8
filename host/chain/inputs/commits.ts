/** Which validators had a commit open, and since when: what an epoch masks weights by under commit-reveal. */
import { type Answers, query, storedQuery } from "../state/read.js";
import { account, any, hash32, list, tuple, u64 } from "../state/shape.js";
import { notReconstructable } from "./refusal.js";
import type { SettingsAnswers } from "./settings.js";

/** Reveal periods beyond that would make more keys than one wants to read; the chain allows 100. */
const LONGEST_PERIOD = 1_000n;

const hashed = list(tuple<[string, bigint, bigint, unknown]>(hash32, u64, u64, any));
/** Timelocked commits of one epoch, oldest first: who, in which block. */
export const timelocked = list(tuple<[string, bigint, unknown, unknown]>(account, u64, any, any));

/** A question about a validator's hashed commits, of the state before the block: (hash, epoch, block, …) in order. */
export function hashedQuery(index: number, hotkey: string) {
  return storedQuery("before", "WeightCommits", [index, hotkey], hashed);
}

/** The epoch a subnet is in while the block's epoch runs, and the first whose commits are still open. */
export interface CommitEpochs {
  readonly current: bigint;
  readonly firstOpen: bigint;
}

/** Commit epochs of a subnet: its counter is raised before its epoch runs. Null where commit-reveal is off. */
export function commitEpochs(settings: SettingsAnswers): CommitEpochs | null {
  if (!settings.commitRevealEnabled) return null;
  const { epochIndex, revealPeriod } = settings;
  if (epochIndex === null || revealPeriod === null) {
    return notReconstructable("commits of this runtime were counted by blocks, not by epochs");
  }
  if (revealPeriod > LONGEST_PERIOD)
    return notReconstructable(`its reveal period of ${revealPeriod} epochs is too long`);
  const current = epochIndex + 1n;
  return { current, firstOpen: current > revealPeriod ? current - revealPeriod : 0n };
}

/**
 * Questions about timelocked commits that are still open, of the state after the block: by then those the block revealed are
 * gone, as they were when the epoch ran. (hotkey, block, …)
 */
export function timelockedQueries(index: number, { current, firstOpen }: CommitEpochs) {
  const epochs = Array.from({ length: Number(current + 2n - firstOpen) }, (_, i) => firstOpen + BigInt(i));
  return epochs.map((epoch) => query("after", "TimelockedWeightCommits", [index, epoch], timelocked, []));
}

type Hashed = Answers<ReturnType<typeof hashedQuery>>;
type Timelocked = readonly Answers<ReturnType<typeof timelockedQueries>[number]>[];

/**
 * The block of each validator's earliest open commit, null for none: of hashed commits the first one open in its queue, of timelocked
 * ones all, except those the block's own extrinsics made.
 *
 * Source: subtensor `epoch/run_epoch.rs`, the mask by commits; `subnets/weights.rs` `is_commit_expired`.
 */
export function commitBlocks(
  hotkeys: readonly (string | null)[],
  hashedCommits: readonly Hashed[],
  timelockedCommits: Timelocked,
  epochs: CommitEpochs,
  block: bigint,
): (bigint | null)[] {
  const earliest = new Map<string, bigint>();
  const note = (hotkey: string, at: bigint) => {
    const before = earliest.get(hotkey);
    if (before === undefined || at < before) earliest.set(hotkey, at);
  };
  for (const [uid, hotkey] of hotkeys.entries()) {
    const open = hashedCommits[uid]?.find(([, epoch]) => epoch >= epochs.firstOpen);
    if (hotkey !== null && open !== undefined) note(hotkey, open[2]);
  }
  for (const [hotkey, at] of timelockedCommits.flat()) if (at !== block) note(hotkey, at);
  return hotkeys.map((hotkey) => (hotkey === null ? null : (earliest.get(hotkey) ?? null)));
}
