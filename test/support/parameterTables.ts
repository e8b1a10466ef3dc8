/** What each call that sets a parameter takes and stores, written from the chain's pallet: builder, argument, input, item, stored value. */

/** How a call of the owner's table deviates: no limit, its limit in blocks, no look at existence. */
export interface Deviation {
  readonly limitBlocks?: number;
  readonly existence?: false;
  readonly window?: false;
}

export type Row = readonly [
  builder: string,
  field: string,
  input: unknown,
  item: string,
  stored: unknown,
  deviation?: Deviation,
];

const no = { existence: false } as const;

/** What a subnet's owner may set. Two tempos of 360 is the usual limit. */
// biome-ignore format: a table
export const OWNERS: readonly Row[] = [
  ["setServingRateLimit", "servingRateLimitBlocks", 7n, "ServingRateLimit", 7n, no],
  ["setMaxDifficulty", "maxDifficulty", "7", "MaxDifficulty", 7n],
  ["setWeightsVersionKey", "weightsVersionKey", 7n, "WeightsVersionKey", 7n, { limitBlocks: 1_800 }],
  ["setAdjustmentAlpha", "adjustmentAlpha", 7n, "AdjustmentAlpha", 7n],
  ["setImmunityPeriod", "immunityPeriodBlocks", 7, "ImmunityPeriod", 7],
  ["setMinAllowedWeights", "minAllowedWeights", 7, "MinAllowedWeights", 7],
  ["setMaxAllowedUids", "maxAllowedUids", 64, "MaxAllowedUids", 64],
  ["setRho", "rho", 7, "Rho", 7],
  ["setActivityCutoff", "activityCutoffBlocks", 360, "ActivityCutoff", 360],
  ["setMinBurn", "minBurnRao", 999_999_999n, "MinBurn", 999_999_999n],
  ["setMaxBurn", "maxBurnRao", "100000001", "MaxBurn", 100_000_001n],
  ["setBondsMovingAverage", "bondsMovingAverage", 975_000n, "BondsMovingAverage", 975_000n],
  ["setCommitRevealWeightsEnabled", "enabled", false, "CommitRevealWeightsEnabled", false],
  ["setLiquidAlphaEnabled", "enabled", true, "LiquidAlphaOn", true, no],
  ["setCommitRevealWeightsInterval", "intervalEpochs", 100n, "RevealPeriodEpochs", 100n],
  ["setBondsPenalty", "bondsPenalty", 7, "BondsPenalty", 7],
  ["setToggleTransfer", "toggle", false, "TransferToggle", false, no],
  ["setAlphaSigmoidSteepness", "steepness", 0, "AlphaSigmoidSteepness", 0],
  ["setYuma3Enabled", "enabled", false, "Yuma3On", false, no],
  ["setBondsResetEnabled", "enabled", true, "BondsResetOn", true, no],
  ["setOwnerImmuneNeuronLimit", "immuneNeurons", 10, "ImmuneOwnerUidsLimit", 10, no],
  ["setRecycleOrBurn", "recycleOrBurn", "recycle", "RecycleOrBurn", 1, no],
  ["setBurnHalfLife", "burnHalfLifeBlocks", 36_100, "BurnHalfLife", 36_100],
  ["setBurnIncreaseMult", "burnIncreaseMultBits", 3n << 64n, "BurnIncreaseMult", 3n << 64n],
  ["setOwnerCutEnabled", "enabled", false, "OwnerCutEnabled", false, { limitBlocks: 0 }],
  ["setMinChildkeyTakePerSubnet", "take", 11_796, "MinChildkeyTakePerSubnet", 11_796],
  ["setOwnerCutAutoLockEnabled", "enabled", true, "OwnerCutAutoLockEnabled", true, { limitBlocks: 0 }],
];

const off = { window: false } as const;

