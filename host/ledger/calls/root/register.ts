/** Joining the validators of the root. Source: subtensor coinbase/root.rs, do_root_register. */
import { ensure } from "../../errors.js";
import { becomeDelegate, checkNoSystemAccount, createHotkey } from "../../rules/hotkeys.js";
import { appendNeuron, replaceNeuron } from "../../rules/neurons.js";
import { stakeOfHotkey } from "../../rules/stake.js";
import { ROOT_NETUID, subnetExists } from "../../rules/subnetChecks.js";
import {
  MaxAllowedUids,
  MaxRegistrationsPerBlock,
  TargetRegistrationsPerInterval,
} from "../../state/hyperparameters.js";
import { Keys, RegistrationsThisBlock, RegistrationsThisInterval, SubnetworkN, Uids } from "../../state/neurons.js";
import type { ReadableState } from "../../state/state.js";
import { account } from "../arguments.js";
import { defineCall } from "../call.js";

/** Errors of joining the root. */
export const ROOT_ERRORS = [
  "SubtensorModule.RootNetworkDoesNotExist",
  "SubtensorModule.TooManyRegistrationsThisBlock",
  "SubtensorModule.TooManyRegistrationsThisInterval",
  "SubtensorModule.HotKeyAlreadyRegisteredInSubNet",
  "SubtensorModule.StakeTooLowForRoot",
] as const;

/** In an interval, this many times the target may register. */
const INTERVAL_FACTOR = 3;

/** Gives a hotkey a uid on the root: the next one, or where there is none that of the first with the least stake, if it has more. Makes it a delegate. */
export const rootRegister = defineCall({
  name: "SubtensorModule.root_register",
  index: [7, 62],
  origin: "signed",
  arguments: { hotkey: account },
  check: ({ state }, { hotkey }) => {
    ensure(subnetExists(state, ROOT_NETUID), "SubtensorModule.RootNetworkDoesNotExist");
    const inBlock = state.read(RegistrationsThisBlock, ROOT_NETUID);
    const allowed = state.read(MaxRegistrationsPerBlock, ROOT_NETUID);
    ensure(inBlock < allowed, "SubtensorModule.TooManyRegistrationsThisBlock");
    const inInterval = state.read(RegistrationsThisInterval, ROOT_NETUID);
    const target = state.read(TargetRegistrationsPerInterval, ROOT_NETUID);
    ensure(inInterval < target * INTERVAL_FACTOR, "SubtensorModule.TooManyRegistrationsThisInterval");
    ensure(!state.has(Uids, ROOT_NETUID, hotkey), "SubtensorModule.HotKeyAlreadyRegisteredInSubNet");
    checkNoSystemAccount(hotkey);
    if (state.read(SubnetworkN, ROOT_NETUID) < state.read(MaxAllowedUids, ROOT_NETUID)) return undefined;
    const lowest = lowestStaked(state);
    const stakeRao = stakeOfHotkey(state, hotkey, ROOT_NETUID);
    ensure(lowest.stakeRao < stakeRao, "SubtensorModule.StakeTooLowForRoot", { leastRao: lowest.stakeRao });
    return lowest.uid;
  },
  apply: ({ state, signer, emit }, { hotkey }, replaced) => {
    createHotkey(state, signer, hotkey);
    const uid = replaced ?? state.read(SubnetworkN, ROOT_NETUID);
    if (replaced === undefined) appendNeuron(state, ROOT_NETUID, hotkey);
    else replaceNeuron(state, ROOT_NETUID, uid, hotkey);
    becomeDelegate(state, hotkey);
    state.write(RegistrationsThisInterval, ROOT_NETUID, state.read(RegistrationsThisInterval, ROOT_NETUID) + 1);
    state.write(RegistrationsThisBlock, ROOT_NETUID, state.read(RegistrationsThisBlock, ROOT_NETUID) + 1);
    emit({ name: "SubtensorModule.NeuronRegistered", netuid: ROOT_NETUID, uid, hotkey });
  },
});

function lowestStaked(state: ReadableState): { readonly uid: number; readonly stakeRao: bigint } {
  let [uid, stakeRao] = [0, (1n << 64n) - 1n];
  for (const [[, place], hotkey] of state.entries(Keys, ROOT_NETUID)) {
    const rao = stakeOfHotkey(state, hotkey, ROOT_NETUID);
    if (rao < stakeRao) [uid, stakeRao] = [place, rao];
  }
  return { uid, stakeRao };
}
