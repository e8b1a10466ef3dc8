/** Forgets swaps of hotkeys that no longer limit anything. */
import { networksOf } from "../rules/networks.js";
import { LastHotkeySwapOnNetuid } from "../state/limits.js";
import { BlockNumber } from "../state/system.js";
import type { StepContext } from "./steps.js";

/** Blocks between two swaps of a coldkey on a subnet. */
const SWAP_INTERVAL = 7200;

/** A network's turn comes once an interval. Source: subtensor macros/hooks.rs, clean_up_hotkey_swap_records. */
export function forgetHotkeySwaps({ state }: StepContext): void {
  const block = state.read(BlockNumber);
  for (const netuid of networksOf(state)) {
    if (netuid % SWAP_INTERVAL !== block % SWAP_INTERVAL) continue;
    for (const [keys, swapped] of state.entries(LastHotkeySwapOnNetuid, netuid)) {
      if (swapped + SWAP_INTERVAL < block) state.remove(LastHotkeySwapOnNetuid, ...keys);
    }
  }
}
