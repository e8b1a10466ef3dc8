/** Random blocks for fast-check: every value from the edges where the arithmetic turns, or from its whole range. */
import fc from "fast-check";
import type { TwinBlock, TwinSubnet } from "./coinbase.js";

const U64 = (1n << 64n) - 1n;
const U128 = (1n << 128n) - 1n;
const SUPPLY = 21_000_000_000_000_000n;
const ONE_64 = 1n << 64n;
const ONE_32 = 1n << 32n;

const big = (edges: readonly bigint[], max: bigint, min = 0n) =>
  fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min, max }));
const amount = fc.oneof(
  { weight: 6, arbitrary: big([0n, 1n, 10_500_000_000_000_000n, SUPPLY - 1n, SUPPLY], SUPPLY) },
  { weight: 1, arbitrary: big([U64], U64) },
);
const price64 = fc.oneof(
  { weight: 6, arbitrary: big([0n, 1n, ONE_64 - 1n, ONE_64, ONE_64 + 1n], 4n * ONE_64) },
  { weight: 1, arbitrary: big([U128], U128) },
);
const average = fc.oneof(
  { weight: 6, arbitrary: big([0n, 1n, ONE_32 / 2n, ONE_32], ONE_32) },
  { weight: 1, arbitrary: big([-1n, -(1n << 127n), (1n << 127n) - 1n], 1n << 120n, -(1n << 120n)) },
);
const burned = fc.oneof(
  { weight: 6, arbitrary: big([0n, 0n, 1n, ONE_32 - 1n, ONE_32], ONE_32) },
  { weight: 1, arbitrary: big([U128], U128) },
);
const flow = fc.oneof(
  { weight: 4, arbitrary: big([0n, 1n, -1n, ONE_64], 1n << 96n, -(1n << 96n)) },
  { weight: 1, arbitrary: big([-(1n << 127n), (1n << 127n) - 1n], 1n << 126n, -(1n << 126n)) },
);
const mostly = (value: boolean) => fc.integer({ min: 0, max: 9 }).map((k) => (k > 0 ? value : !value));

function subnet(currentBlock: bigint): fc.Arbitrary<Omit<TwinSubnet, "netuid">> {
  return fc.record({
    mechanism: mostly(true).map(Number),
    movingPriceBits: average,
    minerBurnedBits: burned,
    priceBits: price64,
    alphaIn: amount,
    alphaOut: amount,
    tao: amount,
    firstEmissionBlock: fc.option(big([0n, 1n, currentBlock, currentBlock + 1n, currentBlock + 2n], currentBlock), {
      freq: 9,
    }),
    subtokenEnabled: mostly(true),
    registrationAllowed: mostly(true),
    emissionEnabled: mostly(true),
    ownerCutEnabled: mostly(true),
    halvingBlocks: big([0n, 1n, 201_600n, U64], U64),
    pending: fc.record({ owner: amount, server: amount, validator: amount, root: amount }),
    flowBits: flow,
    protocolFlowBits: flow,
  });
}

const rules = fc.record({
  emissionShares: fc.constantFrom("price" as const, "flow" as const, "priceBurn" as const),
  emissionGate: fc.constantFrom("none" as const, "quantile" as const, "rank" as const),
});

const gate = fc.record({
  rank: fc.oneof(fc.constantFrom(0, 1, 2, 32, 65535), fc.integer({ min: 0, max: 12 })),
  barBits: big([0n, 0n, 1n, ONE_64 / 121n, ONE_64], ONE_64),
  quantileBits: big([0n, (ONE_64 * 61n) / 100n, (ONE_64 * 3n) / 4n, ONE_64, 2n * ONE_64], ONE_64),
  exponentBits: big([0n, ONE_64, 3n * ONE_64, 40n * ONE_64], 8n * ONE_64),
});

/** Any block with up to `most` subnets under any rules. */
export function blockArbitrary(most: number): fc.Arbitrary<TwinBlock> {
  return fc.tuple(rules, big([0n, 1n, 360n, 5_000_040n], 10_000_000n)).chain(([chosen, currentBlock]) =>
    fc
      .record({
        currentBlock: fc.constant(currentBlock),
        totalIssuance: amount,
        rootTao: amount,
        taoWeight: big([0n, 3_320_413_933_267_719_290n, U64], U64),
        ownerCut: fc.oneof(fc.constantFrom(0, 11_796, 65_535), fc.integer({ min: 0, max: 65_535 })),
        movingAlphaBits: average,
        subnets: fc.uniqueArray(
          fc
            .tuple(fc.integer({ min: 1, max: 65_535 }), subnet(currentBlock))
            .map(([netuid, rest]) => ({ netuid, ...rest })),
          { selector: ({ netuid }) => netuid, maxLength: most },
        ),
      })
      .chain((block) =>
        fc
          .tuple(
            gate,
            fc.record({ cutoffBits: flow, exponentBits: big([ONE_64, 2n * ONE_64], 4n * ONE_64), isNet: fc.boolean() }),
          )
          .map(
            ([given, flows]): TwinBlock => ({
              ...block,
              rules: chosen,
              ...(chosen.emissionGate === "none"
                ? {}
                : { gate: chosen.emissionGate === "rank" ? given : { ...given, rank: 0 } }),
              ...(chosen.emissionShares === "flow" ? { flow: flows } : {}),
            }),
          ),
      ),
  );
}
