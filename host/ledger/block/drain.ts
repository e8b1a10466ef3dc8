/** Whose epoch runs in a block: due subnets take what waits for them, those above the cap wait a block. */
import { hotkeysOf } from "../rules/epochInput.js";
import { subnetsOf } from "../rules/networks.js";
import { isNull } from "../rules/ruleSet.js";
import { isEpochDue } from "../rules/schedule.js";
import { changeOwnerIfNeeded } from "../rules/subnetKing.js";
import type { Item } from "../state/item.js";
import {
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
} from "../state/pools.js";
import type { ReadableState, State } from "../state/state.js";
import {
  BlocksSinceLastStep,
  LastEpochBlock,
  MaxEpochsPerBlock,
  PendingEpochAt,
  SubnetEpochIndex,
} from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { StepContext } from "./steps.js";

/** Alpha that waited for an epoch, rao. */
export interface Pots {
  readonly netuid: number;
  readonly serverRao: bigint;
  readonly validatorRao: bigint;
  readonly rootRao: bigint;
  readonly ownerRao: bigint;
}

/** Events of epochs put off and passed over. */
export type DrainEvent =
  | {
      readonly name: "SubtensorModule.EpochDeferred";
      readonly netuid: number;
      readonly fromBlock: number;
      readonly toBlock: number;
    }
  | { readonly name: "SubtensorModule.EpochSkipped"; readonly netuid: number; readonly block: number };

/**
 * Empties the pots of the subnets whose epoch runs now, and moves their schedules on. A due subnet with a hotkey in two places loses
 * its slot and keeps its pots. A subnet whose owner conviction has outgrown changes hands first. Source: subtensor coinbase/run_coinbase.rs, drain_pending.
 */
export function drainPending(context: StepContext): Pots[] {
  const { state, emit } = context;
  const block = state.read(BlockNumber);
  const subnets = subnetsOf(state);
  const cap = epochCap(state, subnets, block);
  const drained: Pots[] = [];
  for (const netuid of subnets) {
    state.write(BlocksSinceLastStep, netuid, state.read(BlocksSinceLastStep, netuid) + 1n);
    if (!isEpochDue(state, netuid, block)) continue;
    if (drained.length >= cap) {
      state.write(PendingEpochAt, netuid, block + 1);
      emit({ name: "SubtensorModule.EpochDeferred", netuid, fromBlock: block, toBlock: block + 1 });
      continue;
    }
    if (isConsistent(state, netuid)) {
      state.write(BlocksSinceLastStep, netuid, 0n);
      drained.push(emptyPots(state, netuid));
      changeOwnerIfNeeded(context, netuid);
    } else {
      emit({ name: "SubtensorModule.EpochSkipped", netuid, block });
    }
    state.write(LastEpochBlock, netuid, block);
    state.write(PendingEpochAt, netuid, 0);
    state.write(SubnetEpochIndex, netuid, state.read(SubnetEpochIndex, netuid) + 1n);
  }
  return drained;
}

/** Subnets whose epoch is due in a block but will be put off by the cap, as the drain will find them. */
export function deferredSubnets(state: ReadableState, subnets: readonly number[], block: number): Set<number> {
  const cap = epochCap(state, subnets, block);
  const deferred = new Set<number>();
  let runs = 0;
  for (const netuid of subnets) {
    if (!isEpochDue(state, netuid, block)) continue;
    if (runs >= cap) deferred.add(netuid);
    else if (isConsistent(state, netuid)) runs += 1;
  }
  return deferred;
}

/** The most epochs a block runs: one, where a subnet in Null mode is due. */
function epochCap(state: ReadableState, subnets: readonly number[], block: number): number {
  const cap = state.read(MaxEpochsPerBlock);
  const isNullDue = subnets.some((netuid) => isNull(state, netuid) && isEpochDue(state, netuid, block));
  return isNullDue ? Math.min(cap, 1) : cap;
}

/** Whether no hotkey holds two uids. */
function isConsistent(state: ReadableState, netuid: number): boolean {
  const hotkeys = hotkeysOf(state, netuid);
  return new Set(hotkeys).size === hotkeys.length;
}

function emptyPots(state: State, netuid: number): Pots {
  return {
    netuid,
    serverRao: empty(state, PendingServerEmission, netuid),
    validatorRao: empty(state, PendingValidatorEmission, netuid),
    rootRao: empty(state, PendingRootAlphaDivs, netuid),
    ownerRao: empty(state, PendingOwnerCut, netuid),
  };
}

function empty(state: State, pot: Item<readonly [number], bigint>, netuid: number): bigint {
  const rao = state.read(pot, netuid);
  state.write(pot, netuid, 0n);
  return rao;
}
