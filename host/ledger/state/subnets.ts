/** Storage of subnets: which exist, who owns them, when they run. Amounts are in rao; defaults are those of spec 425. */

import { account, blockNumber, netuid, rao } from "./codecs.js";
import { bool, u8, u16, u64 } from "./integers.js";
import { item, optionalItem } from "./item.js";
import { bytes, NOBODY, oneOf, TAU_BYTES, u16List } from "./values.js";

/** Whether the subnet exists. */
export const NetworksAdded = item("SubtensorModule.NetworksAdded", [netuid], bool, false);

/** How many subnets exist, the root included. */
export const TotalNetworks = item("SubtensorModule.TotalNetworks", [], u16, 0);

/** 1 = a dynamic subnet with a pool of its own; 0 = stable, as the root is. */
export const SubnetMechanism = item("SubtensorModule.SubnetMechanism", [netuid], u16, 0);

/** The coldkey that owns the subnet. */
export const SubnetOwner = item("SubtensorModule.SubnetOwner", [netuid], account, NOBODY);

/** The hotkey of its owner. */
export const SubnetOwnerHotkey = item("SubtensorModule.SubnetOwnerHotkey", [netuid], account, NOBODY);

/** The block it was created in. */
export const NetworkRegisteredAt = item("SubtensorModule.NetworkRegisteredAt", [netuid], blockNumber, 0);

/** How often the netuid has been given out. */
export const RegisteredSubnetCounter = item("SubtensorModule.RegisteredSubnetCounter", [netuid], u64, 0n);

/** The symbol of its alpha, UTF-8. */
export const TokenSymbol = item("SubtensorModule.TokenSymbol", [netuid], bytes, TAU_BYTES);

/** The first block that gives it emission; absent before it is started. */
export const FirstEmissionBlockNumber = optionalItem("SubtensorModule.FirstEmissionBlockNumber", [netuid], blockNumber);

/** Whether its alpha may be traded. */
export const SubtokenEnabled = item("SubtensorModule.SubtokenEnabled", [netuid], bool, false);

/** Whether it takes part in the emission of TAO. */
export const SubnetEmissionEnabled = item("SubtensorModule.SubnetEmissionEnabled", [netuid], bool, true);

/** Blocks from epoch to epoch. */
export const Tempo = item("SubtensorModule.Tempo", [netuid], u16, 360);

/** The block of its last epoch slot. */
export const LastEpochBlock = item("SubtensorModule.LastEpochBlock", [netuid], blockNumber, 0);

/** The block of an epoch put off or asked for; 0 = none. */
export const PendingEpochAt = item("SubtensorModule.PendingEpochAt", [netuid], blockNumber, 0);

/** Epoch slots so far. */
export const SubnetEpochIndex = item("SubtensorModule.SubnetEpochIndex", [netuid], u64, 0n);

/** Blocks since its last epoch. */
export const BlocksSinceLastStep = item("SubtensorModule.BlocksSinceLastStep", [netuid], u64, 0n);

/** The block of its last epoch that paid out. (Spelt as on the chain.) */
export const LastMechansimStepBlock = item("SubtensorModule.LastMechansimStepBlock", [netuid], blockNumber, 0);

export const epochConsensus = oneOf("yuma", "null");
export type EpochConsensus = (typeof epochConsensus)["words"][number];

/** Who decides its epochs, under rules that know Null mode: all validators by Yuma Consensus, or the one with the most stake. */
export const SubnetEpochConsensus = item("SubtensorModule.SubnetEpochConsensus", [netuid], epochConsensus, "yuma");

/** The block of its last epoch under Yuma, by which bonds are masked; kept under rules that know Null mode. */
export const LastYumaStepBlock = optionalItem("SubtensorModule.LastYumaStepBlock", [netuid], blockNumber);

/** The seats with a permit it had before Null mode. */
export const SavedYumaMaxAllowedValidators = optionalItem(
  "SubtensorModule.SavedYumaMaxAllowedValidators",
  [netuid],
  u16,
);

