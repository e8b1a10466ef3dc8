/** How many mechanisms a subnet runs, and what becomes of those that go. Source: subtensor subnets/mechanism.rs. */
import { ensure } from "../errors.js";
import { TimelockedWeightCommits, WeightCommits } from "../state/commits.js";
import { MaxAllowedUids } from "../state/hyperparameters.js";
import { Bonds, ConsensusByMechanism, Incentive, LastUpdate, Weights } from "../state/neurons.js";
import type { ReadableState, State } from "../state/state.js";
import { MaxMechanismCount, MechanismCountCurrent, MechanismEmissionSplit } from "../state/subnets.js";
import { mechanismIndexOf } from "./mechanisms.js";
import { subnetExists } from "./subnetChecks.js";

/** The most uids of a subnet, over all its mechanisms. */
export const MOST_UIDS = 256;

/** The most mechanisms there can be. */
export const MOST_MECHANISMS = 16;

const WHOLE_SPLIT = 65_535;

/** Errors of mechanisms. */
export const MECHANISM_ERRORS = [
  "SubtensorModule.MechanismDoesNotExist",
  "SubtensorModule.InvalidValue",
  "SubtensorModule.TooManyUIDsPerMechanism",
] as const;

/** Throws TooManyUIDsPerMechanism unless uids · mechanisms is at most 256. */
export function ensureUidsFitMechanisms(uids: number, mechanisms: number): void {
  ensure(uids * mechanisms <= MOST_UIDS, "SubtensorModule.TooManyUIDsPerMechanism", { uids, mechanisms });
}

/** The checks of a new count. */
export function checkMechanismCount(state: ReadableState, netuid: number, count: number): void {
  ensure(subnetExists(state, netuid), "SubtensorModule.MechanismDoesNotExist", { netuid });
  ensure(count > 0 && count <= state.read(MaxMechanismCount), "SubtensorModule.InvalidValue", { count });
  ensureUidsFitMechanisms(state.read(MaxAllowedUids, netuid), count);
  ensure(count <= MOST_MECHANISMS, "SubtensorModule.InvalidValue", { count });
}

/** Sets the count. If it changes, parts are equal again, and mechanisms that go lose all they had. */
export function setMechanismCount(state: State, netuid: number, count: number): void {
  const before = state.read(MechanismCountCurrent, netuid);
  if (before === count) return;
  for (let mechanism = count; mechanism < before; mechanism++) {
    clearMechanism(state, mechanismIndexOf(netuid, mechanism));
  }
  state.write(MechanismCountCurrent, netuid, count);
  state.remove(MechanismEmissionSplit, netuid);
}

/** Removes what a mechanism has. */
export function clearMechanism(state: State, index: number): void {
  state.remove(Incentive, index);
  state.remove(ConsensusByMechanism, index);
  state.remove(LastUpdate, index);
  for (const item of [Weights, Bonds]) state.clear(item, index);
  state.clear(WeightCommits, index);
  state.clear(TimelockedWeightCommits, index);
}

/** The checks of a new split: one to as many parts as mechanisms, which add up to 65535; null means equal parts. */
export function checkEmissionSplit(state: ReadableState, netuid: number, split: readonly number[] | null): void {
  ensure(subnetExists(state, netuid), "SubtensorModule.MechanismDoesNotExist", { netuid });
  if (split === null) return;
  const fits = split.length > 0 && split.length <= state.read(MechanismCountCurrent, netuid);
  ensure(fits, "SubtensorModule.InvalidValue", { parts: split.length });
  const total = split.reduce((sum, part) => sum + part, 0);
  ensure(total === WHOLE_SPLIT, "SubtensorModule.InvalidValue", { total });
}
