/**
 * Removing all a network has. What the chain leaves behind stays here too: whether it emits and its owner has a cut, the least and the
 * non-immune uids, the root's proportion and dividends, how often the netuid was given out. Source: subtensor coinbase/root.rs.
 */
import { ChildKeys, ChildkeyTake, ParentKeys, PendingChildKeys } from "../state/children.js";
import * as parameters from "../state/hyperparameters.js";
import type { AnyItem } from "../state/item.js";
import { LastHotkeySwapOnNetuid, TransactionKeyLastBlock } from "../state/limits.js";
import {
  DecayingHotkeyLock,
  DecayingLock,
  DecayingOwnerLock,
  HotkeyLock,
  Lock,
  LockingColdkeys,
  OwnerLock,
} from "../state/locks.js";
import * as neurons from "../state/neurons.js";
import * as pools from "../state/pools.js";
import { AlphaDividendsPerSubnet, TotalHotkeyAlphaLastEpoch } from "../state/staking.js";
import type { State } from "../state/state.js";
import * as subnets from "../state/subnets.js";
import { clearMechanism } from "./mechanismCount.js";
import { mechanismIndices } from "./mechanisms.js";

const ROOT = 0;

/** Removed by netuid, with all that lies under it. */
const BY_NETUID: readonly AnyItem[] = [
  ...[subnets.SubnetOwner, subnets.NetworksAdded, subnets.NetworkRegisteredAt, subnets.Tempo, subnets.LastEpochBlock],
  ...[subnets.PendingEpochAt, subnets.SubnetEpochIndex, subnets.TokenSymbol, subnets.SubnetMechanism],
  ...[subnets.SubnetOwnerHotkey, subnets.NetworkRegistrationAllowed, subnets.SubnetLocked],
  ...[subnets.FirstEmissionBlockNumber, subnets.BlocksSinceLastStep, subnets.LastMechansimStepBlock],
  ...[subnets.SubnetEpochConsensus, subnets.LastYumaStepBlock, subnets.SavedYumaMaxAllowedValidators],
  ...[subnets.SubtokenEnabled, subnets.MechanismCountCurrent, subnets.MechanismEmissionSplit],
  ...[neurons.SubnetworkN, neurons.Uids, neurons.Keys, neurons.Active, neurons.Emission, neurons.Consensus],
  ...[neurons.Dividends, neurons.ValidatorPermit, neurons.ValidatorTrust, neurons.StakeWeight],
  ...[neurons.RegistrationsThisInterval, neurons.RegistrationsThisBlock, neurons.BlockAtRegistration],
  ...[neurons.Axons, neurons.NeuronCertificates, neurons.Prometheus],
  ...[pools.SubnetAlphaInEmission, pools.SubnetAlphaOutEmission, pools.SubnetTaoInEmission, pools.SubnetVolume],
  ...[pools.SubnetMovingPrice, pools.SubnetTaoFlow, pools.SubnetProtocolFlow, pools.SubnetExcessTao],
  ...[pools.SubnetRootSellTao, pools.PendingValidatorEmission, pools.PendingServerEmission],
  ...[pools.PendingRootAlphaDivs, pools.PendingOwnerCut, pools.MinerBurned, pools.EMAPriceHalvingBlocks],
  pools.RAORecycledForRegistration,
  ...[parameters.Kappa, parameters.Difficulty, parameters.MaxAllowedUids, parameters.ImmunityPeriod],
  ...[parameters.ActivityCutoff, parameters.ActivityCutoffFactorMilli, parameters.MinAllowedWeights],
  ...[parameters.TransferToggle, parameters.ServingRateLimit, parameters.Rho, parameters.AlphaSigmoidSteepness],
  ...[parameters.MaxAllowedValidators, parameters.BondsMovingAverage, parameters.BondsPenalty],
  ...[parameters.BondsResetOn, parameters.WeightsSetRateLimit, parameters.TargetRegistrationsPerInterval],
  ...[parameters.CommitRevealWeightsEnabled, parameters.BurnHalfLife, parameters.BurnIncreaseMult],
  ...[parameters.Burn, parameters.MinBurn, parameters.MaxBurn, parameters.MinDifficulty, parameters.MaxDifficulty],
  ...[parameters.MaxRegistrationsPerBlock, parameters.WeightsVersionKey, parameters.LiquidAlphaOn],
  ...[
    parameters.Yuma3On,
    parameters.AlphaValues,
    parameters.LiquidAlphaConsensusMode,
    parameters.OwnerCutAutoLockEnabled,
  ],
  ...[parameters.ImmuneOwnerUidsLimit, parameters.RevealPeriodEpochs],
  ...[AlphaDividendsPerSubnet, PendingChildKeys, LastHotkeySwapOnNetuid],
  ...[LockingColdkeys, HotkeyLock, DecayingHotkeyLock, OwnerLock, DecayingOwnerLock],
];

/** Removed where the second key is the netuid. */
const BY_SECOND_KEY: readonly AnyItem[] = [
  ...[ChildkeyTake, ChildKeys, ParentKeys, TotalHotkeyAlphaLastEpoch, TransactionKeyLastBlock, DecayingLock],
];

/** Removes a network. */
export function removeNetwork(state: State, netuid: number): void {
  for (const [[, hotkey, coldkey]] of state.entries(LockingColdkeys, netuid)) {
    state.remove(Lock, coldkey, netuid, hotkey);
  }
  for (const [, hotkey] of state.entries(neurons.Keys, netuid)) state.remove(neurons.IsNetworkMember, hotkey, netuid);
  for (const index of mechanismIndices(state, netuid)) clearMechanism(state, index);
  forgetRootWeights(state, netuid);
  for (const item of BY_NETUID) state.clear(item, netuid);
  for (const item of BY_SECOND_KEY) {
    for (const [keys] of state.entries(item)) if (keys[1] === netuid) state.remove(item, ...keys);
  }
  state.write(subnets.TotalNetworks, Math.max(state.read(subnets.TotalNetworks) - 1, 0));
}

/** Sets the root's weights for the network to 0. */
function forgetRootWeights(state: State, netuid: number): void {
  for (const [[index, uid], row] of state.entries(neurons.Weights, ROOT)) {
    const zeroed = row.zeroed(netuid);
    if (zeroed !== row) state.write(neurons.Weights, index, uid, zeroed);
  }
}
