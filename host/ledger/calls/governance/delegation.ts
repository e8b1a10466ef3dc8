/** Letting a hotkey vote for a coldkey, in proposals opened from then on; the coldkey's own vote goes over it at any time. */
import { ensure } from "../../errors.js";
import { checkHotkeyExists } from "../../rules/hotkeys.js";
import type { Account } from "../../state/codecs.js";
import { Delegations } from "../../state/governance.js";
import { account } from "../arguments.js";
import { defineCall } from "../call.js";
import { GOVERNANCE_PALLET } from "./tracks.js";

/** Errors of delegations, and of votes for others. */
export const DELEGATION_ERRORS = [
  "Governance.NotDelegating",
  "Governance.NotDelegated",
  "Governance.TooManyVotes",
] as const;

/** A coldkey lets a hotkey vote for it, or, null, none any more. */
export type DelegationEvent = {
  readonly name: "Governance.Delegated";
  readonly coldkey: Account;
  readonly hotkey: Account | null;
};

/** Lets a hotkey that exists vote for the coldkey, instead of another if there was one. */
export const delegate = defineCall({
  name: "Governance.delegate",
  index: [GOVERNANCE_PALLET, 4],
  origin: "signed",
  arguments: { hotkey: account },
  check: ({ state }, { hotkey }) => checkHotkeyExists(state, hotkey),
  apply: ({ state, signer, emit }, { hotkey }) => {
    state.write(Delegations, signer, hotkey);
    emit({ name: "Governance.Delegated", coldkey: signer, hotkey });
  },
});

/** Lets none vote for the coldkey any more, in running votes neither; a vote that was cast stands. */
export const undelegate = defineCall({
  name: "Governance.undelegate",
  index: [GOVERNANCE_PALLET, 5],
  origin: "signed",
  arguments: {},
  check: ({ state, signer }) => ensure(state.has(Delegations, signer), "Governance.NotDelegating"),
  apply: ({ state, signer, emit }) => {
    state.remove(Delegations, signer);
    emit({ name: "Governance.Delegated", coldkey: signer, hotkey: null });
  },
});
