/** Storage of committed weights. Amounts are in rao; defaults are those of spec 425. */

import { account } from "./codecs.js";
import { u64 } from "./integers.js";
import { item, optionalItem } from "./item.js";
import { commitList, mechanismIndex, timelockedList } from "./values.js";

/** Commits of a hotkey, oldest first: hash, epoch, block, unused. */
export const WeightCommits = optionalItem("SubtensorModule.WeightCommits", [mechanismIndex, account], commitList);

/** Timelocked commits of an epoch: hotkey, block, ciphertext, drand round. */
export const TimelockedWeightCommits = item(
  "SubtensorModule.TimelockedWeightCommits",
  [mechanismIndex, u64],
  timelockedList,
  [],
);

/** Every item of this area. */
export const COMMIT_ITEMS = [WeightCommits, TimelockedWeightCommits];
