/**
 * Explanations: they add up for every uid of the shipped vectors (`explain` throws INTERNAL where its own arithmetic and the
 * kernel's differ), and tell the numbers of a subnet computed by hand.
 */
import { describe, expect, test } from "vitest";
import {
  type EpochSnapshot,
  type Explanation,
  type ExplanationSection,
  type ExplanationTable,
  explain,
} from "../host/index.js";
import { snapshotArbitrary } from "./oracle/random.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";
import { fiveUids } from "./support/small.js";
import { records } from "./support/vectors.js";

type Topic = ExplanationSection["topic"];

function section(explanation: Explanation, topic: Topic): ExplanationSection {
  const found = explanation.sections.find((one) => one.topic === topic);
  if (found === undefined) throw new Error(`uid ${explanation.uid} has no section on ${topic}`);
  return found;
}

const sentence = (snapshot: EpochSnapshot, uid: number, topic: Topic) =>
  section(explain(snapshot, uid), topic).sentence;
/** Cells as text: words as they are, numbers as told. */
const cells = (table: ExplanationTable) =>
  table.rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell : cell.decimal)));
/** The raw integer of each quantity of a section's steps, by name. */
const quantities = (of: ExplanationSection) =>
  Object.fromEntries(of.steps.flatMap((step) => step.quantities.map(({ name, raw }) => [name, raw])));

/** What stands above and below the cut of a section's first table, held against the rows themselves. */
function sides(of: ExplanationSection): [rows: number, total: bigint, sentence: string][] {
  const { rows, cut } = of.tables[0]!;
  const { row, column, above, below } = cut!;
  const sum = (part: typeof rows) => part.reduce((acc, cells) => acc + (cells[column] as { raw: bigint }).raw, 0n);
  expect([above.rows, above.total.raw]).toEqual([row, sum(rows.slice(0, row))]);
  expect([below.rows, below.total.raw]).toEqual([rows.length - row, sum(rows.slice(row))]);
  return [above, below].map((side) => [side.rows, side.total.raw, side.sentence]);
}

describe("every explanation adds up", () => {
  test.each([
    ["epoch-small", 2400, 3],
    ["epoch-traced", 200, 1],
    ["epoch-subnet", 16, 37],
  ])("%s: %i cases, every uid in steps of %i", (set, count, step) => {
    const cases = records<EpochSnapshot>(`${set}.cases.jsonl.gz`);
    expect(cases.length).toBe(count);
    for (const [k, snapshot] of cases.entries()) {
      for (let uid = k % step; uid < snapshot.n; uid += step) expect(explain(snapshot, uid).uid).toBe(uid);
    }
  });

  test.each(["yuma", "null"] as const)("random snapshots of every version's rules, %s", (epochConsensus) => {
    const any = snapshotArbitrary({ maxUids: 8, extremeStakes: false, laterRules: true });
    forAll(any, 300, (snapshot) => {
      const mode = epochConsensus === "null" ? { rules: 475, epochConsensus } : {};
      for (let uid = 0; uid < snapshot.n; uid++) explain({ ...snapshot, ...mode }, uid);
    });
  });
});

test.each([5, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "0" as unknown as number])("uid %s: BAD_UID", (uid) => {
  expect(() => explain(fiveUids, uid)).toThrow(expect.objectContaining({ code: "BAD_UID" }));
});

