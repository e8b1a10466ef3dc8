/** How much of a subnet belongs to the root: the root's TAO by its weight, against all of the subnet's alpha. */
import * as u96f32 from "../fixed/u96f32";
import {
  BLOCK_ROOT_TAO,
  BLOCK_TAO_WEIGHT,
  BLOCK_TAO_WEIGHT_BITS,
  SUBNET_ALPHA_OUTSTANDING,
  SUBNET_ALPHA_RESERVE,
} from "./contract";
import * as table from "./table";

/** U96F32. */
const weighted = memory.data(16);
const whole = memory.data(16);

/** Once a block: tao weight ← taoWeight / (2^64 − 1), truncated to U96F32, and the root's TAO by it. */
export function weighRoot(): void {
  const weight = table.scalar(BLOCK_TAO_WEIGHT_BITS);
  u96f32.fromU64(weight, table.whole(BLOCK_TAO_WEIGHT));
  u96f32.fromU64(whole, u64.MAX_VALUE);
  u96f32.safeDiv(weight, weight, whole);
  u96f32.fromU64(weighted, table.whole(BLOCK_ROOT_TAO));
  u96f32.mul(weighted, weighted, weight);
}

/** u64 alpha-rao: all alpha of subnet i, in its pool and out of it, saturating. */
export function alphaIssuance(i: u32): u64 {
  const reserve = table.amount(SUBNET_ALPHA_RESERVE, i);
  const sum = reserve + table.amount(SUBNET_ALPHA_OUTSTANDING, i);
  return sum < reserve ? u64.MAX_VALUE : sum;
}

/**
 * out ← R / (R + alpha issuance), R = root TAO · tao weight, U96F32, 0 where both are 0. After `weighRoot`.
 * Matches block_step.rs `root_proportion`.
 */
export function rootProportion(out: usize, i: u32): void {
  u96f32.fromU64(whole, alphaIssuance(i));
  u96f32.add(whole, weighted, whole);
  u96f32.safeDiv(out, weighted, whole);
}
