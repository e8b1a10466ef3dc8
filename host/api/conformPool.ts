/** The pool suite: one operation a line, in the format of the published vectors. */
import * as abi from "../../assembly/pool/contract.js";
import { YumaError } from "../errors.js";
import type { Kernel } from "../load/kernel.js";
import { type CheckedPool, checkPool, checkSwapOptions, HALF_WEIGHT, isWeight, u128, weight } from "../marshal/pool.js";
import * as slots from "../marshal/poolSlots.js";
import { present, record, refuse, u64 } from "../marshal/values.js";
import type { Side } from "./pool/curve.js";
import { curveOf, poolPower, pools } from "./pool/pool.js";

type Case = Readonly<Record<string, unknown>>;
type Operation = (kernel: Kernel, given: Case) => object;

const field = (given: Case, name: string) => present(name, given[name]);
const amountOf = (given: Case, name: string) => u64(name, field(given, name));

const OPERATIONS: Readonly<Record<string, Operation>> = {
  price: (kernel, given) => ({ price: api(kernel).price(poolOf(given)) }),
  buy: (kernel, given) => swap(kernel, "buy", given),
  sell: (kernel, given) => swap(kernel, "sell", given),
  inject(kernel, given) {
    const { after, ...answer } = api(kernel).inject(
      poolOf(given),
      amountOf(given, "taoDelta"),
      amountOf(given, "alphaDelta"),
    );
    return answer;
  },
  init(kernel, given) {
    const price = field(given, "price");
    return api(kernel).init(poolOf(given), price === null ? null : u128("price", price));
  },
  exp_base_quote: (kernel, given) =>
    single(kernel, abi.POOL_OPERATION_EXP_BASE_QUOTE, given, [
      [abi.POOL_ALPHA_RESERVE, amountOf(given, "reserve")],
      [abi.POOL_AMOUNT, amountOf(given, "delta")],
    ]),
  exp_quote_base: (kernel, given) =>
    single(kernel, abi.POOL_OPERATION_EXP_QUOTE_BASE, given, [
      [abi.POOL_TAO_RESERVE, amountOf(given, "reserve")],
      [abi.POOL_AMOUNT, amountOf(given, "delta")],
    ]),
  quote_delta_in: (kernel, given) =>
    single(kernel, abi.POOL_OPERATION_QUOTE_DELTA_IN, given, [
      [abi.POOL_TAO_RESERVE, amountOf(given, "reserve")],
      ...prices(given),
    ]),
  base_delta_in: (kernel, given) =>
    single(kernel, abi.POOL_OPERATION_BASE_DELTA_IN, given, [
      [abi.POOL_ALPHA_RESERVE, amountOf(given, "reserve")],
      ...prices(given),
    ]),
  base_needed: (kernel, given) => ({ value: api(kernel).alphaNeeded(poolOf(given), amountOf(given, "taoDelta")) }),
  alpha_for_tao: (kernel, given) => ({ value: api(kernel).alphaForTao(poolOf(given), amountOf(given, "amount")) }),
  pow: (kernel, given) => ({ value: poolPower(kernel, powerOf(given)) }),
};

/** The answer to one case. Throws BAD_VALUE, MISSING_FIELD; BAD_OPERATION for an unknown one. */
export function poolAnswer(kernel: Kernel, input: unknown): object {
  const given = record("A case", input);
  const { name, op } = given;
  const run = typeof op === "string" && Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
  if (run === undefined) return refuse("op", `one of ${Object.keys(OPERATIONS).join(", ")}`, op);
  return { name, op, ...(hasWeight(given) ? run(kernel, given) : { error: "InvalidValue" }) };
}

const api = (kernel: Kernel) => pools(() => kernel);

/** Whether the pool's weight, where one is given, is one a pool may have. */
function hasWeight({ quoteWeight }: Case): boolean {
  return quoteWeight === undefined || quoteWeight === null || isWeight(u64("quoteWeight", quoteWeight));
}

function poolOf({ alphaReserve, taoReserve, quoteWeight, feeRate, mechanism }: Case): CheckedPool {
  const absent = (value: unknown, key: string) => (value === undefined ? {} : { [key]: value });
  return checkPool({
    alphaReserve,
    taoReserve,
    quoteWeight,
    ...absent(feeRate, "feeRate"),
    ...absent(mechanism, "mechanism"),
  });
}

/** A swap with a limit takes fees as told; without one it is a quote, which always has fees. */
function swap(kernel: Kernel, side: Side, given: Case): object {
  const pool = poolOf(given);
  const amount = amountOf(given, "amount");
  const { limitPrice, priceLimit, dropFees } = given;
  const isQuote = limitPrice === undefined && priceLimit === undefined;
  const options = { limitPrice, priceLimit, dropFees };
  const defined = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const fees = checkSwapOptions(defined).dropFees;
  const call = { ...defined, dropFees: fees && !isQuote };
  const quote = side === "buy" ? api(kernel).quoteBuy(pool, amount, call) : api(kernel).quoteSell(pool, amount, call);
  const curve = curveOf(pool);
  const prices = {
    priceBefore: curve.price(kernel, pool),
    targetPrice: curve.target(kernel, pool, side, amount, fees ? 0 : pool.feeRate),
  };
  if ("error" in quote) return { error: quote.error, ...prices };
  return {
    amountPaidIn: quote.paidIn,
    amountPaidOut: quote.paidOut,
    feePaid: quote.fee,
    feeToBlockAuthor: quote.feeToBlockAuthor,
    priceAfter: quote.priceAfter,
    ...prices,
  };
}

function prices(given: Case): [number, bigint][] {
  return [
    [abi.POOL_PRICE_NOW, u128("currentPrice", field(given, "currentPrice"))],
    [abi.POOL_PRICE_LIMIT, u128("targetPrice", field(given, "targetPrice"))],
  ];
}

/** An operation on a weight and a reserve alone. */
function single(kernel: Kernel, operation: number, given: Case, operands: readonly [number, bigint][]): object {
  const quoteWeight = given.quoteWeight ?? null;
  const parts = quoteWeight === null ? HALF_WEIGHT : weight("quoteWeight", quoteWeight);
  slots.put(
    kernel,
    [abi.POOL_ALPHA_RESERVE, 0n],
    [abi.POOL_TAO_RESERVE, 0n],
    [abi.POOL_QUOTE_WEIGHT, parts],
    [abi.POOL_AMOUNT, 0n],
    ...operands,
  );
  const status = slots.apply(kernel, operation);
  if (status !== abi.POOL_OK) throw new YumaError("INTERNAL", `The kernel refused with ${status}.`, { status });
  return { value: slots.take(kernel, abi.POOL_VALUE) };
}

function powerOf(given: Case): Parameters<typeof poolPower>[1] {
  const precision = field(given, "precision");
  // Small integers may stand there as decimal strings.
  return { ...given, precision: typeof precision === "string" ? Number(precision) : precision } as never;
}
