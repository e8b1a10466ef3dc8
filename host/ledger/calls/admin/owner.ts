/** The parameters a subnet's owner may set, and root may. Source: the admin-utils pallet, spec 425. */
import { ensure } from "../../errors.js";
import { ensureUidsFitMechanisms, MOST_UIDS } from "../../rules/mechanismCount.js";
import { accountLimit, KIND, ownerLimit } from "../../rules/rateLimits.js";
import { MaxChildkeyTake, MinChildkeyTake, MinChildkeyTakePerSubnet } from "../../state/children.js";
import * as item from "../../state/hyperparameters.js";
import { SubnetworkN } from "../../state/neurons.js";
import { OwnerCutEnabled } from "../../state/pools.js";
import { MechanismCountCurrent, Tempo } from "../../state/subnets.js";
import { flagArgument as flag } from "../arguments.js";
import { i16, rao, u16, u64, u128Bits } from "../numbers.js";
import { subnetParameter as parameter } from "./parameter.js";
import { withheld } from "./withheld.js";

const TAO = 1_000_000_000n;
/** Tempos between two changes of the version key. */
const VERSION_KEY_TEMPOS = 5;
const MOST_OWNER_BONDS_AVERAGE = 975_000n;
const [LEAST_REVEAL_EPOCHS, MOST_REVEAL_EPOCHS] = [1n, 100n];
const MOST_BURN_HALF_LIFE = 36_100;
/** U64F64. */
const ONE = 1n << 64n;
const [LEAST_IMMUNE_OWNERS, MOST_IMMUNE_OWNERS] = [1, 10];

const versionKeyLimit = accountLimit(
  KIND.SetWeightsVersionKey,
  (state, netuid) => state.read(Tempo, netuid) * VERSION_KEY_TEMPOS,
);

