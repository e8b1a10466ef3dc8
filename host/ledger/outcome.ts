/** How a call ended, by what it reported: a call that carries others reports success whatever becomes of them. */
import type { LedgerErrorName } from "./errors.js";
import type { LedgerEvent } from "./events.js";

/** The events that carry an error: of the call itself, or of one it carries. */
const CARRIERS: readonly LedgerEvent["name"][] = [
  "System.ExtrinsicFailed",
  "Sudo.Sudid",
  "Utility.BatchInterrupted",
  "Utility.ItemFailed",
  "SubtensorModule.BatchWeightItemFailed",
];

/** The first error among a call's events, its own or that of a call within it; null where all went well. */
export function errorAmong(events: readonly LedgerEvent[]): LedgerErrorName | null {
  for (const event of events) {
    const error = CARRIERS.includes(event.name) && "error" in event ? event.error : null;
    if (error !== null) return error;
  }
  return null;
}
