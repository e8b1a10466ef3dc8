/** Storage of conviction locks. Amounts are in rao; defaults are those of spec 425. */

import { account, netuid } from "./codecs.js";
import { bool, u64, u128 } from "./integers.js";
import { item, optionalItem } from "./item.js";
import { lockState, unit } from "./values.js";

/** The lock of a coldkey on a subnet for a hotkey. */
export const Lock = optionalItem("SubtensorModule.Lock", [account, netuid, account], lockState);

/** Coldkeys that lock for a hotkey: subnet, hotkey, coldkey. */
export const LockingColdkeys = optionalItem("SubtensorModule.LockingColdkeys", [netuid, account, account], unit);

/** All perpetual locks for a hotkey. */
export const HotkeyLock = optionalItem("SubtensorModule.HotkeyLock", [netuid, account], lockState);

/** All decaying locks for a hotkey. */
export const DecayingHotkeyLock = optionalItem("SubtensorModule.DecayingHotkeyLock", [netuid, account], lockState);

/** The perpetual locks for the owner's hotkey. */
export const OwnerLock = optionalItem("SubtensorModule.OwnerLock", [netuid], lockState);

/** The decaying locks for the owner's hotkey. */
export const DecayingOwnerLock = optionalItem("SubtensorModule.DecayingOwnerLock", [netuid], lockState);

/** Whether a coldkey's lock decays. */
export const DecayingLock = optionalItem("SubtensorModule.DecayingLock", [account, netuid], bool);

/** Blocks in which conviction grows by 1 - 1/e of what is missing. */
export const MaturityRate = item("SubtensorModule.MaturityRate", [], u64, 934_866n);

/** Blocks in which a decaying lock falls to 1/e. */
export const UnlockRate = item("SubtensorModule.UnlockRate", [], u64, 934_866n);

/** Bit 0: the coldkey takes no locked alpha. */
export const AccountFlags = item("SubtensorModule.AccountFlags", [account], u128, 0n);

/** Every item of this area. */
export const LOCK_ITEMS = [
  Lock,
  LockingColdkeys,
  HotkeyLock,
  DecayingHotkeyLock,
  OwnerLock,
  DecayingOwnerLock,
  DecayingLock,
  MaturityRate,
  UnlockRate,
  AccountFlags,
];
