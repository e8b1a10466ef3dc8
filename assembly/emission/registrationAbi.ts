/** The ABI of registration: prices by plain numbers; pruning over static arrays the host fills. */
import { ERROR_FIELD, ERROR_UIDS, MAX_UIDS } from "../contract";
import { check } from "../trap";
import { PRUNE_EMISSION, PRUNE_NONE, PRUNE_OWNED, PRUNE_PROTECTED, PRUNE_REGISTRATION_BLOCK } from "./contract";
import * as burn from "./registration/burn";
import * as lock from "./registration/lockCost";
import * as prune from "./registration/prune";
import * as q32 from "./registration/q32";

const MOST_U16: u32 = 0xffff;

// U64F64: the multiplier.
const MULTIPLIER = memory.data(16);

/** How many uids the last `pruneRun` protected. */
let protectedCount: u32 = 0;

/** ⌊value·factor / 2^32⌋ saturated to u64. */
export function mulQ32(value: u64, factor: u64): u64 {
  return q32.mul(value, factor);
}

/** base^exponent in Q32 for a u16 exponent. */
export function powQ32(base: u64, exponent: u32): u64 {
  check(exponent <= MOST_U16, ERROR_FIELD, exponent);
  return q32.pow(base, exponent);
}

/** The factor by which the burn price decays in a block, Q32, for a u16 half-life. */
export function burnDecayFactor(halfLifeBlocks: u32): u64 {
  check(halfLifeBlocks <= MOST_U16, ERROR_FIELD, halfLifeBlocks);
  return burn.decayFactor(halfLifeBlocks);
}

/** The burn price after a block. */
export function burnAfterBlock(priceRao: u64, minRao: u64, maxRao: u64, halfLifeBlocks: u32, block: u64): u64 {
  check(halfLifeBlocks <= MOST_U16, ERROR_FIELD, halfLifeBlocks);
  return burn.afterBlock(priceRao, minRao, maxRao, halfLifeBlocks, block);
}

/** The burn price after a registration; the multiplier is a U64F64 in two limbs. */
export function burnAfterRegistration(
  priceRao: u64,
  minRao: u64,
  maxRao: u64,
  multiplierLow: u64,
  multiplierHigh: u64,
): u64 {
  store<u64>(MULTIPLIER, multiplierLow);
  store<u64>(MULTIPLIER, multiplierHigh, 8);
  return burn.afterRegistration(priceRao, minRao, maxRao, MULTIPLIER);
}

/** Blocks in which the lock cost falls by the last lock. */
export function lockInterval(storedBlocks: u64, totalIssuanceRao: u64): u64 {
  return lock.reductionInterval(storedBlocks, totalIssuanceRao);
}

/** What a new subnet costs, in rao. */
export function lockCost(
  lastLockRao: u64,
  minLockRao: u64,
  lastLockBlock: u64,
  currentBlock: u64,
  intervalBlocks: u64,
): u64 {
  return lock.lockCost(lastLockRao, minLockRao, lastLockBlock, currentBlock, intervalBlocks);
}

/** Address of a static array (PRUNE_*), valid for good unless memory grows under a host's view. */
export function pruneField(id: i32): usize {
  if (id === PRUNE_EMISSION) return prune.EMISSION;
  if (id === PRUNE_REGISTRATION_BLOCK) return prune.REGISTRATION_BLOCK;
  if (id === PRUNE_OWNED) return prune.OWNED;
  check(id === PRUNE_PROTECTED, ERROR_FIELD, <u64>id);
  return prune.PROTECTED;
}

/**
 * The uid among the first n of the filled arrays that would be pruned, or PRUNE_NONE. `ownerUid` is the owner hotkey's uid or
 * PRUNE_NONE. Leaves the protected uids in PRUNE_PROTECTED.
 */
export function pruneRun(
  n: u32,
  currentBlock: u64,
  immunityBlocks: u64,
  minNonImmuneUids: u32,
  protectedLimit: u32,
  ownerUid: u32,
): u32 {
  check(n <= <u32>MAX_UIDS, ERROR_UIDS, n);
  check(ownerUid < n || ownerUid === <u32>PRUNE_NONE, ERROR_FIELD, ownerUid);
  protectedCount = prune.protectOwner(n, protectedLimit, ownerUid);
  return prune.neuronToPrune(n, currentBlock, immunityBlocks, minNonImmuneUids);
}

/** How many uids the last `pruneRun` left in PRUNE_PROTECTED. */
export function pruneProtected(): u32 {
  return protectedCount;
}
