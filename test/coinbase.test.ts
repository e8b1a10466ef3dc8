/** A block's emission: the published vectors, the BigInt twin, and laws no block may break. */
import { describe, expect, test } from "vitest";
import { measureEmission } from "../bench/emission.js";
import { runCoinbase } from "../host/api/emission/coinbase.js";
import { conformEmission } from "../host/api/emission/conform.js";
import { coinbaseOperations } from "../host/api/emission/conformCoinbase.js";
import { blockEmissionAt } from "../host/api/emission/issuance.js";
import type { SubnetEmission } from "../host/api/emission/types.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { type TwinBlock, type TwinSubnet, twinBlockEmission, twinCoinbase } from "./oracle/coinbase.js";
import { blockArbitrary } from "./oracle/randomCoinbase.js";
import { coinbaseOf, stateOf } from "./support/coinbase.js";
import { forAll } from "./support/fuzz.js";
import { plain } from "./support/plain.js";
import { pairs } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const ONE_64 = 1n << 64n;
const ONE_32 = 1n << 32n;
const SUPPLY = 21_000_000_000_000_000n;

const coinbase = (block: TwinBlock, injection?: "credit" | "nothing") => coinbaseOf(kernel, block, injection);

const SUBNET: TwinSubnet = {
  netuid: 1,
  mechanism: 1,
  movingPriceBits: ONE_32 / 100n,
  minerBurnedBits: 0n,
  priceBits: ONE_64 / 100n,
  alphaIn: 2_000_000_000_000_000n,
  alphaOut: 1_000_000_000_000_000n,
  tao: 20_000_000_000_000n,
  firstEmissionBlock: 5_000_000n,
  subtokenEnabled: true,
  registrationAllowed: true,
  emissionEnabled: true,
  ownerCutEnabled: true,
  halvingBlocks: 201_600n,
  pending: { owner: 0n, server: 0n, validator: 0n, root: 0n },
  flowBits: 0n,
  protocolFlowBits: 0n,
};

const BLOCK: TwinBlock = {
  rules: { emissionShares: "priceBurn", emissionGate: "none" },
  currentBlock: 7_000_000n,
  totalIssuance: 10_600_000_000_000_000n,
  rootTao: 6_000_000_000_000_000n,
  taoWeight: 3_320_413_933_267_719_290n,
  ownerCut: 11_796,
  movingAlphaBits: 1_288_490n,
  subnets: [SUBNET],
};

const several = (count: number, change: (i: number) => Partial<TwinSubnet> = () => ({})): TwinSubnet[] =>
  Array.from({ length: count }, (_, i) => ({ ...SUBNET, netuid: i + 1, ...change(i) }));

describe("the published vectors", () => {
  const all = pairs<{ op: string }, object>("emission");

  test.each(Object.keys(coinbaseOperations))("%s: 400 cases equal", (op) => {
    const own = all.filter(([one]) => one.op === op);
    expect(own.length).toBe(400);
    for (const [one, expected] of own) expect(plain(conformEmission(kernel, one))).toEqual(expected);
  });

  test("the twin gives the published block emissions and moving prices too", () => {
    for (const [one, expected] of all) {
      if (one.op !== "block_emission") continue;
      const { issuance } = one as unknown as { issuance: string };
      expect(String(twinBlockEmission(BigInt(issuance)))).toBe((expected as { emission: string }).emission);
    }
  });
});

