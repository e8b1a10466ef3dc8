/** What rows earn by their shares of bonds, in doubles against whole numbers. */
import { expect, test } from "vitest";
import {
  EARNINGS_PROBE,
  type EarningsProbe,
  exactEarnings,
  miscounted,
  wrongEarnings,
} from "./support/earningsProbe.js";
import { probe } from "./support/probe.js";

const kernel = probe<EarningsProbe>("earningsProbe", EARNINGS_PROBE);

test("every row earns what whole numbers say, most of all where that is hardly less than a whole one", () => {
  expect(wrongEarnings(kernel, 4000)).toBeUndefined();
});

test("few shares are computed in integers: of 64 columns alike about one in 64", () => {
  const part = exactEarnings(kernel, 200);
  expect(part).toBeLessThan(1 / 50);
  expect(part).toBeGreaterThan(0);
});

test("shares computed in integers are counted one by one", () => {
  expect(miscounted(kernel)).toBe(0);
});
