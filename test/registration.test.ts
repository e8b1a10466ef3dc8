/** Prices of registration: every published case, those of pruning too, the BigInt twin on random and extreme input, laws, and refusals. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as main from "../assembly/contract.js";
import { conformLine } from "../host/api/conform.js";
import { burnDecay, burnIncrease, lockCost } from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { decay, increase, lock, u16, u64 } from "./oracle/randomRegistration.js";
import * as twin from "./oracle/registration.js";
import { Abi } from "./support/abi.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";
import { lines } from "./support/vectors.js";

const ONE_Q32 = 1n << 32n;
const RUNS = 1000;

const kernel = instantiate(inlinedModule());
const { exports } = kernel;
const unsigned = (value: bigint) => BigInt.asUintN(64, value);

test("registration: 1,500 published cases equal, to the letter", () => {
  const cases = lines("registration.cases.jsonl.gz");
  const results = lines("registration.results.jsonl.gz");
  expect([cases.length, results.length]).toEqual([1500, 1500]);
  for (const [k, line] of cases.entries()) expect([...conformLine(kernel, "registration", line)]).toEqual([results[k]]);
});

describe("the kernel and its twin agree", () => {
  test("mulQ32, powQ32", () => {
    forAll(fc.tuple(u64, u64, u16), RUNS, ([a, b, k]) => {
      expect(unsigned(exports.mulQ32(a, b))).toBe(twin.mulQ32(a, b));
      expect(unsigned(exports.powQ32(a, k))).toBe(twin.powQ32(a, k));
      const below = a % (ONE_Q32 + 1n);
      expect(unsigned(exports.powQ32(below, k))).toBe(twin.powQ32(below, k));
    });
  });

  test("burnDecayFactor, whichever half-life was asked for before", () => {
    forAll(u16, RUNS / 5, (halfLife) => {
      expect(exports.burnDecayFactor(halfLife)).toBe(twin.decayFactor(halfLife));
      expect(exports.burnDecayFactor(halfLife)).toBe(twin.decayFactor(halfLife));
      expect(exports.burnDecayFactor(0)).toBe(ONE_Q32);
    });
  });

  test("burnDecay", () => {
    forAll(decay, RUNS / 5, (input) => expect(burnDecay(input)).toEqual(twin.burnDecay(input)));
  });

  test("burnIncrease", () => {
    forAll(increase, RUNS, (input) => expect(burnIncrease(input)).toEqual(twin.burnIncrease(input)));
  });

  test("lockCost, its interval at every halving", () => {
    forAll(lock, RUNS * 2, (input) => expect(lockCost(input)).toEqual(twin.lock(input)));
  });
});

describe("laws", () => {
  const bounds = fc
    .tuple(u64, u64, u64)
    .map(([burn, a, b]) => ({ burn, minBurn: a < b ? a : b, maxBurn: a < b ? b : a }));

  test("a price stays within its bounds; it never rises by a block nor falls by a registration", () => {
    forAll(
      fc.tuple(bounds, u16, u64, fc.constantFrom(0n, 1n << 63n, (126n << 64n) / 100n, 3n << 64n)),
      RUNS,
      (given) => {
        const [own, halfLife, currentBlock, multiplier] = given;
        const down = burnDecay({ ...own, halfLife, currentBlock, blocks: 4 });
        const up = burnIncrease({ ...own, netuid: 1, multiplier, times: 4 });
        for (const now of [...down, ...up]) expect(now >= own.minBurn && now <= own.maxBurn).toBe(true);
        expect(down).toEqual([...down].sort((a, b) => (a > b ? -1 : 1)));
        expect(up).toEqual([...up].sort((a, b) => (a < b ? -1 : 1)));
      },
    );
  });

  test.each([1, 2, 360, 7200, 36_100, 65535])(
    "a price halves in its half-life of %i blocks, to a part in 10,000",
    (halfLife) => {
      const burn = 10n ** 15n;
      const prices = burnDecay({ burn, minBurn: 0, maxBurn: burn, halfLife, currentBlock: 2, blocks: halfLife });
      const error = burn / 2n - prices.at(-1)!;
      expect(error > -burn / 10_000n && error < burn / 10_000n).toBe(true);
    },
  );

  test("the root's price never changes", () => {
    expect(burnIncrease({ netuid: 0, burn: 7, minBurn: 9, maxBurn: 9, multiplier: 3n << 64n, times: 2 })).toEqual([
      7n,
      7n,
    ]);
  });

  test("a lock costs twice the last one at once, the last one after the interval, and the minimum at last", () => {
    const at = (currentBlock: number) =>
      lockCost({
        lastLock: 5_040_000_000_000n,
        minLock: 1_000_000_000_000n,
        lastLockBlock: 1_000_000,
        currentBlock,
        reductionInterval: 100_800,
        totalIssuance: 10n ** 15n,
      });
    expect(at(1_000_000)).toEqual({ interval: 100_800n, cost: 10_080_000_000_000n });
    expect(at(1_100_800).cost).toBe(5_040_000_000_000n);
    expect(at(2_000_000).cost).toBe(1_000_000_000_000n);
  });
});

describe("refusals", () => {
  const burn = { burn: 1, minBurn: 1, maxBurn: 1 };
  const decay = { ...burn, halfLife: 1, currentBlock: 1, blocks: 1 };
  const increase = { ...burn, netuid: 1, multiplier: 1, times: 1 };
  const lock = { lastLock: 1, minLock: 1, lastLockBlock: 1, currentBlock: 1, reductionInterval: 1, totalIssuance: 1 };

  test.each<[string, () => unknown, string]>([
    ["a half-life of 65,536", () => burnDecay({ ...decay, halfLife: 65536 }), "halfLife"],
    ["a negative price", () => burnDecay({ ...decay, burn: -1 }), "burn"],
    ["a price of 2^64", () => burnDecay({ ...decay, maxBurn: 1n << 64n }), "maxBurn"],
    ["more than a million blocks", () => burnDecay({ ...decay, blocks: 1_000_001 }), "blocks"],
    ["a multiplier of 129 bits", () => burnIncrease({ ...increase, multiplier: 1n << 128n }), "multiplier"],
    ["half a registration", () => burnIncrease({ ...increase, times: 0.5 }), "times"],
    ["no netuid", () => burnIncrease({ ...increase, netuid: undefined as never }), "netuid"],
    ["an issuance above 2^53 as a number", () => lockCost({ ...lock, totalIssuance: 2 ** 60 }), "totalIssuance"],
    ["no lock", () => lockCost(undefined as never), "A lock"],
  ])("%s", (_name, work, field) => {
    expect(refusalOf(work).details.field).toBe(field);
  });

  test.each(["{}", '{"op":"toString"}', '{"op":"pow_q32","base":"1","exponent":65536}', '{"op":"prune"}', "3"])(
    "in the suite: %s",
    (line) => {
      refusalOf(() => [...conformLine(kernel, "registration", line)]);
    },
  );

  test("a string that looks like a number, and a number that is no integer, stay what they are", () => {
    const line = (name: string) => `{"name":${name},"op":"mul_q32","value":18446744073709551615,"factor":"4294967296"}`;
    const name = '"of 18446744073709551615 \\"1844674407370955161\\""';
    const [answer = ""] = conformLine(kernel, "registration", line(name));
    expect(JSON.parse(answer)).toEqual({ name: JSON.parse(name), op: "mul_q32", value: "18446744073709551615" });
    expect(JSON.parse([...conformLine(kernel, "registration", line("0.12345678901234567"))][0]!).name).toBeCloseTo(
      0.123,
    );
  });

  test("the kernel traps on what is out of range", () => {
    const own = new Abi();
    const { ERROR_FIELD } = main;
    own.expectTrap(() => own.exports.powQ32(1n, 65536), ERROR_FIELD, 65536);
    own.expectTrap(() => own.exports.burnDecayFactor(65536), ERROR_FIELD, 65536);
    own.expectTrap(() => own.exports.burnAfterBlock(1n, 1n, 1n, -1, 1n), ERROR_FIELD, 4294967295);
  });
});
