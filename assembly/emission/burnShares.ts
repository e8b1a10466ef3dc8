/** Shares by price less what a subnet withholds from its miners. */
import * as u64f64 from "../fixed/u64f64";
import { SUBNET_MINER_BURNED, SUBNET_PRICE_SHARE, SUBNET_SHARE } from "./contract";
import { copy, normalise } from "./normalise";
import * as table from "./table";

/** U64F64. */
const one = memory.data(16);
const kept = memory.data(16);

/**
 * share ← price share · max(1 − miner burned, 0), normalised; the price share itself where everything would be 0. U64F64.
 * Matches subnet_emissions.rs `get_shares`.
 */
export function burnShares(): void {
  u64f64.one(one);
  for (let i: u32 = 0; i < table.count; i++) {
    u64f64.fromU96F32(kept, table.wide(SUBNET_MINER_BURNED, i));
    // Not below 0.
    u64f64.sub(kept, one, kept);
    u64f64.mul(table.wide(SUBNET_SHARE, i), table.wide(SUBNET_PRICE_SHARE, i), kept);
  }
  if (!normalise(SUBNET_SHARE, SUBNET_SHARE)) copy(SUBNET_SHARE, SUBNET_PRICE_SHARE);
}
