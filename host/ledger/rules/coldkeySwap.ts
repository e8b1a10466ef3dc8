/** What a coldkey that announced its swap may still do. Source: subtensor guards/check_coldkey_swap.rs. */
import type { Call, Origin } from "../calls/call.js";
import { ensure } from "../errors.js";
import { ColdkeySwapAnnouncements, ColdkeySwapDisputes } from "../state/limits.js";
import type { State } from "../state/state.js";

/** Errors of the guard. */
export const COLDKEY_GUARD_ERRORS = [
  "SubtensorModule.ColdkeySwapAnnounced",
  "SubtensorModule.ColdkeySwapDisputed",
] as const;

const STILL_ALLOWED: ReadonlySet<string> = new Set([
  "SubtensorModule.announce_coldkey_swap",
  "SubtensorModule.swap_coldkey_announced",
  "SubtensorModule.dispute_coldkey_swap",
  "SubtensorModule.clear_coldkey_swap_announcement",
]);

/**
 * Lets an account that announced nothing pass, and root. Of one that did, the four calls about the swap pass until it is
 * disputed, then none. Asked at every dispatch, of calls within calls too.
 */
export function guardColdkeySwap(state: State, origin: Origin, { definition }: Call): void {
  if (origin.kind !== "signed" || !state.has(ColdkeySwapAnnouncements, origin.signer)) return;
  ensure(!state.has(ColdkeySwapDisputes, origin.signer), "SubtensorModule.ColdkeySwapDisputed");
  ensure(STILL_ALLOWED.has(definition.name), "SubtensorModule.ColdkeySwapAnnounced");
}
