/** Several calls in one. Source: the utility pallet; a batch within a batch is filtered, as the runtime does. */
import { ensure, LedgerError, type LedgerErrorName } from "../../errors.js";
import type { Argument } from "../arguments.js";
import { type Call, type Context, defineCall } from "../call.js";

/** The most calls of a batch. */
export const MAX_BATCHED_CALLS = 10_922;

/** Errors of batches. */
export const UTILITY_ERRORS = ["Utility.TooManyCalls"] as const;

/** What batches report. */
export type UtilityEvent =
  | { readonly name: "Utility.ItemCompleted" }
  | { readonly name: "Utility.ItemFailed"; readonly error: LedgerErrorName }
  | { readonly name: "Utility.BatchInterrupted"; readonly index: number; readonly error: LedgerErrorName }
  | { readonly name: "Utility.BatchCompleted" }
  | { readonly name: "Utility.BatchCompletedWithErrors" };

const PALLET = 11;

const check = (_context: Context, { calls }: { readonly calls: readonly Call[] }) => {
  const nests = ({ definition }: Call) => definition.index[0] === PALLET;
  ensure(!calls.some(nests), "System.CallFiltered");
  ensure(calls.length <= MAX_BATCHED_CALLS, "Utility.TooManyCalls");
};

/** The calls of this area, given the argument that is a list of calls. */
export function utilityCalls(nested: Argument<readonly Call[]>) {
  /** Calls in order up to the first that fails; those before it stand. */
  const batch = defineCall({
    name: "Utility.batch",
    index: [PALLET, 0],
    origin: "any",
    arguments: { calls: nested },
    check,
    apply: ({ dispatch, origin, emit }, { calls }) => {
      for (const [index, call] of calls.entries()) {
        const failure = dispatch(origin, call);
        if (failure) return emit({ name: "Utility.BatchInterrupted", index, error: failure.error });
        emit({ name: "Utility.ItemCompleted" });
      }
      emit({ name: "Utility.BatchCompleted" });
    },
  });

  /** Calls in order; if one fails, none stands, and the batch fails with its error. */
  const batchAll = defineCall({
    name: "Utility.batch_all",
    index: [PALLET, 2],
    origin: "any",
    arguments: { calls: nested },
    check,
    apply: ({ dispatch, origin, emit }, { calls }) => {
      for (const call of calls) {
        const failure = dispatch(origin, call);
        if (failure) throw new LedgerError(failure.error, failure.details);
        emit({ name: "Utility.ItemCompleted" });
      }
      emit({ name: "Utility.BatchCompleted" });
    },
  });

  /** Calls in order, past those that fail. */
  const forceBatch = defineCall({
    name: "Utility.force_batch",
    index: [PALLET, 4],
    origin: "any",
    arguments: { calls: nested },
    check,
    apply: ({ dispatch, origin, emit }, { calls }) => {
      let failures = 0;
      for (const call of calls) {
        const failure = dispatch(origin, call);
        emit(failure ? { name: "Utility.ItemFailed", error: failure.error } : { name: "Utility.ItemCompleted" });
        if (failure) failures += 1;
      }
      emit({ name: failures > 0 ? "Utility.BatchCompletedWithErrors" : "Utility.BatchCompleted" });
    },
  });

  return { batch, batchAll, forceBatch };
}