describe("the twin", () => {
  test("random blocks under any rules are equal in every number", () => {
    forAll(blockArbitrary(12), 300, (block) => {
      expect(coinbase(block)).toEqual(twinCoinbase(block));
    });
  });

  test("random blocks whose pools take nothing", () => {
    forAll(blockArbitrary(4), 60, (block) => {
      expect(coinbase(block, "nothing")).toEqual(twinCoinbase(block, false));
    });
  });

  const extremes: [string, Partial<TwinBlock>][] = [
    ["no subnets", { subnets: [] }],
    ["one subnet", {}],
    ["128 subnets", { subnets: several(128, (i) => ({ movingPriceBits: BigInt((i * 7919) % 1000) * 1_000_000n })) }],
    ["everything issued", { totalIssuance: SUPPLY }],
    ["one rao short of everything", { totalIssuance: SUPPLY - 1n }],
    [
      "every amount the largest",
      { rootTao: SUPPLY, subnets: several(3, () => ({ alphaIn: SUPPLY, alphaOut: SUPPLY, tao: SUPPLY })) },
    ],
    ["empty reserves", { subnets: several(3, () => ({ alphaIn: 0n, alphaOut: 0n, tao: 0n, priceBits: 0n })) }],
    ["all burned", { subnets: several(5, (i) => ({ minerBurnedBits: ONE_32 + BigInt(i) })) }],
    ["all prices zero", { subnets: several(5, () => ({ movingPriceBits: 0n })) }],
    ["all switched off", { subnets: several(5, () => ({ emissionEnabled: false })) }],
    ["no root", { rootTao: 0n }],
    ["the owner takes all", { ownerCut: 65_535 }],
  ];
  test.each(extremes)("extreme: %s", (_name, change) => {
    const block = { ...BLOCK, ...change };
    expect(coinbase(block)).toEqual(twinCoinbase(block));
  });
});

describe("laws", () => {
  const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
  const parts = ({ split }: SubnetEmission) =>
    split.owner + split.server + split.validator + split.root + split.recycled;

  test("parts never exceed the whole, and less than 5 rao are lost to truncation", () => {
    forAll(blockArbitrary(8), 200, (block) => {
      for (const subnet of coinbase(block).subnets) {
        expect(parts(subnet)).toBeLessThanOrEqual(subnet.split.created);
        expect(subnet.split.created - parts(subnet)).toBeLessThan(5n);
        expect(subnet.split.created).toBeLessThanOrEqual(1_000_000_000n);
      }
    });
  });

  test("shares sum to at most one, TAO to at most the block emission", () => {
    forAll(blockArbitrary(8), 200, (random) => {
      // Prices no pool could have would saturate the sum they are divided by.
      const priced = random.subnets.map((one) => ({
        ...one,
        movingPriceBits: BigInt.asUintN(64, one.movingPriceBits),
      }));
      const result = coinbase({ ...random, subnets: priced });
      for (const kind of ["priceBits", "gatedBits", "paidBits"] as const) {
        expect(sum(result.subnets.map(({ shares }) => shares[kind]))).toBeLessThanOrEqual(ONE_64);
      }
      const given = sum(result.subnets.map(({ terms }) => terms.taoIn + terms.excessTao));
      expect(given + result.unspent).toBe(result.blockEmission);
      for (const { terms } of result.subnets) {
        expect(terms.taoInBits + terms.excessTaoBits).toBeGreaterThanOrEqual(terms.taoEmissionBits);
      }
    });
  });

  test("a subnet that may not earn gets nothing; one that is switched off gets alpha, no TAO", () => {
    for (const change of [{ firstEmissionBlock: null }, { subtokenEnabled: false }, { registrationAllowed: false }]) {
      const [first, second] = coinbase({ ...BLOCK, subnets: several(2, (i) => (i === 0 ? change : {})) }).subnets;
      expect(first).toMatchObject({ isEligible: false, split: { created: 0n }, terms: { taoEmissionBits: 0n } });
      expect(second!.shares.paidBits).toBe(ONE_64);
    }
    const [off, on] = coinbase({ ...BLOCK, subnets: several(2, (i) => ({ emissionEnabled: i > 0 })) }).subnets;
    expect(off!.terms).toMatchObject({ taoEmissionBits: 0n, taoIn: 0n, alphaIn: 0n, excessTao: 0n });
    expect(off!.split.created).toBe(1_000_000_000n);
    expect(on!.shares.paidBits).toBe(ONE_64);
  });

  test("the order in which subnets are given does not matter", () => {
    forAll(blockArbitrary(6), 60, (block) => {
      expect(coinbase({ ...block, subnets: [...block.subnets].reverse() })).toEqual(coinbase(block));
    });
  });

  test("without root sell the root's alpha is recycled out of what is outstanding", () => {
    const [cheap] = coinbase(BLOCK).subnets;
    expect(cheap!.split.root).toBe(0n);
    expect(cheap!.split.recycled).toBeGreaterThan(0n);
    expect(cheap!.reserves.alphaOut).toBe(SUBNET.alphaOut + cheap!.split.created - cheap!.split.recycled);
    const [dear] = coinbase({ ...BLOCK, subnets: [{ ...SUBNET, movingPriceBits: 2n * ONE_32 }] }).subnets;
    expect(dear!.split).toMatchObject({ root: cheap!.split.recycled, recycled: 0n });
    expect(dear!.pending.root).toBe(dear!.split.root);
  });

  test("injection at the price leaves it where it was, within truncation", () => {
    const [subnet] = coinbase({ ...BLOCK, subnets: [SUBNET] }).subnets;
    const { alphaIn, tao } = subnet!.reserves;
    const spot = (tao << 64n) / alphaIn;
    expect(spot - ONE_64 / 100n).toBeLessThan(1n << 24n);
    expect(ONE_64 / 100n - spot).toBeLessThan(1n << 24n);
  });

  test("block emission never rises with issuance, and halves", () => {
    let last = blockEmissionAt(kernel, 0n);
    for (let issuance = 0n; issuance <= SUPPLY; issuance += SUPPLY / 997n) {
      const now = blockEmissionAt(kernel, issuance);
      expect(now).toBeLessThanOrEqual(last);
      expect(Array.from({ length: 31 }, (_, k) => 1_000_000_000n >> BigInt(k))).toContain(now);
      last = now;
    }
  });
});

