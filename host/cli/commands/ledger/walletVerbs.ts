/** `yuma wallet`: the verbs about accounts that make a call. */
import { amount, field, hotkey, optional } from "./fields.js";
import { callVerb } from "./verb.js";

const to = field("account", "--dest <address>", "whom");
const newColdkey = field("account", "--new-coldkey <address>", "the coldkey to come");

export const WALLET_VERBS = [
  callVerb({
    name: "transfer",
    what: "send TAO to somebody; the account stays open",
    fields: { dest: to, amount, allowDeath: optional("flag", "--allow-death", "the account may close") },
    call: (values, { calls }) => {
      const transfer = { to: values.dest, amountRao: values.amount };
      return values.allowDeath
        ? calls.balances.transferAllowDeath(transfer)
        : calls.balances.transferKeepAlive(transfer);
    },
  }),
  callVerb({
    name: "transfer-all",
    what: "send all TAO there is",
    fields: { dest: to, keepAlive: optional("flag", "--keep-alive", "all but what keeps the account open") },
    call: ({ dest, keepAlive }, { calls }) => calls.balances.transferAll({ to: dest, keepAlive: keepAlive ?? false }),
  }),
  callVerb({
    name: "associate-hotkey",
    what: "make a hotkey the coldkey's own",
    fields: { hotkey },
    call: (values, { calls }) => calls.staking.tryAssociateHotkey({ hotkey: values.hotkey }),
  }),
  callVerb({
    name: "swap-hotkey",
    what: "replace a hotkey by another, on one subnet or on all",
    fields: {
      hotkey,
      newHotkey: field("hotkey", "--new-hotkey <key>", "the hotkey to come"),
      netuid: optional("netuid", "--netuid <netuid>", "on this subnet alone"),
      keepStake: optional("flag", "--keep-stake", "stake stays with the old one"),
    },
    call: (values, { calls }) =>
      calls.keys.swapHotkeyV2({
        hotkey: values.hotkey,
        newHotkey: values.newHotkey,
        netuid: values.netuid ?? null,
        keepStake: values.keepStake ?? false,
      }),
  }),
  callVerb({
    name: "announce-coldkey-swap",
    what: "announce that another coldkey takes this one's place",
    fields: { newColdkey },
    call: async (values, { calls }) => {
      const { coldkeyHash } = await import("../../../ledger/calls/keys/coldkeySwap.js");
      return calls.keys.announceColdkeySwap({ newColdkeyHash: coldkeyHash(values.newColdkey) });
    },
  }),
  callVerb({
    name: "swap-coldkey",
    what: "carry out an announced swap of the coldkey",
    fields: { newColdkey },
    call: (values, { calls }) => calls.keys.swapColdkeyAnnounced({ newColdkey: values.newColdkey }),
  }),
  callVerb({
    name: "dispute-coldkey-swap",
    what: "stop an announced swap until root has looked at it",
    fields: {},
    call: (_values, { calls }) => calls.keys.disputeColdkeySwap({}),
  }),
  callVerb({
    name: "clear-coldkey-swap",
    what: "take back an announced swap",
    fields: {},
    call: (_values, { calls }) => calls.keys.clearColdkeySwapAnnouncement({}),
  }),
];