/** What root sets of a subnet. */
// biome-ignore format: a table
export const ROOTS: readonly Row[] = [
  ["setMinDifficulty", "minDifficulty", 7n, "MinDifficulty", 7n],
  ["setWeightsSetRateLimit", "weightsSetRateLimitBlocks", 7n, "WeightsSetRateLimit", 7n, off],
  ["setAdjustmentInterval", "adjustmentIntervalBlocks", 7, "AdjustmentInterval", 7, off],
  ["setKappa", "kappa", 7, "Kappa", 7, off],
  ["setNetworkRegistrationAllowed", "registrationAllowed", false, "NetworkRegistrationAllowed", false, { ...off, ...no }],
  ["setTargetRegistrationsPerInterval", "targetRegistrationsPerInterval", 7, "TargetRegistrationsPerInterval", 7],
  ["setDifficulty", "difficulty", 7n, "Difficulty", 7n],
  ["setMaxAllowedValidators", "maxAllowedValidators", 256, "MaxAllowedValidators", 256],
  ["setMaxRegistrationsPerBlock", "maxRegistrationsPerBlock", 7, "MaxRegistrationsPerBlock", 7],
  ["setRaoRecycled", "recycledRao", 7n, "RAORecycledForRegistration", 7n, off],
  ["setEmaPriceHalvingPeriod", "emaHalvingBlocks", 7n, "EMAPriceHalvingBlocks", 7n, { ...off, ...no }],
  ["setSubtokenEnabled", "subtokenEnabled", false, "SubtokenEnabled", false, no],
  ["setMinAllowedUids", "minAllowedUids", 0, "MinAllowedUids", 0],
  ["setMinNonImmuneUids", "minNonImmuneUids", 7, "MinNonImmuneUids", 7, { ...off, ...no }],
  ["setSubnetEmissionEnabled", "enabled", true, "SubnetEmissionEnabled", true, off],
];

/** What root sets of all subnets. */
// biome-ignore format: a table
export const GLOBALS: readonly Row[] = [
  ["setDefaultTake", "defaultTake", 7, "MaxDelegateTake", 7],
  ["setTxRateLimit", "txRateLimitBlocks", 7n, "TxRateLimit", 7n],
  ["setSubnetOwnerCut", "subnetOwnerCut", 7, "SubnetOwnerCut", 7],
  ["setNetworkRateLimit", "rateLimitBlocks", 7n, "NetworkRateLimit", 7n],
  ["setNetworkImmunityPeriod", "immunityPeriodBlocks", 7n, "NetworkImmunityPeriod", 7n],
  ["setNetworkMinLockCost", "lockCostRao", 7n, "NetworkMinLockCost", 7n],
  ["setSubnetLimit", "maxSubnets", 7, "SubnetLimit", 7],
  ["setLockReductionInterval", "intervalBlocks", 7n, "NetworkLockReductionInterval", 7n],
  ["setStakeThreshold", "minStakeRao", 7n, "StakeThreshold", 7n],
  ["setNominatorMinRequiredStake", "factorMillionths", 7n, "NominatorMinRequiredStake", 7n],
  ["setTxDelegateTakeRateLimit", "txRateLimitBlocks", 7n, "TxDelegateTakeRateLimit", 7n],
  ["setMinDelegateTake", "take", 7, "MinDelegateTake", 7],
  ["setSubnetMovingAlpha", "alphaBits", -7n, "SubnetMovingAlpha", -7n],
  ["setCommitRevealVersion", "version", 7, "CommitRevealWeightsVersion", 7],
  ["setCkBurn", "burn", 7n, "CKBurn", 7n],
  ["setAdminFreezeWindow", "windowBlocks", 7, "AdminFreezeWindow", 7],
  ["setOwnerHparamRateLimit", "epochs", 7, "OwnerHyperparamRateLimit", 7],
  ["setStartCallDelay", "delayBlocks", 7n, "StartCallDelay", 7n],
  ["setColdkeySwapAnnouncementDelay", "durationBlocks", 7, "ColdkeySwapAnnouncementDelay", 7],
  ["setColdkeySwapReannouncementDelay", "durationBlocks", 7, "ColdkeySwapReannouncementDelay", 7],
  ["setMaxMechanismCount", "maxMechanismCount", 16, "MaxMechanismCount", 16],
  ["setMaxEpochsPerBlock", "maxEpochsPerBlock", 7, "MaxEpochsPerBlock", 7],
];
