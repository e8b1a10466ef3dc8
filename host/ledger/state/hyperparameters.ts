/** Storage of what subnet owners and root may set. Amounts are in rao; defaults are those of spec 425. */

import { netuid, rao } from "./codecs.js";
import { bool, i16, u8, u16, u32, u64 } from "./integers.js";
import { item } from "./item.js";
import { bits128, oneOf, u16Pair } from "./values.js";

/** Of old consensus rules; kept for the record. */
export const Rho = item("SubtensorModule.Rho", [netuid], u16, 10);

/** The consensus majority, over 65535. */
export const Kappa = item("SubtensorModule.Kappa", [netuid], u16, 32_767);

/** The least MaxAllowedUids may be. */
export const MinAllowedUids = item("SubtensorModule.MinAllowedUids", [netuid], u16, 64);

/** The most neurons. */
export const MaxAllowedUids = item("SubtensorModule.MaxAllowedUids", [netuid], u16, 256);

/** Blocks a new neuron is pruned after all others only. */
export const ImmunityPeriod = item("SubtensorModule.ImmunityPeriod", [netuid], u16, 4_096);

/** With no more neurons past immunity than this, an immune one is pruned. */
export const MinNonImmuneUids = item("SubtensorModule.MinNonImmuneUids", [netuid], u16, 10);

/** How many neurons of the owner are never pruned. */
export const ImmuneOwnerUidsLimit = item("SubtensorModule.ImmuneOwnerUidsLimit", [netuid], u16, 1);

/** Of older rules: blocks until a validator counts as inactive. */
export const ActivityCutoff = item("SubtensorModule.ActivityCutoff", [netuid], u16, 5_000);

/** Thousandths of a tempo until a validator counts as inactive. */
export const ActivityCutoffFactorMilli = item("SubtensorModule.ActivityCutoffFactorMilli", [netuid], u32, 13_889);

/** The least ActivityCutoff may be. */
export const MinActivityCutoff = item("SubtensorModule.MinActivityCutoff", [], u16, 360);

/** The least version weights must carry. */
export const WeightsVersionKey = item("SubtensorModule.WeightsVersionKey", [netuid], u64, 0n);

/** The least number of weights in a row. */
export const MinAllowedWeights = item("SubtensorModule.MinAllowedWeights", [netuid], u16, 1_024);

/** The most a weight may be; never binds. */
export const MaxWeightsLimit = item("SubtensorModule.MaxWeightsLimit", [netuid], u16, 65_535);

/** Seats with a permit. */
export const MaxAllowedValidators = item("SubtensorModule.MaxAllowedValidators", [netuid], u16, 128);

/** Of older registration rules. */
export const AdjustmentInterval = item("SubtensorModule.AdjustmentInterval", [netuid], u16, 100);

/** Of older registration rules. */
export const AdjustmentAlpha = item("SubtensorModule.AdjustmentAlpha", [netuid], u64, 0n);

/** Registrations an interval aims at; limits the root. */
export const TargetRegistrationsPerInterval = item("SubtensorModule.TargetRegistrationsPerInterval", [netuid], u16, 2);

/** The most registrations a block; limits the root. */
export const MaxRegistrationsPerBlock = item("SubtensorModule.MaxRegistrationsPerBlock", [netuid], u16, 1);

/** Weight of old bonds, over 1,000,000. */
export const BondsMovingAverage = item("SubtensorModule.BondsMovingAverage", [netuid], u64, 900_000n);

/** How far clipped weights count for bonds, over 65535. */
export const BondsPenalty = item("SubtensorModule.BondsPenalty", [netuid], u16, 65_535);

/** Whether a commitment of metadata resets bonds. */
export const BondsResetOn = item("SubtensorModule.BondsResetOn", [netuid], bool, false);

/** Blocks between two settings of weights. */
export const WeightsSetRateLimit = item("SubtensorModule.WeightsSetRateLimit", [netuid], u64, 100n);

/** Whether weights are committed first. */
export const CommitRevealWeightsEnabled = item("SubtensorModule.CommitRevealWeightsEnabled", [netuid], bool, true);

/** Epochs from commit to reveal. */
export const RevealPeriodEpochs = item("SubtensorModule.RevealPeriodEpochs", [netuid], u64, 1n);

/** The version of timelocked commits. */
export const CommitRevealWeightsVersion = item("SubtensorModule.CommitRevealWeightsVersion", [], u16, 4);

/** Blocks between two announcements of an axon. */
export const ServingRateLimit = item("SubtensorModule.ServingRateLimit", [netuid], u64, 50n);

/** What a registration costs now. */
export const Burn = item("SubtensorModule.Burn", [netuid], rao, 100_000_000n);

/** The least it may cost. */
export const MinBurn = item("SubtensorModule.MinBurn", [netuid], rao, 500_000n);

/** The most it may cost. */
export const MaxBurn = item("SubtensorModule.MaxBurn", [netuid], rao, 100_000_000_000n);

/** Blocks in which the cost halves. */
export const BurnHalfLife = item("SubtensorModule.BurnHalfLife", [netuid], u16, 360);

