/** What an explanation tells of liquid alpha, on a subnet computed by hand; test/explain.test.ts has every vector add up. */
import { expect, test } from "vitest";
import { type EpochSnapshot, explain } from "../host/index.js";
import { fiveUids } from "./support/small.js";

/** The step on alpha of uid 0. */
const lastStep = (snapshot: EpochSnapshot) =>
  explain(snapshot, 0)
    .sections.find(({ topic }) => topic === "bonds")!
    .steps.at(-1)!;

test("liquid alpha, of the largest bond", () => {
  // Uid 3 is given three quarters where consensus is a half. With a steepness of 0, e^0 = 1 puts alpha halfway.
  const liquid = {
    ...fiveUids,
    liquidAlpha: true,
    alphaLow: 0,
    alphaHigh: 65535,
    alphaSigmoidSteepness: 0,
    bondsPenalty: 0,
  };
  const told = lastStep(liquid);
  expect(told.sentence).toBe(
    "On uid 3 the weight is no less than the old bond, so what counts is how far it exceeds consensus: 0.250000, " +
      "which makes alpha 0.500000.",
  );
  expect(Object.fromEntries(told.quantities.map(({ name, raw }) => [name, raw]))).toEqual({
    ...{ weight: 3n << 30n, "old bond": 0n, consensus: 1n << 31n, difference: 1n << 30n, x: 0n },
    ...{ "1 / (1 + e^x)": 1n << 31n, low: 0n, high: 1n << 32n, alpha: 1n << 31n },
  });
  // A steepness of 400 at a quarter: x = −4 · (¼ − ½) = 1, and e is the reference's, 22802600 / 2^23.
  const steep = lastStep({ ...liquid, alphaSigmoidSteepness: 400 });
  const e = 22_802_600n << 9n;
  expect(steep.quantities.find(({ name }) => name === "alpha")!.raw).toBe((1n << 64n) / ((1n << 32n) + e));
  const fallen = { ...liquid, bonds: [[[3, 65535]], [], [], [], []] } as EpochSnapshot;
  expect(lastStep(fallen).sentence).toBe(
    "On uid 3 the weight is less than the old bond, so what counts is how far it fell: 0.250000, which makes alpha 0.500000.",
  );
});
