/** The emission gate and the rules around it: cases worked out by hand, the twin, and what each spec version has. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { runCoinbase } from "../host/api/emission/coinbase.js";
import type { CoinbaseState, EmissionGate } from "../host/api/emission/types.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { rulesOf } from "../host/marshal/rules.js";
import { gated } from "./oracle/gate.js";
import { forAll } from "./support/fuzz.js";

const kernel = instantiate(inlinedModule());
const ONE_64 = 1n << 64n;
const ONE_32 = 1n << 32n;
const H3 = 3n * ONE_64;

/** A block of subnets with the given moving prices, in units of 2^−32. */
function block(prices: readonly bigint[], rules: number, gate: EmissionGate, currentBlock = 361n) {
  const state: CoinbaseState = {
    rules,
    currentBlock,
    totalIssuance: 0n,
    rootTao: 0n,
    taoWeight: 0n,
    ownerCut: 0,
    movingAlphaBits: 0n,
    gate,
    subnets: prices.map((movingPriceBits, i) => ({
      netuid: i + 1,
      movingPriceBits,
      priceBits: ONE_64,
      alphaIn: 0n,
      alphaOut: 0n,
      tao: 0n,
      firstEmissionBlock: 1,
    })),
  };
  const { subnets, gateBarBits } = runCoinbase(kernel, state);
  return {
    before: subnets.map(({ shares }) => shares.ruleBits),
    after: subnets.map(({ shares }) => shares.gatedBits),
    bar: gateBarBits,
  };
}

const gate = (change: Partial<EmissionGate> = {}): EmissionGate => ({
  barBits: 0n,
  rank: 0,
  quantileBits: (ONE_64 * 3n) / 4n,
  exponentBits: H3,
  ...change,
});

// Shares 1/2, 1/4, 1/8, 1/16, 1/16: exact in binary.
const PRICES = [8n, 4n, 2n, 1n, 1n];

test("by quantile the bar is the share at which the sum from the largest down reaches it", () => {
  expect(block(PRICES, 440, gate()).bar).toBe(ONE_64 / 4n);
  expect(block(PRICES, 440, gate({ quantileBits: ONE_64 / 2n })).bar).toBe(ONE_64 / 2n);
  expect(block(PRICES, 440, gate({ quantileBits: ONE_64 / 2n + 1n })).bar).toBe(ONE_64 / 4n);
  expect(block(PRICES, 440, gate({ quantileBits: 0n })).bar).toBe(ONE_64 / 2n);
  // Never reached: the smallest.
  expect(block(PRICES, 440, gate({ quantileBits: 2n * ONE_64 })).bar).toBe(ONE_64 / 16n);
});

test("by rank the bar is the share of the rank, or the smallest positive one", () => {
  const barOf = (rank: number) => block([...PRICES, 0n], 443, gate({ rank })).bar;
  expect([1, 2, 3, 4, 5, 6, 32].map(barOf)).toEqual([2n, 4n, 8n, 16n, 16n, 16n, 16n].map((part) => ONE_64 / part));
  expect(barOf(0)).toBe(ONE_64 / 4n);
});

test("the bar stands for 360 blocks, and is kept where no share is positive", () => {
  const stored = gate({ rank: 1, barBits: 12345n });
  expect(block(PRICES, 443, stored, 361n).bar).toBe(12345n);
  expect(block(PRICES, 443, stored, 720n).bar).toBe(ONE_64 / 2n);
  expect(block([0n, 0n], 443, stored, 720n).bar).toBe(12345n);
});

test("a share at the bar is halved before normalisation: (θ/s)^h is e^0 = 1", () => {
  const { before, after } = block([1n, 1n], 443, gate({ rank: 1 }));
  // Equal shares stay equal, whatever the gate does to them.
  expect(after).toEqual(before);
  // 1/2 at the bar becomes 1/4. 1/4 below it, with h = 0, also meets a power of one, and is halved as well.
  const flat = block(PRICES, 443, gate({ rank: 1, exponentBits: 0n }));
  expect(flat.after).toEqual(flat.before);
});

test("h = 3 puts a share at half the bar to a ninth, before normalisation", () => {
  // 2/3 and 1/3, bar 2/3: 2/3 / (1 + 1) = 1/3 against 1/3 / (1 + 8) = 1/27, hence 9/10 and 1/10.
  const { after } = block([2n, 1n], 443, gate({ rank: 1 }));
  const near = (bits: bigint, tenths: bigint) => Number(((bits - (ONE_64 * tenths) / 10n) * 10n ** 6n) / ONE_64);
  // The logarithm keeps 23 bits of log2 e, hence the tolerance of 10^−5.
  expect(Math.abs(near(after[0]!, 9n))).toBeLessThan(10);
  expect(Math.abs(near(after[1]!, 1n))).toBeLessThan(10);
});

test("zero shares stay zero, and order is kept", () => {
  // Within a factor of 500 of each other: (θ/s)³ of more than e^20 is where the power fails, and its largest value stands for it.
  const price = fc.oneof(fc.constantFrom(0n, ONE_32 / 500n, ONE_32), fc.bigInt({ min: ONE_32 / 500n, max: ONE_32 }));
  forAll(fc.tuple(fc.array(price, { maxLength: 20 }), fc.integer({ min: 0, max: 24 })), 150, ([prices, rank]) => {
    const { before, after, bar } = block(prices, 443, gate({ rank }));
    expect({ shares: after, bar }).toEqual(
      gated(before, 361n, { kind: "rank", rank, barBits: 0n, quantileBits: (ONE_64 * 3n) / 4n, exponentBits: H3 }),
    );
    before.forEach((share, i) => {
      if (share === 0n) expect(after[i]).toBe(0n);
      before.forEach((other, j) => {
        if (share <= other) expect(after[i]).toBeLessThanOrEqual(after[j]!);
      });
    });
  });
});

test("a share a thousand times above the bar meets the largest power, and is lost: our reading, as the power function has it", () => {
  const { after } = block([1n, 1057n], 443, gate({ rank: 2 }));
  expect(after[0]).toBeGreaterThan(after[1]!);
});

test("what each spec version has", () => {
  const of = (spec: number) => [rulesOf(spec).emissionShares, rulesOf(spec).emissionGate];
  expect(of(143)).toEqual(["none", "none"]);
  for (const spec of [425, 432]) expect(of(spec)).toEqual(["priceBurn", "none"]);
  for (const spec of [440, 441, 442]) expect(of(spec)).toEqual(["priceBurn", "quantile"]);
  expect(of(444)).toEqual(["price", "rank"]);
  for (const spec of [443, 445, 446, 459, 473, 474, 475]) expect(of(spec)).toEqual(["priceBurn", "rank"]);
});
