/** Making a subnet: its parameters, its owner's neuron, its pool. Source: subtensor subnets/subnet.rs. */
import type { Account } from "../state/codecs.js";
import {
  Burn,
  ImmunityPeriod,
  MaxAllowedUids,
  MaxAllowedValidators,
  MinAllowedWeights,
  Yuma3On,
} from "../state/hyperparameters.js";
import { SubnetworkN } from "../state/neurons.js";
import {
  RAORecycledForRegistration,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetTAO,
  SubnetVolume,
  TotalStake,
} from "../state/pools.js";
import type { State } from "../state/state.js";
import {
  LastEpochBlock,
  NetworkLastLockCost,
  NetworkLastRegistered,
  NetworkMinLockCost,
  NetworkRegisteredAt,
  NetworkRegistrationAllowed,
  NetworksAdded,
  RegisteredSubnetCounter,
  SubnetEmissionEnabled,
  SubnetLocked,
  SubnetMechanism,
  SubnetOwner,
  Tempo,
  TokenSymbol,
  TotalNetworks,
} from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { RuleContext } from "./context.js";
import { createHotkey } from "./hotkeys.js";
import { saturatedU64 } from "./integers.js";
import { appendNeuron } from "./neurons.js";
import { alphaAtPrice, medianPriceBits } from "./newSubnet.js";
import { setOwnerHotkey } from "./ownerHotkey.js";
import { transferToSubnet } from "./subnetAccounts.js";
import { freeSymbol } from "./symbols.js";

const DYNAMIC = 1;
const NEW_TEMPO = 360;
const NEW_UIDS = 256;
const NEW_VALIDATORS = 64;
const NEW_MIN_WEIGHTS = 1;
const NEW_IMMUNITY_PERIOD = 5_000;
const NEW_BURN_RAO = 1_000_000_000n;

/** What making and ending subnets reports. */
export type SubnetEvent =
  | { readonly name: "SubtensorModule.NetworkAdded"; readonly netuid: number; readonly mechanism: number }
  | { readonly name: "SubtensorModule.NetworkRemoved"; readonly netuid: number };

/**
 * Makes a subnet of a coldkey, its hotkey uid 0. The price of its pool is the median of all; its TAO what was paid, at least the least
 * cost, so that with a raised least cost the pool can hold more than was paid. It gives no emission until root lets it.
 */
export function createSubnet(
  context: RuleContext,
  netuid: number,
  coldkey: Account,
  hotkey: Account,
  costRao: bigint,
): void {
  const { state, kernel, emit } = context;
  const priceBits = medianPriceBits(context);
  initSubnet(state, netuid);
  const paidRao = transferToSubnet(context, netuid, coldkey, costRao);
  const block = state.read(BlockNumber);
  state.write(NetworkLastLockCost, paidRao);
  state.write(NetworkLastRegistered, block);
  createHotkey(state, coldkey, hotkey);
  appendNeuron(state, netuid, hotkey);
  state.write(SubnetMechanism, netuid, DYNAMIC);
  state.write(NetworkRegisteredAt, netuid, block);
  state.write(RegisteredSubnetCounter, netuid, state.read(RegisteredSubnetCounter, netuid) + 1n);
  state.write(TokenSymbol, netuid, freeSymbol(state, netuid));
  const leastRao = state.read(NetworkMinLockCost);
  const poolRao = paidRao > leastRao ? paidRao : leastRao;
  state.write(SubnetTAO, netuid, poolRao);
  state.write(SubnetAlphaIn, netuid, alphaAtPrice(kernel, poolRao, priceBits));
  state.write(SubnetOwner, netuid, coldkey);
  setOwnerHotkey(state, emit, netuid, hotkey);
  state.write(SubnetLocked, netuid, paidRao);
  state.write(SubnetAlphaOut, netuid, 0n);
  state.write(SubnetVolume, netuid, 0n);
  state.write(RAORecycledForRegistration, netuid, 0n);
  state.write(TotalStake, saturatedU64(state.read(TotalStake) + poolRao));
  emit({ name: "SubtensorModule.NetworkAdded", netuid, mechanism: DYNAMIC });
  state.write(SubnetEmissionEnabled, netuid, false);
}

/** Gives a network that begins what every one begins with; epochs of different subnets begin in different blocks. */
export function initSubnet(state: State, netuid: number): void {
  state.write(SubnetworkN, netuid, 0);
  state.write(NetworksAdded, netuid, true);
  state.write(Tempo, netuid, NEW_TEMPO);
  state.write(LastEpochBlock, netuid, Math.max(state.read(BlockNumber) - (netuid % NEW_TEMPO), 0));
  state.write(TotalNetworks, state.read(TotalNetworks) + 1);
  state.write(NetworkRegistrationAllowed, netuid, true);
  state.write(MaxAllowedUids, netuid, NEW_UIDS);
  state.write(MaxAllowedValidators, netuid, NEW_VALIDATORS);
  state.write(MinAllowedWeights, netuid, NEW_MIN_WEIGHTS);
  state.write(ImmunityPeriod, netuid, NEW_IMMUNITY_PERIOD);
  state.write(Yuma3On, netuid, true);
  state.write(Burn, netuid, NEW_BURN_RAO);
  state.write(SubnetEmissionEnabled, netuid, true);
}
