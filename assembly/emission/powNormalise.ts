/** Shares by a power: v^p over the sum of all v^p, scaled first so that I32F32 holds every power. */
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import { SUBNET_SHARE } from "./contract";
import * as table from "./table";

/** The whole part of the largest I32F32. */
const LARGEST: u64 = 0x7fffffff;
const EPSILONS_IN_ONE: u64 = 1000;

// U64F64.
const largest = memory.data(16);
const factor = memory.data(16);
const limit = memory.data(16);
const least = memory.data(16);
const number = memory.data(16);
const sum = memory.data(16);

/**
 * share ← share^p / Σ share^p, U64F64, with p at the address `p`:
 *
 *   v ← v / max v;  f ← √((2^31 − 1) / (n · (max v)²)) to within 0.001;  share ← (f·v)^p / Σ (f·v)^p
 *
 * All zeros stay zeros. Where the original leaves the scaled v as they are, n · (max v)² being below (2^31 − 1) / (2^64 − 1), they are
 * all zero: else the largest is at least 0.5 once divided by itself. Sums wrap.
 * Matches subnet_emissions.rs `inplace_pow_normalize`.
 */
export function powNormalise(p: usize): void {
  findLargest();
  u64f64.one(factor);
  u64f64.safeDiv(factor, factor, largest);
  scale();
  findLargest();
  u64f64.mul(largest, largest, largest);
  u64f64.fromU64(number, table.count);
  u64f64.mul(number, number, largest);
  u64f64.fromU64(limit, LARGEST);
  u64f64.safeDiv(factor, limit, number);
  u64f64.one(least);
  u64f64.fromU64(number, EPSILONS_IN_ONE);
  u64f64.safeDiv(least, least, number);
  u64f64.checkedSqrt(factor, factor, least);
  scale();
  raise(p);
}

function findLargest(): void {
  int128.set(largest, 0, 0);
  for (let i: u32 = 0; i < table.count; i++) {
    const value = table.wide(SUBNET_SHARE, i);
    if (int128.less(largest, value, false)) int128.copy(largest, value);
  }
}

/** share ← factor · share. */
function scale(): void {
  for (let i: u32 = 0; i < table.count; i++)
    u64f64.mul(table.wide(SUBNET_SHARE, i), factor, table.wide(SUBNET_SHARE, i));
}

/** share ← share^p / Σ share^p. */
function raise(p: usize): void {
  int128.set(sum, 0, 0);
  for (let i: u32 = 0; i < table.count; i++) {
    const value = table.wide(SUBNET_SHARE, i);
    u64f64.safePow(value, value, p);
    u64f64.wrappingAdd(sum, sum, value);
  }
  for (let i: u32 = 0; i < table.count; i++)
    u64f64.safeDiv(table.wide(SUBNET_SHARE, i), table.wide(SUBNET_SHARE, i), sum);
}
