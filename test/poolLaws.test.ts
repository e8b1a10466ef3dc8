/** The pool as the package offers it: what must hold whatever the numbers are, both curves, and what it refuses. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Pool, pool, type Refused, type SwapOptions, type SwapQuote } from "../host/index.js";
import { weights } from "./oracle/randomPool.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";

const SUPPLY = 21_000_000_000_000_000n;
const WHOLE = 10n ** 18n;
const ONE = 1n << 64n;
const RUNS = 60;

const reserve = fc.bigInt({ min: 1_000_000_000n, max: SUPPLY });
const quoteWeight = weights.filter((parts) => BigInt(parts) >= WHOLE / 100n && BigInt(parts) <= WHOLE - WHOLE / 100n);
const anyPool: fc.Arbitrary<Pool> = fc.record({ alphaReserve: reserve, taoReserve: reserve, quoteWeight });
/** Weights near enough to half for every power to converge, as all pools of the chain have them. */
const mildPool: fc.Arbitrary<Pool> = fc.record({
  alphaReserve: reserve,
  taoReserve: reserve,
  quoteWeight: fc.bigInt({ min: (WHOLE * 4n) / 10n, max: (WHOLE * 6n) / 10n }),
});
/** A part of a reserve, in millionths. */
const part = fc.bigInt({ min: 1n, max: 1_000_000n });

const free: SwapOptions = { dropFees: true };
const partOf = (amount: unknown, millionths: bigint) => (BigInt(String(amount)) * millionths) / 1_000_000n;

function quoted(answer: SwapQuote | Refused): SwapQuote {
  if ("error" in answer) expect.fail(`refused: ${answer.error}`);
  return answer as SwapQuote;
}

