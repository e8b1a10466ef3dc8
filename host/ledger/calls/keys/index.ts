/** The calls that replace keys, their errors and events. */
import type { COLDKEY_GUARD_ERRORS } from "../../rules/coldkeySwap.js";
import type { COLDKEY_MOVE_ERRORS, ColdkeyMoveEvent } from "../../rules/moveColdkey.js";
import type { FAMILY_ERRORS } from "../../rules/moveFamily.js";
import type { LOCK_MOVE_ERRORS } from "../../rules/moveLocks.js";
import type { Account } from "../../state/codecs.js";
import {
  announceColdkeySwap,
  type COLDKEY_SWAP_ERRORS,
  type ColdkeySwapEvent,
  clearColdkeySwapAnnouncement,
  disputeColdkeySwap,
  resetColdkeySwap,
  swapColdkey,
  swapColdkeyAnnounced,
} from "./coldkeySwap.js";
import { type HOTKEY_SWAP_ERRORS, type HotkeySwapEvent, swapHotkey, swapHotkeyV2 } from "./hotkeySwap.js";

/** By the names of their builders. */
export const KEY_CALLS = {
  swapHotkey,
  swapHotkeyV2,
  swapColdkey,
  announceColdkeySwap,
  swapColdkeyAnnounced,
  disputeColdkeySwap,
  resetColdkeySwap,
  clearColdkeySwapAnnouncement,
};

/** The names of their errors. */
export type KeyError =
  | (typeof HOTKEY_SWAP_ERRORS)[number]
  | (typeof COLDKEY_SWAP_ERRORS)[number]
  | (typeof COLDKEY_GUARD_ERRORS)[number]
  | (typeof COLDKEY_MOVE_ERRORS)[number]
  | (typeof FAMILY_ERRORS)[number]
  | (typeof LOCK_MOVE_ERRORS)[number];

/** What they report. */
export type KeyEvent = HotkeySwapEvent | ColdkeySwapEvent | ColdkeyMoveEvent | OwnerHotkeyMoved;

/** A subnet's owner has another hotkey. */
type OwnerHotkeyMoved = {
  readonly name: "SubtensorModule.SubnetOwnerHotkeySet";
  readonly netuid: number;
  readonly hotkey: Account;
};