describe("five uids, computed by hand", () => {
  test("who is explained, and about what", () => {
    const { sections, ...about } = explain(fiveUids, 0);
    expect(about).toEqual({ name: "five", uid: 0, hotkey: "zero", specVersion: 425 });
    const all = ["emission", "consensus", "incentive", "weights", "validatorTrust", "bonds", "dividends"];
    expect(sections.map(({ topic }) => topic)).toEqual([...all, "stake", "permit"]);
    const bystander = ["emission", "consensus", "incentive", "stake", "permit"];
    expect(explain(fiveUids, 4).sections.map(({ topic }) => topic)).toEqual(bystander);
  });

  test("each weight that does not count, by its rule", () => {
    const weights = section(explain(fiveUids, 0), "weights");
    expect(weights.sentence).toBe("Of 6 weights that uid 0 set, 4 do not count.");
    expect(weights.tables.map(cells)).toEqual([
      [
        ["3", "30,000", "0.750000000"],
        ["1", "10,000", "0.250000000"],
      ],
      [
        ["0", "500", "a weight on itself"],
        ["2", "600", "the uid was registered after the open commit"],
        ["4", "700", "the uid was registered after these weights were set"],
        ["9", "800", "no such uid in the subnet"],
      ],
    ]);
    expect(quantities(weights)).toEqual({ "Σ stored": 40000n });
    expect(sentence(fiveUids, 1, "weights")).toBe("All 2 weights that uid 1 set count.");
    const unpermitted = section(explain(fiveUids, 3), "weights");
    expect(unpermitted.sentence).toBe("Of 2 weights that uid 3 set, 2 do not count.");
    expect(cells(unpermitted.tables[1]!).map((row) => row[2])).toEqual([
      "the validator holds no permit",
      "no such uid in the subnet",
    ]);
  });

  test("where the clip falls, and who stands on each side with how much stake", () => {
    // Uid 3: 3/16 give a quarter, 6/16 a half, 7/16 three quarters; 3/16 + 6/16 exceed S − kappa, which is just over a half.
    const onThree = section(explain(fiveUids, 3), "consensus");
    expect(onThree.sentence).toBe(
      "Consensus on uid 3 is 0.500000: validators with 81.3 % of the voting stake give it that or more, those who give " +
        "more hold 43.8 %, and kappa asks for 50.0 %. 1 validator of 3 is clipped here.",
    );
    expect(onThree.tables.map(cells)).toEqual([
      [
        ["0", "0.437500000", "0.750000000", "above: clipped"],
        ["1", "0.375000000", "0.500000000", "at the clip"],
        ["2", "0.187500000", "0.250000000", "below"],
      ],
    ]);
    expect(sides(onThree)).toEqual([
      [1, 7n << 28n, "above: 1 validator with 43.8 % of the voting stake, clipped to 0.500000"],
      [2, 9n << 28n, "at or below: 2 validators with 56.3 %, 1 of them at the clip with 37.5 %"],
    ]);
    expect(quantities(onThree)).toEqual({
      kappa: 2147450879n,
      S: 1n << 32n,
      "minority = S − kappa": 2147516417n,
      "stake below": 3n << 28n,
      "stake at consensus": 6n << 28n,
      "stake above, clipped": 7n << 28n,
      consensus: 1n << 31n,
      stored: 32767n,
    });
    // Uid 1 did not weigh itself: its 6/16 vote for nothing and stand below.
    expect(cells(section(explain(fiveUids, 1), "consensus").tables[0]!)).toEqual([
      ["2", "0.187500000", "0.750000000", "above: clipped"],
      ["0", "0.437500000", "0.250000000", "at the clip"],
      ["1", "0.375000000", "0.000000000", "below"],
    ]);
    // Uid 0 has the weight of 6/16 alone, which is no majority.
    expect(cells(section(explain(fiveUids, 0), "consensus").tables[0]!).map((row) => row[3])).toEqual([
      "above: clipped",
      "at the clip",
      "at the clip",
    ]);
    // Whom nobody weighs, everybody gives 0.
    const unweighed = section(explain(fiveUids, 4), "consensus");
    expect(sides(unweighed).map(([rows, stake]) => [rows, stake])).toEqual([
      [0, 0n],
      [3, 1n << 32n],
    ]);
    expect(sentence(fiveUids, 4, "consensus")).toBe("No voting validator weighs uid 4, so consensus is 0.");
  });

  test("incentive and trust", () => {
    // Ranks: uid 3: 7/16·1/2 + 6/16·1/2 + 3/16·1/4 = 29/64, uid 1: 7/16·1/4 + 3/16·1/4 = 10/64.
    const three = section(explain(fiveUids, 3), "incentive");
    expect(three.sentence).toBe("Uid 3 earns 0.743590 of all incentive, number 1 of 5: 3 validators weigh it.");
    expect(quantities(three)).toEqual({
      rank: 29n << 26n,
      "Σ rank": 39n << 26n,
      incentive: (29n << 32n) / 39n,
      stored: 48731n,
    });
    expect(cells(three.tables[0]!)).toEqual([
      ["0", "0.437500000", "0.750000000", "0.500000000", "0.218750000"],
      ["1", "0.375000000", "0.500000000", "0.500000000", "0.187500000"],
      ["2", "0.187500000", "0.250000000", "0.250000000", "0.046875000"],
    ]);
    expect(sentence(fiveUids, 1, "incentive")).toBe(
      "Uid 1 earns 0.256410 of all incentive, number 2 of 5: 2 validators weigh it.",
    );
    expect(sentence(fiveUids, 0, "incentive")).toBe(
      "Uid 0 earns no incentive: no staked validator's weight on it survives the clip.",
    );
    const trust = section(explain(fiveUids, 0), "validatorTrust");
    expect(trust.sentence).toBe(
      "75.0 % of its weight lies within consensus. 1 weight of 2 was clipped, most of all the one on uid 3: " +
        "0.750000 where consensus is 0.500000.",
    );
    expect(cells(trust.tables[0]!)).toEqual([["3", "0.750000000", "0.500000000", "0.500000000", "0.250000000"]]);
    expect(sentence(fiveUids, 3, "validatorTrust")).toBe(
      "Uid 3 set no weight that counts, so its validator trust is 0.",
    );
  });

  test("bonds and dividends", () => {
    // Alpha is 1 − 0.9, 429496730 / 2^32; bonds are alpha times the clipped weight, and nothing is old.
    const bonds = section(explain(fiveUids, 0), "bonds");
    expect(bonds.sentence).toBe("Uid 0 holds bonds of 2 uids after this epoch.");
    expect(bonds.tables[0]!.rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell : cell.raw)))).toEqual(
      [
        ["3", 0n, 1n << 31n, 429496730n, 214748365n, 1717986920n],
        ["1", 0n, 1n << 30n, 429496730n, 107374182n, 1n << 31n],
      ],
    );
    // 0.4 · 29/39 + 0.5 · 10/39 by 7/16 of the stake, of what all three earn: 116.2 of 218.2 parts.
    const dividends = section(explain(fiveUids, 0), "dividends");
    expect(dividends.sentence).toBe(
      "Uid 0 earns 0.532539 of all dividends, the largest part from uid 3, of whose bonds it holds 0.400000.",
    );
    expect(quantities(dividends)).toMatchObject({ total: 1828114285n, earned: 799799999n, stored: 34899n });
    expect(sentence(fiveUids, 2, "bonds")).toBe(
      "Uid 2 holds no permit for the next epoch, so none of its bonds are stored.",
    );
    const old = { ...fiveUids, bonds: [[[4, 65535]], [], [], [], []] } as EpochSnapshot;
    expect(sentence(old, 0, "bonds")).toBe(
      "Uid 0 holds bonds of 2 uids after this epoch. 1 old bond fell away: the uid was registered since.",
    );
  });

  test("emission, stake and permit", () => {
    expect(sentence(fiveUids, 3, "emission")).toBe(
      "Of 41.000000000 alpha, uid 3 receives 15.243589741 (37.2 %): 15.243589741 as miner, 0.000000000 as validator.",
    );
    expect(sentence(fiveUids, 1, "emission")).toBe(
      "Of 41.000000000 alpha, uid 1 receives 11.795365333 (28.8 %): 5.256410248 as miner, 6.538955085 as validator.",
    );
    expect(sentence(fiveUids, 0, "stake")).toBe("Uid 0 speaks for 43.8 % of the stake that votes.");
    expect(sentence(fiveUids, 3, "stake")).toBe("Uid 3 has no voting stake: it holds no permit.");
    expect(sentence(fiveUids, 4, "stake")).toBe("Uid 4 has no voting stake: it is inactive.");
    expect(sentence(fiveUids, 2, "permit")).toBe(
      "Uid 2 ran this epoch with a permit and holds none for the next: it ranks 3 by stake for 2 seats.",
    );
    expect(sentence({ ...fiveUids, ownerUid: 4 }, 4, "permit")).toBe(
      "Uid 4 ran this epoch with a permit and holds one for the next: the owner's uid always does.",
    );
  });
});

