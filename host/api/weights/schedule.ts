/** When epochs run, and in which of them a commit may be revealed. */
import { present, record, refuse, u16, u64 } from "../../marshal/values.js";
import type { U64 } from "../../types.js";
import type { EpochSchedule } from "./types.js";

/** Blocks without an epoch after which one is due whatever the schedule says. */
const MAX_TEMPO = 50_400n;
const MOST_REVEAL_PERIODS = 100;

/** A schedule whose every value is in range. */
export interface CheckedSchedule {
  readonly currentBlock: bigint;
  readonly tempo: bigint;
  readonly subnetEpochIndex: bigint;
  readonly lastEpochBlock: bigint;
  readonly pendingEpochAt: bigint;
  readonly blocksSinceLastStep: bigint;
  readonly revealPeriodEpochs: bigint;
}

/** Reads the schedule out of a document. Throws MISSING_FIELD, BAD_VALUE. */
export function checkSchedule(fields: Record<string, unknown>): CheckedSchedule {
  const wide = (name: string) => u64(name, present(name, fields[name]));
  const optional = (name: string) => (fields[name] === undefined ? 0n : u64(name, fields[name]));
  const revealPeriodEpochs = wide("revealPeriodEpochs");
  if (revealPeriodEpochs < 1n || revealPeriodEpochs > MOST_REVEAL_PERIODS) {
    return refuse("revealPeriodEpochs", `from 1 to ${MOST_REVEAL_PERIODS}`, fields.revealPeriodEpochs);
  }
  return {
    currentBlock: wide("currentBlock"),
    tempo: BigInt(u16("tempo", present("tempo", fields.tempo))),
    subnetEpochIndex: wide("subnetEpochIndex"),
    lastEpochBlock: wide("lastEpochBlock"),
    pendingEpochAt: optional("pendingEpochAt"),
    blocksSinceLastStep: optional("blocksSinceLastStep"),
    revealPeriodEpochs,
  };
}

/** Whether an epoch is due at the current block. Matches coinbase/run_coinbase.rs `should_run_epoch`. */
export function isEpochDue(schedule: CheckedSchedule): boolean {
  const { currentBlock, tempo, lastEpochBlock, pendingEpochAt, blocksSinceLastStep } = schedule;
  if (tempo === 0n) return false;
  if (pendingEpochAt > 0n && currentBlock >= pendingEpochAt) return true;
  if (blocksSinceLastStep > MAX_TEMPO) return true;
  const since = currentBlock > lastEpochBlock ? currentBlock - lastEpochBlock : 0n;
  return since >= tempo;
}

/** The epoch a call at this block belongs to: the counter, one more where an epoch is due. Matches `current_epoch_with_lookahead`. */
export function currentEpoch(schedule: CheckedSchedule): bigint {
  return schedule.subnetEpochIndex + (isEpochDue(schedule) ? 1n : 0n);
}

/** The only epoch in which a commit of `commitEpoch` may be revealed. */
export function revealEpochOf(schedule: CheckedSchedule, commitEpoch: bigint): bigint {
  return commitEpoch + schedule.revealPeriodEpochs;
}

/** Whether the reveal of a commit of `commitEpoch` is possible now. Matches `is_reveal_block_range`. */
export function isRevealOpen(schedule: CheckedSchedule, commitEpoch: bigint): boolean {
  return currentEpoch(schedule) === revealEpochOf(schedule, commitEpoch);
}

/** Whether its time is over. Matches `is_commit_expired`. */
export function isExpired(schedule: CheckedSchedule, commitEpoch: bigint): boolean {
  return currentEpoch(schedule) > revealEpochOf(schedule, commitEpoch);
}

/** When a commit may be revealed. Blocks are those of the present schedule; an epoch deferred or asked for moves them. */
export interface RevealWindow {
  /** The epoch a call made now belongs to. */
  currentEpoch: bigint;
  commitEpoch: bigint;
  revealEpoch: bigint;
  /** `early`: not yet; `open`: now; `expired`: never again. */
  status: "early" | "open" | "expired";
  /** The first block of the reveal epoch; null where it began already, or never will (tempo 0). */
  opensAtBlock: bigint | null;
  /** The last block before the epoch after it; null where that is over, or never will be. */
  closesAtBlock: bigint | null;
}

/**
 * When a commit made in epoch `commitEpoch` may be revealed: in epoch commitEpoch + revealPeriodEpochs, which begins at
 * next epoch's block + (epochs in between) · tempo. Without `commitEpoch`, of a commit made now.
 *
 * Throws MISSING_FIELD, BAD_VALUE. Source: subtensor subnets/weights.rs `is_reveal_block_range`, coinbase/run_coinbase.rs
 * `get_next_epoch_start_block`.
 */
export function revealWindow(schedule: EpochSchedule, commitEpoch?: U64): RevealWindow {
  const checked = checkSchedule(record("A schedule", schedule));
  const now = currentEpoch(checked);
  const own = commitEpoch === undefined ? now : u64("commitEpoch", commitEpoch);
  const revealEpoch = revealEpochOf(checked, own);
  const status = now < revealEpoch ? "early" : now === revealEpoch ? "open" : "expired";
  const next = startOf(checked, revealEpoch + 1n);
  return {
    currentEpoch: now,
    commitEpoch: own,
    revealEpoch,
    status,
    opensAtBlock: status === "early" ? startOf(checked, revealEpoch) : null,
    closesAtBlock: status === "expired" || next === null ? null : next - 1n,
  };
}

/** The block in which a later epoch begins, by the present schedule; null if the subnet never runs. */
function startOf(schedule: CheckedSchedule, epoch: bigint): bigint | null {
  const next = nextEpochBlock(schedule);
  return next === null ? null : next + (epoch - schedule.subnetEpochIndex - 1n) * schedule.tempo;
}

/** The block of the next epoch by the present schedule: the current one where it is due; null if the subnet never runs. */
export function nextEpochBlock(schedule: CheckedSchedule): bigint | null {
  const { currentBlock, tempo, lastEpochBlock, pendingEpochAt } = schedule;
  if (tempo === 0n) return null;
  if (isEpochDue(schedule)) return currentBlock;
  const automatic = lastEpochBlock + tempo;
  return pendingEpochAt > 0n && pendingEpochAt < automatic ? pendingEpochAt : automatic;
}
