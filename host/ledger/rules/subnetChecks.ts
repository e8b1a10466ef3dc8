/** What is asked of a subnet before anything is done to it. */
import { ensure } from "../errors.js";
import type { ReadableState } from "../state/state.js";
import { NetworksAdded, SubnetMechanism, SubtokenEnabled } from "../state/subnets.js";

/** The root. */
export const ROOT_NETUID = 0;

/** The mechanism of a subnet that has a pool. */
const DYNAMIC = 1;

/** Errors of a subnet that is not there or not started. */
export const SUBNET_CHECK_ERRORS = ["SubtensorModule.SubnetNotExists", "SubtensorModule.SubtokenDisabled"] as const;

/** Whether the subnet exists. */
export function subnetExists(state: ReadableState, netuid: number): boolean {
  return state.read(NetworksAdded, netuid);
}

/** Every subnet that exists, the root included, ascending. */
export function allNetuids(state: ReadableState): number[] {
  return state.entries(NetworksAdded).flatMap(([[netuid], added]) => (added ? [netuid] : []));
}

/** Whether the subnet has a pool; TAO and alpha of the others are one to one. */
export function isDynamic(state: ReadableState, netuid: number): boolean {
  return state.read(SubnetMechanism, netuid) === DYNAMIC;
}

/** The subnet exists: SubtensorModule.SubnetNotExists. */
export function checkSubnetExists(state: ReadableState, netuid: number): void {
  ensure(subnetExists(state, netuid), "SubtensorModule.SubnetNotExists", { netuid });
}

/** The subnet's alpha may be traded: SubtensorModule.SubtokenDisabled. */
export function checkSubtoken(state: ReadableState, netuid: number): void {
  ensure(state.read(SubtokenEnabled, netuid), "SubtensorModule.SubtokenDisabled", { netuid });
}
