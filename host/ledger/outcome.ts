/** How a call ended, by what it reported: a call that carries others reports success whatever becomes of them. */
import type { LedgerErrorName } from "./errors.js";
import type { LedgerEvent } from "./events.js";

/** Events with an error that ended the call, or what it carries: its own, that of the call under sudo, that at which a batch stopped. */
const STOPPED: readonly LedgerEvent["name"][] = ["System.ExtrinsicFailed", "Sudo.Sudid", "Utility.BatchInterrupted"];
/** Those of one among several calls, past which the others go on, as whoever sends them together asks for. */
const PASSED_OVER: readonly LedgerEvent["name"][] = ["Utility.ItemFailed", "SubtensorModule.BatchWeightItemFailed"];
const CARRIERS = [...STOPPED, ...PASSED_OVER];

/** The first error among a call's events, its own or that of a call within it; null where all went well. */
export function errorAmong(events: readonly LedgerEvent[]): LedgerErrorName | null {
  return firstOf(events, CARRIERS);
}

/** The first error that ended the call or what it carries, null where none did: with one it had better not be sent. */
export function stopAmong(events: readonly LedgerEvent[]): LedgerErrorName | null {
  return firstOf(events, STOPPED);
}

function firstOf(events: readonly LedgerEvent[], names: readonly LedgerEvent["name"][]): LedgerErrorName | null {
  for (const event of events) {
    const error = names.includes(event.name) && "error" in event ? event.error : null;
    if (error !== null) return error;
  }
  return null;
}
