/** What else a subnet's owner or root may set: alpha's bounds, mechanisms, the owner's hotkey, fewer uids, root's tempo. */
import { type Codec, createCodec, Option, u16 as scaleU16 } from "scale-ts";
import { array, integer } from "../../../marshal/values.js";
import { vector } from "../../../timelock/vector.js";
import { ensure } from "../../errors.js";
import { ensureNotFrozen } from "../../rules/freezeWindow.js";
import { checkNoSystemAccount } from "../../rules/hotkeys.js";
import { checkEmissionSplit, checkMechanismCount, setMechanismCount } from "../../rules/mechanismCount.js";
import { ensureNotNull } from "../../rules/nullMode.js";
import { ensureSubnetOwnerOrRoot } from "../../rules/origins.js";
import { setOwnerHotkey } from "../../rules/ownerHotkey.js";
import {
  accountLimit,
  ensurePasses,
  KIND,
  type Limit,
  ownerLimit,
  recordDone,
  subnetLimit,
} from "../../rules/rateLimits.js";
import { checkSubnetExists, subnetExists } from "../../rules/subnetChecks.js";
import { applyTempo } from "../../rules/tempo.js";
import { checkTrim, trim } from "../../rules/trim.js";
import type { Account } from "../../state/codecs.js";
import { AlphaValues, LiquidAlphaOn } from "../../state/hyperparameters.js";
import { MechanismEmissionSplit } from "../../state/subnets.js";
import { NOBODY } from "../../state/values.js";
import { type Argument, account } from "../arguments.js";
import { type Context, defineCall } from "../call.js";
import { netuid, u8, u16 } from "../numbers.js";
import { ADMIN_PALLET } from "./parameter.js";

const DAY = 7_200;
const WEEK = 50_400;
const MONTH = 30 * DAY;
/** 65535 / 40. */
const LEAST_ALPHA = 1_638;

const alphaValuesLimit = ownerLimit("AlphaValues");
const countLimit = accountLimit(KIND.MechanismCountUpdate, () => DAY);
const splitLimit = accountLimit(KIND.MechanismEmission, () => DAY);
const trimLimit = accountLimit(KIND.MaxUidsTrimming, () => MONTH);
const ownerHotkeyLimit = subnetLimit("SetSNOwnerHotkey", () => WEEK);

/** Owner within a limit, or root; not in the window before an epoch. Gives the owner, null for root. */
function checkOrigin(context: Context, of: number, limit: Limit): Account | null {
  const owner = ensureSubnetOwnerOrRoot(context, of);
  if (owner !== null) ensurePasses(context.state, limit, owner, of);
  ensureNotFrozen(context.state, of);
  return owner;
}

const record = ({ state }: Context, of: number, limit: Limit, owner: Account | null) => {
  if (owner !== null) recordDone(state, limit, owner, of);
};

/** The least and the most alpha of liquid alpha, over 65535. */
const setAlphaValues = defineCall({
  name: "AdminUtils.sudo_set_alpha_values",
  index: [ADMIN_PALLET, 51],
  origin: "any",
  arguments: { netuid, alphaLow: u16, alphaHigh: u16 },
  check: (context, { netuid: of, alphaLow, alphaHigh }) => {
    const owner = checkOrigin(context, of, alphaValuesLimit);
    ensure(context.state.read(LiquidAlphaOn, of), "SubtensorModule.LiquidAlphaDisabled");
    ensure(alphaHigh >= LEAST_ALPHA, "SubtensorModule.AlphaHighTooLow");
    ensure(alphaLow >= LEAST_ALPHA && alphaLow <= alphaHigh, "SubtensorModule.AlphaLowOutOfRange");
    return owner;
  },
  apply: (context, { netuid: of, alphaLow, alphaHigh }, owner) => {
    context.state.write(AlphaValues, of, [alphaLow, alphaHigh]);
    record(context, of, alphaValuesLimit, owner);
  },
});

