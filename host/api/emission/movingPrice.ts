/** Two quantities of a subnet by themselves: its moving price after a block, and the root's proportion of it. */
import * as abi from "../../../assembly/emission/contract.js";
import type { Kernel } from "../../load/kernel.js";
import { fixedBits, I128, rao, U128 } from "../../marshal/bits.js";
import { firstBlock } from "../../marshal/emissionState.js";
import { present, record, u16, u64 } from "../../marshal/values.js";
import { beginTable, flagsOf } from "./table.js";
import type { Amount, MovingPriceInput } from "./types.js";

/** What the moving prices of a block have in common. */
export interface MovingPriceBlock {
  readonly currentBlock: bigint;
  /** I96F32. */
  readonly movingAlphaBits: bigint;
}

/** What is a subnet's own. */
export interface MovingPriceSubnet {
  /** 0 before the first emission. */
  readonly firstEmissionBlock: bigint;
  readonly halvingBlocks: bigint;
  /** U64F64. */
  readonly priceBits: bigint;
  /** I96F32. */
  readonly movingPriceBits: bigint;
  readonly mechanism: number;
}

/**
 * The moving price after a block, raw I96F32: a · min(price, 1) + (1 − a) · old with a = movingAlpha · b / (b + halvingBlocks), b the
 * blocks since the one before the first emission, in U64F64. The old price of a stable subnet is 1.
 *
 * Throws MISSING_FIELD, BAD_VALUE. Source: subtensor `staking/stake_utils.rs` `update_moving_price`.
 */
export function nextMovingPrice(kernel: Kernel, input: MovingPriceInput): bigint {
  const fields = record("The input", input);
  const given = (name: keyof MovingPriceInput) => present(name, fields[name]);
  const subnet = {
    firstEmissionBlock: firstBlock("firstEmissionBlock", fields.firstEmissionBlock) ?? 0n,
    mechanism: fields.mechanism === undefined ? 1 : u16("mechanism", fields.mechanism),
    halvingBlocks: u64("halvingBlocks", given("halvingBlocks")),
    priceBits: fixedBits("priceBits", given("priceBits"), U128),
    movingPriceBits: fixedBits("movingPriceBits", given("movingPriceBits"), I128),
  };
  const block = {
    currentBlock: u64("currentBlock", given("currentBlock")),
    movingAlphaBits: fixedBits("movingAlphaBits", given("movingAlphaBits"), I128),
  };
  return nextMovingPrices(kernel, block, [subnet])[0]!;
}

/** The same of all subnets of a block, unchecked. */
export function nextMovingPrices(
  kernel: Kernel,
  block: MovingPriceBlock,
  subnets: readonly MovingPriceSubnet[],
): bigint[] {
  const table = beginTable(kernel, subnets.length);
  table.setScalar(abi.BLOCK_CURRENT, block.currentBlock);
  table.setScalar(abi.BLOCK_MOVING_ALPHA, block.movingAlphaBits);
  for (const [i, subnet] of subnets.entries()) {
    table.set(abi.SUBNET_HALVING_BLOCKS, i, subnet.halvingBlocks);
    table.set(abi.SUBNET_PRICE, i, subnet.priceBits);
    table.set(abi.SUBNET_MOVING_PRICE, i, subnet.movingPriceBits);
    table.set(abi.SUBNET_FIRST_BLOCK, i, subnet.firstEmissionBlock);
    table.set(abi.SUBNET_FLAGS, i, flagsOf(subnet.mechanism !== 0, true, true));
  }
  table.run(abi.PHASE_MOVING_PRICES);
  return subnets.map((_, i) => BigInt.asIntN(128, table.get(abi.SUBNET_NEW_MOVING_PRICE, i)));
}

/** What the root's proportion of a subnet depends on; amounts in rao. */
export interface RootProportionInput {
  /** SubnetTAO of the root. */
  readonly rootTao: Amount;
  /** TaoWeight over 2^64 − 1. */
  readonly taoWeight: bigint | string;
  readonly alphaIn: Amount;
  readonly alphaOut: Amount;
}

/** The same, read. */
type Read<T> = { readonly [N in keyof T]: bigint };

/**
 * The root's proportion of a subnet, R / (R + alphaIn + alphaOut) with R = rootTao · taoWeight, and that weight as a fraction; both raw
 * U96F32, truncated.
 *
 * Throws MISSING_FIELD, BAD_VALUE. Source: subtensor `coinbase/block_step.rs` `root_proportion`.
 */
export function rootProportion(
  kernel: Kernel,
  input: RootProportionInput,
): { rootProportionBits: bigint; taoWeightBits: bigint } {
  const fields = record("The input", input);
  const amount = (name: keyof RootProportionInput) => rao(name, present(name, fields[name]));
  const root = { rootTao: amount("rootTao"), taoWeight: amount("taoWeight") };
  const subnet = { alphaIn: amount("alphaIn"), alphaOut: amount("alphaOut") };
  const { taoWeightBits, rootProportionsBits } = rootProportions(kernel, root, [subnet]);
  return { rootProportionBits: rootProportionsBits[0]!, taoWeightBits };
}

/** The same of all subnets of a block, unchecked. */
export function rootProportions(
  kernel: Kernel,
  { rootTao, taoWeight }: Read<Pick<RootProportionInput, "rootTao" | "taoWeight">>,
  subnets: readonly Read<Pick<RootProportionInput, "alphaIn" | "alphaOut">>[],
): { rootProportionsBits: bigint[]; taoWeightBits: bigint } {
  const table = beginTable(kernel, subnets.length);
  table.setScalar(abi.BLOCK_ROOT_TAO, rootTao);
  table.setScalar(abi.BLOCK_TAO_WEIGHT, taoWeight);
  for (const [i, { alphaIn, alphaOut }] of subnets.entries()) {
    table.set(abi.SUBNET_ALPHA_RESERVE, i, alphaIn);
    table.set(abi.SUBNET_ALPHA_OUTSTANDING, i, alphaOut);
  }
  table.run(abi.PHASE_TERMS);
  return {
    rootProportionsBits: subnets.map((_, i) => table.get(abi.SUBNET_ROOT_PROPORTION, i)),
    taoWeightBits: table.scalar(abi.BLOCK_TAO_WEIGHT_BITS),
  };
}
