/**
 * The price of a subnet, in rao: twice the last one, falling block by block back to it and on to the minimum.
 * Matches coinbase/root.rs `get_network_lock_cost`, `get_lock_reduction_interval`.
 */
import * as i64f64 from "../../fixed/i64f64";
import * as wide from "../../fixed/wide";
import { blockEmission } from "../issuance";

const RAO_PER_TAO: u64 = 1_000_000_000;

// I64F64 scratch.
const INTERVAL = memory.data(16);
const RATIO = memory.data(16);
const TAO = memory.data(16);

i64f64.fromU64(TAO, RAO_PER_TAO);

/** ⌊stored interval · (block emission in TAO)⌋ blocks in I64F64, the emission as the total issuance has it. */
export function reductionInterval(storedBlocks: u64, totalIssuanceRao: u64): u64 {
  i64f64.fromU64(INTERVAL, storedBlocks);
  i64f64.fromU64(RATIO, blockEmission(totalIssuanceRao));
  i64f64.div(RATIO, RATIO, TAO);
  i64f64.mul(INTERVAL, INTERVAL, RATIO);
  return i64f64.toU64(INTERVAL);
}

/**
 * max(minLock, lastLock·m − ⌊lastLock/interval⌋·(currentBlock − lastLockBlock)), each operation saturating in u64; m is 1
 * before the first lock (lastLockBlock = 0) and 2 after it, and the quotient by an interval of 0 is 0.
 */
export function lockCost(
  lastLockRao: u64,
  minLockRao: u64,
  lastLockBlock: u64,
  currentBlock: u64,
  intervalBlocks: u64,
): u64 {
  const start = saturatingMul(lastLockRao, lastLockBlock === 0 ? 1 : 2);
  const fallRao = intervalBlocks === 0 ? 0 : lastLockRao / intervalBlocks;
  const fallen = saturatingMul(fallRao, saturatingSub(currentBlock, lastLockBlock));
  return max(saturatingSub(start, fallen), minLockRao);
}

function saturatingMul(a: u64, b: u64): u64 {
  return wide.mulHigh(a, b) === 0 ? a * b : u64.MAX_VALUE;
}

function saturatingSub(a: u64, b: u64): u64 {
  return a < b ? 0 : a - b;
}
