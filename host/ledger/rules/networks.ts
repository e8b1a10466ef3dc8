/** Which networks there are, in the order the chain walks them. */
import type { ReadableState } from "../state/state.js";
import {
  FirstEmissionBlockNumber,
  NetworkRegistrationAllowed,
  NetworksAdded,
  SubtokenEnabled,
} from "../state/subnets.js";
import { ROOT_NETUID } from "./subnetChecks.js";

/** Every network, the root too, by the bytes of its netuid, the low one first: ascending up to 255. */
export function networksOf(state: ReadableState): number[] {
  const found = state.keys(NetworksAdded);
  return found.length > 0 && found[found.length - 1]! > 0xff ? found.sort(byBytes) : found;
}

/** Every network but the root. */
export function subnetsOf(state: ReadableState): number[] {
  return networksOf(state).filter((netuid) => netuid !== ROOT_NETUID);
}

/** Every subnet that takes part in emission. */
export function subnetsEmittedTo(state: ReadableState): number[] {
  return subnetsOf(state).filter((netuid) => isEmittedTo(state, netuid));
}

/** Whether a subnet takes part in emission. Source: subtensor coinbase/subnet_emissions.rs, get_subnets_to_emit_to. */
export function isEmittedTo(state: ReadableState, netuid: number): boolean {
  return (
    netuid !== ROOT_NETUID &&
    state.has(FirstEmissionBlockNumber, netuid) &&
    state.read(SubtokenEnabled, netuid) &&
    state.read(NetworkRegistrationAllowed, netuid)
  );
}

const byBytes = (a: number, b: number) => swapped(a) - swapped(b);
const swapped = (netuid: number) => (netuid & 0xff) * 256 + (netuid >> 8);
