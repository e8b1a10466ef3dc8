/** Storage of rate limits and swaps of keys. Amounts are in rao; defaults are those of spec 425. */

import { account, blockNumber, netuid, uid } from "./codecs.js";
import { u32 } from "./integers.js";
import { item, optionalItem } from "./item.js";
import { announcement, rateLimitKind } from "./values.js";

/** When what is limited last happened; keys are made in rules/rateLimits. */
export const LastRateLimitedBlock = item("SubtensorModule.LastRateLimitedBlock", [rateLimitKind], blockNumber, 0);

/** When a hotkey last did something: hotkey, subnet, kind. */
export const TransactionKeyLastBlock = item(
  "SubtensorModule.TransactionKeyLastBlock",
  [account, netuid, uid],
  blockNumber,
  0,
);

/** When a coldkey last swapped a hotkey. */
export const LastTxBlock = item("SubtensorModule.LastTxBlock", [account], blockNumber, 0);

/** When a hotkey last raised its childkey take. */
export const LastTxBlockChildKeyTake = item("SubtensorModule.LastTxBlockChildKeyTake", [account], blockNumber, 0);

/** When a hotkey last changed its take. */
export const LastTxBlockDelegateTake = item("SubtensorModule.LastTxBlockDelegateTake", [account], blockNumber, 0);

/** When a coldkey last swapped a hotkey on a subnet. */
export const LastHotkeySwapOnNetuid = item("SubtensorModule.LastHotkeySwapOnNetuid", [netuid, account], blockNumber, 0);

/** The block from which a coldkey may be swapped, and the hash of the new one. */
export const ColdkeySwapAnnouncements = optionalItem(
  "SubtensorModule.ColdkeySwapAnnouncements",
  [account],
  announcement,
);

/** The block in which a swap was disputed. */
export const ColdkeySwapDisputes = optionalItem("SubtensorModule.ColdkeySwapDisputes", [account], u32);

/** Blocks from announcement to swap. */
export const ColdkeySwapAnnouncementDelay = item("SubtensorModule.ColdkeySwapAnnouncementDelay", [], u32, 36_000);

/** Blocks until another announcement. */
export const ColdkeySwapReannouncementDelay = item("SubtensorModule.ColdkeySwapReannouncementDelay", [], u32, 7_200);

/** Every item of this area. */
export const LIMIT_ITEMS = [
  LastRateLimitedBlock,
  TransactionKeyLastBlock,
  LastTxBlock,
  LastTxBlockChildKeyTake,
  LastTxBlockDelegateTake,
  LastHotkeySwapOnNetuid,
  ColdkeySwapAnnouncements,
  ColdkeySwapDisputes,
  ColdkeySwapAnnouncementDelay,
  ColdkeySwapReannouncementDelay,
];
