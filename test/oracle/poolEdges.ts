/** Pools and powers where the arithmetic turns and random input does not come: each stands here because a wrong kernel once passed without it. */
import type { PoolCase } from "./pool.js";

const U64_MAX = (1n << 64n) - 1n;
const WHOLE = 10n ** 18n;

/** The largest input there may be and one more, for a reserve whose thousandfold fits 64 bits, just fits, does not. */
const largestInputs = [5_000_000n, U64_MAX / 1000n, U64_MAX / 1000n + 1n].flatMap((reserve) =>
  [1000n * reserve, 1000n * reserve + 1n, U64_MAX]
    .filter((amount) => amount <= U64_MAX)
    .map(
      (amount): PoolCase => ({
        op: "buy",
        alphaReserve: "3000000000",
        taoReserve: String(reserve),
        quoteWeight: null,
        amount: String(amount),
        feeRate: 0,
        dropFees: true,
        limitPrice: String((1n << 128n) - 1n),
      }),
    ),
);

/** Exponents for which the series of the exponential does not converge: its answers are negative, huge, just above one, or merely wrong. */
const diverging = [...Array.from({ length: 19 }, (_, k) => 3_060_000n + 60_000n * BigInt(k)), 3_650_000n].map(
  (delta): PoolCase => ({
    op: "exp_base_quote",
    quoteWeight: String(WHOLE / 100n + 7n),
    reserve: "1000000",
    delta: String(delta),
  }),
);

/** Ways to a limit for which the power over 10^18 just is a u64, just is none, and is none by far. */
const farLimits = ["500000000000000000", "501000000000000000", "499000000000000007"].flatMap((quoteWeight) =>
  [17_000n, 18_400n, 18_440n, 18_446n, 18_447n, 18_450n, 18_500n, 20_000n, 40_000n].map(
    (thousandths): PoolCase => ({
      op: "quote_delta_in",
      quoteWeight,
      currentPrice: String(1n << 64n),
      targetPrice: String(((thousandths ** 2n) << 64n) / 1_000_000n),
      reserve: "5000000000",
    }),
  ),
);

/** Injections: a weight that is none, though it would become one; a product of 124 bits, which fits, one of 128, one that does not. */
const injections = (
  [
    [WHOLE / 200n, 40n, 10n ** 13n],
    [WHOLE - WHOLE / 200n, 40n, 0n],
    [WHOLE / 2n, 62n, 7n],
    [WHOLE / 2n, 63n, (1n << 63n) + 12_345n],
    [WHOLE / 2n, 63n, U64_MAX],
  ] as const
).map(
  ([quoteWeight, bits, delta]): PoolCase => ({
    op: "inject",
    quoteWeight: String(quoteWeight),
    ...{ alphaReserve: String(1n << bits), taoReserve: String(1n << bits) },
    ...{ taoDelta: String(delta), alphaDelta: String(quoteWeight > WHOLE / 2n ? 10n ** 13n : 0n) },
  }),
);

/** Reserves as large as there are: a sum past the sign bit of 128, and a product that has no room there. */
const fullest = [0n, 1n << 63n].map(
  (taoDelta): PoolCase => ({
    op: "inject",
    quoteWeight: String(WHOLE / 2n),
    ...{ alphaReserve: String(U64_MAX), taoReserve: String(U64_MAX) },
    ...{ taoDelta: String(taoDelta), alphaDelta: "0" },
  }),
);

/** An amount of which the fee leaves a single rao: it is an input all the same, and its fee goes to the block's author. */
const leastInput: PoolCase = {
  op: "buy",
  ...{ alphaReserve: "1000000000000000", taoReserve: "1000", quoteWeight: null },
  ...{ amount: "2", feeRate: 40_000, dropFees: false, limitPrice: String((1n << 128n) - 1n) },
};

export const edgePools: readonly PoolCase[] = [
  ...largestInputs,
  leastInput,
  ...diverging,
  ...farLimits,
  ...injections,
  ...fullest,
];

/**
 * Powers that are perfect, one less than perfect, below one, of one bit, of 64 bits and just more; numbers that fill their room; of whole quotients those
 * that just are no u64, or whose top byte alone says that they are long; series in which
 * a mantissa is 1.5, or the last guard bit decides.
 */
export const edgeBases: readonly PoolCase[] = (
  [
    [4n, 9n, 1n, 2n, 3_000_000_000n],
    [27n, 8n, 2n, 3n, 4n],
    [26n, 8n, 2n, 3n, 4n],
    [1024n, 1n, 1n, 10n, 1n],
    [1023n, 1n, 1n, 10n, 1n],
    [65536n * 65536n, 1n, 1n, 2n, 1n],
    [65537n * 65537n - 1n, 1n, 1n, 2n, 1n],
    [1n, 2n, 1n, 2n, 1n],
    [1n, (1n << 128n) - 1n, 3n, 2n, 1n],
    [1n << 100n, 1n, 3n, 4n, 5n],
    [7n, 7n, 501n, 499n, WHOLE],
    [9n, 8n, 1n, 2n, U64_MAX],
    [7n, 8n, 1n, 2n, U64_MAX],
    [7n, 8n, 1n, 2n, U64_MAX - 1n],
    [U64_MAX - 1n, U64_MAX, 1n, 2n, U64_MAX],
    [U64_MAX, U64_MAX - 1n, 1n, 3n, U64_MAX],
    [3n, 1n, 1n, 1023n, 32767n],
    [3n, 1n, 1n, 1024n, 3n],
    [(1n << 64n) + 1n, 3n, 1n, 2n, 1n],
    [(1n << 65n) + 1n, (1n << 64n) + 1n, 1n, 2n, 1n],
    [(1n << 128n) - 1n, (1n << 64n) + 1n, 1n, 2n, 1n],
    [(1n << 128n) - 1n, (1n << 127n) + 1n, 1023n, 1024n, 1n],
    [(1n << 128n) - 1n, (1n << 127n) + 1n, 127n, 1n, 1n],
    [2n, 1n, 1024n, 1n, 1n, 0],
    [(1n << 128n) - 1n, 1n, 1023n, 1024n, U64_MAX, 0],
    [(1n << 128n) - 1n, 1n, 1025n, 1024n, U64_MAX, 0],
    [1n << 63n, 1n, 1n, 1n, 2n],
    [1n << 120n, 7n, 1n, 1n, 3n],
    [5n, (1n << 120n) + 9n, 1n, 1n, 3n],
    [(1n << 64n) + 1n, 3n, 3n, 2n, 1n],
    [(1n << 64n) + 1n, (1n << 64n) + 3n, 7n, 2n, 1n],
    [(1n << 127n) + 1n, 3n, 3n, 2n, 1n],
    [1n, (1n << 127n) + 1n, 3n, 2n, 1n],
    [24n, 1n, 7344n, 3243n, U64_MAX, 0],
    [28n, 3n, 13_035n, 4462n, U64_MAX, 0],
    [5n, 20n, 6460n, 2463n, U64_MAX, 0],
    [3n, 10n, 2646n, 2357n, U64_MAX, 0],
  ] as const
).map(([n, d, p, q, scale, precision = 256]) => ({
  op: "pow",
  ...{ baseNumerator: String(n), baseDenominator: String(d) },
  ...{ exponentNumerator: String(p), exponentDenominator: String(q) },
  ...{ precision, scale: String(scale) },
}));
