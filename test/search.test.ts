/** The search for consensus in lanes, by itself and after narrowing, against the definition of the weighted quantile. */
import { expect, test } from "vitest";
import { probe } from "./support/probe.js";

interface Probe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows, of which the first do not vote; returns where scores, and stakes, are. */
  draw(others: number, rows: number): number;
  stakes(): number;
  /** Searches lanes 0 to 7 from a guess, and narrows first if told to; returns where the eight results are. */
  find(allStake: bigint, minority: bigint, guess: number, narrowly: boolean): number;
  /** In how many lanes narrowing left one score. */
  closed(): number;
}

const kernel = probe<Probe>(
  "searchProbe",
  `
import * as area from "../assembly/consensus/fused/area";
import { narrow, prepareNarrow } from "../assembly/consensus/fused/narrow";
import { prepareSearch, search } from "../assembly/consensus/fused/search";
const found = memory.data(32, 16);
const bottoms = memory.data(32, 16);
const tops = memory.data(32, 16);
const guesses = memory.data(32, 16);
export function draw(others: u32, rows: u32): usize {
  area.draw(__heap_base, others, rows, 8);
  return area.weight;
}
export function stakes(): usize { return area.medianStake; }
export function find(allStake: i64, minority: i64, guess: f32, narrowly: bool): usize {
  prepareSearch(allStake, minority);
  prepareNarrow(minority);
  for (let at: usize = 0; at < 32; at += 16) {
    let bottom = i32x4.splat(-1);
    let top = i32x4.splat(0);
    for (let r = area.others; r < area.height; r++) {
      bottom = i32x4.min_u(bottom, v128.load(area.cellsAt(area.weight, r) + at));
      top = i32x4.max_u(top, v128.load(area.cellsAt(area.weight, r) + at));
    }
    v128.store(bottoms + at, bottom);
    v128.store(tops + at, top);
    v128.store(guesses + at, f32x4.splat(guess));
  }
  if (narrowly) narrow(area.weight, bottoms, tops, guesses);
  for (let at: usize = 0; at < 32; at += 16) {
    const top = v128.load(tops + at);
    v128.store(found + at, search(area.weight + at, v128.load(bottoms + at), top, v128.load(guesses + at)));
  }
  return found;
}
export function closed(): u32 {
  let count: u32 = 0;
  for (let k: usize = 0; k < 32; k += 4) count += u32(load<u32>(bottoms + k) === load<u32>(tops + k));
  return count;
}
`,
);

/** The smallest score v for which the stake of all scores ≤ v exceeds the minority. */
function quantile(scores: readonly number[], stakes: readonly number[], minority: number): number {
  const order = scores.map((_, r) => r).sort((a, b) => scores[a]! - scores[b]!);
  let stake = 0;
  for (const r of order) {
    stake += stakes[r]!;
    if (stake > minority) return scores[r]!;
  }
  return scores[order.at(-1)!]!;
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const next = random(20_261);
/** Scores of every kind: spread out, close together, many ties, zeros and the largest there are. */
const KINDS = [
  () => next() % 2 ** 31,
  () => 1_000_000 + (next() % 1000),
  () => next() % 3,
  () => (next() % 2 ? 0 : next() % 2 ** 24),
  () => 2 ** 31 - 1 - (next() % 5),
  () => 77,
] as const;

test.each([1, 2, 3, 4, 7, 16, 64, 65])("%i voters", (voters) => {
  for (let round = 0; round < 400; round++) {
    const others = round % 3;
    const rows = others + voters;
    const cells = kernel.draw(others, rows);
    const view = new Uint32Array(kernel.memory.buffer);
    const stakes = Array.from({ length: rows }, (_, r) =>
      r < others ? 0 : 1 + Math.floor((2 ** 32 - 2) / voters / (1 + (next() % 50))),
    );
    if (round % 7 === 0) stakes.fill(Math.floor(2 ** 32 / voters) - (voters === 1 ? 1 : 0), others);
    const scores = [0, 1, 2, 3, 4, 5, 6, 7].map((lane) => stakes.map(() => KINDS[(round + lane) % KINDS.length]!()));
    stakes.forEach((stake, r) => {
      view[kernel.stakes() / 4 + r] = stake;
      scores.forEach((lane, k) => {
        view[cells / 4 + 8 * r + k] = lane[r]!;
      });
    });
    const all = stakes.reduce((sum, stake) => sum + stake, 0);
    for (const minority of [0, all - 1, next() % all, Math.floor(all / 2), stakes[others]! % all]) {
      const expected = scores.map((lane) => quantile(lane.slice(others), stakes.slice(others), minority));
      for (const narrowly of [false, true]) {
        const guess = [0, 1e6, 1e9, -1, 3e9][round % 5]!;
        const found = kernel.find(BigInt(all), BigInt(minority), guess, narrowly) / 4;
        expect([...view.slice(found, found + 8)]).toEqual(expected);
      }
    }
  }
});

test("narrowing leaves one score of most columns, and all of those with a score of 2^31 or more", () => {
  const ROWS = 64;
  const columns = (least: number, spread: number) => {
    const cells = kernel.draw(0, ROWS);
    const view = new Uint32Array(kernel.memory.buffer);
    for (let r = 0; r < ROWS; r++) {
      view[kernel.stakes() / 4 + r] = 2 ** 26 - 1;
      for (let k = 0; k < 8; k++) view[cells / 4 + 8 * r + k] = least + (next() % spread);
    }
  };
  let closed = 0;
  for (let round = 0; round < 50; round++) {
    columns(2 ** 24, 2 ** 22);
    kernel.find(2n ** 32n - 64n, 2n ** 31n + 12_345_678n, 2 ** 24, true);
    closed += kernel.closed();
  }
  expect(closed).toBeGreaterThan(0.9 * 400);
  columns(2 ** 31, 2 ** 20);
  kernel.find(2n ** 32n - 64n, 2n ** 31n + 12_345_678n, 2 ** 24, true);
  expect(kernel.closed()).toBe(0);
});
