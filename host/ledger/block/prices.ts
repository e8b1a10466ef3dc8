/** What a block leaves behind of every subnet that is emitted to: its moving price, and the root's proportion of it. */
import { nextMovingPrices, rootProportions } from "../../api/emission/movingPrice.js";
import { subnetsEmittedTo } from "../rules/networks.js";
import { ROOT_NETUID } from "../rules/subnetChecks.js";
import { alphaPrice } from "../rules/swap.js";
import { TaoWeight } from "../state/hyperparameters.js";
import {
  EMAPriceHalvingBlocks,
  RootProp,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetMovingAlpha,
  SubnetMovingPrice,
  SubnetTAO,
} from "../state/pools.js";
import { FirstEmissionBlockNumber, SubnetMechanism } from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { StepContext } from "./steps.js";

/** Moves every price's average, after emission has read it. Source: subtensor staking/stake_utils.rs, update_moving_price. */
export function updateMovingPrices(context: StepContext): void {
  const { state, kernel } = context;
  const block = { currentBlock: BigInt(state.read(BlockNumber)), movingAlphaBits: state.read(SubnetMovingAlpha) };
  const netuids = subnetsEmittedTo(state);
  const subnets = netuids.map((netuid) => ({
    firstEmissionBlock: BigInt(state.read(FirstEmissionBlockNumber, netuid) ?? 0),
    halvingBlocks: state.read(EMAPriceHalvingBlocks, netuid),
    priceBits: alphaPrice(context, netuid),
    movingPriceBits: state.read(SubnetMovingPrice, netuid),
    mechanism: state.read(SubnetMechanism, netuid),
  }));
  const moved = nextMovingPrices(kernel, block, subnets);
  for (const [i, netuid] of netuids.entries()) state.write(SubnetMovingPrice, netuid, moved[i]!);
}

/** Source: subtensor coinbase/block_step.rs, update_root_prop. */
export function updateRootProportions({ state, kernel }: StepContext): void {
  const root = { rootTao: state.read(SubnetTAO, ROOT_NETUID), taoWeight: state.read(TaoWeight) };
  const netuids = subnetsEmittedTo(state);
  const subnets = netuids.map((netuid) => ({
    alphaIn: state.read(SubnetAlphaIn, netuid),
    alphaOut: state.read(SubnetAlphaOut, netuid),
  }));
  const { rootProportionsBits } = rootProportions(kernel, root, subnets);
  for (const [i, netuid] of netuids.entries()) state.write(RootProp, netuid, rootProportionsBits[i]!);
}
