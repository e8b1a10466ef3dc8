/** Making a subnet: its parameters, its owner's neuron, its pool. Source: subtensor subnets/subnet.rs. */
import type { Account } from "../state/codecs.js";
import {
  Burn,
  ImmunityPeriod,
  MaxAllowedUids,
  MaxAllowedValidators,
  MinAllowedWeights,
  TargetRegistrationsPerInterval,
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
import { delegateRootValidators } from "./children.js";
import type { RuleContext } from "./context.js";
import { createHotkey } from "./hotkeys.js";
import { saturatedU64 } from "./integers.js";
import { appendNeuron } from "./neurons.js";
import { alphaAtPrice, medianPriceBits } from "./newSubnet.js";
import { setOwnerHotkey } from "./ownerHotkey.js";
import { transferToSubnet } from "./subnetAccounts.js";
import { ROOT_NETUID } from "./subnetChecks.js";
import { freeSymbol } from "./symbols.js";

const DYNAMIC = 1;
const NEW_TEMPO = 360;
const NEW_UIDS = 256;
const NEW_VALIDATORS = 64;
const NEW_MIN_WEIGHTS = 1;
const NEW_IMMUNITY_PERIOD = 5_000;
const NEW_BURN_RAO = 1_000_000_000n;
const ROOT_SEATS = 64;
const ROOT_TEMPO = 100;

/** What making and ending subnets reports. */
export type SubnetEvent =
  | { readonly name: "SubtensorModule.NetworkAdded"; readonly netuid: number; readonly mechanism: number }
  | { readonly name: "SubtensorModule.NetworkRemoved"; readonly netuid: number };

/** A subnet to be opened. Amounts in rao. */
export interface NewSubnet {
  readonly netuid: number;
  readonly coldkey: Account;
  readonly hotkey: Account;
  /** What its owner paid. */
  readonly lockedRao: bigint;
  readonly poolTaoRao: bigint;
  readonly poolAlphaRao: bigint;
}

/**
 * Makes a subnet of a coldkey, its hotkey uid 0. The price of its pool is the median of all; its TAO what was paid, at least the least
 * cost, so that with a raised least cost the pool can hold more than was paid. The root's validators lend its owner's hotkey their
 * stake. It gives no emission until root lets it.
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
  const lockedRao = transferToSubnet(context, netuid, coldkey, costRao);
  state.write(NetworkLastLockCost, lockedRao);
  state.write(NetworkLastRegistered, state.read(BlockNumber));
  const leastRao = state.read(NetworkMinLockCost);
  const poolTaoRao = lockedRao > leastRao ? lockedRao : leastRao;
  const poolAlphaRao = alphaAtPrice(kernel, poolTaoRao, priceBits);
  openSubnet(context, { netuid, coldkey, hotkey, lockedRao, poolTaoRao, poolAlphaRao });
  delegateRootValidators(context, netuid);
  emit({ name: "SubtensorModule.NetworkAdded", netuid, mechanism: DYNAMIC });
  state.write(SubnetEmissionEnabled, netuid, false);
}

/** Gives a network that has begun its owner, the owner's neuron and a pool. */
export function openSubnet({ state, emit }: RuleContext, subnet: NewSubnet): void {
  const { netuid, coldkey, hotkey, lockedRao, poolTaoRao, poolAlphaRao } = subnet;
  createHotkey(state, coldkey, hotkey);
  appendNeuron(state, netuid, hotkey);
  state.write(SubnetMechanism, netuid, DYNAMIC);
  state.write(NetworkRegisteredAt, netuid, state.read(BlockNumber));
  state.write(RegisteredSubnetCounter, netuid, state.read(RegisteredSubnetCounter, netuid) + 1n);
  state.write(TokenSymbol, netuid, freeSymbol(state, netuid));
  state.write(SubnetTAO, netuid, poolTaoRao);
  state.write(SubnetAlphaIn, netuid, poolAlphaRao);
  state.write(SubnetOwner, netuid, coldkey);
  setOwnerHotkey(state, emit, netuid, hotkey);
  state.write(SubnetLocked, netuid, lockedRao);
  state.write(SubnetAlphaOut, netuid, 0n);
  state.write(SubnetVolume, netuid, 0n);
  state.write(RAORecycledForRegistration, netuid, 0n);
  state.write(TotalStake, saturatedU64(state.read(TotalStake) + poolTaoRao));
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

/** Makes the root network as a chain begins with it. Source: subtensor macros/genesis.rs. */
export function initRoot(state: State): void {
  state.write(NetworksAdded, ROOT_NETUID, true);
  state.write(TotalNetworks, state.read(TotalNetworks) + 1);
  state.write(SubnetworkN, ROOT_NETUID, 0);
  state.write(MaxAllowedUids, ROOT_NETUID, ROOT_SEATS);
  state.write(MaxAllowedValidators, ROOT_NETUID, ROOT_SEATS);
  state.write(MinAllowedWeights, ROOT_NETUID, 0);
  state.write(Tempo, ROOT_NETUID, ROOT_TEMPO);
  state.write(NetworkRegistrationAllowed, ROOT_NETUID, true);
  state.write(TargetRegistrationsPerInterval, ROOT_NETUID, 1);
  state.write(TokenSymbol, ROOT_NETUID, freeSymbol(state, ROOT_NETUID));
}
