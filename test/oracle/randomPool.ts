/** Random cases of the pool suite: ordinary pools, and every edge where the arithmetic turns. */
import fc from "fast-check";
import type { PoolCase } from "./pool.js";

const U64 = (1n << 64n) - 1n;
const U128 = (1n << 128n) - 1n;
const WHOLE = 10n ** 18n;
const SUPPLY = 21_000_000_000_000_000n;

/** Any size of number up to `most` alike, and the edges. */
function sized(most: bigint, ...edges: bigint[]): fc.Arbitrary<string> {
  const bits = most.toString(2).length;
  const spread = fc
    .tuple(fc.integer({ min: 0, max: bits }), fc.bigInt({ min: 0n, max: most }))
    .map(([shift, value]) => value >> BigInt(shift));
  return fc.oneof({ weight: 5, arbitrary: spread }, fc.constantFrom(0n, 1n, most, ...edges)).map(String);
}

const reserve = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 1_000_000n, max: SUPPLY }).map(String) },
  sized(SUPPLY, 999_999n, 1_000_000n),
  sized(U64),
);

/** Weights: equal, short fractions whose exponents are exact, one part off those, the ends, anything. */
export const weights: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(WHOLE / 2n, WHOLE / 100n, WHOLE - WHOLE / 100n, WHOLE / 100n - 1n, WHOLE / 2n + 1n),
    fc.integer({ min: 10, max: 990 }).map((mille) => (WHOLE / 1000n) * BigInt(mille)),
    fc.bigInt({ min: WHOLE / 100n, max: WHOLE - WHOLE / 100n }),
    fc.bigInt({ min: WHOLE / 100n, max: WHOLE / 20n }),
  )
  .map(String);

const pool = {
  alphaReserve: reserve,
  taoReserve: reserve,
  quoteWeight: fc.option(weights, { freq: 6 }),
};

const amount = fc.oneof(fc.bigInt({ min: 0n, max: SUPPLY }).map(String), sized(U64, SUPPLY));
const price = sized(U128, 1n << 64n, (1n << 64n) - 1n);
const feeRate = fc.oneof(fc.constantFrom(0, 33, 10_000, 65_535), fc.integer({ min: 0, max: 65_535 }));

function named<T extends Record<string, fc.Arbitrary<unknown>>>(op: string, fields: T): fc.Arbitrary<PoolCase> {
  return fc.record({ op: fc.constant(op), ...fields }) as unknown as fc.Arbitrary<PoolCase>;
}

/** A limit near the price of a pool: within a factor of four either way. */
function nearLimit(given: PoolCase, millionths: number): PoolCase {
  const q = BigInt(given.quoteWeight === null ? WHOLE / 2n : (given.quoteWeight as string));
  const [x, y] = [BigInt(given.alphaReserve as string), BigInt(given.taoReserve as string)];
  if (x === 0n) return given;
  const limit = ((((y * (WHOLE - q)) << 64n) / (x * q)) * BigInt(millionths)) / 1_000_000n;
  return { ...given, limitPrice: String(limit < U128 ? limit : U128) };
}

function swaps(op: "buy" | "sell"): fc.Arbitrary<PoolCase> {
  const bare = named(op, { ...pool, amount, feeRate, dropFees: fc.boolean() });
  return fc.oneof(
    bare,
    named(op, { ...pool, amount, feeRate, dropFees: fc.boolean(), priceLimit: sized(U64, 1000n, 10n ** 15n) }),
    named(op, { ...pool, amount, feeRate, dropFees: fc.boolean(), limitPrice: price }),
    fc.tuple(bare, fc.integer({ min: 250_000, max: 4_000_000 })).map(([given, near]) => nearLimit(given, near)),
  );
}

const exponentPart = fc.oneof(sized(1100n, 1024n, 1025n), sized(WHOLE), sized(U64));

/** Cases of the bare power, with bases of up to 128 bits and exponents to either side of 1024. */
export const powers: fc.Arbitrary<PoolCase> = named("pow", {
  baseNumerator: sized(U128),
  baseDenominator: sized(U128),
  exponentNumerator: exponentPart,
  exponentDenominator: exponentPart,
  precision: fc.constantFrom(0, 32, 64, 256),
  scale: sized(U64, WHOLE),
});

/** Any case but the bare power. */
export const poolCases: fc.Arbitrary<PoolCase> = fc.oneof(
  { weight: 3, arbitrary: swaps("buy") },
  { weight: 3, arbitrary: swaps("sell") },
  named("price", { ...pool, mechanism: fc.constantFrom(0, 1) }),
  named("inject", { ...pool, taoDelta: amount, alphaDelta: amount }),
  named("init", { ...pool, price: fc.option(price, { freq: 4 }) }),
  named("exp_base_quote", { quoteWeight: weights, reserve, delta: amount }),
  named("exp_quote_base", { quoteWeight: weights, reserve, delta: amount }),
  named("quote_delta_in", { quoteWeight: weights, currentPrice: price, targetPrice: price, reserve }),
  named("base_delta_in", { quoteWeight: weights, currentPrice: price, targetPrice: price, reserve }),
  named("base_needed", { ...pool, taoDelta: amount }),
  named("alpha_for_tao", { ...pool, mechanism: fc.constantFrom(0, 1), amount }),
);