/** How many mechanisms it runs. */
export const MechanismCountCurrent = item("SubtensorModule.MechanismCountCurrent", [netuid], u8, 1);

/** The part of each mechanism over 65535; absent = equal parts. */
export const MechanismEmissionSplit = optionalItem("SubtensorModule.MechanismEmissionSplit", [netuid], u16List);

/** Whether neurons may register. */
export const NetworkRegistrationAllowed = item("SubtensorModule.NetworkRegistrationAllowed", [netuid], bool, true);

/** What its creation cost. */
export const SubnetLocked = item("SubtensorModule.SubnetLocked", [netuid], rao, 0n);

/** The least a new subnet costs. */
export const NetworkMinLockCost = item("SubtensorModule.NetworkMinLockCost", [], rao, 1_000_000_000_000n);

/** What the last new subnet cost. */
export const NetworkLastLockCost = item("SubtensorModule.NetworkLastLockCost", [], rao, 1_000_000_000_000n);

/** The block the last subnet was created in. */
export const NetworkLastRegistered = item("SubtensorModule.NetworkLastRegistered", [], blockNumber, 0);

/** Blocks over which the cost falls by the last one, before the emission scales it. */
export const NetworkLockReductionInterval = item("SubtensorModule.NetworkLockReductionInterval", [], u64, 100_800n);

/** Blocks between two subnets of one coldkey. */
export const NetworkRateLimit = item("SubtensorModule.NetworkRateLimit", [], u64, 7_200n);

/** Blocks a new subnet cannot be pruned. */
export const NetworkImmunityPeriod = item("SubtensorModule.NetworkImmunityPeriod", [], u64, 1_296_000n);

/** The first block in which subnets may be created. */
export const NetworkRegistrationStartBlock = item("SubtensorModule.NetworkRegistrationStartBlock", [], blockNumber, 0);

/** Subnets created after this block also share their pool's alpha when they are dissolved. */
export const TaoInRefundDeploymentBlock = item("SubtensorModule.TaoInRefundDeploymentBlock", [], blockNumber, 0);

/** Blocks from creation until a subnet may be started. */
export const StartCallDelay = item("SubtensorModule.StartCallDelay", [], u64, 0n);

/** The most subnets besides the root. */
export const SubnetLimit = item("SubtensorModule.SubnetLimit", [], u16, 128);

/** The most epochs in one block. */
export const MaxEpochsPerBlock = item("SubtensorModule.MaxEpochsPerBlock", [], u8, 2);

/** The most mechanisms a subnet may have. */
export const MaxMechanismCount = item("SubtensorModule.MaxMechanismCount", [], u8, 2);

/** Every item of this area. */
export const SUBNET_ITEMS = [
  NetworksAdded,
  TotalNetworks,
  SubnetMechanism,
  SubnetOwner,
  SubnetOwnerHotkey,
  NetworkRegisteredAt,
  RegisteredSubnetCounter,
  TokenSymbol,
  FirstEmissionBlockNumber,
  SubtokenEnabled,
  SubnetEmissionEnabled,
  Tempo,
  LastEpochBlock,
  PendingEpochAt,
  SubnetEpochIndex,
  BlocksSinceLastStep,
  LastMechansimStepBlock,
  SubnetEpochConsensus,
  LastYumaStepBlock,
  SavedYumaMaxAllowedValidators,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  NetworkRegistrationAllowed,
  SubnetLocked,
  NetworkMinLockCost,
  NetworkLastLockCost,
  NetworkLastRegistered,
  NetworkLockReductionInterval,
  NetworkRateLimit,
  NetworkImmunityPeriod,
  NetworkRegistrationStartBlock,
  TaoInRefundDeploymentBlock,
  StartCallDelay,
  SubnetLimit,
  MaxEpochsPerBlock,
  MaxMechanismCount,
];