describe("where nothing counts, or one uid decides", () => {
  const emission = (snapshot: EpochSnapshot, uid: number) => section(explain(snapshot, uid), "emission");

  test("without weights validators are paid by active stake, or by stake where none is active", () => {
    const silent = { ...fiveUids, weights: [[], [], [], [], []] };
    const told = emission(silent, 0);
    expect(told.sentence).toBe(
      "Of 41.000000000 alpha, uid 0 receives 17.937500000 (43.8 %): 0.000000000 as miner, 17.937500000 as validator.",
    );
    expect(told.steps.map((step) => step.sentence)).toEqual([
      "No weight counted or survived the clip in this epoch, so everything goes to validators by active stake.",
    ]);
    const asleep = { ...silent, activityCutoff: 9 };
    expect(emission(asleep, 2).steps.map((step) => step.sentence)).toEqual([
      "No weight counted or survived the clip in this epoch, so everything goes to validators by stake, since no stake is active.",
    ]);
    expect(quantities(emission(asleep, 2))).toEqual({
      stake: 3n << 28n,
      rao: 41_000_000_000n,
      validator: 7_687_500_000n,
    });
    expect(sentence(asleep, 0, "consensus")).toBe("Nobody votes in this epoch, so there is no consensus on uid 0.");
    expect(sentence(asleep, 0, "stake")).toBe("Uid 0 has no voting stake: it is inactive.");
  });

  test("Null mode: the uid with the most stake decides for the miners, stake for the validators", () => {
    const alone: EpochSnapshot = { ...fiveUids, rules: 475, epochConsensus: "null" };
    expect(explain(alone, 0).sections.map(({ topic }) => topic)).toEqual(["emission", "weights", "stake", "permit"]);
    // Half of 41 each: three quarters and one quarter of it to uids 3 and 1, 7 and 6 sixteenths to uids 0 and 1.
    expect(emission(alone, 3).sentence).toBe(
      "Of 41.000000000 alpha, uid 3 receives 15.375000000 (37.5 %): 15.375000000 as miner, 0.000000000 as validator.",
    );
    expect(emission(alone, 1).sentence).toBe(
      "Of 41.000000000 alpha, uid 1 receives 12.812500000 (31.3 %): 5.125000000 as miner, 7.687500000 as validator.",
    );
    expect(emission(alone, 1).steps[0]!.sentence).toMatch(/^Null mode: uid 0 has the most stake and decides alone\./);
    expect(sentence(alone, 1, "weights")).toBe("Of 2 weights that uid 1 set, 2 do not count.");
    expect(sentence(alone, 0, "permit")).toBe(
      "Uid 0 ran this epoch with a permit and holds one for the next: under Null mode only the uid with the most raw stake holds one.",
    );
  });

  test("an amount below the last digit shown is told from nothing, with its sign", () => {
    const thirds = { ...fiveUids, kappa: 65535, alphaStake: [1n, 1n, 1n, 0n, 0n] };
    const { steps } = section(explain(thirds, 3), "consensus");
    const minority = steps.flatMap((step) => step.quantities).find(({ name }) => name.startsWith("minority"));
    expect(minority).toMatchObject({ raw: -1n, decimal: "-0.0000000002" });
  });

  test("a uid that is none is named as it was given", () => {
    for (const uid of [5, -1, 0.5, "0", null]) {
      expect(refusalOf(() => explain(fiveUids, uid as number)).details).toEqual({ uid, n: 5 });
    }
  });

  test("stakes no chain can hold are refused or, below the threshold, told as the kernel holds them", () => {
    const extreme = snapshotArbitrary({ maxUids: 4, extremeStakes: true });
    forAll(extreme, 300, (snapshot) => {
      try {
        for (let uid = 0; uid < snapshot.n; uid++) explain(snapshot, uid);
      } catch (error) {
        expect(error).toMatchObject({ code: "STAKE_OVERFLOW" });
      }
    });
    const idle = { ...fiveUids, stakeThreshold: (1n << 64n) - 1n, alphaStake: [(1n << 64n) - 1n, 0, 0, 0, 0] };
    expect(quantities(section(explain(idle, 0), "stake"))).toMatchObject({ "⌊total⌋": (1n << 63n) - 1n, counted: 0n });
  });
});
