/** Two quantities of a subnet by themselves: its moving price after a block, and the root's proportion of it. */
import * as abi from "../../../assembly/emission/contract.js";
import type { Kernel } from "../../load/kernel.js";
import { fixedBits, I128, rao, U128 } from "../../marshal/bits.js";
import { firstBlock } from "../../marshal/emissionState.js";
import { present, record, u16, u64 } from "../../marshal/values.js";
import { beginTable, flagsOf } from "./table.js";
import type { Amount, MovingPriceInput } from "./types.js";

/**
 * The moving price after a block, raw I96F32: a · min(price, 1) + (1 − a) · old with a = movingAlpha · b / (b + halvingBlocks), b the
 * blocks since the one before the first emission, in U64F64. The old price of a stable subnet is 1.
 *
 * Throws MISSING_FIELD, BAD_VALUE. Source: subtensor `staking/stake_utils.rs` `update_moving_price`.
 */
export function nextMovingPrice(kernel: Kernel, input: MovingPriceInput): bigint {
  const fields = record("The input", input);
  const given = (name: keyof MovingPriceInput) => present(name, fields[name]);
  const first = firstBlock("firstEmissionBlock", fields.firstEmissionBlock);
  const mechanism = fields.mechanism === undefined ? 1 : u16("mechanism", fields.mechanism);
  const values: readonly [number, bigint][] = [
    [abi.SUBNET_HALVING_BLOCKS, u64("halvingBlocks", given("halvingBlocks"))],
    [abi.SUBNET_PRICE, fixedBits("priceBits", given("priceBits"), U128)],
    [abi.SUBNET_MOVING_PRICE, fixedBits("movingPriceBits", given("movingPriceBits"), I128)],
    [abi.SUBNET_FIRST_BLOCK, first ?? 0n],
    [abi.SUBNET_FLAGS, flagsOf(mechanism !== 0, true, true)],
  ];
  const block = u64("currentBlock", given("currentBlock"));
  const alpha = fixedBits("movingAlphaBits", given("movingAlphaBits"), I128);
  const table = beginTable(kernel, 1);
  table.setScalar(abi.BLOCK_CURRENT, block);
  table.setScalar(abi.BLOCK_MOVING_ALPHA, alpha);
  for (const [id, value] of values) table.set(id, 0, value);
  table.run(abi.PHASE_MOVING_PRICES);
  return BigInt.asIntN(128, table.get(abi.SUBNET_NEW_MOVING_PRICE, 0));
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
  const values = (["rootTao", "taoWeight", "alphaIn", "alphaOut"] as const).map(amount);
  const table = beginTable(kernel, 1);
  table.setScalar(abi.BLOCK_ROOT_TAO, values[0] ?? 0n);
  table.setScalar(abi.BLOCK_TAO_WEIGHT, values[1] ?? 0n);
  table.set(abi.SUBNET_ALPHA_RESERVE, 0, values[2] ?? 0n);
  table.set(abi.SUBNET_ALPHA_OUTSTANDING, 0, values[3] ?? 0n);
  table.run(abi.PHASE_TERMS);
  return {
    rootProportionBits: table.get(abi.SUBNET_ROOT_PROPORTION, 0),
    taoWeightBits: table.scalar(abi.BLOCK_TAO_WEIGHT_BITS),
  };
}