describe("laws", () => {
  test("an injection leaves the price where it is, within the truncation of the weight", () => {
    let accepted = 0;
    forAll(fc.tuple(anyPool, part, part), RUNS, ([given, tao, alpha]) => {
      const before = pool.price(given);
      const result = pool.inject(given, partOf(given.taoReserve, tao), partOf(given.alphaReserve, alpha));
      if (!result.accepted) return;
      accepted++;
      // The weight is cut at 10^-18, a hundredth of it at least being left; the price at 2^-64.
      const after = pool.price(result.after);
      const off = after > before ? after - before : before - after;
      expect(off <= before / 10n ** 13n + (before >> 40n) + 2n ** 26n).toBe(true);
    });
    expect(accepted).toBeGreaterThan(RUNS / 4);
  });

  test("an injection in proportion leaves the weight where it is", () => {
    forAll(fc.tuple(mildPool, fc.bigInt({ min: 1n, max: 50n })), RUNS, ([given, times]) => {
      const tao = BigInt(String(given.taoReserve)) * times;
      const alpha = BigInt(String(given.alphaReserve)) * times;
      const moved = pool.inject(given, tao, alpha).quoteWeight - BigInt(String(given.quoteWeight));
      expect(moved >= -1n && moved <= 1n).toBe(true);
    });
  });

  test("buying and selling what it gave never profits", () => {
    forAll(fc.tuple(mildPool, part, fc.boolean()), RUNS, ([given, millionths, fees]) => {
      const options = fees ? {} : free;
      const offered = partOf(given.taoReserve, millionths);
      const bought = pool.quoteBuy(given, offered, options);
      if ("error" in bought || bought.paidOut === 0n) return;
      const sold = pool.quoteSell(bought.after, bought.paidOut, options);
      if ("error" in sold) return;
      // A power is cut at 10^-18, so that a reserve of 21·10^15 rao can give a few hundredths of a rao too much.
      expect(sold.paidOut <= offered + 1n).toBe(true);
    });
  });

  test("more in gives no less out, at no better a price, and never the whole reserve", () => {
    forAll(fc.tuple(mildPool, part, part, fc.boolean()), RUNS, ([given, a, b, buys]) => {
      const [from, into] = buys ? [given.taoReserve, given.alphaReserve] : [given.alphaReserve, given.taoReserve];
      const quote = buys ? pool.quoteBuy : pool.quoteSell;
      const [small, large] = [a < b ? a : b, a < b ? b : a].map((each) => quote(given, partOf(from, each), free)) as [
        SwapQuote | Refused,
        SwapQuote | Refused,
      ];
      if ("error" in small || "error" in large) return;
      expect(large.paidOut >= small.paidOut).toBe(true);
      expect(large.paidOut <= BigInt(String(into))).toBe(true);
      // Per unit: out/in falls, but for one unit of rounding in each output and 10^-18 of the reserve.
      const loss = 1n + BigInt(String(into)) / WHOLE;
      expect(large.paidOut * small.paidIn <= (small.paidOut + 2n * loss) * large.paidIn).toBe(true);
      if (buys) expect(large.priceAfter >= small.priceAfter).toBe(true);
      else expect(large.priceAfter <= small.priceAfter).toBe(true);
    });
  });

  test("a limit is not overrun, and what it leaves is the caller's", () => {
    let limited = 0;
    forAll(
      fc.tuple(mildPool, part, fc.bigInt({ min: 1_001_000n, max: 1_300_000n })),
      RUNS,
      ([given, millionths, up]) => {
        const limitPrice = (pool.price(given) * up) / 1_000_000n;
        const amount = partOf(given.taoReserve, millionths);
        const quote = pool.quoteBuy(given, amount, { limitPrice });
        if ("error" in quote) return;
        expect(quote.priceAfter <= limitPrice + (limitPrice >> 30n) + 1n).toBe(true);
        expect(quote.paidIn + quote.fee + quote.refund).toBe(amount);
        if (quote.refund > 0n) limited++;
      },
    );
    expect(limited).toBeGreaterThan(5);
  });

  test("outputs stay within the reserves where powers fail to converge, too", () => {
    const edge = fc.constantFrom(WHOLE / 100n, WHOLE / 100n + 1n, WHOLE - WHOLE / 100n, WHOLE / 30n);
    forAll(fc.tuple(anyPool, edge, fc.bigInt({ min: 1n, max: 800n })), RUNS, ([given, weight, times]) => {
      const odd = { ...given, quoteWeight: weight };
      const bought = pool.quoteBuy(odd, BigInt(String(given.taoReserve)) * times, free);
      if (!("error" in bought)) expect(bought.paidOut <= BigInt(String(given.alphaReserve))).toBe(true);
      const sold = pool.quoteSell(odd, BigInt(String(given.alphaReserve)) * times, free);
      if (!("error" in sold)) expect(sold.paidOut <= BigInt(String(given.taoReserve))).toBe(true);
    });
  });

  test("a pool initialised at a price has it", () => {
    forAll(fc.tuple(reserve, reserve, fc.bigInt({ min: ONE / 1000n, max: ONE * 1000n })), RUNS, ([x, y, price]) => {
      const begun = pool.init({ alphaReserve: x, taoReserve: y, quoteWeight: null }, price);
      if ("error" in begun) return expect(begun.error).toBe("ReservesOutOfBalance");
      const has = pool.price({ alphaReserve: x, taoReserve: y, quoteWeight: begun.quoteWeight });
      const off = has > price ? has - price : price - has;
      expect(off <= (price >> 24n) + 2n ** 34n).toBe(true);
    });
  });
});

