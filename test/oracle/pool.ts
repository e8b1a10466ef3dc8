/**
 * The pool in BigInt, answering cases of the pool suite, written from the protocol: U64F64 numbers are bigints of their raw bits,
 * every quotient is truncated, and the refusals stand in the chain's order.
 */
import { oraclePower } from "./poolPower.js";

/** A case of the suite: decimal strings, small numbers, null. */
export type PoolCase = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type PoolAnswer = Record<string, bigint | string | boolean | null>;

const ONE = 1n << 64n;
const U64 = ONE - 1n;
const U128 = (1n << 128n) - 1n;
const WHOLE = 10n ** 18n;
const LEAST = WHOLE / 100n;
const RATE_WHOLE = 65535n;

const least = (a: bigint, b: bigint) => (a < b ? a : b);
const above = (a: bigint, b: bigint) => (a > b ? a - b : 0n);
/** U64F64 operations. */
const times = (a: bigint, b: bigint) => least((a * b) >> 64n, U128);
const over = (a: bigint, b: bigint) => (b === 0n || (a << 64n) / b > U128 ? 0n : (a << 64n) / b);
const fixed = (n: bigint) => n << 64n;
const whole = (a: bigint) => least(a >> 64n, U64);

interface State {
  readonly x: bigint;
  readonly y: bigint;
  readonly q: bigint;
}

const isWeight = (q: bigint) => q >= LEAST && q <= WHOLE - LEAST;

function price({ x, y, q }: State): bigint {
  return times(over(fixed(WHOLE - q), fixed(q)), over(fixed(y), fixed(x)));
}

/** (reserve/next)^(weight/other), through a u64 over 10^18. */
function exponent(reserve: bigint, next: bigint, weight: bigint, other: bigint): bigint {
  const power = oraclePower(reserve, next, weight, other, 256n, WHOLE);
  return power === null || power < 0n || power > U64 ? 0n : over(fixed(power), fixed(WHOLE));
}

function exponentIn(reserve: bigint, input: bigint, weight: bigint, other: bigint): bigint {
  return least(exponent(reserve, least(reserve + input, U64), weight, other), ONE);
}

function inputTo(numerator: bigint, denominator: bigint, weight: bigint, reserve: bigint): bigint {
  const power = oraclePower(numerator, denominator, weight, WHOLE, 1024n, WHOLE);
  const scaled = power === null || power < 0n ? 0n : least(power, U64);
  return whole(times(fixed(reserve), above(over(fixed(scaled), fixed(WHOLE)), ONE)));
}

/** Output of an input, and the pool after both. */
function move({ x, y, q }: State, buy: boolean, input: bigint): { output: bigint; after: State } {
  const base = WHOLE - q;
  const kept = buy ? exponentIn(y, input, q, base) : exponentIn(x, input, base, q);
  const output = whole(times(fixed(buy ? x : y), above(ONE, kept)));
  return {
    output,
    after: buy
      ? { x: above(x, output), y: least(y + input, U64), q }
      : { x: least(x + input, U64), y: above(y, output), q },
  };
}

function swap(state: State, buy: boolean, given: PoolCase): PoolAnswer {
  const amount = big(given.amount);
  const rate = given.dropFees ? 0n : BigInt(given.feeRate ?? 33);
  const isQuote = given.limitPrice === undefined && given.priceLimit === undefined;
  const limit =
    given.limitPrice !== undefined
      ? big(given.limitPrice)
      : over(
          fixed(given.priceLimit !== undefined ? big(given.priceLimit) : buy ? 10n ** 15n : 1000n),
          fixed(10n ** 9n),
        );
  const feeOf = (feeRate: bigint) => whole(times(fixed(amount), over(fixed(feeRate), fixed(RATE_WHOLE))));
  const prices = {
    priceBefore: price(state),
    targetPrice: price(move(state, buy, above(amount, feeOf(rate))).after),
  };
  const charged = isQuote ? BigInt(given.feeRate ?? 33) : rate;
  return { ...attempt(state, buy, above(amount, feeOf(charged)), feeOf(charged), charged, limit), ...prices };
}

