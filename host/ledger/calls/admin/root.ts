/** The parameters of a subnet that root alone may set. Source: the admin-utils pallet, spec 425. */
import { ensure } from "../../errors.js";
import { isNull } from "../../rules/ruleSet.js";
import * as item from "../../state/hyperparameters.js";
import { SubnetworkN } from "../../state/neurons.js";
import { EMAPriceHalvingBlocks, RAORecycledForRegistration } from "../../state/pools.js";
import { NetworkRegistrationAllowed, SubnetEmissionEnabled, SubtokenEnabled } from "../../state/subnets.js";
import { flagArgument as flag } from "../arguments.js";
import { rao, u16, u64 } from "../numbers.js";
import { subnetParameter as parameter } from "./parameter.js";

/** By the names of their builders. */
// biome-ignore format: a table reads best with a parameter a block
export const ROOT_PARAMETERS = {
  setMinDifficulty: parameter({ call: "sudo_set_min_difficulty", index: 4, field: "minDifficulty", of: u64, item: item.MinDifficulty,
    by: "root", event: "SubtensorModule.MinDifficultySet" }),
  setWeightsSetRateLimit: parameter({ call: "sudo_set_weights_set_rate_limit", index: 7, field: "weightsSetRateLimitBlocks", of: u64, item: item.WeightsSetRateLimit,
    by: "root", event: "SubtensorModule.WeightsSetRateLimitSet", unchecked: ["window"] }),
  setAdjustmentInterval: parameter({ call: "sudo_set_adjustment_interval", index: 8, field: "adjustmentIntervalBlocks", of: u16, item: item.AdjustmentInterval,
    by: "root", event: "SubtensorModule.AdjustmentIntervalSet", unchecked: ["window"] }),
  setKappa: parameter({ call: "sudo_set_kappa", index: 16, field: "kappa", of: u16, item: item.Kappa,
    by: "root", event: "SubtensorModule.KappaSet", unchecked: ["window"] }),
  setNetworkRegistrationAllowed: parameter({ call: "sudo_set_network_registration_allowed", index: 19, field: "registrationAllowed", of: flag, item: NetworkRegistrationAllowed,
    by: "root", event: "SubtensorModule.RegistrationAllowed", unchecked: ["window", "existence"] }),
  setTargetRegistrationsPerInterval: parameter({ call: "sudo_set_target_registrations_per_interval", index: 21, field: "targetRegistrationsPerInterval", of: u16, item: item.TargetRegistrationsPerInterval,
    by: "root", event: "SubtensorModule.RegistrationPerIntervalSet" }),
  setDifficulty: parameter({ call: "sudo_set_difficulty", index: 24, field: "difficulty", of: u64, item: item.Difficulty,
    by: "root", event: "SubtensorModule.DifficultySet" }),
  setMaxAllowedValidators: parameter({ call: "sudo_set_max_allowed_validators", index: 25, field: "maxAllowedValidators", of: u16, item: item.MaxAllowedValidators,
    by: "root", event: "SubtensorModule.MaxAllowedValidatorsSet",
    check: (state, netuid, most) => {
      ensure(most === 1 || !isNull(state, netuid), "AdminUtils.InvalidValue");
      ensure(most <= state.read(item.MaxAllowedUids, netuid), "AdminUtils.MaxValidatorsLargerThanMaxUIds");
    } }),
  setMaxRegistrationsPerBlock: parameter({ call: "sudo_set_max_registrations_per_block", index: 27, field: "maxRegistrationsPerBlock", of: u16, item: item.MaxRegistrationsPerBlock,
    by: "root", event: "SubtensorModule.MaxRegistrationsPerBlockSet" }),
  setRaoRecycled: parameter({ call: "sudo_set_rao_recycled", index: 39, field: "recycledRao", of: rao, item: RAORecycledForRegistration,
    by: "root", event: "SubtensorModule.RAORecycledForRegistrationSet", unchecked: ["window"] }),
  setEmaPriceHalvingPeriod: parameter({ call: "sudo_set_ema_price_halving_period", index: 65, field: "emaHalvingBlocks", of: u64, item: EMAPriceHalvingBlocks,
    by: "root", unchecked: ["window", "existence"] }),
  setSubtokenEnabled: parameter({ call: "sudo_set_subtoken_enabled", index: 66, field: "subtokenEnabled", of: flag, item: SubtokenEnabled,
    by: "root", unchecked: ["existence"] }),
  setMinAllowedUids: parameter({ call: "sudo_set_min_allowed_uids", index: 79, field: "minAllowedUids", of: u16, item: item.MinAllowedUids,
    by: "root", event: "SubtensorModule.MinAllowedUidsSet",
    check: (state, netuid, least) => {
      ensure(least < state.read(item.MaxAllowedUids, netuid), "AdminUtils.MinAllowedUidsGreaterThanMaxAllowedUids");
      ensure(least < state.read(SubnetworkN, netuid), "AdminUtils.MinAllowedUidsGreaterThanCurrentUids");
    } }),
  setMinNonImmuneUids: parameter({ call: "sudo_set_min_non_immune_uids", index: 84, field: "minNonImmuneUids", of: u16, item: item.MinNonImmuneUids,
    by: "root", event: "SubtensorModule.MinNonImmuneUidsSet", unchecked: ["window", "existence"] }),
  setSubnetEmissionEnabled: parameter({ call: "sudo_set_subnet_emission_enabled", index: 94, field: "enabled", of: flag, item: SubnetEmissionEnabled,
    by: "root", event: "AdminUtils.SubnetEmissionEnabledSet", unchecked: ["window"], notOfRoot: true }),
};
