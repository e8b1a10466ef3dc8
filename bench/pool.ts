/** A swap's quote by the kernel and by the BigInt twin: the ways the power is computed, from one division to a long series. */
import * as abi from "../assembly/pool/contract.js";
import { hashOf } from "../host/cli/bench/matrix.js";
import { inlinedModule } from "../host/load/inlined.js";
import { guarded, instantiate } from "../host/load/kernel.js";
import { put, take } from "../host/marshal/poolSlots.js";
import { oraclePool } from "../test/oracle/pool.js";
import { type Effort, medianMicroseconds } from "./measure.js";

/** A buy in a pool of 2·10^15 alpha-rao and 10^15 rao. */
const CASES = [
  { way: "equal weights: one division", quoteWeight: 500_000_000_000_000_000n, amount: 10n ** 12n },
  { way: "weight 0.499: a 501st root", quoteWeight: 499_000_000_000_000_000n, amount: 10n ** 12n },
  { way: "weight 0.4987…: series", quoteWeight: 498_765_432_123_456_789n, amount: 10n ** 12n },
  { way: "weight 0.9876…: series that does not converge", quoteWeight: 987_654_321_234_567_891n, amount: 10n ** 17n },
  {
    way: "weight 0.4987… up to a limit: three series",
    quoteWeight: 498_765_432_123_456_789n,
    amount: 10n ** 15n,
    limited: true,
  },
] as const;

const ALPHA_RESERVE = 2n * 10n ** 15n;
const TAO_RESERVE = 10n ** 15n;
const FEE_RATE = 33;
/** TAO per alpha, U64F64: one, about twice the price of these pools; and one that is never met. */
const NEAR_LIMIT = 1n << 64n;
const FAR_LIMIT = 1_000_000n << 64n;

/** One way and its times. */
export interface SwapTime {
  readonly way: string;
  readonly microseconds: number;
  readonly twinMicroseconds: number;
  /** Of what came out, the same for both or the benchmark throws. */
  readonly hash: string;
}

/** Times every way. Throws where kernel and twin disagree. */
export function timeSwaps(effort: Effort): SwapTime[] {
  const kernel = instantiate(inlinedModule());
  return CASES.map((one) => {
    const limitPrice = "limited" in one ? NEAR_LIMIT : FAR_LIMIT;
    put(
      kernel,
      [abi.POOL_ALPHA_RESERVE, ALPHA_RESERVE],
      [abi.POOL_TAO_RESERVE, TAO_RESERVE],
      [abi.POOL_QUOTE_WEIGHT, one.quoteWeight],
      [abi.POOL_FEE_RATE, BigInt(FEE_RATE)],
      [abi.POOL_AMOUNT, one.amount],
      [abi.POOL_PRICE_LIMIT, limitPrice],
    );
    const swap = () => guarded(kernel, () => kernel.exports.poolApply(abi.POOL_OPERATION_BUY));
    const given = {
      op: "buy",
      alphaReserve: String(ALPHA_RESERVE),
      taoReserve: String(TAO_RESERVE),
      quoteWeight: String(one.quoteWeight),
      feeRate: FEE_RATE,
      amount: String(one.amount),
      limitPrice: String(limitPrice),
    };
    swap();
    const out = take(kernel, abi.POOL_PAID_OUT);
    if (oraclePool(given).amountPaidOut !== out) throw new Error(`kernel and twin disagree: ${one.way}`);
    return {
      way: one.way,
      microseconds: medianMicroseconds(swap, effort),
      twinMicroseconds: medianMicroseconds(() => oraclePool(given), effort),
      hash: hashOf(out),
    };
  });
}
