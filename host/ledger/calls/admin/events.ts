/** What setting a parameter reports, and how it fails. */

/** Errors of setting parameters. */
export const ADMIN_ERRORS = [
  "AdminUtils.SubnetDoesNotExist",
  "AdminUtils.NotPermittedOnRootSubnet",
  "AdminUtils.ValueNotInBounds",
  "AdminUtils.InvalidValue",
  "AdminUtils.MaxValidatorsLargerThanMaxUIds",
  "AdminUtils.MaxAllowedUIdsLessThanCurrentUIds",
  "AdminUtils.MaxAllowedUidsLessThanMinAllowedUids",
  "AdminUtils.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids",
  "AdminUtils.MinAllowedUidsGreaterThanMaxAllowedUids",
  "AdminUtils.MinAllowedUidsGreaterThanCurrentUids",
  "AdminUtils.BondsMovingAverageMaxReached",
  "AdminUtils.NegativeSigmoidSteepness",
  "SubtensorModule.ActivityCutoffTooLow",
  "SubtensorModule.RevealPeriodTooLarge",
  "SubtensorModule.RevealPeriodTooSmall",
  "SubtensorModule.LiquidAlphaDisabled",
  "SubtensorModule.AlphaHighTooLow",
  "SubtensorModule.AlphaLowOutOfRange",
] as const;

/** The names of events a single parameter has. */
export type ParameterEventName =
  | `AdminUtils.${"BurnHalfLifeSet" | "BurnIncreaseMultSet" | "BondsResetToggled" | "SubnetEmissionEnabledSet" | "Yuma3EnableToggled"}`
  | `SubtensorModule.${SubtensorEventName}`;

type SubtensorEventName =
  | "ActivityCutoffSet"
  | "AdjustmentAlphaSet"
  | "AdjustmentIntervalSet"
  | "AdminFreezeWindowSet"
  | "BondsMovingAverageSet"
  | "BondsPenaltySet"
  | "ColdkeySwapAnnouncementDelaySet"
  | "ColdkeySwapReannouncementDelaySet"
  | "CommitRevealEnabled"
  | "CommitRevealPeriodsSet"
  | "CommitRevealVersionSet"
  | "DifficultySet"
  | "EpochConsensusSet"
  | "ImmunityPeriodSet"
  | "KappaSet"
  | "LiquidAlphaConsensusModeSet"
  | "MaxAllowedUidsSet"
  | "MaxAllowedValidatorsSet"
  | "MaxBurnSet"
  | "MaxDelegateTakeSet"
  | "MaxDifficultySet"
  | "MaxEpochsPerBlockSet"
  | "MaxRegistrationsPerBlockSet"
  | "MinAllowedUidsSet"
  | "MinAllowedWeightSet"
  | "MinBurnSet"
  | "MinChildKeyTakePerSubnetSet"
  | "MinDelegateTakeSet"
  | "MinDifficultySet"
  | "MinNonImmuneUidsSet"
  | "NetworkImmunityPeriodSet"
  | "NetworkLockCostReductionIntervalSet"
  | "NetworkMinLockCostSet"
  | "NetworkRateLimitSet"
  | "OwnerHyperparamRateLimitSet"
  | "RAORecycledForRegistrationSet"
  | "RegistrationAllowed"
  | "RegistrationPerIntervalSet"
  | "ServingRateLimitSet"
  | "StakeThresholdSet"
  | "StartCallDelaySet"
  | "SubnetLimitSet"
  | "SubnetOwnerCutSet"
  | "TransferToggle"
  | "TxDelegateTakeRateLimitSet"
  | "TxRateLimitSet"
  | "WeightsSetRateLimitSet"
  | "WeightsVersionKeySet";

/** A parameter was set; `netuid` null where it is one of all subnets. Values as the parameter's own. */
export type ParameterEvent = {
  readonly name: ParameterEventName;
  readonly netuid: number | null;
  readonly value: unknown;
};
