/** The search for consensus in lanes, by itself and after narrowing, against the definition of the weighted quantile. */
import { expect, test } from "vitest";
import { probe } from "./support/probe.js";
import { putScores, random, SEARCH_PROBE, type SearchProbe, VOTERS, wrongSearch } from "./support/searchProbe.js";

const kernel = probe<SearchProbe>("searchProbe", SEARCH_PROBE);

test.each(VOTERS)("%i voters", (voters) => {
  expect(wrongSearch(kernel, voters, 400)).toBeUndefined();
});

const next = random(20_262);

test("narrowing leaves one score of nearly all columns, and all of those with a score of 2^31 or more", () => {
  const ROWS = 64;
  const columns = (least: number, spread: number) => {
    kernel.draw(0, ROWS);
    const view = new Uint32Array(kernel.memory.buffer);
    for (let r = 0; r < ROWS; r++) {
      view[kernel.stakes() / 4 + r] = 2 ** 26 - 1;
      putScores(kernel, r, () => least + (next() % spread));
    }
  };
  let closed = 0;
  for (let round = 0; round < 50; round++) {
    columns(2 ** 24, 2 ** 22);
    kernel.find(2n ** 32n - 64n, 2n ** 31n + 12_345_678n, 2, true);
    closed += kernel.closed(2);
  }
  expect(closed).toBeGreaterThan(0.97 * 800);
  columns(2 ** 31, 2 ** 20);
  kernel.find(2n ** 32n - 64n, 2n ** 31n + 12_345_678n, 2, true);
  expect(kernel.closed(2)).toBe(0);
});
