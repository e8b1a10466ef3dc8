/** What must be true of dividends and inherited stake whatever the numbers are. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Dividends,
  delegateTake,
  distributeDividends,
  epoch,
  inheritedStake,
  shareDividends,
} from "../host/index.js";
import type { Family, Payday } from "./oracle/families.js";
import { accountOf, familyArbitrary, paydayArbitrary } from "./oracle/randomFamilies.js";
import { forAll } from "./support/fuzz.js";
import { fiveUids } from "./support/small.js";

const RUNS = 500;
const SUPPLY = 21_000_000_000_000_000n;
const ONE = 1n << 32n;
const modest = { mostStakeRao: SUPPLY, modestTakes: true };

const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
const up = (bits: bigint) => (bits + ONE - 1n) / ONE;
const bitsOf = ({ hotkeys }: Dividends, field: "alphaDividendsBits" | "rootDividendsBits") =>
  sum(hotkeys.map((row) => row[field]));

describe("nothing is created", () => {
  test("shares and what is recycled are at most the dividends, and less by fewer rao than there are shares and burns", () => {
    const amount = fc.oneof(fc.constantFrom(0n, 1n, SUPPLY), fc.bigInt({ min: 0n, max: SUPPLY }));
    forAll(fc.tuple(familyArbitrary(modest), amount), RUNS, ([family, dividends]) => {
      const { shares, recycled } = shareDividends({ ...family, hotkey: accountOf(0), dividends });
      const given = sum(shares.map(([, share]) => share)) + recycled;
      expect(given <= dividends).toBe(true);
      expect(dividends - given < BigInt(2 * shares.length)).toBe(true);
    });
  });

  test("where take and burn exceed one the chain creates the difference, so the law above needs its condition", () => {
    const all = String((1n << 64n) - 1n);
    const hotkeys = [
      { hotkey: accountOf(0), owner: accountOf(100), childkeyTake: 65535, parents: [[all, accountOf(1)] as const] },
      { hotkey: accountOf(1), owner: accountOf(101), alphaStake: "1000" },
    ];
    const answer = shareDividends({ taoWeight: 0, childkeyBurn: all, hotkeys, hotkey: accountOf(0), dividends: 500n });
    expect(answer.shares).toEqual([
      [accountOf(1), 0n],
      [accountOf(0), 500n],
    ]);
    expect(answer.recycled).toBe(500n);
  });

  test("what is paid is at most the pots", () => {
    forAll(paydayArbitrary({ mostStakeRao: SUPPLY }), RUNS, (day) => {
      const paid = distributeDividends(day);
      const mined = day.emission.some(([, server]) => server !== "0");
      const pot = BigInt(day.pendingValidator) + (mined ? 0n : BigInt(day.pendingServer));
      expect(bitsOf(paid, "alphaDividendsBits") <= pot * ONE).toBe(true);
      expect(bitsOf(paid, "rootDividendsBits") <= BigInt(day.pendingRoot) * ONE).toBe(true);
    });
  });

  test("incentives are the emission's, to the rao", () => {
    forAll(paydayArbitrary(), RUNS, (day) => {
      const paid = new Map(distributeDividends(day).hotkeys.map((row) => [row.hotkey, row.incentive]));
      for (const [hotkey, server] of day.emission) expect(paid.get(hotkey)).toBe(BigInt(server));
      expect(sum([...paid.values()])).toBe(sum(day.emission.map(([, server]) => BigInt(server))));
    });
  });

  test("a parent lends what a child borrows: where every link stands at both ends, stakes sum to at most what they were", () => {
    const paired = familyArbitrary({ mostStakeRao: SUPPLY }).map((family): Family => {
      const known = new Set(family.hotkeys.map(({ hotkey }) => hotkey));
      // A quarter each at most, and four children at most: nobody lends more than there is.
      const links = family.hotkeys.flatMap(({ hotkey, children = [] }) =>
        children
          .filter(([, child]) => known.has(child))
          .slice(0, 4)
          .map(([proportion, child]) => ({ parent: hotkey, child, proportion: String(BigInt(proportion) / 4n) })),
      );
      const hotkeys = family.hotkeys.map((one) => ({
        ...one,
        children: links.filter(({ parent }) => parent === one.hotkey).map((l) => [l.proportion, l.child] as const),
        parents: links.filter(({ child }) => child === one.hotkey).map((l) => [l.proportion, l.parent] as const),
      }));
      return { ...family, hotkeys };
    });
    forAll(paired, RUNS, (family) => {
      const uids = family.hotkeys.map(({ hotkey }) => hotkey);
      const { alphaStake, taoStake } = inheritedStake({ ...family, uids });
      const held = (field: "alphaStake" | "taoStake") => sum(family.hotkeys.map((one) => BigInt(one[field] ?? 0)));
      for (const [field, after] of [
        ["alphaStake", sum(alphaStake)],
        ["taoStake", sum(taoStake)],
      ] as const) {
        expect(after <= held(field)).toBe(true);
        expect(held(field) - after <= BigInt(uids.length)).toBe(true);
      }
    });
  });
});

describe("families", () => {
  test("a hotkey without family keeps its stake and all its dividends", () => {
    const alone = familyArbitrary().map((family): Family => {
      const hotkeys = family.hotkeys.map(({ parents: _up, children: _down, ...one }) => one);
      return { ...family, hotkeys };
    });
    forAll(fc.tuple(alone, fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })), RUNS, ([family, dividends]) => {
      const uids = family.hotkeys.map(({ hotkey }) => hotkey);
      const stake = inheritedStake({ ...family, uids });
      expect(stake.alphaStake).toEqual(family.hotkeys.map(({ alphaStake = "0" }) => BigInt(alphaStake)));
      expect(stake.taoStake).toEqual(family.hotkeys.map(({ taoStake = "0" }) => BigInt(taoStake)));
      for (const hotkey of uids) {
        const { shares, recycled } = shareDividends({ ...family, hotkey, dividends });
        expect([shares, recycled]).toEqual([[[hotkey, dividends]], 0n]);
      }
    });
  });

  test("parents of the same coldkey are not charged, whatever take and burn are", () => {
    const kin = familyArbitrary().map((family): Family => {
      const hotkeys = family.hotkeys.map(({ owner: _owner, ...one }) => one);
      return { ...family, hotkeys };
    });
    forAll(kin, RUNS, (family) => {
      const free = {
        ...family,
        childkeyBurn: "0",
        hotkeys: family.hotkeys.map((one) => ({ ...one, childkeyTake: 0 })),
      };
      const share = (of: Family) => shareDividends({ ...of, hotkey: accountOf(0), dividends: "123456789012" });
      expect(share(family)).toEqual(share(free));
      expect(share(family).recycled).toBe(0n);
    });
  });

  test("a higher childkey take gives the child no less and no parent more", () => {
    forAll(fc.tuple(familyArbitrary(modest), fc.nat(16000)), RUNS, ([family, more]) => {
      const raised = family.hotkeys.map((one) => ({ ...one, childkeyTake: (one.childkeyTake ?? 0) + more }));
      const share = (of: Family) => shareDividends({ ...of, hotkey: accountOf(0), dividends: 10n ** 12n }).shares;
      const [low, high] = [share(family), share({ ...family, hotkeys: raised })];
      expect(high.at(-1)![1] >= low.at(-1)![1]).toBe(true);
      for (const [k, [, share]] of high.slice(0, -1).entries()) expect(share <= low[k]![1]).toBe(true);
    });
  });
});

describe("order and names", () => {
  test("neither the order of records nor that of the emission says anything, and answers ascend by account", () => {
    const both = paydayArbitrary().chain((day) =>
      fc.tuple(
        fc.constant(day),
        fc.shuffledSubarray([...day.hotkeys], { minLength: day.hotkeys.length }),
        fc.shuffledSubarray([...day.emission], { minLength: day.emission.length }),
      ),
    );
    forAll(both, RUNS, ([day, hotkeys, emission]) => {
      const answer = distributeDividends(day);
      expect(distributeDividends({ ...day, hotkeys, emission })).toEqual(answer);
      const names = answer.hotkeys.map(({ hotkey }) => hotkey);
      expect(names).toEqual([...new Set(names)].sort());
    });
  });

  test("accounts may be written in capitals", () => {
    forAll(paydayArbitrary(), 100, (day) => {
      const shout = JSON.parse(
        JSON.stringify(day).replace(/"0x[0-9a-f]{64}"/g, (name) => name.toUpperCase().replace("0X", "0x")),
      );
      expect(distributeDividends(shout as Payday)).toEqual(distributeDividends(day));
    });
  });
});

test("the delegate take is at most all of it, and take and rest are the whole", () => {
  forAll(fc.tuple(fc.nat(65535), fc.bigInt({ min: 0n, max: 1n << 95n })), RUNS, ([take, bits]) => {
    const paid = delegateTake(take, bits);
    expect(paid.takeBits + paid.restBits).toBe(bits);
    expect(paid.takeBits <= up((bits * BigInt(take)) / 65535n) * ONE).toBe(true);
    expect([paid.take, paid.rest]).toEqual([paid.takeBits / ONE, paid.restBits / ONE]);
    if (take === 0) expect(paid.takeBits).toBe(0n);
    if (take === 65535) expect(paid.restBits).toBe(0n);
  });
});

test("inherited stake fits an epoch snapshot as it is: the epoch counts the same total", () => {
  const owners = { owner: accountOf(9) };
  const hotkeys = [
    { hotkey: accountOf(0), ...owners, alphaStake: "700000000000", taoStake: "5000000000", children: [] },
    { hotkey: accountOf(1), ...owners, alphaStake: "600000000000", parents: [[1n << 62n, accountOf(0)] as const] },
  ];
  const uids = [0, 1, 2, 3, 4].map(accountOf);
  const taoWeight = "3320413933267719290";
  const { alphaStake, taoStake, totalBits } = inheritedStake({ taoWeight, hotkeys, uids });
  const result = epoch({ ...fiveUids, taoWeight, alphaStake, taoStake });
  expect(result.stake).toEqual(totalBits.map((bits) => bits >> 64n));
  expect(alphaStake).toEqual([700_000_000_000n, 775_000_000_000n, 0n, 0n, 0n]);
});
