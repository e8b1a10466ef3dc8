/** What a block leaves behind of every subnet that is emitted to: its moving price, and the root's proportion of it. */
import { nextMovingPrice, rootProportion } from "../../api/emission/movingPrice.js";
import { isEmittedTo, subnetsOf } from "../rules/networks.js";
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
  for (const netuid of subnetsOf(state)) {
    if (!isEmittedTo(state, netuid)) continue;
    const moved = nextMovingPrice(kernel, {
      currentBlock: state.read(BlockNumber),
      firstEmissionBlock: state.read(FirstEmissionBlockNumber, netuid) ?? null,
      halvingBlocks: state.read(EMAPriceHalvingBlocks, netuid),
      movingAlphaBits: state.read(SubnetMovingAlpha),
      priceBits: alphaPrice(context, netuid),
      movingPriceBits: state.read(SubnetMovingPrice, netuid),
      mechanism: state.read(SubnetMechanism, netuid),
    });
    state.write(SubnetMovingPrice, netuid, moved);
  }
}

/** Source: subtensor coinbase/block_step.rs, update_root_prop. */
export function updateRootProportions({ state, kernel }: StepContext): void {
  const [rootTao, taoWeight] = [state.read(SubnetTAO, ROOT_NETUID), state.read(TaoWeight)];
  for (const netuid of subnetsOf(state)) {
    if (!isEmittedTo(state, netuid)) continue;
    const [alphaIn, alphaOut] = [state.read(SubnetAlphaIn, netuid), state.read(SubnetAlphaOut, netuid)];
    state.write(RootProp, netuid, rootProportion(kernel, { rootTao, taoWeight, alphaIn, alphaOut }).rootProportionBits);
  }
}
