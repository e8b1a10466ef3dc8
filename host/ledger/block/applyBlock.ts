/**
 * One block: the steps, then the calls in order. Knows the state and nothing else, so that the same state and the same block
 * give the same state and events everywhere.
 */
import { dispatch } from "../calls/dispatch.js";
import type { LedgerError } from "../errors.js";
import type { BlockEvent, LedgerEvent } from "../events.js";
import { ledgerKernel } from "../kernel.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { BlockNumber, Nonce } from "../state/system.js";
import { STEPS, type StepContext } from "./steps.js";
import { type CheckedCall, invalidity } from "./validity.js";

/** A call left out of a block, and why. */
export interface RefusedCall {
  readonly call: CheckedCall;
  readonly error: LedgerError;
}

/** What became of a block. */
export interface AppliedBlock {
  readonly events: readonly BlockEvent[];
  /** The calls that are in the block, failed ones too, in order; their places are the `callIndex` of events. */
  readonly included: readonly CheckedCall[];
  /** The calls that are not: expired, or out of turn. */
  readonly refused: readonly RefusedCall[];
}

/** Applies a block. Anything thrown is a defect; every write since the block before is undone first. */
export function applyBlock(state: State, parentDigest: Account, calls: readonly CheckedCall[]): AppliedBlock {
  try {
    const events: BlockEvent[] = [];
    const included: CheckedCall[] = [];
    const refused: RefusedCall[] = [];
    const context: StepContext = {
      state,
      get kernel() {
        return ledgerKernel();
      },
      parentDigest,
      emit: (event) => void events.push({ callIndex: null, event }),
    };
    for (const step of STEPS) {
      step(context);
      state.settle();
    }
    const blockNumber = state.read(BlockNumber);
    for (const call of calls) {
      const error = invalidity(state, blockNumber, call);
      if (error) {
        refused.push({ call, error });
        continue;
      }
      for (const event of carryOut(state, call)) events.push({ callIndex: included.length, event });
      included.push(call);
      state.settle();
    }
    return { events, included, refused };
  } catch (defect) {
    state.undoAll();
    throw defect;
  }
}

/** Uses up the nonce and carries out a valid call. A failed call costs its nonce and leaves one event, the last. */
export function carryOut(state: State, { signer, nonce, call }: CheckedCall): readonly LedgerEvent[] {
  state.write(Nonce, signer, nonce + 1);
  const events: LedgerEvent[] = [];
  const failure = dispatch(state, events, { kind: "signed", signer }, call);
  events.push(failure ? { name: "System.ExtrinsicFailed", error: failure.error } : { name: "System.ExtrinsicSuccess" });
  return events;
}
