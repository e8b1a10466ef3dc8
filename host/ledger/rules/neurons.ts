/** Who holds which uid of a subnet: neurons come at the end, or in the place of the one that is pruned. */
import { neuronToPrune as prune } from "../../api/registration.js";
import type { Kernel } from "../../load/kernel.js";
import { LedgerError } from "../errors.js";
import type { Account } from "../state/codecs.js";
import { ImmuneOwnerUidsLimit, ImmunityPeriod, MaxAllowedUids, MinNonImmuneUids } from "../state/hyperparameters.js";
import type { Item } from "../state/item.js";
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
import { OwnedHotkeys } from "../state/staking.js";
import type { State } from "../state/state.js";
import { SubnetOwner, SubnetOwnerHotkey } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { mechanismIndices } from "./mechanisms.js";

/** Errors of giving out uids. */
export const NEURON_ERRORS = ["SubtensorModule.NoNeuronIdAvailable"] as const;

/** Events of giving out uids. */
export type NeuronEvent = {
  readonly name: "SubtensorModule.NeuronRegistered";
  readonly netuid: number;
  readonly uid: number;
  readonly hotkey: Account;
};

type VectorItem<T> = Item<readonly [number], readonly T[]>;
type AnyVectorItem<T> = VectorItem<T> | Item<readonly [number], readonly T[] | undefined>;

/** Gives a hotkey the next uid, or where the subnet is full the uid of the neuron to prune. Returns the uid. */
export function registerNeuron(state: State, kernel: Kernel, netuid: number, hotkey: Account): number {
  const n = state.read(SubnetworkN, netuid);
  if (n < state.read(MaxAllowedUids, netuid)) {
    appendNeuron(state, netuid, hotkey);
    return n;
  }
  const { uid } = pruning(state, kernel, netuid);
  if (uid === null) throw new LedgerError("SubtensorModule.NoNeuronIdAvailable", { netuid });
  replaceNeuron(state, netuid, uid, hotkey);
  return uid;
}

/** Gives a hotkey the next uid. Source: subtensor subnets/uids.rs, append_neuron. */
export function appendNeuron(state: State, netuid: number, hotkey: Account): void {
  const uid = state.read(SubnetworkN, netuid);
  const block = state.read(BlockNumber);
  state.write(SubnetworkN, netuid, uid + 1);
  push(state, Active, netuid, true);
  push(state, Emission, netuid, 0n);
  push(state, Consensus, netuid, 0);
  push(state, Dividends, netuid, 0);
  push(state, ValidatorTrust, netuid, 0);
  push(state, ValidatorPermit, netuid, false);
  for (const index of mechanismIndices(state, netuid)) {
    push(state, Incentive, index, 0);
    state.write(LastUpdate, index, updated(state, netuid, index, uid, BigInt(block)));
  }
  seat(state, netuid, uid, hotkey, block);
}

/**
 * Gives a hotkey the uid of another, whose record it begins anew: weights by and for it go, bonds by it go, bonds for it stay and the
 * epoch masks them. The hotkey of the subnet's owner is never replaced. Source: subtensor subnets/uids.rs, replace_neuron.
 */
export function replaceNeuron(state: State, netuid: number, uid: number, hotkey: Account): void {
  const old = state.read(Keys, netuid, uid);
  if (state.has(SubnetOwnerHotkey, netuid) && state.read(SubnetOwnerHotkey, netuid) === old) return;
  const block = state.read(BlockNumber);
  state.remove(Uids, netuid, old);
  state.remove(IsNetworkMember, old, netuid);
  set(state, Active, netuid, uid, true);
  seat(state, netuid, uid, hotkey, block);
  state.remove(Axons, netuid, old);
  state.remove(NeuronCertificates, netuid, old);
  state.remove(Prometheus, netuid, old);
  clearNeuron(state, netuid, uid);
  for (const index of mechanismIndices(state, netuid)) {
    state.write(LastUpdate, index, updated(state, netuid, index, uid, BigInt(block)));
  }
}

/** The neuron that would make room, and the owner's protected uids. */
export function pruning(state: State, kernel: Kernel, netuid: number): ReturnType<typeof prune> {
  const n = state.read(SubnetworkN, netuid);
  const uids = Array.from({ length: n }, (_, uid) => uid);
  return prune(kernel, {
    n,
    currentBlock: BigInt(state.read(BlockNumber)),
    immunityPeriod: state.read(ImmunityPeriod, netuid),
    minNonImmuneUids: state.read(MinNonImmuneUids, netuid),
    immuneOwnerUidsLimit: state.read(ImmuneOwnerUidsLimit, netuid),
    keys: uids.map((uid) => state.read(Keys, netuid, uid)),
    blockAtRegistration: uids.map((uid) => BigInt(state.read(BlockAtRegistration, netuid, uid))),
    emission: state.read(Emission, netuid).slice(0, n),
    ownedHotkeys: state.read(OwnedHotkeys, state.read(SubnetOwner, netuid)),
    ownerHotkey: state.has(SubnetOwnerHotkey, netuid) ? state.read(SubnetOwnerHotkey, netuid) : null,
  });
}

/** Whether a uid is still immune. */
export function isImmune(state: State, netuid: number, uid: number): boolean {
  const since = state.read(BlockNumber) - state.read(BlockAtRegistration, netuid, uid);
  return Math.max(since, 0) < state.read(ImmunityPeriod, netuid);
}

/** Sets what the last epoch gave a uid to nothing, and takes its weights and bonds. */
function clearNeuron(state: State, netuid: number, uid: number): void {
  set(state, Emission, netuid, uid, 0n);
  for (const item of [Consensus, Dividends, StakeWeight, ValidatorTrust]) set(state, item, netuid, uid, 0);
  set(state, ValidatorPermit, netuid, uid, false);
  for (const index of mechanismIndices(state, netuid)) {
    set(state, Incentive, index, uid, 0);
    set(state, ConsensusByMechanism, index, uid, 0);
    state.remove(Bonds, index, uid);
    state.remove(Weights, index, uid);
    for (const [keys, row] of state.entries(Weights, index)) {
      const zeroed = row.zeroed(uid);
      if (zeroed !== row) state.write(Weights, ...keys, zeroed);
    }
  }
}

/** Enters a hotkey as the holder of a uid. */
function seat(state: State, netuid: number, uid: number, hotkey: Account, block: number): void {
  state.write(Keys, netuid, uid, hotkey);
  state.write(Uids, netuid, hotkey, uid);
  state.write(BlockAtRegistration, netuid, uid, block);
  state.write(IsNetworkMember, hotkey, netuid, true);
}

function push<T>(state: State, item: VectorItem<T>, key: number, value: T): void {
  state.write(item as Item<readonly [number], unknown>, key, [...state.read(item, key), value]);
}

/** Writes an element that is there; one that is not is left out. */
function set<T>(state: State, item: AnyVectorItem<T>, key: number, at: number, value: T): void {
  const before = state.read(item as VectorItem<T>, key) ?? [];
  if (at >= before.length || before[at] === value) return;
  const after = [...before];
  after[at] = value;
  state.write(item as Item<readonly [number], unknown>, key, after);
}

/** The last updates of a mechanism, as long as the subnet, with one set. */
function updated(state: State, netuid: number, index: number, uid: number, block: bigint): readonly bigint[] {
  const before = state.read(LastUpdate, index);
  const n = Math.max(state.read(SubnetworkN, netuid), before.length);
  const after = Array.from({ length: n }, (_, k) => before[k] ?? 0n);
  if (uid < n) after[uid] = block;
  return after;
}
