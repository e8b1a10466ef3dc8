/** Shares by TAO flow, the rule before prices: a power of how much more flows in than into the worst subnet. */
import * as i64f64 from "../fixed/i64f64";
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import {
  BLOCK_FLOW_CUTOFF,
  BLOCK_FLOW_EXPONENT,
  BLOCK_NET_FLOW,
  SUBNET_FLOW,
  SUBNET_PRICE_SHARE,
  SUBNET_PROTOCOL_FLOW,
  SUBNET_SHARE,
} from "./contract";
import { clear } from "./normalise";
import { powNormalise } from "./powNormalise";
import * as table from "./table";

// I64F64.
const ZERO = memory.data(16);
const one = memory.data(16);
const factor = memory.data(16);
const users = memory.data(16);
const protocol = memory.data(16);
const limit = memory.data(16);
const flow = memory.data(16);

/**
 * share ← z^p / Σ z^p with z = max(flow − L, 0) and L = max(cutoff, min(0, least flow)), U64F64. Under net flow, flow = users'
 * average − the protocol's, the protocol's times min(Σ⁺ users / Σ⁺ protocol, 1) where it is positive. The averages are this
 * block's. Matches subnet_emissions.rs `get_shares_flow`.
 */
export function flowShares(): void {
  clear(SUBNET_PRICE_SHARE);
  protocolFactor();
  int128.copy(limit, ZERO);
  for (let i: u32 = 0; i < table.count; i++) {
    const value = table.wide(SUBNET_SHARE, i);
    netFlow(value, i);
    if (int128.less(value, limit, true)) int128.copy(limit, value);
  }
  const cutoff = table.scalar(BLOCK_FLOW_CUTOFF);
  if (int128.less(limit, cutoff, true)) int128.copy(limit, cutoff);
  for (let i: u32 = 0; i < table.count; i++) {
    const value = table.wide(SUBNET_SHARE, i);
    i64f64.sub(flow, value, limit);
    u64f64.fromI64F64(value, flow);
  }
  powNormalise(table.scalar(BLOCK_FLOW_EXPONENT));
}

/** factor ← min(Σ⁺ users / Σ⁺ protocol, 1), 0 where no protocol flow is positive. */
function protocolFactor(): void {
  int128.copy(users, ZERO);
  int128.copy(protocol, ZERO);
  for (let i: u32 = 0; i < table.count; i++) {
    addPositive(users, table.wide(SUBNET_FLOW, i));
    addPositive(protocol, table.wide(SUBNET_PROTOCOL_FLOW, i));
  }
  i64f64.one(one);
  i64f64.safeDiv(factor, users, protocol);
  if (int128.less(one, factor, true)) int128.copy(factor, one);
}

function addPositive(sum: usize, value: usize): void {
  if (!int128.isNegative(value)) i64f64.add(sum, sum, value);
}

/** out ← the flow of subnet i that counts. */
function netFlow(out: usize, i: u32): void {
  int128.copy(out, table.wide(SUBNET_FLOW, i));
  if (table.whole(BLOCK_NET_FLOW) === 0) return;
  int128.copy(flow, table.wide(SUBNET_PROTOCOL_FLOW, i));
  if (!int128.isNegative(flow)) i64f64.mul(flow, factor, flow);
  i64f64.sub(out, out, flow);
}
