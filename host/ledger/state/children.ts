/** Storage of parents and children. Amounts are in rao; defaults are those of spec 425. */

import { account, netuid } from "./codecs.js";
import { bool, u16, u64 } from "./integers.js";
import { item } from "./item.js";
import { familyList, NO_FAMILY, pendingFamily } from "./values.js";

/** The children of a hotkey: proportion over 2^64 - 1, and account. */
export const ChildKeys = item("SubtensorModule.ChildKeys", [account, netuid], familyList, []);

/** The parents of a hotkey. */
export const ParentKeys = item("SubtensorModule.ParentKeys", [account, netuid], familyList, []);

/** Children to be, and the block their cooldown ends. */
export const PendingChildKeys = item("SubtensorModule.PendingChildKeys", [netuid, account], pendingFamily, NO_FAMILY);

/** Blocks a new set of children waits. */
export const PendingChildKeyCooldown = item("SubtensorModule.PendingChildKeyCooldown", [], u64, 7_200n);

/** The take of a child, over 65535. */
export const ChildkeyTake = item("SubtensorModule.ChildkeyTake", [account, netuid], u16, 0);

/** The most it may be. */
export const MaxChildkeyTake = item("SubtensorModule.MaxChildkeyTake", [], u16, 11_796);

/** The least it may be. */
export const MinChildkeyTake = item("SubtensorModule.MinChildkeyTake", [], u16, 0);

/** The least it may be on a subnet. */
export const MinChildkeyTakePerSubnet = item("SubtensorModule.MinChildkeyTakePerSubnet", [netuid], u16, 0);

/** The part of a child's earnings burned, over 2^64 - 1. */
export const CKBurn = item("SubtensorModule.CKBurn", [], u64, 0n);

/** Whether a root validator takes owners of new subnets as children. */
export const AutoParentDelegationEnabled = item("SubtensorModule.AutoParentDelegationEnabled", [account], bool, true);

/** Every item of this area. */
export const CHILDREN_ITEMS = [
  ChildKeys,
  ParentKeys,
  PendingChildKeys,
  PendingChildKeyCooldown,
  ChildkeyTake,
  MaxChildkeyTake,
  MinChildkeyTake,
  MinChildkeyTakePerSubnet,
  CKBurn,
  AutoParentDelegationEnabled,
];
