/** `yuma governance`: the verbs that make a call. Proposing is apart, since what is proposed is any call. */
import { YumaError } from "../../../errors.js";
import { field, hotkey, optional } from "./fields.js";
import { callVerb } from "./verb.js";

const proposal = field("number", "--proposal <number>", "which");
const choice = field("text", "--choice <choice>", "aye, nay or abstain");

export const GOVERNANCE_VERBS = [
  callVerb({
    name: "vote",
    what: "vote with the stake the coldkey had when the proposal was opened",
    fields: { proposal, choice },
    call: (values, { calls }) => calls.governance.vote({ proposal: values.proposal, choice: values.choice as "aye" }),
  }),
  callVerb({
    name: "vote-for",
    what: "vote as their delegate for coldkeys that did not vote themselves",
    by: "hotkey",
    fields: {
      hotkey,
      proposal,
      choice,
      coldkeys: field("accounts", "--coldkeys <list>", "for these, separated by commas"),
    },
    call: (values, { calls }) =>
      calls.governance.voteFor({
        proposal: values.proposal,
        choice: values.choice as "aye",
        coldkeys: values.coldkeys,
      }),
  }),
  callVerb({
    name: "cancel",
    what: "cancel an own proposal before it is approved",
    fields: { proposal },
    call: (values, { calls }) => calls.governance.cancel({ proposal: values.proposal }),
  }),
  callVerb({
    name: "delegate",
    what: "let a hotkey vote for the coldkey, which may still vote itself; --none ends it",
    fields: {
      hotkey: optional("hotkey", "--hotkey <key>", "which"),
      none: optional("flag", "--none", "nobody any longer"),
    },
    call: async (values, { calls }) => {
      const { none, hotkey: by } = values;
      if (none && by === undefined) return calls.governance.undelegate({});
      if (!none && by !== undefined) return calls.governance.delegate({ hotkey: by });
      throw new YumaError("USAGE", "Give either --hotkey or --none, for nobody.");
    },
  }),
];