describe("pools of one's own", () => {
  test("may use the kernel themselves", () => {
    const block = { ...BLOCK, subnets: several(3) };
    const other = { ...BLOCK, subnets: several(200, () => ({ alphaIn: 5n })) };
    const nested = runCoinbase(kernel, stateOf(block), {
      injection: ({ taoIn, alphaIn, reserves }) => {
        runCoinbase(kernel, stateOf(other));
        kernel.exports.epochBegin(4, 0, 0);
        return { alphaIn: reserves.alphaIn + alphaIn, alphaOut: reserves.alphaOut, tao: reserves.tao + taoIn };
      },
    });
    expect(nested.subnets).toEqual(coinbase(block).subnets);
  });

  test("are asked once a subnet, ascending, and their answer is what stands", () => {
    const asked: number[] = [];
    const block = { ...BLOCK, subnets: several(3).reverse() };
    const result = runCoinbase(kernel, stateOf(block), {
      injection: ({ netuid, taoIn, excessTao, reserves }) => {
        asked.push(netuid);
        return {
          alphaIn: reserves.alphaIn - 5n,
          alphaOut: reserves.alphaOut + 5n,
          tao: reserves.tao + taoIn + excessTao,
          priceBits: ONE_64,
        };
      },
    });
    expect(asked).toEqual([1, 2, 3]);
    const [first] = result.subnets;
    expect(first!.reserves.alphaIn).toBe(SUBNET.alphaIn - 5n);
    expect(first!.reserves.alphaOut).toBe(SUBNET.alphaOut + 5n + first!.split.created - first!.split.recycled);
    // The moving price follows the price the pool says it has now.
    expect(first!.movingPriceBits).toBeGreaterThan(coinbase(block).subnets[0]!.movingPriceBits);
  });
});

test("the benchmark runs, and its contenders agree", () => {
  const times = measureEmission(16, { minSamples: 1, maxTime: 0.001, slowRuns: 1 });
  expect(times.map(({ by }) => by)).toEqual(["kernel", "coinbase()", "bigint"]);
  expect(times[1]!.hash).toMatch(/^[0-9a-f]{12}$/);
  expect(times[2]!.hash).toBe(times[1]!.hash);
  for (const { microseconds } of times) expect(microseconds).toBeGreaterThan(0);
});
