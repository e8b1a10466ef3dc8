/** Taking neurons away from a subnet: the least earning ones go, the others move up. Source: subtensor subnets/uids.rs, trim_to_max_allowed_uids. */

import type { Kernel } from "../../load/kernel.js";
import { PackedRow } from "../../marshal/packedRow.js";
import { ensure } from "../errors.js";
import { MaxAllowedUids, MinAllowedUids } from "../state/hyperparameters.js";
import {
  Active,
  Axons,
  BlockAtRegistration,
  Bonds,
  Consensus,
  ConsensusByMechanism,
  Dividends,
  Emission,
  Incentive,
  IsNetworkMember,
  Keys,
  LastUpdate,
  NeuronCertificates,
  Prometheus,
  StakeWeight,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
  Weights,
} from "../state/neurons.js";
import { AlphaDividendsPerSubnet } from "../state/staking.js";
import type { State } from "../state/state.js";
import { mechanismIndices } from "./mechanisms.js";
import { isImmune, pruning } from "./neurons.js";
import { checkSubnetExists } from "./subnetChecks.js";

/** Immune uids must be less than this part of those that stay, hundredths. */
const LEAST_REFUSED_PERCENT = 80;

/** Errors of trimming. */
export const TRIM_ERRORS = ["SubtensorModule.TrimmingWouldExceedMaxImmunePercentage"] as const;

/** The checks of trimming: the subnet exists, the new size lies between its bounds, immune uids are less than 80 % of it. */
export function checkTrim(state: State, kernel: Kernel, netuid: number, most: number): void {
  checkSubnetExists(state, netuid);
  const [low, high] = [state.read(MinAllowedUids, netuid), state.read(MaxAllowedUids, netuid)];
  ensure(most >= low && most <= high, "SubtensorModule.InvalidValue", { most, low, high });
  if (state.read(SubnetworkN, netuid) <= most) return;
  const immune = immuneUids(state, kernel, netuid).size;
  // A part of nothing is the whole.
  const percent = most === 0 ? 100 : Math.floor((100 * Math.min(immune, most)) / most);
  ensure(percent < LEAST_REFUSED_PERCENT, "SubtensorModule.TrimmingWouldExceedMaxImmunePercentage", { immune, most });
}

/** Sets the most uids, and takes away those beyond it. */
export function trim(state: State, kernel: Kernel, netuid: number, most: number): void {
  const n = state.read(SubnetworkN, netuid);
  state.write(MaxAllowedUids, netuid, most);
  if (n <= most) return;
  const kept = keptUids(state, netuid, most, immuneUids(state, kernel, netuid));
  const staying = new Set(kept);
  for (let uid = 0; uid < n; uid++) if (!staying.has(uid)) remove(state, netuid, uid);
  pick(state, kept, netuid);
  move(state, kept, netuid);
  state.clear(Uids, netuid);
  for (const uid of kept.keys()) state.write(Uids, netuid, state.read(Keys, netuid, uid), uid);
  state.write(SubnetworkN, netuid, most);
}

/** The owner's protected uids and those still immune. */
function immuneUids(state: State, kernel: Kernel, netuid: number): ReadonlySet<number> {
  const immune = new Set(pruning(state, kernel, netuid).immuneOwnerUids);
  const n = state.read(SubnetworkN, netuid);
  for (let uid = 0; uid < n; uid++) if (isImmune(state, netuid, uid)) immune.add(uid);
  return immune;
}

/** The uids that stay, ascending: all but the least earning that are not immune; of equals the later uid goes. */
function keptUids(state: State, netuid: number, most: number, immune: ReadonlySet<number>): readonly number[] {
  const emission = state.read(Emission, netuid);
  const uids = [...emission.keys()].sort((a, b) => order(emission[b]!, emission[a]!));
  const gone = new Set<number>();
  let excess = state.read(SubnetworkN, netuid) - most;
  for (let k = uids.length - 1; k >= 0 && excess > 0; k--) {
    if (immune.has(uids[k]!)) continue;
    gone.add(uids[k]!);
    excess -= 1;
  }
  return [...emission.keys()].filter((uid) => !gone.has(uid));
}

const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

/** Removes what a uid and its hotkey have. */
function remove(state: State, netuid: number, uid: number): void {
  if (state.has(Keys, netuid, uid)) {
    const hotkey = state.read(Keys, netuid, uid);
    state.remove(IsNetworkMember, hotkey, netuid);
    state.remove(AlphaDividendsPerSubnet, netuid, hotkey);
    state.remove(Axons, netuid, hotkey);
    state.remove(NeuronCertificates, netuid, hotkey);
    state.remove(Prometheus, netuid, hotkey);
  }
  state.remove(Keys, netuid, uid);
  state.remove(BlockAtRegistration, netuid, uid);
  for (const index of mechanismIndices(state, netuid)) {
    state.remove(Weights, index, uid);
    state.remove(Bonds, index, uid);
  }
}

/** Shortens the vectors to the uids that stay. */
function pick(state: State, kept: readonly number[], netuid: number): void {
  const of = <T>(list: readonly T[], none: T): readonly T[] => kept.map((uid) => list[uid] ?? none);
  for (const item of [Active, ValidatorPermit]) state.write(item, netuid, of(state.read(item, netuid), false));
  for (const item of [Consensus, Dividends, ValidatorTrust, StakeWeight]) {
    state.write(item, netuid, of(state.read(item, netuid), 0));
  }
  state.write(Emission, netuid, of(state.read(Emission, netuid), 0n));
  for (const index of mechanismIndices(state, netuid)) {
    state.write(Incentive, index, of(state.read(Incentive, index), 0));
    state.write(LastUpdate, index, of(state.read(LastUpdate, index), 0n));
    const consensus = state.read(ConsensusByMechanism, index);
    if (consensus !== undefined) state.write(ConsensusByMechanism, index, of(consensus, 0));
  }
}

/** Moves keys and rows up to the new uids, and renames the uids within rows; entries for uids that went go too. */
function move(state: State, kept: readonly number[], netuid: number): void {
  const renamed = new Map(kept.map((uid, k) => [uid, k]));
  for (const [uid, old] of kept.entries()) {
    if (uid !== old) {
      state.write(Keys, netuid, uid, state.read(Keys, netuid, old));
      state.write(BlockAtRegistration, netuid, uid, state.read(BlockAtRegistration, netuid, old));
      state.remove(Keys, netuid, old);
      state.remove(BlockAtRegistration, netuid, old);
    }
    for (const index of mechanismIndices(state, netuid)) {
      for (const item of [Weights, Bonds]) {
        if (!state.has(item, index, old)) continue;
        const row = [...state.read(item, index, old)].flatMap(([target, value]): [number, number][] => {
          const to = renamed.get(target);
          return to === undefined ? [] : [[to, value]];
        });
        state.remove(item, index, old);
        state.write(item, index, uid, PackedRow.of(row));
      }
    }
  }
}
