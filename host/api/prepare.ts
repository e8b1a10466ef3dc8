/** An epoch marshalled once and run many times: parameter studies, benchmarks, pages that react to a slider. */
import { YumaError } from "../errors.js";
import { guarded, instantiate, type Kernel } from "../load/kernel.js";
import { readResult, readTrace } from "../marshal/read.js";
import { type CheckedSnapshot, checkSnapshot, recheckSnapshot } from "../marshal/snapshot.js";
import { refuse } from "../marshal/values.js";
import { beginEpoch } from "../marshal/write.js";
import type { EpochChanges, EpochSnapshot, PreparedEpoch } from "../types.js";

/**
 * Checks and marshals a snapshot into a kernel instance of its own.
 *
 * `run()` computes and allocates nothing; `result()` and `trace()` read what the last run left; `update(changes)` replaces
 * fields (all but `n`), is checked as a whole and changes nothing if refused, and does not look again at arrays it does not replace; `dispose()` drops the instance.
 *
 * Throws YumaError as `epoch` does; BAD_STATE for a read before the first run, after an update, or after `dispose`.
 */
export function prepare(module: WebAssembly.Module, snapshot: EpochSnapshot): PreparedEpoch {
  let checked = checkSnapshot(snapshot);
  let current = kept(snapshot, checked);
  let kernel: Kernel | null = instantiate(module);
  let ran = false;
  beginEpoch(kernel, checked);

  const alive = (needsRun: boolean): Kernel => {
    if (kernel === null) throw new YumaError("BAD_STATE", "This epoch has been disposed of.");
    if (needsRun && !ran) throw new YumaError("BAD_STATE", "This epoch has not run since it was prepared or updated.");
    return kernel;
  };
  return {
    run() {
      const target = alive(false);
      ran = false;
      try {
        guarded(target, target.exports.epochRun);
      } catch (refused) {
        // A run that failed ended its epoch in the kernel; begin it anew, so that the next run fails for the same reason.
        beginEpoch(target, checked);
        throw refused;
      }
      ran = true;
    },
    result: () => readResult(alive(true), checked.settings.n, checked.settings.name),
    trace: () => readTrace(alive(true)),
    update(changes: EpochChanges) {
      const target = alive(false);
      checkChanges(changes, current.n);
      const next = { ...current, ...changes, n: current.n };
      const nextChecked = recheckSnapshot(next, checked, (name) => !(name in changes));
      ran = false;
      try {
        beginEpoch(target, nextChecked);
      } catch (refused) {
        beginEpoch(target, checked);
        throw refused;
      }
      current = kept(next, nextChecked);
      checked = nextChecked;
    },
    dispose() {
      kernel = null;
    },
  };
}

/** A snapshot that what the caller does to its own later does not change: its settings are copies, its arrays are not looked at again. */
function kept(given: object, { settings }: CheckedSnapshot) {
  return { ...given, ...settings };
}

/** The number of uids is what memory was drawn for. */
function checkChanges(changes: unknown, n: number): void {
  if (typeof changes !== "object" || changes === null || Array.isArray(changes)) {
    refuse("Changes", "an object of snapshot fields", changes);
  }
  const given = (changes as Record<string, unknown>).n;
  if (given !== undefined && given !== n) refuse("n", `${n} as prepared (prepare another epoch to change it)`, given);
}
