/** Storage of neurons: who holds which uid, and what the last epoch gave them. Amounts are in rao; defaults are those of spec 425. */

import { PackedRow } from "../../marshal/packedRow.js";
import { account, blockNumber, netuid, uid } from "./codecs.js";
import { bool, u16 } from "./integers.js";
import { item, optionalItem } from "./item.js";
import {
  axonInfo,
  boolList,
  bytes,
  mechanismIndex,
  NOBODY,
  packedRow,
  prometheusInfo,
  raoList,
  u16List,
  u64List,
} from "./values.js";

const NO_ROW = PackedRow.of([]);

/** How many neurons there are. */
export const SubnetworkN = item("SubtensorModule.SubnetworkN", [netuid], u16, 0);

/** The uid of a hotkey. */
export const Uids = optionalItem("SubtensorModule.Uids", [netuid, account], uid);

/** The hotkey of a uid. */
export const Keys = item("SubtensorModule.Keys", [netuid, uid], account, NOBODY);

/** Whether a hotkey has a uid there. */
export const IsNetworkMember = item("SubtensorModule.IsNetworkMember", [account, netuid], bool, false);

/** The block a uid's hotkey registered in. */
export const BlockAtRegistration = item("SubtensorModule.BlockAtRegistration", [netuid, uid], blockNumber, 0);

/** Registrations in this block. */
export const RegistrationsThisBlock = item("SubtensorModule.RegistrationsThisBlock", [netuid], u16, 0);

/** Registrations in this interval; counts for the root. */
export const RegistrationsThisInterval = item("SubtensorModule.RegistrationsThisInterval", [netuid], u16, 0);

/** A uid: whether it set weights lately. */
export const Active = item("SubtensorModule.Active", [netuid], boolList, []);

/** A uid: its part of all stake, over 65535. */
export const StakeWeight = item("SubtensorModule.StakeWeight", [netuid], u16List, []);

/** A uid: over 65535. */
export const Consensus = item("SubtensorModule.Consensus", [netuid], u16List, []);

/** A uid: the consensus of the mechanism's last epoch, over 65535; kept under rules whose liquid alpha may look back. */
export const ConsensusByMechanism = optionalItem("SubtensorModule.ConsensusByMechanism", [mechanismIndex], u16List);

/** A uid: over 65535; by mechanism. */
export const Incentive = item("SubtensorModule.Incentive", [mechanismIndex], u16List, []);

/** A uid: over 65535. */
export const Dividends = item("SubtensorModule.Dividends", [netuid], u16List, []);

/** A uid: alpha of the last epoch. */
export const Emission = item("SubtensorModule.Emission", [netuid], raoList, []);

/** A uid: over 65535. */
export const ValidatorTrust = item("SubtensorModule.ValidatorTrust", [netuid], u16List, []);

/** A uid: whether it may validate. */
export const ValidatorPermit = item("SubtensorModule.ValidatorPermit", [netuid], boolList, []);

/** A uid: the block its weights were last set in; by mechanism. */
export const LastUpdate = item("SubtensorModule.LastUpdate", [mechanismIndex], u64List, []);

/** The row of a uid, in stored order; by mechanism. */
export const Weights = item("SubtensorModule.Weights", [mechanismIndex, uid], packedRow, NO_ROW);

/** The row of a uid; by mechanism. */
export const Bonds = item("SubtensorModule.Bonds", [mechanismIndex, uid], packedRow, NO_ROW);

/** Where a miner answers. */
export const Axons = optionalItem("SubtensorModule.Axons", [netuid, account], axonInfo);

/** The certificate of an axon: algorithm, then key. */
export const NeuronCertificates = optionalItem("SubtensorModule.NeuronCertificates", [netuid, account], bytes);

/** Where a miner's metrics are. */
export const Prometheus = optionalItem("SubtensorModule.Prometheus", [netuid, account], prometheusInfo);

/** Every item of this area. */
export const NEURON_ITEMS = [
  SubnetworkN,
  Uids,
  Keys,
  IsNetworkMember,
  BlockAtRegistration,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  Active,
  StakeWeight,
  Consensus,
  ConsensusByMechanism,
  Incentive,
  Dividends,
  Emission,
  ValidatorTrust,
  ValidatorPermit,
  LastUpdate,
  Weights,
  Bonds,
  Axons,
  NeuronCertificates,
  Prometheus,
];
