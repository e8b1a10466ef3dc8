/** Making, starting and ending subnets. Source: subtensor subnets/subnet.rs, coinbase/root.rs. */
import { ensure } from "../../errors.js";
import { createSubnet } from "../../rules/createSubnet.js";
import { dissolveSubnet } from "../../rules/dissolve.js";
import { checkNoSystemAccount, hotkeyExists, ownsHotkey } from "../../rules/hotkeys.js";
import { freeNetuid, isFull, subnetCostRao, subnetToPrune } from "../../rules/newSubnet.js";
import { ensureSubnetOwner } from "../../rules/origins.js";
import { checkSubnetExists } from "../../rules/subnetChecks.js";
import { FreeBalance } from "../../state/balances.js";
import type { State } from "../../state/state.js";
import {
  FirstEmissionBlockNumber,
  NetworkLastRegistered,
  NetworkRateLimit,
  NetworkRegisteredAt,
  NetworkRegistrationStartBlock,
  StartCallDelay,
  SubtokenEnabled,
} from "../../state/subnets.js";
import { account } from "../arguments.js";
import { defineCall } from "../call.js";
import { netuid } from "../numbers.js";

const ROOT = 0;
const PALLET = 7;

/** Errors of making and starting subnets. */
export const CREATION_ERRORS = [
  "SubtensorModule.SubNetRegistrationDisabled",
  "SubtensorModule.NetworkTxRateLimitExceeded",
  "SubtensorModule.SubnetLimitReached",
  "SubtensorModule.CannotAffordLockCost",
  "SubtensorModule.FirstEmissionBlockNumberAlreadySet",
  "SubtensorModule.NeedWaitingMoreBlocksToStarCall",
] as const;

/** What starting one reports. */
export type StartEvent = {
  readonly name: "SubtensorModule.FirstEmissionBlockNumberSet";
  readonly netuid: number;
  readonly block: number;
};

/**
 * Makes a subnet at the price of the moment. Where there are as many as there may be, the one of the lowest moving price past immunity
 * is ended first and its netuid given on.
 */
export const registerNetwork = defineCall({
  name: "SubtensorModule.register_network",
  index: [PALLET, 59],
  origin: "signed",
  arguments: { hotkey: account },
  check: ({ state, kernel, signer, blockNumber }, { hotkey }) => {
    const isOwn = !hotkeyExists(state, hotkey) || ownsHotkey(state, signer, hotkey);
    ensure(isOwn, "SubtensorModule.NonAssociatedColdKey", { hotkey });
    checkNoSystemAccount(hotkey);
    const start = state.read(NetworkRegistrationStartBlock);
    ensure(blockNumber >= start, "SubtensorModule.SubNetRegistrationDisabled", { start });
    ensure(isLongAgo(state, blockNumber), "SubtensorModule.NetworkTxRateLimitExceeded");
    const pruned = isFull(state) ? subnetToPrune(state) : undefined;
    ensure(pruned !== undefined || !isFull(state), "SubtensorModule.SubnetLimitReached");
    const costRao = subnetCostRao(state, kernel);
    ensure(costRao <= state.read(FreeBalance, signer), "SubtensorModule.CannotAffordLockCost", { costRao });
    return { pruned, costRao };
  },
  apply: (context, { hotkey }, { pruned, costRao }) => {
    if (pruned !== undefined) dissolveSubnet(context, pruned);
    createSubnet(context, pruned ?? freeNetuid(context.state), context.signer, hotkey, costRao);
  },
});

/** Starts a subnet, once: from the next block on it can be traded, and emission can reach it. */
export const startCall = defineCall({
  name: "SubtensorModule.start_call",
  index: [PALLET, 92],
  origin: "any",
  arguments: { netuid },
  check: (context, { netuid: of }) => {
    const { state, blockNumber } = context;
    checkSubnetExists(state, of);
    ensureSubnetOwner(context, of);
    ensure(!state.has(FirstEmissionBlockNumber, of), "SubtensorModule.FirstEmissionBlockNumberAlreadySet");
    const from = BigInt(state.read(NetworkRegisteredAt, of)) + state.read(StartCallDelay);
    ensure(BigInt(blockNumber) >= from, "SubtensorModule.NeedWaitingMoreBlocksToStarCall", { from });
  },
  apply: ({ state, emit, blockNumber }, { netuid: of }) => {
    const block = blockNumber + 1;
    state.write(FirstEmissionBlockNumber, of, block);
    state.write(SubtokenEnabled, of, true);
    emit({ name: "SubtensorModule.FirstEmissionBlockNumberSet", netuid: of, block });
  },
});

/** Ends a subnet, by root. */
export const rootDissolveNetwork = defineCall({
  name: "SubtensorModule.root_dissolve_network",
  index: [PALLET, 120],
  origin: "root",
  arguments: { netuid },
  check: ({ state }, { netuid: of }) => {
    ensure(of !== ROOT, "SubtensorModule.SubnetNotExists", { netuid: of });
    checkSubnetExists(state, of);
  },
  apply: (context, { netuid: of }) => dissolveSubnet(context, of),
});

/** Whether `NetworkRateLimit` blocks have passed since anybody made a subnet. */
function isLongAgo(state: State, block: number): boolean {
  const last = state.read(NetworkLastRegistered);
  return last === 0 || BigInt(Math.max(block - last, 0)) >= state.read(NetworkRateLimit);
}
