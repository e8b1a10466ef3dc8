/** The search for consensus in lanes, by itself and after narrowing, against the definition of the weighted quantile. */
import { expect, test } from "vitest";
import { probe } from "./support/probe.js";
import { closedAbove, closedPart, SEARCH_PROBE, type SearchProbe, VOTERS, wrongSearch } from "./support/searchProbe.js";

const kernel = probe<SearchProbe>("searchProbe", SEARCH_PROBE);

test.each(VOTERS)("%i voters", (voters) => {
  expect(wrongSearch(kernel, voters, 400)).toBeUndefined();
});

test("narrowing leaves one score of nearly all columns, and all of those with a score of 2^31 or more", () => {
  expect(closedPart(kernel, 50)).toBeGreaterThan(0.97);
  expect(closedAbove(kernel)).toBe(0);
});
