/** Hotkeys and the coldkeys that own them. Source: subtensor staking/helpers.rs. */
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { Delegates, OwnedHotkeys, Owner, StakingHotkeys } from "../state/staking.js";
import type { ReadableState, State } from "../state/state.js";
import { NOBODY } from "../state/values.js";
import { netuidOfAccount } from "./subnetAccounts.js";

/** Errors of hotkeys. */
export const HOTKEY_ERRORS = [
  "SubtensorModule.CannotUseSystemAccount",
  "SubtensorModule.HotKeyAccountNotExists",
  "SubtensorModule.NonAssociatedColdKey",
] as const;

/** Whether the hotkey has an owner. */
export function hotkeyExists(state: ReadableState, hotkey: Account): boolean {
  return state.has(Owner, hotkey);
}

/** The coldkey that owns a hotkey; where nobody does, the account of zeros, as the chain reads it. */
export function ownerOf(state: ReadableState, hotkey: Account): Account {
  return state.read(Owner, hotkey) ?? NOBODY;
}

/** Whether the coldkey owns the hotkey. */
export function ownsHotkey(state: ReadableState, coldkey: Account, hotkey: Account): boolean {
  return state.read(Owner, hotkey) === coldkey;
}

/** The hotkey exists: SubtensorModule.HotKeyAccountNotExists. */
export function checkHotkeyExists(state: ReadableState, hotkey: Account): void {
  ensure(hotkeyExists(state, hotkey), "SubtensorModule.HotKeyAccountNotExists", { hotkey });
}

/** The coldkey owns the hotkey: SubtensorModule.NonAssociatedColdKey. */
export function checkOwnsHotkey(state: ReadableState, coldkey: Account, hotkey: Account): void {
  ensure(ownsHotkey(state, coldkey, hotkey), "SubtensorModule.NonAssociatedColdKey", { coldkey, hotkey });
}

/** The hotkey is no subnet's account: SubtensorModule.CannotUseSystemAccount. */
export function checkNoSystemAccount(hotkey: Account): void {
  ensure(netuidOfAccount(hotkey) === undefined, "SubtensorModule.CannotUseSystemAccount", { hotkey });
}

/** Gives a hotkey nobody owns to the coldkey; `checkNoSystemAccount` comes before. */
export function createHotkey(state: State, coldkey: Account, hotkey: Account): void {
  if (hotkeyExists(state, hotkey)) return;
  state.write(Owner, hotkey, coldkey);
  const owned = state.read(OwnedHotkeys, coldkey);
  if (!owned.includes(hotkey)) state.write(OwnedHotkeys, coldkey, [...owned, hotkey]);
  addStakingHotkey(state, coldkey, hotkey);
}

/** Enters a hotkey among those the coldkey stakes to. */
export function addStakingHotkey(state: State, coldkey: Account, hotkey: Account): void {
  const staking = state.read(StakingHotkeys, coldkey);
  if (!staking.includes(hotkey)) state.write(StakingHotkeys, coldkey, [...staking, hotkey]);
}

/** Makes a hotkey a delegate with the take it has, unless it is one. */
export function becomeDelegate(state: State, hotkey: Account): void {
  if (!state.has(Delegates, hotkey)) state.write(Delegates, hotkey, state.read(Delegates, hotkey));
}
