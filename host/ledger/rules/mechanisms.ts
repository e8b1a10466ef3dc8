/** A subnet's mechanisms: each has weights, bonds, incentive and last updates under an index of its own. */

import type { ReadableState } from "../state/state.js";
import { MechanismCountCurrent } from "../state/subnets.js";

/** How far the indices of two mechanisms of a subnet are apart; netuids are below it. */
const MECHANISM_STRIDE = 4096;

/** The index of a mechanism: mechanism · 4096 + netuid, at most 65535. Source: subtensor subnets/mechanism.rs. */
export function mechanismIndexOf(netuid: number, mechanism: number): number {
  return Math.min(mechanism * MECHANISM_STRIDE + netuid, 0xffff);
}

/** The indices of a subnet's mechanisms, in order. */
export function mechanismIndices(state: ReadableState, netuid: number): number[] {
  return Array.from({ length: state.read(MechanismCountCurrent, netuid) }, (_, k) => mechanismIndexOf(netuid, k));
}