/** How many mechanisms the subnet runs. */
const setMechanismCountCall = defineCall({
  name: "AdminUtils.sudo_set_mechanism_count",
  index: [ADMIN_PALLET, 76],
  origin: "any",
  arguments: { netuid, mechanismCount: u8 },
  check: (context, { netuid: of, mechanismCount }) => {
    const owner = checkOrigin(context, of, countLimit);
    checkMechanismCount(context.state, of, mechanismCount);
    if (mechanismCount > 1) ensureNotNull(context.state, of, "several mechanisms");
    return owner;
  },
  apply: (context, { netuid: of, mechanismCount }, owner) => {
    setMechanismCount(context.state, of, mechanismCount);
    record(context, of, countLimit, owner);
  },
});

const list = vector(scaleU16) as unknown as Codec<readonly number[]>;
const option = Option(list);
const split: Argument<readonly number[] | null> = {
  codec: createCodec(
    (parts) => option.enc(parts ?? undefined),
    (bytes) => option.dec(bytes) ?? null,
  ),
  read: (where, input) =>
    input === null ? null : array(where, input).map((part, k) => integer(`${where}[${k}]`, part, 0, 0xffff)),
};

/** The part of each mechanism over 65535; null for equal parts. */
const setMechanismEmissionSplit = defineCall({
  name: "AdminUtils.sudo_set_mechanism_emission_split",
  index: [ADMIN_PALLET, 77],
  origin: "any",
  arguments: { netuid, split },
  check: (context, { netuid: of, split: parts }) => {
    const owner = checkOrigin(context, of, splitLimit);
    checkEmissionSplit(context.state, of, parts);
    return owner;
  },
  apply: (context, { netuid: of, split: parts }, owner) => {
    if (parts === null) context.state.remove(MechanismEmissionSplit, of);
    else context.state.write(MechanismEmissionSplit, of, parts);
    record(context, of, splitLimit, owner);
  },
});

/** Fewer uids: the least earning ones go, and the others move up. */
const trimToMaxAllowedUids = defineCall({
  name: "AdminUtils.sudo_trim_to_max_allowed_uids",
  index: [ADMIN_PALLET, 78],
  origin: "any",
  arguments: { netuid, maxN: u16 },
  check: (context, { netuid: of, maxN }) => {
    const owner = checkOrigin(context, of, trimLimit);
    checkTrim(context.state, context.kernel, of, maxN);
    ensureNotNull(context.state, of, "trimming");
    return owner;
  },
  apply: (context, { netuid: of, maxN }, owner) => {
    trim(context.state, context.kernel, of, maxN);
    record(context, of, trimLimit, owner);
  },
});

/** The hotkey of the subnet's owner, once a week whoever asks. The chain has the call twice. */
const ownerHotkey = (name: string, index: number) =>
  defineCall({
    name: `AdminUtils.${name}`,
    index: [ADMIN_PALLET, index],
    origin: "any",
    arguments: { netuid, hotkey: account },
    check: (context, { netuid: of, hotkey }) => {
      ensureSubnetOwnerOrRoot(context, of);
      checkSubnetExists(context.state, of);
      ensurePasses(context.state, ownerHotkeyLimit, NOBODY, of);
      checkNoSystemAccount(hotkey);
    },
    apply: ({ state, emit }, { netuid: of, hotkey }) => {
      recordDone(state, ownerHotkeyLimit, NOBODY, of);
      setOwnerHotkey(state, emit, of, hotkey);
    },
  });

/** Any tempo, by root; a new cycle begins. */
const setTempo = defineCall({
  name: "AdminUtils.sudo_set_tempo",
  index: [ADMIN_PALLET, 30],
  origin: "root",
  arguments: { netuid, tempo: u16 },
  check: ({ state }, { netuid: of }) => {
    ensureNotFrozen(state, of);
    ensure(subnetExists(state, of), "AdminUtils.SubnetDoesNotExist");
  },
  apply: ({ state, emit }, { netuid: of, tempo }) => applyTempo(state, emit, of, tempo),
});

/** By the names of their builders. */
export const SUBNET_ADMIN_CALLS = {
  setAlphaValues,
  setMechanismCount: setMechanismCountCall,
  setMechanismEmissionSplit,
  trimToMaxAllowedUids,
  setSubnetOwnerHotkey: ownerHotkey("sudo_set_subnet_owner_hotkey", 64),
  setSnOwnerHotkey: ownerHotkey("sudo_set_sn_owner_hotkey", 67),
  setTempo,
};
