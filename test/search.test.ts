/** The search for consensus in lanes, by itself and after narrowing, against the definition of the weighted quantile. */
import { expect, test } from "vitest";
import { buildEntry } from "./mutation/build.js";
import { instantiate } from "./support/kernel.js";
import { probe } from "./support/probe.js";
import {
  closedAbove,
  closedPart,
  countingLooks,
  SEARCH_PROBE,
  type SearchProbe,
  VOTERS,
  wrongSearch,
  wrongWay,
} from "./support/searchProbe.js";

const kernel = probe<SearchProbe>("searchProbe", SEARCH_PROBE);
const named = await buildEntry({ text: SEARCH_PROBE, named: true });
const counting = instantiate<SearchProbe>(countingLooks(named!)).exports;

test.each(VOTERS)("%i voters", (voters) => {
  expect(wrongSearch(kernel, voters, 400)).toBeUndefined();
});

test.each(VOTERS)("%i voters: where narrowing ends, and no look too many", (voters) => {
  expect(wrongWay(counting, voters, 80)).toBeUndefined();
});

test("narrowing leaves one score of nearly all columns, and all of those with a score of 2^31 or more", () => {
  expect(closedPart(kernel, 50)).toBeGreaterThan(0.97);
  expect(closedAbove(kernel)).toBe(0);
});
