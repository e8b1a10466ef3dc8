/** What Yuma 2 stores, shares over the largest of their column, from bonds in lanes against integers. */
import { expect, test } from "vitest";
import { LARGEST_PROBE, type LargestProbe, leftOpen, wrongLargest } from "./support/largestProbe.js";
import { probe } from "./support/probe.js";

const kernel = probe<LargestProbe>("largestProbe", LARGEST_PROBE);

test("every code is that of the integers, most of all where codes turn", () => {
  expect(wrongLargest(kernel, 4000)).toBeUndefined();
});

test("few rows are left to integers, though each column has a largest bond and zeros", () => {
  expect(leftOpen(kernel, 400)).toBeLessThan(0.01);
});
