/** What a new subnet costs, whose place it takes, and the price its pool begins at. Source: subtensor coinbase/root.rs, staking/stake_utils.rs. */
import { lockCost } from "../../api/registration.js";
import type { Kernel } from "../../load/kernel.js";
import { TotalIssuance } from "../state/balances.js";
import { SubnetMovingPrice } from "../state/pools.js";
import type { ReadableState } from "../state/state.js";
import {
  NetworkImmunityPeriod,
  NetworkLastLockCost,
  NetworkLastRegistered,
  NetworkLockReductionInterval,
  NetworkMinLockCost,
  NetworkRegisteredAt,
  SubnetLimit,
} from "../state/subnets.js";
import { BlockNumber } from "../state/system.js";
import type { RuleContext } from "./context.js";
import { fixed, ONE_64 } from "./fixed.js";
import { subnetsOf } from "./networks.js";
import { isDynamic, subnetExists } from "./subnetChecks.js";
import { alphaPrice } from "./swap.js";

/** Moving prices are stored with 32 fractional bits, compared with 64. */
const SHIFT_TO_64 = 32n;
const FIRST_NETUID = 1;

/** What a subnet costs in this block, rao: twice the last cost less its share a block, at least the least. */
export function subnetCostRao(state: ReadableState, kernel: Kernel): bigint {
  return lockCost(kernel, {
    lastLock: state.read(NetworkLastLockCost),
    minLock: state.read(NetworkMinLockCost),
    lastLockBlock: BigInt(state.read(NetworkLastRegistered)),
    currentBlock: BigInt(state.read(BlockNumber)),
    reductionInterval: state.read(NetworkLockReductionInterval),
    totalIssuance: state.read(TotalIssuance),
  }).cost;
}

/** Whether there are as many subnets as there may be. */
export function isFull(state: ReadableState): boolean {
  return subnetsOf(state).length >= state.read(SubnetLimit);
}

/** The lowest netuid that is free, from 1. */
export function freeNetuid(state: ReadableState): number {
  let netuid = FIRST_NETUID;
  while (subnetExists(state, netuid)) netuid += 1;
  return netuid;
}

/** The subnet that makes room: past immunity, of the lowest moving price, of equals the oldest; undefined where all are immune. */
export function subnetToPrune(state: ReadableState): number | undefined {
  const now = BigInt(state.read(BlockNumber));
  const immunity = state.read(NetworkImmunityPeriod);
  let found: { readonly netuid: number; readonly priceBits: bigint; readonly registeredAt: number } | undefined;
  for (const netuid of subnetsOf(state)) {
    const registeredAt = state.read(NetworkRegisteredAt, netuid);
    if (now < BigInt(registeredAt) + immunity) continue;
    const priceBits = movingPriceBits(state, netuid);
    const isLess = found === undefined || priceBits < found.priceBits;
    if (isLess || (priceBits === found?.priceBits && registeredAt < found.registeredAt)) {
      found = { netuid, priceBits, registeredAt };
    }
  }
  return found?.netuid;
}

/** The median of all positive prices, TAO per alpha, raw U64F64; of an even number the mean of the middle two; 1 where there is none. */
export function medianPriceBits(context: RuleContext): bigint {
  const prices = subnetsOf(context.state)
    .map((netuid) => alphaPrice(context, netuid))
    .filter((bits) => bits > 0n)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const upper = prices[prices.length >> 1];
  if (upper === undefined) return ONE_64;
  if (prices.length % 2 === 1) return upper;
  const { kernel } = context;
  const sum = fixed(kernel, "u64f64.add", prices[(prices.length >> 1) - 1]!, upper);
  return fixed(kernel, "u64f64.safe_div", sum, ONE_64 + ONE_64);
}

/** ⌊TAO/price⌋: the alpha that puts a pool at a price; 0 where it does not fit. */
export function alphaAtPrice(kernel: Kernel, taoRao: bigint, priceBits: bigint): bigint {
  return fixed(kernel, "u64f64.tou64", fixed(kernel, "u64f64.safe_div", taoRao * ONE_64, priceBits));
}

/** The moving price, raw U64F64; 1 where there is no pool, 0 where it is negative. */
function movingPriceBits(state: ReadableState, netuid: number): bigint {
  if (!isDynamic(state, netuid)) return ONE_64;
  const bits = state.read(SubnetMovingPrice, netuid);
  return bits > 0n ? bits << SHIFT_TO_64 : 0n;
}
