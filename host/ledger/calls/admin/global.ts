/** The parameters of all subnets; root alone sets them. Source: the admin-utils pallet, spec 425. */
import { ensure } from "../../errors.js";
import { MOST_MECHANISMS } from "../../rules/mechanismCount.js";
import { CKBurn } from "../../state/children.js";
import * as item from "../../state/hyperparameters.js";
import { ColdkeySwapAnnouncementDelay, ColdkeySwapReannouncementDelay } from "../../state/limits.js";
import { SubnetMovingAlpha, SubnetOwnerCut } from "../../state/pools.js";
import { MaxDelegateTake, MinDelegateTake, NominatorMinRequiredStake } from "../../state/staking.js";
import * as subnets from "../../state/subnets.js";
import { i128Bits, rao, u8, u16, u32, u64 } from "../numbers.js";
import { globalParameter as parameter } from "./parameter.js";

/** By the names of their builders. */
// biome-ignore format: a table reads best with a parameter a block
export const GLOBAL_PARAMETERS = {
  setDefaultTake: parameter({ call: "sudo_set_default_take", index: 1, field: "defaultTake", of: u16, item: MaxDelegateTake,
    event: "SubtensorModule.MaxDelegateTakeSet" }),
  setTxRateLimit: parameter({ call: "sudo_set_tx_rate_limit", index: 2, field: "txRateLimitBlocks", of: u64, item: item.TxRateLimit,
    event: "SubtensorModule.TxRateLimitSet" }),
  setSubnetOwnerCut: parameter({ call: "sudo_set_subnet_owner_cut", index: 28, field: "subnetOwnerCut", of: u16, item: SubnetOwnerCut,
    event: "SubtensorModule.SubnetOwnerCutSet" }),
  setNetworkRateLimit: parameter({ call: "sudo_set_network_rate_limit", index: 29, field: "rateLimitBlocks", of: u64, item: subnets.NetworkRateLimit,
    event: "SubtensorModule.NetworkRateLimitSet" }),
  setNetworkImmunityPeriod: parameter({ call: "sudo_set_network_immunity_period", index: 35, field: "immunityPeriodBlocks", of: u64, item: subnets.NetworkImmunityPeriod,
    event: "SubtensorModule.NetworkImmunityPeriodSet" }),
  setNetworkMinLockCost: parameter({ call: "sudo_set_network_min_lock_cost", index: 36, field: "lockCostRao", of: rao, item: subnets.NetworkMinLockCost,
    event: "SubtensorModule.NetworkMinLockCostSet" }),
  setSubnetLimit: parameter({ call: "sudo_set_subnet_limit", index: 37, field: "maxSubnets", of: u16, item: subnets.SubnetLimit,
    event: "SubtensorModule.SubnetLimitSet" }),
  setLockReductionInterval: parameter({ call: "sudo_set_lock_reduction_interval", index: 38, field: "intervalBlocks", of: u64, item: subnets.NetworkLockReductionInterval,
    event: "SubtensorModule.NetworkLockCostReductionIntervalSet" }),
  setStakeThreshold: parameter({ call: "sudo_set_stake_threshold", index: 42, field: "minStakeRao", of: rao, item: item.StakeThreshold,
    event: "SubtensorModule.StakeThresholdSet" }),
  /** Unlike on the chain, raising it pays out no small nominations; the next unstaking does. */
  setNominatorMinRequiredStake: parameter({ call: "sudo_set_nominator_min_required_stake", index: 43, field: "factorMillionths", of: u64, item: NominatorMinRequiredStake }),
  setTxDelegateTakeRateLimit: parameter({ call: "sudo_set_tx_delegate_take_rate_limit", index: 45, field: "txRateLimitBlocks", of: u64, item: item.TxDelegateTakeRateLimit,
    event: "SubtensorModule.TxDelegateTakeRateLimitSet" }),
  setMinDelegateTake: parameter({ call: "sudo_set_min_delegate_take", index: 46, field: "take", of: u16, item: MinDelegateTake,
    event: "SubtensorModule.MinDelegateTakeSet" }),
  setSubnetMovingAlpha: parameter({ call: "sudo_set_subnet_moving_alpha", index: 63, field: "alphaBits", of: i128Bits, item: SubnetMovingAlpha }),
  setCommitRevealVersion: parameter({ call: "sudo_set_commit_reveal_version", index: 71, field: "version", of: u16, item: item.CommitRevealWeightsVersion,
    event: "SubtensorModule.CommitRevealVersionSet" }),
  setCkBurn: parameter({ call: "sudo_set_ck_burn", index: 73, field: "burn", of: u64, item: CKBurn }),
  setAdminFreezeWindow: parameter({ call: "sudo_set_admin_freeze_window", index: 74, field: "windowBlocks", of: u16, item: item.AdminFreezeWindow,
    event: "SubtensorModule.AdminFreezeWindowSet" }),
  setOwnerHparamRateLimit: parameter({ call: "sudo_set_owner_hparam_rate_limit", index: 75, field: "epochs", of: u16, item: item.OwnerHyperparamRateLimit,
    event: "SubtensorModule.OwnerHyperparamRateLimitSet" }),
  setStartCallDelay: parameter({ call: "sudo_set_start_call_delay", index: 85, field: "delayBlocks", of: u64, item: subnets.StartCallDelay,
    event: "SubtensorModule.StartCallDelaySet" }),
  setColdkeySwapAnnouncementDelay: parameter({ call: "sudo_set_coldkey_swap_announcement_delay", index: 86, field: "durationBlocks", of: u32, item: ColdkeySwapAnnouncementDelay,
    event: "SubtensorModule.ColdkeySwapAnnouncementDelaySet" }),
  setColdkeySwapReannouncementDelay: parameter({ call: "sudo_set_coldkey_swap_reannouncement_delay", index: 87, field: "durationBlocks", of: u32, item: ColdkeySwapReannouncementDelay,
    event: "SubtensorModule.ColdkeySwapReannouncementDelaySet" }),
  setMaxMechanismCount: parameter({ call: "sudo_set_max_mechanism_count", index: 88, field: "maxMechanismCount", of: u8, item: subnets.MaxMechanismCount,
    check: (count) => ensure(count > 0 && count <= MOST_MECHANISMS, "SubtensorModule.InvalidValue") }),
  setMaxEpochsPerBlock: parameter({ call: "sudo_set_max_epochs_per_block", index: 96, field: "maxEpochsPerBlock", of: u8, item: subnets.MaxEpochsPerBlock,
    event: "SubtensorModule.MaxEpochsPerBlockSet", check: (most) => ensure(most >= 1, "AdminUtils.ValueNotInBounds") }),
};
