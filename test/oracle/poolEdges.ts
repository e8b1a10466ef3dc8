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

/** Exponents for which the series of the exponential does not converge: its answers are negative, huge, or merely wrong. */
const diverging = Array.from(
  { length: 19 },
  (_, k): PoolCase => ({
    op: "exp_base_quote",
    quoteWeight: String(WHOLE / 100n + 7n),
    reserve: "1000000",
    delta: String(3_060_000n + 60_000n * BigInt(k)),
  }),
);

export const edgePools: readonly PoolCase[] = [...largestInputs, ...diverging];

/** Powers that are perfect, one less than perfect, below one, and of one bit. */
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
  ] as const
).map(([n, d, p, q, scale]) => ({
  op: "pow",
  ...{ baseNumerator: String(n), baseDenominator: String(d) },
  ...{ exponentNumerator: String(p), exponentDenominator: String(q) },
  ...{ precision: 256, scale: String(scale) },
}));
