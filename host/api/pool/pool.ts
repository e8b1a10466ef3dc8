/** Pools: prices, quotes, injections. Pure functions of a stored pool; what the chain would refuse is answered, not thrown. */
import * as abi from "../../../assembly/pool/contract.js";
import type { Kernel } from "../../load/kernel.js";
import {
  type CheckedPool,
  checkPool,
  checkPower,
  checkSwapOptions,
  DYNAMIC_MECHANISM,
  HALF_WEIGHT,
  limitOf,
  type Pool,
  type PowerOperands,
  type SwapOptions,
  u128,
} from "../../marshal/pool.js";
import * as slots from "../../marshal/poolSlots.js";
import { MAX_U64, u64 } from "../../marshal/values.js";
import type { U64 } from "../../types.js";
import { balancer } from "./balancer.js";
import type { Curve, Refused, Side } from "./curve.js";
import { quoteOf, type SwapQuote } from "./quote.js";
import { stable } from "./stable.js";

/** The chain's own limits where none is given, in rao per alpha. */
const EXTREME: Readonly<Record<Side, bigint>> = { buy: limitOf(10n ** 15n), sell: limitOf(1000n) };

/** An injection and the pool after it. */
export interface InjectionResult {
  readonly accepted: boolean;
  /** Rao and alpha-rao added: what was offered, or 0 where it was refused. */
  readonly taoAdded: bigint;
  readonly alphaAdded: bigint;
  /** TAO's weight afterwards, parts of 10^18; unchanged where it was refused. */
  readonly quoteWeight: bigint;
  /** The pool with reserves and weight moved. */
  readonly after: CheckedPool;
}

/** What can be asked of pools. Every function throws YumaError (MISSING_FIELD, BAD_VALUE) for a pool no chain state can hold. */
export interface Pools {
  /** The price (1 − q)/q · y/x in TAO per alpha, raw U64F64: two quotients and their product, each truncated; 0 without alpha. */
  price(pool: Pool): bigint;
  /** What `tao` rao would buy, and what that does to the pool; or why the chain would refuse. */
  quoteBuy(pool: Pool, tao: U64, options?: SwapOptions): SwapQuote | Refused;
  /** What selling `alpha` would give. */
  quoteSell(pool: Pool, alpha: U64, options?: SwapOptions): SwapQuote | Refused;
  /** The pool under an injection that leaves its price where it is; not accepted where a weight would leave [0.01, 0.99]. */
  inject(pool: Pool, tao: U64, alpha: U64): InjectionResult;
  /** The weight a pool begins with: half, or at a price (raw U64F64) y/(p·x + y); an initialised pool stays as it is. */
  init(pool: Pool, price?: U64 | null): { readonly quoteWeight: bigint } | Refused;
  /** Alpha worth `tao` rao at the price now, truncated; 0 where there is no price. */
  alphaForTao(pool: Pool, tao: U64): bigint;
  /** Alpha to sell for `tao` rao, without the fee; as on the chain 0 where that is far beyond the pool. */
  alphaNeeded(pool: Pool, tao: U64): bigint;
  /** The pool's power ⌊scale·(n/d)^(p/q)⌋ as the chain computes it, wrong where its series does not converge; null for a zero denominator. */
  power(operands: PowerOperands): bigint | null;
}

/** The curve of a pool's mechanism; another one would be chosen here. */
export function curveOf({ mechanism }: CheckedPool): Curve {
  return mechanism === DYNAMIC_MECHANISM ? balancer : stable;
}

/** The functions on a kernel that is made when first needed. */
export function pools(kernel: () => Kernel): Pools {
  const quote = (side: Side, input: Pool, given: U64, options: SwapOptions): SwapQuote | Refused => {
    const pool = checkPool(input);
    const amount = u64("amount", given);
    const { limit, dropFees } = checkSwapOptions(options);
    const feeRate = dropFees ? 0 : pool.feeRate;
    const answer = curveOf(pool).swap(kernel(), pool, side, amount, limit ?? EXTREME[side], feeRate);
    return "error" in answer ? answer : quoteOf(pool, side, amount, answer);
  };
  return {
    price(input) {
      const pool = checkPool(input);
      return curveOf(pool).price(kernel(), pool);
    },
    quoteBuy: (pool, tao, options = {}) => quote("buy", pool, tao, options),
    quoteSell: (pool, alpha, options = {}) => quote("sell", pool, alpha, options),
    inject(input, givenTao, givenAlpha) {
      const pool = checkPool(input);
      const tao = u64("tao", givenTao);
      const alpha = u64("alpha", givenAlpha);
      return injected(pool, tao, alpha, curveOf(pool).inject(kernel(), pool, tao, alpha));
    },
    init(input, price = null) {
      const pool = checkPool(input);
      if (pool.quoteWeight !== null) return { quoteWeight: pool.quoteWeight };
      if (price === null) return { quoteWeight: HALF_WEIGHT };
      const begun = curveOf(pool).initialise(kernel(), pool, u128("price", price));
      return "error" in begun ? begun : { quoteWeight: begun.quoteWeight ?? HALF_WEIGHT };
    },
    alphaForTao(input, tao) {
      const pool = checkPool(input);
      return curveOf(pool).alphaForTao(kernel(), pool, u64("tao", tao));
    },
    alphaNeeded(input, tao) {
      const pool = checkPool(input);
      return curveOf(pool).alphaNeeded(kernel(), pool, u64("tao", tao));
    },
    power: (operands) => poolPower(kernel(), operands),
  };
}

/** The power, by the quick ways or with its roots written out. */
export function poolPower(kernel: Kernel, operands: PowerOperands, path: number = abi.POWER_QUICK): bigint | null {
  const checked = checkPower(operands, abi.MAX_POWER_PRECISION);
  slots.put(
    kernel,
    [abi.POWER_BASE_NUMERATOR, checked.baseNumerator],
    [abi.POWER_BASE_DENOMINATOR, checked.baseDenominator],
    [abi.POWER_EXPONENT_NUMERATOR, checked.exponentNumerator],
    [abi.POWER_EXPONENT_DENOMINATOR, checked.exponentDenominator],
    [abi.POOL_FEE_RATE, checked.precision],
    [abi.POOL_AMOUNT, checked.scale],
  );
  return slots.power(kernel, path);
}

function injected(
  pool: CheckedPool,
  tao: bigint,
  alpha: bigint,
  injection: ReturnType<Curve["inject"]>,
): InjectionResult {
  if ("error" in injection) {
    const quoteWeight = pool.quoteWeight ?? HALF_WEIGHT;
    return { accepted: false, taoAdded: 0n, alphaAdded: 0n, quoteWeight, after: pool };
  }
  const add = (a: bigint, b: bigint) => (a + b > MAX_U64 ? MAX_U64 : a + b);
  const after = {
    ...pool,
    quoteWeight: injection.quoteWeight,
    taoReserve: add(pool.taoReserve, tao),
    alphaReserve: add(pool.alphaReserve, alpha),
  };
  return { accepted: true, taoAdded: tao, alphaAdded: alpha, quoteWeight: injection.quoteWeight ?? HALF_WEIGHT, after };
}
