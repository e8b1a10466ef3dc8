/** Stake inheritance and dividends against the BigInt twin, on random families of every kind. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makePayday, measureDividends } from "../bench/dividends.js";
import {
  delegateTake,
  distributeDividends,
  inheritedStake,
  shareDividends,
  splitDividends,
  ZERO_ACCOUNT,
} from "../host/index.js";
import { oracleDividends, oracleShares, oracleSplit, oracleTake } from "./oracle/dividends.js";
import type { Family, Hotkey, LinkRow, Payday } from "./oracle/families.js";
import { oracleInheritance } from "./oracle/inheritance.js";
import { accountOf, familyArbitrary, paydayArbitrary } from "./oracle/randomFamilies.js";
import { forAll } from "./support/fuzz.js";
import { plain } from "./support/plain.js";

const U64_MAX = (1n << 64n) - 1n;
const names = (family: Family) => [...family.hotkeys.map(({ hotkey }) => hotkey), accountOf(250), accountOf(7)];

test("inherited stake", () => {
  forAll(familyArbitrary(), 600, (family) => {
    const uids = names(family);
    expect(plain(inheritedStake({ ...family, uids }))).toEqual(oracleInheritance(family, uids));
  });
});

test("one hotkey's dividends among its parents", () => {
  const amount = fc.oneof(
    fc.constantFrom(0n, 1n, 21_000_000_000_000_000n, U64_MAX),
    fc.bigInt({ min: 0n, max: U64_MAX }),
  );
  forAll(fc.tuple(familyArbitrary(), amount), 600, ([family, dividends]) => {
    for (const hotkey of names(family)) {
      const shared = shareDividends({ ...family, hotkey, dividends });
      expect(shared).toEqual(oracleShares(family, hotkey, dividends));
    }
  });
});

test("a whole epoch's dividends", () => {
  forAll(paydayArbitrary(), 1000, (day) => {
    expect(plain(distributeDividends(day))).toEqual(oracleDividends(day));
  });
});

test("dividends of any bits split and scaled", () => {
  const bits = fc.oneof(fc.bigInt({ min: 0n, max: 1n << 90n }), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }));
  const pot = fc.oneof(fc.constantFrom(0n, U64_MAX), fc.bigInt({ min: 0n, max: U64_MAX }));
  forAll(
    fc.tuple(familyArbitrary(), fc.array(bits, { maxLength: 8 }), pot, pot),
    600,
    ([family, given, alpha, root]) => {
      const known = new Map(given.slice(0, family.hotkeys.length).map((bit, i) => [family.hotkeys[i]!.hotkey, bit]));
      const unknown = [accountOf(249), 5n] as const;
      const answer = splitDividends({
        ...family,
        pendingValidator: alpha,
        pendingRoot: root,
        dividends: [...known, unknown],
      });
      const expected = oracleSplit(family, known, { alpha, root });
      expect(plain(answer)).toEqual(expected.map((row) => ({ incentive: "0", ...row })));
    },
  );
});

test("the delegate take", () => {
  const bits = fc.oneof(fc.bigInt({ min: 0n, max: 1n << 97n }), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }));
  forAll(fc.tuple(fc.integer({ min: 0, max: 65535 }), bits), 1000, ([take, dividends]) => {
    expect(plain(delegateTake(take, dividends))).toEqual(oracleTake(take, dividends));
  });
});

describe("extremes by name", () => {
  const hotkey = (number: number, fields: Partial<Hotkey> = {}): Hotkey => ({ hotkey: accountOf(number), ...fields });
  const to = (proportion: bigint, number: number): LinkRow => [String(proportion), accountOf(number)];
  const day = (hotkeys: readonly Hotkey[], more: Partial<Payday> = {}): Payday => ({
    ...{ taoWeight: String(U64_MAX), childkeyBurn: "0", hotkeys },
    ...{ pendingServer: "0", pendingValidator: "1000000000", pendingRoot: "500000000" },
    emission: hotkeys.map(({ hotkey: name }): [string, string, string] => [name, "1", "1000"]),
    ...more,
  });

  test.each<[string, Payday]>([
    ["nobody at all", day([])],
    ["no stake anywhere", day([hotkey(0, { parents: [to(U64_MAX, 1)] }), hotkey(1)])],
    [
      "a hotkey that is its own parent and child",
      day([hotkey(0, { alphaStake: "5000", parents: [to(U64_MAX, 0)], children: [to(U64_MAX, 0)] })]),
    ],
    [
      "two that are each other's parents with everything",
      day([
        hotkey(0, { alphaStake: String(U64_MAX), parents: [to(U64_MAX, 1)], children: [to(U64_MAX, 1)] }),
        hotkey(1, { alphaStake: String(U64_MAX), parents: [to(U64_MAX, 0)], children: [to(U64_MAX, 0)] }),
      ]),
    ],
    [
      "children given twice what there is",
      day(
        [
          hotkey(0, { alphaStake: "5000", children: [to(U64_MAX, 1), to(U64_MAX, 1)] }),
          hotkey(1, { parents: [to(U64_MAX, 0), to(U64_MAX, 0)], childkeyTake: 65535, owner: accountOf(100) }),
        ],
        { childkeyBurn: String(U64_MAX) },
      ),
    ],
    [
      "proportions one short of everything",
      day([
        hotkey(0, { taoStake: "21000000000000000", children: [to(U64_MAX - 1n, 1)] }),
        hotkey(1, { parents: [to(U64_MAX - 1n, 0)], childkeyTake: 1, owner: ZERO_ACCOUNT }),
      ]),
    ],
    [
      "nobody mined: the miners' pot goes to validators, as far as a pot reaches",
      day([hotkey(0, { alphaStake: "1" })], {
        ...{ pendingServer: String(U64_MAX), pendingValidator: String(U64_MAX) },
        emission: [[accountOf(0), "0", "1"]],
      }),
    ],
    [
      "dividends of everybody at their most",
      day(
        [0, 1, 2].map((i) => hotkey(i, { alphaStake: String(U64_MAX), taoStake: String(U64_MAX) })),
        { emission: [0, 1, 2].map((i) => [accountOf(i), String(U64_MAX), String(U64_MAX)]) },
      ),
    ],
  ])("%s", (_name, payday) => {
    const uids = names(payday);
    expect(plain(distributeDividends(payday))).toEqual(oracleDividends(payday));
    expect(plain(inheritedStake({ ...payday, uids }))).toEqual(oracleInheritance(payday, uids));
  });
});

test("the subnet that is measured: 64 validators, 1,000 parents; and all who are measured agree", () => {
  const day = makePayday(64, 1000);
  const paid = distributeDividends(day);
  expect(paid.hotkeys.length).toBe(1064);
  expect(plain(paid)).toEqual(oracleDividends(day));
  const hashes = measureDividends({ minSamples: 1, maxTime: 0.01, slowRuns: 1 }, 3, 20).map(({ hash }) => hash);
  expect(hashes.length).toBe(3);
  expect(new Set(hashes).size).toBe(1);
});
