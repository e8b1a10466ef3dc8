/** Hotkeys: taking one nobody owns, and choosing where incentives are staked. Source: subtensor staking/account.rs, macros/dispatches.rs. */
import { ensure } from "../../errors.js";
import { checkNoSystemAccount, createHotkey } from "../../rules/hotkeys.js";
import { checkSubnetExists } from "../../rules/subnetChecks.js";
import type { Account } from "../../state/codecs.js";
import { Uids } from "../../state/neurons.js";
import { AutoStakeDestination, AutoStakeDestinationColdkeys } from "../../state/staking.js";
import { account } from "../arguments.js";
import { defineCall } from "../call.js";
import { netuid } from "../numbers.js";

/** Errors of choosing where incentives are staked. */
export const AUTO_STAKE_ERRORS = [
  "SubtensorModule.HotKeyNotRegisteredInSubNet",
  "SubtensorModule.SameAutoStakeHotkeyAlreadySet",
] as const;

/** Where a coldkey's incentives are staked from now on. */
export type AutoStakeEvent = {
  readonly name: "SubtensorModule.AutoStakeDestinationSet";
  readonly coldkey: Account;
  readonly netuid: number;
  readonly hotkey: Account;
};

/** Takes a hotkey nobody owns; one somebody owns stays theirs, without an error. */
export const tryAssociateHotkey = defineCall({
  name: "SubtensorModule.try_associate_hotkey",
  index: [7, 91],
  origin: "signed",
  arguments: { hotkey: account },
  check: (_context, { hotkey }) => checkNoSystemAccount(hotkey),
  apply: ({ state, signer }, { hotkey }) => createHotkey(state, signer, hotkey),
});

/** Has the coldkey's incentives of a subnet staked with a hotkey registered there. */
export const setColdkeyAutoStakeHotkey = defineCall({
  name: "SubtensorModule.set_coldkey_auto_stake_hotkey",
  index: [7, 114],
  origin: "signed",
  arguments: { netuid, hotkey: account },
  check: ({ state, signer }, { netuid: on, hotkey }) => {
    checkSubnetExists(state, on);
    ensure(state.has(Uids, on, hotkey), "SubtensorModule.HotKeyNotRegisteredInSubNet");
    const current = state.read(AutoStakeDestination, signer, on);
    ensure(current !== hotkey, "SubtensorModule.SameAutoStakeHotkeyAlreadySet");
    return current;
  },
  apply: ({ state, signer, emit }, { netuid: on, hotkey }, current) => {
    if (current !== undefined) {
      const others = state.read(AutoStakeDestinationColdkeys, current, on).filter((coldkey) => coldkey !== signer);
      state.write(AutoStakeDestinationColdkeys, current, on, others);
    }
    state.write(AutoStakeDestination, signer, on, hotkey);
    const coldkeys = state.read(AutoStakeDestinationColdkeys, hotkey, on);
    if (!coldkeys.includes(signer)) state.write(AutoStakeDestinationColdkeys, hotkey, on, [...coldkeys, signer]);
    emit({ name: "SubtensorModule.AutoStakeDestinationSet", coldkey: signer, netuid: on, hotkey });
  },
});
