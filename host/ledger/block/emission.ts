/** What a block emits: TAO minted and put into the pools by their shares, alpha minted and laid aside for the next epochs. */
import { runCoinbase } from "../../api/emission/coinbase.js";
import type { CoinbaseState, CoinbaseSubnet, SubnetEmission } from "../../api/emission/types.js";
import { mint, recycle } from "../rules/issuance.js";
import { isEmittedTo, subnetsOf } from "../rules/networks.js";
import { ROOT_NETUID } from "../rules/subnetChecks.js";
import { alphaPrice } from "../rules/swap.js";
import { TotalIssuance } from "../state/balances.js";
import { TaoWeight } from "../state/hyperparameters.js";
import {
  BlockEmission,
  EMAPriceHalvingBlocks,
  MinerBurned,
  OwnerCutEnabled,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetMovingAlpha,
  SubnetMovingPrice,
  SubnetOwnerCut,
  SubnetRootSellTao,
  SubnetTAO,
} from "../state/pools.js";
import type { State } from "../state/state.js";
import { FirstEmissionBlockNumber, SubnetEmissionEnabled, SubnetMechanism } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import { injectInto } from "./injection.js";
import type { StepContext } from "./steps.js";

/** Source: subtensor coinbase/run_coinbase.rs, run_coinbase up to drain_pending. */
export function emitToSubnets(context: StepContext): void {
  const { state, kernel } = context;
  state.clear(SubnetRootSellTao);
  const subnets = subnetsOf(state).filter((netuid) => isEmittedTo(state, netuid));
  const input = coinbaseState(context, subnets);
  const purse = mint(context);
  const emitted = runCoinbase(kernel, input, {
    blockEmission: purse.mintedRao,
    injection: (injection) => injectInto(context, purse, injection),
  });
  recycle(context, purse);
  for (const subnet of emitted.subnets) layAside(state, subnet);
  // Every use of the curve leaves its answer here: the last one is that of the last subnet's alpha.
  state.write(BlockEmission, emitted.subnets.at(-1)?.split.created ?? purse.mintedRao);
}

/** Everything is read before anything is minted. */
function coinbaseState(context: StepContext, subnets: readonly number[]): CoinbaseState {
  const { state } = context;
  return {
    currentBlock: state.read(BlockNumber),
    totalIssuance: state.read(TotalIssuance),
    rootTao: state.read(SubnetTAO, ROOT_NETUID),
    taoWeight: state.read(TaoWeight),
    ownerCut: state.read(SubnetOwnerCut),
    movingAlphaBits: state.read(SubnetMovingAlpha),
    subnets: subnets.map((netuid) => coinbaseSubnet(context, netuid)),
  };
}

function coinbaseSubnet(context: StepContext, netuid: number): CoinbaseSubnet {
  const { state } = context;
  return {
    netuid,
    mechanism: state.read(SubnetMechanism, netuid),
    movingPriceBits: state.read(SubnetMovingPrice, netuid),
    minerBurnedBits: state.read(MinerBurned, netuid),
    priceBits: alphaPrice(context, netuid),
    alphaIn: state.read(SubnetAlphaIn, netuid),
    alphaOut: state.read(SubnetAlphaOut, netuid),
    tao: state.read(SubnetTAO, netuid),
    firstEmissionBlock: state.read(FirstEmissionBlockNumber, netuid) ?? null,
    emissionEnabled: state.read(SubnetEmissionEnabled, netuid),
    ownerCutEnabled: state.read(OwnerCutEnabled, netuid),
    halvingBlocks: state.read(EMAPriceHalvingBlocks, netuid),
    pending: {
      owner: state.read(PendingOwnerCut, netuid),
      server: state.read(PendingServerEmission, netuid),
      validator: state.read(PendingValidatorEmission, netuid),
      root: state.read(PendingRootAlphaDivs, netuid),
    },
  };
}

/** Mints a subnet's alpha; each part waits for the epoch, the root's is recycled where root alpha is not sold. */
function layAside(state: State, { netuid, split, pending, reserves }: SubnetEmission): void {
  state.write(SubnetAlphaOutEmission, netuid, split.created);
  state.write(SubnetAlphaOut, netuid, reserves.alphaOut);
  state.write(PendingOwnerCut, netuid, pending.owner);
  state.write(PendingServerEmission, netuid, pending.server);
  state.write(PendingValidatorEmission, netuid, pending.validator);
  state.write(PendingRootAlphaDivs, netuid, pending.root);
}
