/** The weights under an injection: they move so that the price does not (swap balancer.rs `update_weights_for_added_liquidity`). */
import * as fixed128 from "../fixed/fixed128";
import * as int128 from "../fixed/int128";
import { multiply256 } from "../fixed/wide";
import * as contract from "./contract";
import * as perquintill from "./perquintill";
import * as slots from "./slots";

const product = memory.data(32);
const base = memory.data(16);
const quote = memory.data(16);

/**
 * Leaves in POOL_VALUE the new q = q2/(q1 + q2) in parts, q1 = round((1 − q)·y·(x + dx)), q2 = round(q·x·(y + dy)), products and sum
 * saturating at 2^128 − 1, a half where both are 0; x and y are the reserves before. POOL_INVALID_VALUE where q is, or would
 * be, out of range.
 */
export function inject(): i32 {
  const alpha = slots.read(contract.POOL_ALPHA_RESERVE);
  const tao = slots.read(contract.POOL_TAO_RESERVE);
  const weight = slots.read(contract.POOL_QUOTE_WEIGHT);
  const addedTao = slots.read(contract.POOL_AMOUNT);
  const addedAlpha = slots.read(contract.POOL_ALPHA_AMOUNT);
  if (!perquintill.isWeight(weight)) return contract.POOL_INVALID_VALUE;
  times(base, tao, alpha, addedAlpha);
  perquintill.mulRound(base, base, perquintill.ONE - weight);
  times(quote, alpha, tao, addedTao);
  perquintill.mulRound(quote, quote, weight);
  fixed128.add(base, base, quote, false);
  const moved = int128.isZero(base) ? perquintill.HALF : perquintill.fromRatio(quote, base);
  if (!perquintill.isWeight(moved)) return contract.POOL_INVALID_VALUE;
  slots.write(contract.POOL_VALUE, moved);
  return contract.POOL_OK;
}

/** out ← a·(b + c), saturating. */
function times(out: usize, a: u64, b: u64, c: u64): void {
  const sum = b + c;
  multiply256(product, a, 0, sum, u64(sum < c));
  if (load<u64>(product, 16) === 0) int128.copy(out, product);
  else int128.set(out, u64.MAX_VALUE, u64.MAX_VALUE);
}
