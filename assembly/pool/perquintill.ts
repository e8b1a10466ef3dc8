/** Perquintill: proportions in [0, 1] as parts of 10^18, the weights of a pool. */
import * as int128 from "../fixed/int128";
import { divide256, multiply256 } from "../fixed/wide";

/** 1. */
export const ONE: u64 = 1_000_000_000_000_000_000;
/** 0.5, what a pool starts with. */
export const HALF: u64 = ONE / 2;
/** 0.01, the least weight of either side. */
export const LEAST_WEIGHT: u64 = ONE / 100;

const product = memory.data(32);
const quotient = memory.data(32);

/** Whether both weights, q and 1 − q, are at least LEAST_WEIGHT. */
export function isWeight(parts: u64): bool {
  return parts >= LEAST_WEIGHT && parts <= ONE - LEAST_WEIGHT;
}

/** out ← a·parts rounded half up, u128; parts at most 1 (balancer.rs `mul_perquintill_round`). */
export function mulRound(out: usize, a: usize, parts: u64): void {
  multiply256(product, load<u64>(a), load<u64>(a, 8), parts, 0);
  const low = load<u64>(product);
  const sum = low + HALF;
  store<u64>(product, sum);
  if (sum < low) {
    const next = load<u64>(product, 8) + 1;
    store<u64>(product, next, 8);
    // The product is below 2^188, so that the carry ends here.
    if (next === 0) store<u64>(product, load<u64>(product, 16) + 1, 16);
  }
  divide256(quotient, product, ONE, 0);
  int128.copy(out, quotient);
}

/** ⌊part/whole⌋ in parts, exactly; u128, whole above 0 and not below part. */
export function fromRatio(part: usize, whole: usize): u64 {
  multiply256(product, load<u64>(part), load<u64>(part, 8), ONE, 0);
  divide256(quotient, product, load<u64>(whole), load<u64>(whole, 8));
  return load<u64>(quotient);
}
