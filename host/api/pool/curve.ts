/** What a pool's price follows: one interface, so that a subnet's mechanism chooses the arithmetic and nothing else. */
import type { Kernel } from "../../load/kernel.js";
import type { CheckedPool } from "../../marshal/pool.js";

/** Which way a swap goes: TAO in and alpha out, or alpha in and TAO out. */
export type Side = "buy" | "sell";

/** Why the chain would refuse, by its own names. */
export type PoolRefusal =
  /** A weight would leave [0.01, 0.99]. */
  | "InvalidValue"
  /** The input, net of the fee, is more than 1000 times its reserve. */
  | "SwapInputTooLarge"
  /** The output reserve holds less than 1,000,000, or something would go in and nothing come out. */
  | "ReservesTooLow"
  /** The price is at the limit or past it already. */
  | "PriceLimitExceeded"
  /** More would come out than the reserve holds; neither curve here can. */
  | "InsufficientLiquidity"
  /** The weight that gives the wanted price would leave [0.01, 0.99]. */
  | "ReservesOutOfBalance";

/** A refusal is an answer: the chain computes it as it does a result. */
export interface Refused {
  readonly error: PoolRefusal;
}

/** What a swap would do. Amounts in rao of their side, prices raw U64F64, TAO per alpha. */
export interface SwapAnswer {
  /** Net of the fee. */
  readonly paidIn: bigint;
  readonly paidOut: bigint;
  readonly fee: bigint;
  /** The fee, or 0 where nothing was swapped. */
  readonly feeToBlockAuthor: bigint;
  readonly priceBefore: bigint;
  readonly priceAfter: bigint;
}

/** The weight after an injection, or that a pool begins with (null where the curve has none); or refused. */
export type Injection = Refused | { readonly quoteWeight: bigint | null };

/** A pool's arithmetic on a kernel. Pools are checked; prices and limits are raw U64F64. */
export interface Curve {
  readonly name: string;
  /** TAO per alpha. */
  price(kernel: Kernel, pool: CheckedPool): bigint;
  /** A swap of `amount`; the reserves stay as they are. */
  swap(
    kernel: Kernel,
    pool: CheckedPool,
    side: Side,
    amount: bigint,
    limit: bigint,
    feeRate: number,
  ): SwapAnswer | Refused;
  /** The price after the whole amount less its fee, whatever a swap's checks say. */
  target(kernel: Kernel, pool: CheckedPool, side: Side, amount: bigint, feeRate: number): bigint;
  /** The weight once both amounts are in, the reserves being those before. */
  inject(kernel: Kernel, pool: CheckedPool, tao: bigint, alpha: bigint): Injection;
  /** The weight a new pool begins with at a price. */
  initialise(kernel: Kernel, pool: CheckedPool, price: bigint): Injection;
  /** Alpha worth an amount of rao at the price now. */
  alphaForTao(kernel: Kernel, pool: CheckedPool, tao: bigint): bigint;
  /** Alpha to sell for an amount of rao. */
  alphaNeeded(kernel: Kernel, pool: CheckedPool, tao: bigint): bigint;
}
