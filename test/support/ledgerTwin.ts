/** The state of a ledger as the BigInt twin of a block's emission reads it. */
import { alphaPrice } from "../../host/ledger/rules/swap.js";
import { TotalIssuance } from "../../host/ledger/state/balances.js";
import * as gate from "../../host/ledger/state/gate.js";
import * as hyper from "../../host/ledger/state/hyperparameters.js";
import * as pools from "../../host/ledger/state/pools.js";
import { ChosenRules } from "../../host/ledger/state/rules.js";
import type { State } from "../../host/ledger/state/state.js";
import * as subnets from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import type { TwinBlock, TwinSubnet } from "../oracle/coinbase.js";
import { contextOn } from "./ledgerState.js";

/** The state as the twin of a block's emission reads it. */
export function twinBlockOf(state: State): TwinBlock {
  const netuids = state.entries(subnets.NetworksAdded).flatMap(([[netuid]]) => (netuid === 0 ? [] : [netuid]));
  return {
    ...twinRules(state),
    currentBlock: BigInt(state.read(BlockNumber)),
    totalIssuance: state.read(TotalIssuance),
    rootTao: state.read(pools.SubnetTAO, 0),
    taoWeight: state.read(hyper.TaoWeight),
    ownerCut: state.read(pools.SubnetOwnerCut),
    movingAlphaBits: state.read(pools.SubnetMovingAlpha),
    subnets: netuids.map((netuid) => twinSubnetOf(state, netuid)),
  };
}

function twinRules(state: State): Pick<TwinBlock, "rules" | "gate"> {
  const { emissionShares, emissionGate } = state.read(ChosenRules) ?? {
    emissionShares: "priceBurn",
    emissionGate: "none",
  };
  if (emissionGate === "none") return { rules: { emissionShares, emissionGate } };
  return {
    rules: { emissionShares, emissionGate },
    gate: {
      barBits: state.read(gate.EmissionGateBar),
      quantileBits: state.read(gate.EmissionBarQuantile),
      exponentBits: state.read(gate.EmissionGateExponent),
      ...(emissionGate === "rank" ? { rank: state.read(gate.EmissionBarRank) } : {}),
    },
  };
}

/** A subnet of it. */
export function twinSubnetOf(state: State, netuid: number): TwinSubnet {
  const first = state.read(subnets.FirstEmissionBlockNumber, netuid);
  return {
    netuid,
    mechanism: state.read(subnets.SubnetMechanism, netuid),
    movingPriceBits: state.read(pools.SubnetMovingPrice, netuid),
    minerBurnedBits: state.read(pools.MinerBurned, netuid),
    priceBits: alphaPrice(contextOn(state), netuid),
    alphaIn: state.read(pools.SubnetAlphaIn, netuid),
    alphaOut: state.read(pools.SubnetAlphaOut, netuid),
    tao: state.read(pools.SubnetTAO, netuid),
    firstEmissionBlock: first === undefined ? null : BigInt(first),
    subtokenEnabled: state.read(subnets.SubtokenEnabled, netuid),
    registrationAllowed: state.read(subnets.NetworkRegistrationAllowed, netuid),
    emissionEnabled: state.read(subnets.SubnetEmissionEnabled, netuid),
    ownerCutEnabled: state.read(pools.OwnerCutEnabled, netuid),
    halvingBlocks: state.read(pools.EMAPriceHalvingBlocks, netuid),
    pending: {
      owner: state.read(pools.PendingOwnerCut, netuid),
      server: state.read(pools.PendingServerEmission, netuid),
      validator: state.read(pools.PendingValidatorEmission, netuid),
      root: state.read(pools.PendingRootAlphaDivs, netuid),
    },
    flowBits: 0n,
    protocolFlowBits: 0n,
  };
}