describe("by hand", () => {
  const given: Pool = {
    alphaReserve: 1_000_000_000_000n,
    taoReserve: "500000000000",
    quoteWeight: WHOLE / 2n,
    feeRate: 0,
  };

  test("equal weights: the price is y/x, and half of the alpha goes for as much TAO as there is", () => {
    expect(pool.price(given)).toBe(ONE / 2n);
    const quote = quoted(pool.quoteBuy(given, 500_000_000_000n));
    expect(quote).toMatchObject({
      side: "buy",
      paidIn: 500_000_000_000n,
      paidOut: 500_000_000_000n,
      fee: 0n,
      refund: 0n,
      priceAfter: 2n * ONE,
      // Twice the price before.
      slippage: WHOLE,
      effects: {
        alphaReserve: -500_000_000_000n,
        taoReserve: 500_000_000_000n,
        alphaOut: 500_000_000_000n,
        totalStake: 500_000_000_000n,
        volume: 500_000_000_000n,
      },
      after: { alphaReserve: 500_000_000_000n, taoReserve: 1_000_000_000_000n, quoteWeight: WHOLE / 2n },
    });
  });

  test("a sale of as much alpha as there is gives half of the TAO, half of its worth", () => {
    const quote = quoted(pool.quoteSell(given, 1_000_000_000_000n));
    expect(quote).toMatchObject({
      paidOut: 250_000_000_000n,
      priceAfter: ONE / 8n,
      slippage: WHOLE / 2n,
      effects: { alphaOut: -1_000_000_000_000n, totalStake: -250_000_000_000n, volume: 250_000_000_000n },
    });
  });

  test("the fee is 33/65535 unless told otherwise, and apart from what is swapped", () => {
    const charged = { ...given, feeRate: 33 };
    const quote = quoted(pool.quoteBuy(charged, 65_535_000n));
    // One unit short: 33/65535 is truncated.
    expect([quote.fee, quote.paidIn, quote.effects.totalStake]).toEqual([32_999n, 65_502_001n, 65_535_000n]);
    expect(quoted(pool.quoteBuy(charged, 65_535_000n, free)).fee).toBe(0n);
    const { feeRate: _, ...silent } = charged;
    expect(quoted(pool.quoteBuy(silent, 65_535_000n)).fee).toBe(32_999n);
  });

  test("a pool that is not initialised counts as even, and is initialised by a swap", () => {
    const fresh = { ...given, quoteWeight: null };
    expect(pool.price(fresh)).toBe(ONE / 2n);
    expect(quoted(pool.quoteBuy(fresh, 1_000_000n)).after.quoteWeight).toBe(WHOLE / 2n);
    expect(pool.init(fresh)).toEqual({ quoteWeight: WHOLE / 2n });
    expect(pool.init(fresh, ONE / 2n)).toEqual({ quoteWeight: WHOLE / 2n });
    expect(pool.init({ ...given, quoteWeight: WHOLE / 5n }, ONE)).toEqual({ quoteWeight: WHOLE / 5n });
  });

  test.each([
    ["SwapInputTooLarge", () => pool.quoteBuy(given, 500_000_000_000_001n)],
    ["ReservesTooLow", () => pool.quoteBuy({ ...given, alphaReserve: 999_999 }, 1)],
    ["PriceLimitExceeded", () => pool.quoteBuy(given, 1, { limitPrice: ONE / 2n })],
    ["PriceLimitExceeded", () => pool.quoteSell(given, 1, { priceLimit: 500_000_000 })],
    ["ReservesTooLow", () => pool.quoteSell(given, 1)],
    ["SwapInputTooLarge", () => pool.quoteBuy({ ...given, taoReserve: 0n }, 1)],
    ["ReservesOutOfBalance", () => pool.init({ ...given, quoteWeight: null }, ONE * 1000n)],
    ["ReservesOutOfBalance", () => pool.init({ alphaReserve: 0n, taoReserve: 0n, quoteWeight: null }, ONE)],
  ])("the chain's %s is an answer", (error, ask) => {
    expect(ask()).toEqual({ error });
  });

  test("the order of the chain's refusals: size, reserve, limit, output", () => {
    const poor = { alphaReserve: 1n, taoReserve: 1n, quoteWeight: null };
    expect(pool.quoteBuy(poor, 10_000n, { limitPrice: 1n })).toEqual({ error: "SwapInputTooLarge" });
    expect(pool.quoteBuy(poor, 1n, { limitPrice: 1n })).toEqual({ error: "ReservesTooLow" });
  });

  test("no limit takes more than 2^64 over 10^18 less one times the reserve: a larger sale can pay less", () => {
    const uneven = { ...given, quoteWeight: (WHOLE * 499n) / 1000n };
    const large = quoted(pool.quoteSell(uneven, 1_000_000_000_000_000n));
    expect([large.paidIn, large.refund]).toEqual([17_446_744_073_709n, 982_553_255_926_291n]);
    expect(large.paidOut < quoted(pool.quoteSell(uneven, 100_000_000_000_000n)).paidOut).toBe(true);
  });

  test("an injection that would push a weight out is not accepted, and changes nothing", () => {
    const refused = pool.inject(given, 0n, 1_000_000_000_000_000n);
    expect(refused).toMatchObject({ accepted: false, taoAdded: 0n, alphaAdded: 0n, quoteWeight: WHOLE / 2n });
    expect(pool.price(refused.after)).toBe(ONE / 2n);
  });

  test("the stable mechanism: one for one, whatever the reserves", () => {
    const flat: Pool = { alphaReserve: 0, taoReserve: 5n, mechanism: 0 };
    expect([pool.price(flat), pool.alphaForTao(flat, 7), pool.alphaNeeded(flat, 7)]).toEqual([ONE, 7n, 7n]);
    expect(quoted(pool.quoteSell(flat, 9n))).toMatchObject({
      paidIn: 9n,
      paidOut: 9n,
      fee: 0n,
      priceAfter: ONE,
      slippage: 0n,
    });
    expect(quoted(pool.quoteSell(flat, 9n)).after).toMatchObject({ alphaReserve: 9n, taoReserve: 0n });
    expect(pool.inject(flat, 1n, 2n)).toMatchObject({ accepted: true, after: { taoReserve: 6n, alphaReserve: 2n } });
  });

  test("alpha needed, and alpha worth", () => {
    expect(pool.alphaForTao(given, 1_000_000n)).toBe(2_000_000n);
    expect(pool.alphaForTao({ ...given, alphaReserve: 0n }, 1_000_000n)).toBe(0n);
    // A fifth of the TAO takes a quarter more alpha.
    expect(pool.alphaNeeded(given, 100_000_000_000n)).toBe(250_000_000_000n);
  });

  test("the power", () => {
    const operands = {
      baseNumerator: 9,
      baseDenominator: "4",
      exponentNumerator: 1n,
      exponentDenominator: 2,
      scale: 10,
    };
    expect(pool.power({ ...operands, precision: 0 })).toBe(15n);
    expect(pool.power({ ...operands, baseDenominator: 0, precision: 0 })).toBe(null);
  });

  test.each([
    ["no pool", () => pool.price(null as never), "BAD_VALUE"],
    ["no reserve", () => pool.price({ alphaReserve: 1n } as never), "MISSING_FIELD"],
    ["a fraction", () => pool.price({ ...given, taoReserve: 0.5 }), "BAD_VALUE"],
    ["a weight outside its range", () => pool.price({ ...given, quoteWeight: WHOLE }), "BAD_VALUE"],
    ["a negative amount", () => pool.quoteBuy(given, -1n), "BAD_VALUE"],
    ["an unsafe number", () => pool.quoteBuy(given, 2 ** 53), "BAD_VALUE"],
    ["an amount that is no number", () => pool.quoteSell(given, "1e9"), "BAD_VALUE"],
    ["both limits", () => pool.quoteSell(given, 1n, { limitPrice: 1n, priceLimit: 1n }), "BAD_VALUE"],
    ["options that are none", () => pool.quoteSell(given, 1n, 5 as never), "BAD_VALUE"],
    ["a mechanism that is none", () => pool.price({ ...given, mechanism: -1 }), "BAD_VALUE"],
    ["a price above U64F64", () => pool.init({ ...given, quoteWeight: null }, 1n << 128n), "BAD_VALUE"],
    ["a fractional precision", () => pool.power({ precision: 0.5 } as never), "MISSING_FIELD"],
  ])("%s is refused", (_name, ask, code) => {
    expect(refusalOf(ask).code).toBe(code);
  });
});
