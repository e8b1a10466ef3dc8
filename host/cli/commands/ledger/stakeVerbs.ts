/** `yuma stake`: the verbs about stake, takes, children and locks that make a call. */
import { YumaError } from "../../../errors.js";
import { alpha, amount, field, hotkey, netuid, optional } from "./fields.js";
import { callVerb } from "./verb.js";

const limitPrice = optional("amount", "--limit-price <tao>", "the worst price of one alpha in TAO; else any");
const partial = optional("flag", "--partial", "as much as the limit allows, not all or nothing");
const take = field("part", "--take <part>", "what is kept, between 0 and 1");
const origin = field("netuid", "--origin-netuid <netuid>", "from this subnet");
const destination = field("netuid", "--dest-netuid <netuid>", "to this subnet");

const staking = [
  callVerb({
    name: "add",
    what: "stake TAO with a hotkey on a subnet",
    fields: { hotkey, netuid, amount, limitPrice, partial },
    call: (values, { calls }) => {
      const stake = { hotkey: values.hotkey, netuid: values.netuid, amountRao: values.amount };
      if (values.limitPrice === undefined) return calls.staking.addStake(stake);
      const allowPartial = values.partial ?? false;
      return calls.staking.addStakeLimit({ ...stake, limitRao: values.limitPrice, allowPartial });
    },
  }),
  callVerb({
    name: "remove",
    what: "take stake back as TAO; --all, or an amount",
    fields: {
      hotkey,
      netuid,
      amount: optional("amount", "--amount <alpha>", "in the subnet's alpha, such as 1.5"),
      all: optional("flag", "--all", "all of it"),
      limitPrice,
      partial,
    },
    call: async (values, { calls, signer, ledger }) => {
      const { hotkey: from, netuid: on, limitPrice: limitRao } = values;
      if (values.all && limitRao !== undefined)
        return calls.staking.removeStakeFullLimit({ hotkey: from, netuid: on, limitRao });
      const alphaRao = await removed(values, () => ledger.stakeRao(from, signer, on));
      if (limitRao === undefined) return calls.staking.removeStake({ hotkey: from, netuid: on, alphaRao });
      const allowPartial = values.partial ?? false;
      return calls.staking.removeStakeLimit({ hotkey: from, netuid: on, alphaRao, limitRao, allowPartial });
    },
  }),
  callVerb({
    name: "remove-all",
    what: "take all stake with a hotkey back, of every subnet",
    fields: { hotkey, alphaOnly: optional("flag", "--alpha-only", "move it to the root instead, as TAO staked there") },
    call: (values, { calls }) => {
      const from = { hotkey: values.hotkey };
      return values.alphaOnly ? calls.staking.unstakeAllAlpha(from) : calls.staking.unstakeAll(from);
    },
  }),
  callVerb({
    name: "move",
    what: "move stake to another hotkey, or subnet, or both",
    fields: {
      hotkey,
      destHotkey: field("hotkey", "--dest-hotkey <key>", "the hotkey it goes to"),
      originNetuid: origin,
      destNetuid: destination,
      amount: alpha,
    },
    call: (values, { calls }) =>
      calls.staking.moveStake({
        originHotkey: values.hotkey,
        destinationHotkey: values.destHotkey,
        originNetuid: values.originNetuid,
        destinationNetuid: values.destNetuid,
        alphaRao: values.amount,
      }),
  }),
  callVerb({
    name: "transfer",
    what: "give stake to another coldkey",
    fields: {
      hotkey,
      dest: field("account", "--dest <address>", "the coldkey"),
      originNetuid: origin,
      destNetuid: destination,
      amount: alpha,
    },
    call: (values, { calls }) =>
      calls.staking.transferStake({
        destinationColdkey: values.dest,
        hotkey: values.hotkey,
        originNetuid: values.originNetuid,
        destinationNetuid: values.destNetuid,
        alphaRao: values.amount,
      }),
  }),
  callVerb({
    name: "swap",
    what: "swap stake from one subnet to another, with the same hotkey",
    fields: { hotkey, originNetuid: origin, destNetuid: destination, amount: alpha, limitPrice, partial },
    call: (values, { calls }) => {
      const swap = {
        hotkey: values.hotkey,
        originNetuid: values.originNetuid,
        destinationNetuid: values.destNetuid,
        alphaRao: values.amount,
      };
      if (values.limitPrice === undefined) return calls.staking.swapStake(swap);
      const allowPartial = values.partial ?? false;
      return calls.staking.swapStakeLimit({ ...swap, limitRao: values.limitPrice, allowPartial });
    },
  }),
  callVerb({
    name: "set-auto",
    what: "stake what own miners earn on a subnet with a hotkey",
    fields: { netuid, hotkey },
    call: (values, { calls }) =>
      calls.staking.setColdkeyAutoStakeHotkey({ netuid: values.netuid, hotkey: values.hotkey }),
  }),
  callVerb({
    name: "recycle",
    what: "give alpha back to the subnet's emission",
    fields: { hotkey, netuid, amount: alpha },
    call: (values, { calls }) =>
      calls.staking.recycleAlpha({ hotkey: values.hotkey, netuid: values.netuid, alphaRao: values.amount }),
  }),
  callVerb({
    name: "burn",
    what: "destroy alpha",
    fields: { hotkey, netuid, amount: alpha },
    call: (values, { calls }) =>
      calls.staking.burnAlpha({ hotkey: values.hotkey, netuid: values.netuid, alphaRao: values.amount }),
  }),
];

