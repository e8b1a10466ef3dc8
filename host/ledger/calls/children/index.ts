/** The calls on children. Source: subtensor staking/set_children.rs. */
import { ensure } from "../../errors.js";
import { checkChildren, scheduleChildren } from "../../rules/children.js";
import { checkOwnsHotkey } from "../../rules/hotkeys.js";
import { ROOT_NETUID } from "../../rules/subnetChecks.js";
import { AutoParentDelegationEnabled } from "../../state/children.js";
import type { Account } from "../../state/codecs.js";
import { IsNetworkMember } from "../../state/neurons.js";
import { account, flagArgument } from "../arguments.js";
import { defineCall } from "../call.js";
import { netuid } from "../numbers.js";
import { family } from "../staking/arguments.js";

/** Whether a root validator lends stake to owners of new subnets. */
export type DelegationEvent = {
  readonly name: "SubtensorModule.AutoParentDelegationEnabledSet";
  readonly hotkey: Account;
  readonly enabled: boolean;
};

/** Sets whom a hotkey lends parts of its stake to on a subnet, after the cooldown. */
const setChildren = defineCall({
  name: "SubtensorModule.set_children",
  index: [7, 67],
  origin: "signed",
  arguments: { hotkey: account, netuid, children: family },
  check: (context, { hotkey, netuid: on, children }) => checkChildren(context, context.signer, hotkey, on, children),
  apply: (context, { hotkey, netuid: on, children }) => scheduleChildren(context, hotkey, on, children),
});

/** Sets whether a root validator lends its stake to owners of new subnets. */
const setAutoParentDelegationEnabled = defineCall({
  name: "SubtensorModule.set_auto_parent_delegation_enabled",
  index: [7, 135],
  origin: "signed",
  arguments: { hotkey: account, enabled: flagArgument },
  check: ({ state, signer }, { hotkey }) => {
    checkOwnsHotkey(state, signer, hotkey);
    ensure(state.read(IsNetworkMember, hotkey, ROOT_NETUID), "SubtensorModule.HotKeyNotRegisteredInSubNet");
  },
  apply: ({ state, emit }, { hotkey, enabled }) => {
    state.write(AutoParentDelegationEnabled, hotkey, enabled);
    emit({ name: "SubtensorModule.AutoParentDelegationEnabledSet", hotkey, enabled });
  },
});

/** By the names of their builders. */
export const CHILDREN_CALLS = { setChildren, setAutoParentDelegationEnabled };
