/** The moving price: an average that listens more the longer a subnet has run. */
import * as i96f32 from "../fixed/i96f32";
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import {
  BLOCK_CURRENT,
  BLOCK_MOVING_ALPHA,
  SUBNET_FIRST_BLOCK,
  SUBNET_HALVING_BLOCKS,
  SUBNET_NEW_MOVING_PRICE,
  SUBNET_PRICE,
} from "./contract";
import { movingPrice } from "./priceShares";
import * as table from "./table";

// U64F64.
const one = memory.data(16);
const alpha = memory.data(16);
const blocks = memory.data(16);
const sum = memory.data(16);
const price = memory.data(16);
const old = memory.data(16);

/** The new moving price of every subnet. Matches block_step.rs `update_moving_prices`. */
export function movingPrices(): void {
  u64f64.one(one);
  for (let i: u32 = 0; i < table.count; i++) movingPriceOf(i);
}

/**
 * new ← a · min(price, 1) + (1 − a) · old, a = moving alpha · b / (b + halving blocks), b = blocks since the one before the first
 * emission; U64F64, floored to I96F32. The old price of a subnet without a pool is 1.
 * Matches stake_utils.rs `update_moving_price`.
 */
function movingPriceOf(i: u32): void {
  const first = table.amount(SUBNET_FIRST_BLOCK, i);
  const start = first === 0 ? 0 : first - 1;
  const now = table.whole(BLOCK_CURRENT);
  u64f64.fromU64(blocks, now > start ? now - start : 0);
  u64f64.fromU64(sum, table.amount(SUBNET_HALVING_BLOCKS, i));
  u64f64.add(sum, blocks, sum);
  u64f64.safeDiv(blocks, blocks, sum);
  u64f64.fromI96F32(alpha, table.scalar(BLOCK_MOVING_ALPHA));
  u64f64.mul(alpha, alpha, blocks);

  const present = table.wide(SUBNET_PRICE, i);
  u64f64.mul(price, alpha, int128.less(one, present, false) ? one : present);
  movingPrice(old, i);
  u64f64.sub(alpha, one, alpha);
  u64f64.mul(old, alpha, old);
  u64f64.add(price, price, old);
  i96f32.fromU64F64(table.wide(SUBNET_NEW_MOVING_PRICE, i), price);
}
