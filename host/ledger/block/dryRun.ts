/** A call as if the next block held it: after the block's steps and the calls that wait. Nothing of it stays. */
import type { LedgerErrorName } from "../errors.js";
import type { LedgerEvent } from "../events.js";
import { stopAmong } from "../outcome.js";
import type { Account } from "../state/codecs.js";
import { readChange, type StateChange } from "../state/readChange.js";
import type { State } from "../state/state.js";
import { BlockNumber } from "../state/system.js";
import { applyBlock, carryOut } from "./applyBlock.js";
import { type CheckedCall, invalidity } from "./validity.js";

/** What a call would do. */
export interface DryRun {
  /** Whether it would be included and succeed, with what it carries: all but items of a batch that goes on past what fails. */
  readonly accepted: boolean;
  /** Why not: an InvalidTransaction is not included, anything else costs the nonce. Of calls within the call, the one it stops at. */
  readonly error: LedgerErrorName | null;
  /** The number of the block it was tried in. */
  readonly height: number;
  readonly events: readonly LedgerEvent[];
  /** What the call alone changes, in the order of the entries' keys. */
  readonly changes: readonly StateChange[];
}

/** Tries a call, which may look at the state it will find. Takes back every write. */
export function dryRun(
  state: State,
  parentDigest: Account,
  waiting: readonly CheckedCall[],
  callOn: (state: State) => CheckedCall,
): DryRun {
  try {
    applyBlock(state, parentDigest, waiting);
    const height = state.read(BlockNumber);
    const call = callOn(state);
    const invalid = invalidity(state, height, call);
    if (invalid) return { accepted: false, error: invalid.error, height, events: [], changes: [] };
    const before = state.mark();
    const events = carryOut(state, call);
    const error = stopAmong(events);
    return { accepted: error === null, error, height, events, changes: state.changesSince(before).map(readChange) };
  } finally {
    state.undoAll();
  }
}
