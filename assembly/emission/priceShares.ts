/** Shares by price: a subnet's moving price over the sum of all. */
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import { BLOCK_ROOT_SELL, SUBNET_FLAG_DYNAMIC, SUBNET_MOVING_PRICE, SUBNET_PRICE_SHARE } from "./contract";
import { normalise } from "./normalise";
import * as table from "./table";

/** U64F64. */
const one = memory.data(16);
const price = memory.data(16);
const sum = memory.data(16);

/** out ← the moving price of subnet i as U64F64: 1 without a pool, 0 where the stored one is negative. */
export function movingPrice(out: usize, i: u32): void {
  if (table.has(SUBNET_FLAG_DYNAMIC, i)) u64f64.fromI96F32(out, table.wide(SUBNET_MOVING_PRICE, i));
  else u64f64.one(out);
}

/**
 * price share ← price / Σ prices, U64F64, all 0 where the sum is. Matches subnet_emissions.rs `get_shares_price_ema`.
 */
export function priceShares(): void {
  for (let i: u32 = 0; i < table.count; i++) movingPrice(table.wide(SUBNET_PRICE_SHARE, i), i);
  // A sum of 0 is one of zeros, which stay.
  normalise(SUBNET_PRICE_SHARE, SUBNET_PRICE_SHARE);
}

/** root sell ← Σ moving prices > 1; the sum wraps. Matches run_coinbase.rs `get_network_root_sell_flag`. */
export function rootSellFlag(): void {
  u64f64.one(one);
  int128.set(sum, 0, 0);
  for (let i: u32 = 0; i < table.count; i++) {
    movingPrice(price, i);
    u64f64.wrappingAdd(sum, sum, price);
  }
  int128.set(table.scalar(BLOCK_ROOT_SELL), u64(int128.less(one, sum, false)), 0);
}
