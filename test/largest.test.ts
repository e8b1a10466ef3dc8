/** What Yuma 2 stores, shares over the largest of their column, from bonds in lanes against integers. */
import { expect, test } from "vitest";
import { LARGEST_PROBE, type LargestProbe, leftOpen, openBesideTurns, wrongLargest } from "./support/largestProbe.js";
import { probe } from "./support/probe.js";

const kernel = probe<LargestProbe>("largestProbe", LARGEST_PROBE);

test("every code is that of the integers, most of all where codes turn", () => {
  expect(wrongLargest(kernel, 4000)).toBeUndefined();
});

test("few bonds are left to integers, though each column has a largest one and zeros", () => {
  const part = leftOpen(kernel, 400);
  expect(part).toBeLessThan(0.001);
  expect(part).toBeGreaterThan(0.0005);
});

test("of the bonds close to where a code turns, those are that the margin asks for", () => {
  const part = openBesideTurns(kernel, 100);
  expect(part).toBeLessThan(0.52);
  expect(part).toBeGreaterThan(0.44);
});
