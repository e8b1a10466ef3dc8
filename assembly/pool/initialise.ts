/** The weights a pool begins with where its price is given (swap impls.rs `maybe_initialize_palswap`). */
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import { multiply256 } from "../fixed/wide";
import * as contract from "./contract";
import * as perquintill from "./perquintill";
import * as slots from "./slots";

const product = memory.data(32);
const sum = memory.data(16);
const part = memory.data(16);

/**
 * Leaves in POOL_VALUE q = ⌊y/(⌊p⌋·x + trunc(frac(p)·x) + y)⌋ in parts, p the U64F64 in POOL_PRICE_LIMIT.
 * POOL_RESERVES_OUT_OF_BALANCE where the sum is 0 or q out of range.
 */
export function initialise(): i32 {
  const alpha = slots.read(contract.POOL_ALPHA_RESERVE);
  const tao = slots.read(contract.POOL_TAO_RESERVE);
  const given = slots.at(contract.POOL_PRICE_LIMIT);
  // Below 2^128 all told: (2^64 − 1)² + 2·(2^64 − 1).
  multiply256(product, alpha, 0, load<u64>(given, 8), 0);
  int128.copy(sum, product);
  u64f64.frac(part, given);
  u64f64.fromU64(product, alpha);
  u64f64.mul(part, part, product);
  int128.set(part, u64f64.toU64(part), 0);
  int128.add(sum, sum, part);
  int128.set(part, tao, 0);
  int128.add(sum, sum, part);
  if (int128.isZero(sum)) return contract.POOL_RESERVES_OUT_OF_BALANCE;
  const weight = perquintill.fromRatio(part, sum);
  if (!perquintill.isWeight(weight)) return contract.POOL_RESERVES_OUT_OF_BALANCE;
  slots.write(contract.POOL_VALUE, weight);
  return contract.POOL_OK;
}