async function removed(values: { all: boolean | undefined; amount: bigint | undefined }, held: () => Promise<bigint>) {
  if (values.all && values.amount === undefined) return held();
  if (!values.all && values.amount !== undefined) return values.amount;
  throw new YumaError("USAGE", "Give either --amount or --all, for everything.");
}

const validating = [
  callVerb({
    name: "set-take",
    what: "what a validator keeps of its nominators' dividends",
    fields: { hotkey, take },
    call: async (values, { calls, ledger }) => {
      const { Delegates } = await import("../../../ledger/state/staking.js");
      const change = { hotkey: values.hotkey, take: values.take };
      const present = await ledger.read(Delegates, values.hotkey);
      return values.take < present ? calls.takes.decreaseTake(change) : calls.takes.increaseTake(change);
    },
  }),
  callVerb({
    name: "set-children",
    what: "lend a hotkey's stake on a subnet to other hotkeys; none without --children",
    fields: {
      hotkey,
      netuid,
      children: optional("family", "--children <pairs>", "hotkey:part,… with parts up to 1 in all"),
    },
    call: (values, { calls }) =>
      calls.children.setChildren({ hotkey: values.hotkey, netuid: values.netuid, children: values.children ?? [] }),
  }),
  callVerb({
    name: "set-child-take",
    what: "what a child keeps of its parents' dividends on a subnet",
    fields: { hotkey, netuid, take },
    call: (values, { calls }) =>
      calls.takes.setChildkeyTake({ hotkey: values.hotkey, netuid: values.netuid, take: values.take }),
  }),
  callVerb({
    name: "set-auto-parent",
    what: "whether a root validator lends its stake to owners of new subnets",
    fields: { hotkey, off: optional("flag", "--off", "no longer") },
    call: (values, { calls }) =>
      calls.children.setAutoParentDelegationEnabled({ hotkey: values.hotkey, enabled: !values.off }),
  }),
  callVerb({
    name: "claim",
    what: "claim root dividends of up to five subnets",
    fields: { netuids: field("netuids", "--netuids <list>", "of these subnets") },
    call: (values, { calls }) => calls.root.claimRoot({ subnets: values.netuids }),
  }),
  callVerb({
    name: "set-claim",
    what: "what root dividends become: swapped to TAO, kept as alpha, or kept of some subnets",
    fields: {
      swap: optional("flag", "--swap", "TAO staked on the root"),
      keep: optional("flag", "--keep", "alpha"),
      keepSubnets: optional("netuids", "--keep-subnets <list>", "alpha of these, TAO of the others"),
    },
    call: async ({ swap, keep, keepSubnets }, { calls }) => {
      const { usage } = await import("./readers.js");
      const given = [swap && ("Swap" as const), keep && ("Keep" as const), keepSubnets && { keepSubnets }].filter(
        Boolean,
      );
      const [newType] = given;
      if (!newType || given.length > 1)
        return usage("--swap", "the place of --keep and --keep-subnets", `${given.length} of them`);
      return calls.root.setRootClaimType({ newType });
    },
  }),
  callVerb({
    name: "lock",
    what: "lock alpha with a hotkey, for weight in the subnet's ownership and in votes",
    fields: { hotkey, netuid, amount: alpha },
    call: (values, { calls }) =>
      calls.locks.lockStake({ hotkey: values.hotkey, netuid: values.netuid, alphaRao: values.amount }),
  }),
  callVerb({
    name: "move-lock",
    what: "move a lock to another hotkey",
    fields: { hotkey, netuid },
    call: (values, { calls }) => calls.locks.moveLock({ destinationHotkey: values.hotkey, netuid: values.netuid }),
  }),
  callVerb({
    name: "set-perpetual-lock",
    what: "whether a lock never runs out",
    fields: { netuid, off: optional("flag", "--off", "it runs out again") },
    call: (values, { calls }) => calls.locks.setPerpetualLock({ netuid: values.netuid, enabled: !values.off }),
  }),
];

export const STAKE_VERBS = [...staking, ...validating];
