/** The weighted pool of dynamic subnets: price (1 − q)/q · y/x, in the kernel. Source: subtensor swap pallet, spec 425. */
import * as abi from "../../../assembly/pool/contract.js";
import { YumaError } from "../../errors.js";
import type { Kernel } from "../../load/kernel.js";
import { type CheckedPool, HALF_WEIGHT } from "../../marshal/pool.js";
import * as slots from "../../marshal/poolSlots.js";
import type { Curve, Injection, PoolRefusal, Refused, SwapAnswer } from "./curve.js";

const REFUSALS: Readonly<Record<number, PoolRefusal>> = {
  [abi.POOL_INVALID_VALUE]: "InvalidValue",
  [abi.POOL_SWAP_INPUT_TOO_LARGE]: "SwapInputTooLarge",
  [abi.POOL_RESERVES_TOO_LOW]: "ReservesTooLow",
  [abi.POOL_PRICE_LIMIT_EXCEEDED]: "PriceLimitExceeded",
  [abi.POOL_RESERVES_OUT_OF_BALANCE]: "ReservesOutOfBalance",
};

type Operand = readonly [slot: number, value: bigint];

/** The curve. */
export const balancer: Curve = {
  name: "balancer",
  price: (kernel, pool) => single(kernel, pool, abi.POOL_OPERATION_PRICE),
  swap(kernel, pool, side, amount, limit, feeRate): SwapAnswer | Refused {
    const operation = side === "buy" ? abi.POOL_OPERATION_BUY : abi.POOL_OPERATION_SELL;
    const refused = run(kernel, pool, operation, ...offered(amount, feeRate), [abi.POOL_PRICE_LIMIT, limit]);
    if (refused) return refused;
    return {
      paidIn: slots.take(kernel, abi.POOL_PAID_IN),
      paidOut: slots.take(kernel, abi.POOL_PAID_OUT),
      fee: slots.take(kernel, abi.POOL_FEE),
      feeToBlockAuthor: slots.take(kernel, abi.POOL_FEE_TO_AUTHOR),
      priceBefore: slots.take(kernel, abi.POOL_PRICE_BEFORE),
      priceAfter: slots.take(kernel, abi.POOL_PRICE_AFTER),
    };
  },
  target(kernel, pool, side, amount, feeRate) {
    const operation = side === "buy" ? abi.POOL_OPERATION_BUY_TARGET : abi.POOL_OPERATION_SELL_TARGET;
    return single(kernel, pool, operation, ...offered(amount, feeRate));
  },
  inject: (kernel, pool, tao, alpha) =>
    weight(kernel, pool, abi.POOL_OPERATION_INJECT, [abi.POOL_AMOUNT, tao], [abi.POOL_ALPHA_AMOUNT, alpha]),
  initialise: (kernel, pool, price) =>
    weight(kernel, pool, abi.POOL_OPERATION_INITIALISE, [abi.POOL_PRICE_LIMIT, price]),
  alphaForTao: (kernel, pool, tao) => single(kernel, pool, abi.POOL_OPERATION_ALPHA_FOR_TAO, [abi.POOL_AMOUNT, tao]),
  alphaNeeded: (kernel, pool, tao) => single(kernel, pool, abi.POOL_OPERATION_BASE_NEEDED, [abi.POOL_AMOUNT, tao]),
};

function run(kernel: Kernel, pool: CheckedPool, operation: number, ...operands: Operand[]): Refused | null {
  slots.put(
    kernel,
    [abi.POOL_ALPHA_RESERVE, pool.alphaReserve],
    [abi.POOL_TAO_RESERVE, pool.taoReserve],
    [abi.POOL_QUOTE_WEIGHT, pool.quoteWeight ?? HALF_WEIGHT],
    [abi.POOL_FEE_RATE, 0n],
    [abi.POOL_AMOUNT, 0n],
    ...operands,
  );
  const status = slots.apply(kernel, operation);
  return status === abi.POOL_OK ? null : { error: REFUSALS[status] ?? unknown(status) };
}

/** One value of an operation that refuses nothing but a weight, which is checked. */
function single(kernel: Kernel, pool: CheckedPool, operation: number, ...operands: Operand[]): bigint {
  const refused = run(kernel, pool, operation, ...operands);
  if (refused) throw new YumaError("INTERNAL", `The kernel refused a checked pool: ${refused.error}.`);
  return slots.take(kernel, abi.POOL_VALUE);
}

/** The weight an operation leaves. */
function weight(kernel: Kernel, pool: CheckedPool, operation: number, ...operands: Operand[]): Injection {
  return run(kernel, pool, operation, ...operands) ?? { quoteWeight: slots.take(kernel, abi.POOL_VALUE) };
}

function offered(amount: bigint, feeRate: number): Operand[] {
  return [
    [abi.POOL_AMOUNT, amount],
    [abi.POOL_FEE_RATE, BigInt(feeRate)],
  ];
}

function unknown(status: number): never {
  throw new YumaError("INTERNAL", `The kernel refused with ${status}, which has no name.`, { status });
}
