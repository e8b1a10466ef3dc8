/** What users ask about subnets: whose they are, their pools and prices, when their epochs run. */
import { toAddress } from "./accounts/address.js";
import { ledgerKernel } from "./kernel.js";
import { subnetsOf } from "./rules/networks.js";
import { alphaPrice } from "./rules/swap.js";
import type { Account } from "./state/codecs.js";
import { Burn } from "./state/hyperparameters.js";
import type { Item } from "./state/item.js";
import { SubnetworkN } from "./state/neurons.js";
import { SubnetAlphaIn, SubnetAlphaOut, SubnetMovingPrice, SubnetTAO } from "./state/pools.js";
import type { ReadableState, State } from "./state/state.js";
import {
  FirstEmissionBlockNumber,
  LastEpochBlock,
  NetworkRegisteredAt,
  PendingEpochAt,
  SubnetEmissionEnabled,
  SubnetEpochIndex,
  SubnetOwner,
  SubnetOwnerHotkey,
  Tempo,
  TokenSymbol,
} from "./state/subnets.js";
import { BlockNumber } from "./state/system.js";

/** A subnet as it stands. */
export interface Subnet {
  readonly netuid: number;
  readonly symbol: string;
  /** ss58 addresses. */
  readonly owner: string;
  readonly ownerHotkey: string;
  readonly neurons: number;
  readonly registeredAt: number;
  /** The first block of its emission; null before `startCall`. */
  readonly emittingSince: number | null;
  /** Whether root lets it take part in the emission of TAO. */
  readonly emissionEnabled: boolean;
  readonly tempo: number;
  readonly epochs: bigint;
  readonly lastEpochBlock: number;
  /** The next block its epoch is due in; null with tempo 0. */
  readonly nextEpochBlock: number | null;
  /** TAO per alpha, U64F64: the pool's now, and its moving average as I96F32. */
  readonly priceBits: bigint;
  readonly movingPriceBits: bigint;
  /** Reserves of the pool, and alpha outside of it, rao. */
  readonly taoRao: bigint;
  readonly alphaInRao: bigint;
  readonly alphaOutRao: bigint;
  /** What registering a neuron burns, rao. */
  readonly registrationRao: bigint;
}

/** The subnets there are, the root left out, by netuid. */
export function subnets(state: ReadableState): readonly Subnet[] {
  return subnetsOf(state)
    .sort((a, b) => a - b)
    .map((netuid) => subnet(state, netuid));
}

function subnet(state: ReadableState, netuid: number): Subnet {
  const address = (of: Item<readonly [number], Account>) => toAddress(state.read(of, netuid));
  return {
    netuid,
    symbol: new TextDecoder().decode(state.read(TokenSymbol, netuid)),
    owner: address(SubnetOwner),
    ownerHotkey: address(SubnetOwnerHotkey),
    neurons: state.read(SubnetworkN, netuid),
    registeredAt: state.read(NetworkRegisteredAt, netuid),
    emittingSince: state.read(FirstEmissionBlockNumber, netuid) ?? null,
    emissionEnabled: state.read(SubnetEmissionEnabled, netuid),
    tempo: state.read(Tempo, netuid),
    epochs: state.read(SubnetEpochIndex, netuid),
    lastEpochBlock: state.read(LastEpochBlock, netuid),
    nextEpochBlock: nextEpochBlock(state, netuid),
    priceBits: alphaPrice({ state: state as State, kernel: ledgerKernel(), emit: () => undefined }, netuid),
    movingPriceBits: state.read(SubnetMovingPrice, netuid),
    taoRao: state.read(SubnetTAO, netuid),
    alphaInRao: state.read(SubnetAlphaIn, netuid),
    alphaOutRao: state.read(SubnetAlphaOut, netuid),
    registrationRao: state.read(Burn, netuid),
  };
}

/** The schedule's word on the next epoch: a tempo after the last, or when one is asked for. */
function nextEpochBlock(state: ReadableState, netuid: number): number | null {
  const tempo = state.read(Tempo, netuid);
  if (tempo === 0) return null;
  const asked = state.read(PendingEpochAt, netuid);
  const due = state.read(LastEpochBlock, netuid) + tempo;
  return Math.max(state.read(BlockNumber) + 1, asked > 0 ? Math.min(asked, due) : due);
}