/** By the names of their builders. Of each: call and index, argument, item, limit, event, bounds in the chain's order. */
// biome-ignore format: a table reads best with a parameter a block
export const OWNER_PARAMETERS = {
  setServingRateLimit: parameter({ call: "sudo_set_serving_rate_limit", index: 3, field: "servingRateLimitBlocks", of: u64, item: item.ServingRateLimit,
    by: ownerLimit("ServingRateLimit"), event: "SubtensorModule.ServingRateLimitSet", unchecked: ["existence"] }),
  setMaxDifficulty: parameter({ call: "sudo_set_max_difficulty", index: 5, field: "maxDifficulty", of: u64, item: item.MaxDifficulty,
    by: ownerLimit("MaxDifficulty"), event: "SubtensorModule.MaxDifficultySet" }),
  setWeightsVersionKey: parameter({ call: "sudo_set_weights_version_key", index: 6, field: "weightsVersionKey", of: u64, item: item.WeightsVersionKey,
    by: versionKeyLimit, event: "SubtensorModule.WeightsVersionKeySet" }),
  setAdjustmentAlpha: parameter({ call: "sudo_set_adjustment_alpha", index: 9, field: "adjustmentAlpha", of: u64, item: item.AdjustmentAlpha,
    by: ownerLimit("AdjustmentAlpha"), event: "SubtensorModule.AdjustmentAlphaSet" }),
  setImmunityPeriod: parameter({ call: "sudo_set_immunity_period", index: 13, field: "immunityPeriodBlocks", of: u16, item: item.ImmunityPeriod,
    by: ownerLimit("ImmunityPeriod"), event: "SubtensorModule.ImmunityPeriodSet" }),
  setMinAllowedWeights: parameter({ call: "sudo_set_min_allowed_weights", index: 14, field: "minAllowedWeights", of: u16, item: item.MinAllowedWeights,
    by: ownerLimit("MinAllowedWeights"), event: "SubtensorModule.MinAllowedWeightSet" }),
  setMaxAllowedUids: parameter({ call: "sudo_set_max_allowed_uids", index: 15, field: "maxAllowedUids", of: u16, item: item.MaxAllowedUids,
    by: ownerLimit("MaxAllowedUids"), event: "SubtensorModule.MaxAllowedUidsSet",
    check: (state, netuid, most) => {
      ensure(most >= state.read(item.MinAllowedUids, netuid), "AdminUtils.MaxAllowedUidsLessThanMinAllowedUids");
      ensure(state.read(SubnetworkN, netuid) <= most, "AdminUtils.MaxAllowedUIdsLessThanCurrentUIds");
      ensure(most <= MOST_UIDS, "AdminUtils.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids");
      ensureUidsFitMechanisms(most, state.read(MechanismCountCurrent, netuid));
    } }),
  setRho: parameter({ call: "sudo_set_rho", index: 17, field: "rho", of: u16, item: item.Rho, by: ownerLimit("Rho") }),
  setActivityCutoff: parameter({ call: "sudo_set_activity_cutoff", index: 18, field: "activityCutoffBlocks", of: u16, item: item.ActivityCutoff,
    by: ownerLimit("ActivityCutoff"), event: "SubtensorModule.ActivityCutoffSet",
    check: (state, _netuid, blocks) => ensure(blocks >= state.read(item.MinActivityCutoff), "SubtensorModule.ActivityCutoffTooLow") }),
  setMinBurn: parameter({ call: "sudo_set_min_burn", index: 22, field: "minBurnRao", of: rao, item: item.MinBurn,
    by: ownerLimit("MinBurn"), event: "SubtensorModule.MinBurnSet",
    check: (state, netuid, least) => ensure(least < TAO && least < state.read(item.MaxBurn, netuid), "AdminUtils.ValueNotInBounds") }),
  setMaxBurn: parameter({ call: "sudo_set_max_burn", index: 23, field: "maxBurnRao", of: rao, item: item.MaxBurn,
    by: ownerLimit("MaxBurn"), event: "SubtensorModule.MaxBurnSet",
    check: (state, netuid, most) => ensure(most > TAO / 10n && most > state.read(item.MinBurn, netuid), "AdminUtils.ValueNotInBounds") }),
  setBondsMovingAverage: parameter({ call: "sudo_set_bonds_moving_average", index: 26, field: "bondsMovingAverage", of: u64, item: item.BondsMovingAverage,
    by: ownerLimit("BondsMovingAverage"), event: "SubtensorModule.BondsMovingAverageSet",
    check: (_state, _netuid, average, byOwner) => ensure(!byOwner || average <= MOST_OWNER_BONDS_AVERAGE, "AdminUtils.BondsMovingAverageMaxReached") }),
  setCommitRevealWeightsEnabled: parameter({ call: "sudo_set_commit_reveal_weights_enabled", index: 49, field: "enabled", of: flag, item: item.CommitRevealWeightsEnabled,
    by: ownerLimit("CommitRevealEnabled"), event: "SubtensorModule.CommitRevealEnabled" }),
  setLiquidAlphaEnabled: parameter({ call: "sudo_set_liquid_alpha_enabled", index: 50, field: "enabled", of: flag, item: item.LiquidAlphaOn,
    by: ownerLimit("LiquidAlphaEnabled"), unchecked: ["existence"] }),
  setCommitRevealWeightsInterval: parameter({ call: "sudo_set_commit_reveal_weights_interval", index: 57, field: "intervalEpochs", of: u64, item: item.RevealPeriodEpochs,
    by: ownerLimit("WeightCommitInterval"), event: "SubtensorModule.CommitRevealPeriodsSet",
    check: (_state, _netuid, epochs) => {
      ensure(epochs <= MOST_REVEAL_EPOCHS, "SubtensorModule.RevealPeriodTooLarge");
      ensure(epochs >= LEAST_REVEAL_EPOCHS, "SubtensorModule.RevealPeriodTooSmall");
    } }),
  setBondsPenalty: parameter({ call: "sudo_set_bonds_penalty", index: 60, field: "bondsPenalty", of: u16, item: item.BondsPenalty,
    by: ownerLimit("BondsPenalty"), event: "SubtensorModule.BondsPenaltySet" }),
  setToggleTransfer: parameter({ call: "sudo_set_toggle_transfer", index: 61, field: "toggle", of: flag, item: item.TransferToggle,
    by: ownerLimit("TransferEnabled"), event: "SubtensorModule.TransferToggle", unchecked: ["existence"] }),
  setAlphaSigmoidSteepness: parameter({ call: "sudo_set_alpha_sigmoid_steepness", index: 68, field: "steepness", of: i16, item: item.AlphaSigmoidSteepness,
    by: ownerLimit("AlphaSigmoidSteepness"),
    check: (_state, _netuid, steepness, byOwner) => ensure(!byOwner || steepness >= 0, "AdminUtils.NegativeSigmoidSteepness") }),
  setYuma3Enabled: parameter({ call: "sudo_set_yuma3_enabled", index: 69, field: "enabled", of: flag, item: item.Yuma3On,
    by: ownerLimit("Yuma3Enabled"), event: "AdminUtils.Yuma3EnableToggled", unchecked: ["existence"] }),
  setBondsResetEnabled: parameter({ call: "sudo_set_bonds_reset_enabled", index: 70, field: "enabled", of: flag, item: item.BondsResetOn,
    by: ownerLimit("BondsResetEnabled"), event: "AdminUtils.BondsResetToggled", unchecked: ["existence"] }),
  setOwnerImmuneNeuronLimit: parameter({ call: "sudo_set_owner_immune_neuron_limit", index: 72, field: "immuneNeurons", of: u16, item: item.ImmuneOwnerUidsLimit,
    by: ownerLimit("ImmuneNeuronLimit"), unchecked: ["existence"],
    check: (_state, _netuid, limit) => ensure(limit >= LEAST_IMMUNE_OWNERS && limit <= MOST_IMMUNE_OWNERS, "SubtensorModule.InvalidValue") }),
  setRecycleOrBurn: parameter({ call: "sudo_set_recycle_or_burn", index: 80, field: "recycleOrBurn", of: withheld, item: item.RecycleOrBurn,
    by: ownerLimit("RecycleOrBurn"), unchecked: ["existence"] }),
  setBurnHalfLife: parameter({ call: "sudo_set_burn_half_life", index: 89, field: "burnHalfLifeBlocks", of: u16, item: item.BurnHalfLife,
    by: ownerLimit("BurnHalfLife"), event: "AdminUtils.BurnHalfLifeSet", notOfRoot: true,
    check: (_state, _netuid, blocks) => ensure(blocks > 0 && blocks <= MOST_BURN_HALF_LIFE, "AdminUtils.InvalidValue") }),
  setBurnIncreaseMult: parameter({ call: "sudo_set_burn_increase_mult", index: 90, field: "burnIncreaseMultBits", of: u128Bits, item: item.BurnIncreaseMult,
    by: ownerLimit("BurnIncreaseMult"), event: "AdminUtils.BurnIncreaseMultSet", notOfRoot: true,
    check: (_state, _netuid, bits) => ensure(bits >= ONE && bits <= 3n * ONE, "AdminUtils.InvalidValue") }),
  setOwnerCutEnabled: parameter({ call: "sudo_set_owner_cut_enabled", index: 92, field: "enabled", of: flag, item: OwnerCutEnabled,
    by: "owner", notOfRoot: true }),
  setMinChildkeyTakePerSubnet: parameter({ call: "sudo_set_min_childkey_take_per_subnet", index: 93, field: "take", of: u16, item: MinChildkeyTakePerSubnet,
    by: ownerLimit("MinChildkeyTake"), event: "SubtensorModule.MinChildKeyTakePerSubnetSet",
    check: (state, _netuid, take) => ensure(take >= state.read(MinChildkeyTake) && take <= state.read(MaxChildkeyTake), "AdminUtils.InvalidValue") }),
  setOwnerCutAutoLockEnabled: parameter({ call: "sudo_set_owner_cut_auto_lock_enabled", index: 95, field: "enabled", of: flag, item: item.OwnerCutAutoLockEnabled,
    by: "owner", notOfRoot: true }),
};