/** By how much a registration multiplies the cost, U64F64. */
export const BurnIncreaseMult = item(
  "SubtensorModule.BurnIncreaseMult",
  [netuid],
  bits128,
  23_242_897_532_874_035_200n,
);

/** Of registration by work; kept for the record. */
export const Difficulty = item("SubtensorModule.Difficulty", [netuid], u64, 10_000_000n);

/** Of registration by work; kept for the record. */
export const MinDifficulty = item("SubtensorModule.MinDifficulty", [netuid], u64, 10_000_000n);

/** Of registration by work; kept for the record. */
export const MaxDifficulty = item("SubtensorModule.MaxDifficulty", [netuid], u64, 4_611_686_018_427_387_903n);

/** Whether alpha depends on consensus, under Yuma 3. */
export const LiquidAlphaOn = item("SubtensorModule.LiquidAlphaOn", [netuid], bool, false);

/** The least and the most alpha, over 65535. */
export const AlphaValues = item("SubtensorModule.AlphaValues", [netuid], u16Pair, [45_875, 58_982]);

/** Steepness of alpha's sigmoid, hundredths. */
export const AlphaSigmoidSteepness = item("SubtensorModule.AlphaSigmoidSteepness", [netuid], i16, 1_000);

/** Whether bonds follow Yuma 3. */
export const Yuma3On = item("SubtensorModule.Yuma3On", [netuid], bool, false);

export const consensusMode = oneOf("current", "previous", "auto");

/** Which consensus liquid alpha looks at, under rules that know modes; `auto` is the previous one under a full bonds penalty, else the current. */
export const LiquidAlphaConsensusMode = item(
  "SubtensorModule.LiquidAlphaConsensusMode",
  [netuid],
  consensusMode,
  "auto",
);

/** Whether stake may be transferred. */
export const TransferToggle = item("SubtensorModule.TransferToggle", [netuid], bool, true);

/** What happens to incentives withheld from the owner: 0 = burned, 1 = recycled. */
export const RecycleOrBurn = item("SubtensorModule.RecycleOrBurn", [netuid], u8, 0);

/** Whether the owner's cut is locked when it is paid. */
export const OwnerCutAutoLockEnabled = item("SubtensorModule.OwnerCutAutoLockEnabled", [netuid], bool, false);

/** Blocks before an epoch in which the owner may set nothing. */
export const AdminFreezeWindow = item("SubtensorModule.AdminFreezeWindow", [], u16, 10);

/** Tempos between two changes of one parameter by the owner. */
export const OwnerHyperparamRateLimit = item("SubtensorModule.OwnerHyperparamRateLimit", [], u16, 2);

/** The least total stake of a validator. */
export const StakeThreshold = item("SubtensorModule.StakeThreshold", [], u64, 0n);

/** The weight of root TAO beside alpha, over 2^64 - 1. */
export const TaoWeight = item("SubtensorModule.TaoWeight", [], u64, 971_718_665_099_567_868n);

/** Blocks between two swaps of hotkeys. */
export const TxRateLimit = item("SubtensorModule.TxRateLimit", [], u64, 1_000n);

/** Blocks between two increases of a take. */
export const TxDelegateTakeRateLimit = item("SubtensorModule.TxDelegateTakeRateLimit", [], u64, 216_000n);

/** Blocks between two increases of a childkey take. */
export const TxChildkeyTakeRateLimit = item("SubtensorModule.TxChildkeyTakeRateLimit", [], u64, 216_000n);

/** Every item of this area. */
export const HYPERPARAMETER_ITEMS = [
  Rho,
  Kappa,
  MinAllowedUids,
  MaxAllowedUids,
  ImmunityPeriod,
  MinNonImmuneUids,
  ImmuneOwnerUidsLimit,
  ActivityCutoff,
  ActivityCutoffFactorMilli,
  MinActivityCutoff,
  WeightsVersionKey,
  MinAllowedWeights,
  MaxWeightsLimit,
  MaxAllowedValidators,
  AdjustmentInterval,
  AdjustmentAlpha,
  TargetRegistrationsPerInterval,
  MaxRegistrationsPerBlock,
  BondsMovingAverage,
  BondsPenalty,
  BondsResetOn,
  WeightsSetRateLimit,
  CommitRevealWeightsEnabled,
  RevealPeriodEpochs,
  CommitRevealWeightsVersion,
  ServingRateLimit,
  Burn,
  MinBurn,
  MaxBurn,
  BurnHalfLife,
  BurnIncreaseMult,
  Difficulty,
  MinDifficulty,
  MaxDifficulty,
  LiquidAlphaOn,
  AlphaValues,
  AlphaSigmoidSteepness,
  Yuma3On,
  LiquidAlphaConsensusMode,
  TransferToggle,
  RecycleOrBurn,
  OwnerCutAutoLockEnabled,
  AdminFreezeWindow,
  OwnerHyperparamRateLimit,
  StakeThreshold,
  TaoWeight,
  TxRateLimit,
  TxDelegateTakeRateLimit,
  TxChildkeyTakeRateLimit,
];