function attempt(state: State, buy: boolean, net: bigint, fee: bigint, rate: bigint, limit: bigint): PoolAnswer {
  const [reserveIn, reserveOut] = buy ? [state.y, state.x] : [state.x, state.y];
  const now = price(state);
  if (net > least(1000n * reserveIn, U64)) return { error: "SwapInputTooLarge" };
  if (reserveOut < 1_000_000n) return { error: "ReservesTooLow" };
  if (buy ? now >= limit : now <= limit) return { error: "PriceLimitExceeded" };
  let input = net;
  let paid = fee;
  const target = price(move(state, buy, net).after);
  if (buy ? target > limit : target < limit) {
    input = buy ? inputTo(limit, now, WHOLE - state.q, state.y) : inputTo(now, limit, state.q, state.x);
    paid = whole(times(fixed(input), over(fixed(rate), fixed(RATE_WHOLE - rate))));
  }
  const { output, after } = move(state, buy, input);
  if (input > 0n && output === 0n) return { error: "ReservesTooLow" };
  if (output > reserveOut) return { error: "InsufficientLiquidity" };
  const author = input > 0n ? paid : 0n;
  return {
    amountPaidIn: input,
    amountPaidOut: output,
    feePaid: paid,
    feeToBlockAuthor: author,
    priceAfter: price(after),
  };
}

function inject({ x, y, q }: State, dy: bigint, dx: bigint): PoolAnswer {
  const rounded = (product: bigint, parts: bigint) => (least(product, U128) * parts + WHOLE / 2n) / WHOLE;
  const base = rounded(y * (x + dx), WHOLE - q);
  const quote = rounded(x * (y + dy), q);
  const sum = least(base + quote, U128);
  const moved = sum === 0n ? WHOLE / 2n : (WHOLE * least(quote, sum)) / sum;
  if (!isWeight(moved)) return { accepted: false, taoAdded: 0n, alphaAdded: 0n, quoteWeight: q };
  return { accepted: true, taoAdded: dy, alphaAdded: dx, quoteWeight: moved };
}

function initialise({ x, y }: State, p: bigint): PoolAnswer {
  const sum = (p >> 64n) * x + ((x * (p & U64)) >> 64n) + y;
  const q = sum === 0n ? 0n : (WHOLE * y) / sum;
  return isWeight(q) ? { quoteWeight: q } : { error: "ReservesOutOfBalance" };
}

function baseNeeded({ x, y, q }: State, tao: bigint): bigint {
  const left = above(y, tao);
  const kept = left === 0n ? 0n : tao === 0n ? exponentIn(y, 0n, q, WHOLE - q) : exponent(y, left, q, WHOLE - q);
  return whole(times(fixed(x), above(kept, ONE)));
}

const big = (value: PoolCase[string]) => BigInt(value as string | number);

/** The answer to one case, without name and op. */
export function oraclePool(given: PoolCase): PoolAnswer {
  const q = given.quoteWeight === undefined || given.quoteWeight === null ? WHOLE / 2n : big(given.quoteWeight);
  if (!isWeight(q)) return { error: "InvalidValue" };
  const state = { x: big(given.alphaReserve ?? 0), y: big(given.taoReserve ?? 0), q };
  const reserve = big(given.reserve ?? 0);
  const isDynamic = (given.mechanism ?? 1) === 1;
  const [from, to] = [big(given.currentPrice ?? 0), big(given.targetPrice ?? 0)];
  switch (given.op) {
    case "price":
      return { price: isDynamic ? price(state) : ONE };
    case "buy":
    case "sell":
      return swap(state, given.op === "buy", given);
    case "inject":
      return inject(state, big(given.taoDelta), big(given.alphaDelta));
    case "init":
      if (given.quoteWeight !== null || given.price === null) return { quoteWeight: q };
      return initialise(state, big(given.price));
    case "exp_base_quote":
      return { value: exponentIn(reserve, big(given.delta), WHOLE - q, q) };
    case "exp_quote_base":
      return { value: exponentIn(reserve, big(given.delta), q, WHOLE - q) };
    case "quote_delta_in":
      return { value: inputTo(to, from, WHOLE - q, reserve) };
    case "base_delta_in":
      return { value: inputTo(from, to, q, reserve) };
    case "base_needed":
      return { value: baseNeeded(state, big(given.taoDelta)) };
    case "alpha_for_tao":
      return { value: isDynamic ? whole(over(fixed(big(given.amount)), price(state))) : big(given.amount) };
    default:
      return { value: power(given) };
  }
}

function power(given: PoolCase): bigint | null {
  const [n, d, p, q] = ["baseNumerator", "baseDenominator", "exponentNumerator", "exponentDenominator"].map((name) =>
    big(given[name]),
  ) as [bigint, bigint, bigint, bigint];
  return oraclePower(n, d, p, q, big(given.precision), big(given.scale));
}
