/**
 * The price of registration, in rao: it decays with every block, rises with every registration, and stays within its bounds.
 * Matches subnets/registration.rs `update_registration_prices_for_networks`, `bump_registration_price_after_registration`,
 * utils/misc.rs `decay_factor_q32`.
 */
import * as u64f64 from "../../fixed/u64f64";
import * as q32 from "./q32";

/** The chain's first block, in which no price decays. */
const FIRST_BLOCK: u64 = 1;

// U64F64 scratch.
const PRICE = memory.data(16);
const FACTOR = memory.data(16);

/** The factor depends on the half-life alone and takes 32 powers: the last one asked for is kept. */
let knownHalfLife: u32 = 0;
let knownFactor: u64 = 0;

/**
 * The largest Q32 factor f < 1 with f^halfLife ≤ 1/2 in Q32 arithmetic, found by bisection; 1 for a half-life of 0.
 */
export function decayFactor(halfLifeBlocks: u32): u64 {
  if (halfLifeBlocks === 0) return q32.ONE;
  if (halfLifeBlocks === knownHalfLife) return knownFactor;
  let low: u64 = 0;
  let high = q32.ONE;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (q32.pow(middle, halfLifeBlocks) > q32.HALF) high = middle;
    else low = middle;
  }
  knownHalfLife = halfLifeBlocks;
  knownFactor = low;
  return low;
}

/** The price after block `block`: price·f floored (as it is up to block 1), raised to the minimum, then cut to the maximum. */
export function afterBlock(priceRao: u64, minRao: u64, maxRao: u64, halfLifeBlocks: u32, block: u64): u64 {
  const decayed = block > FIRST_BLOCK ? q32.mul(priceRao, decayFactor(halfLifeBlocks)) : priceRao;
  return bounded(decayed, minRao, maxRao);
}

/** The price after a registration: ⌊price·max(multiplier, 1)⌋ saturating, bounded likewise; the multiplier is a U64F64. */
export function afterRegistration(priceRao: u64, minRao: u64, maxRao: u64, multiplier: usize): u64 {
  u64f64.fromU64(PRICE, priceRao);
  u64f64.one(FACTOR);
  // Its upper limb is the whole part.
  u64f64.mul(PRICE, PRICE, load<u64>(multiplier, 8) === 0 ? FACTOR : multiplier);
  return bounded(u64f64.toU64(PRICE), minRao, maxRao);
}

/** Raised first and cut last, so that the maximum wins where the bounds cross. */
function bounded(priceRao: u64, minRao: u64, maxRao: u64): u64 {
  return min(max(priceRao, minRao), maxRao);
}
