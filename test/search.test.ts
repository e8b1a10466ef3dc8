/** The search for consensus in four lanes, against the definition of the weighted quantile. */
import { expect, test } from "vitest";
import { probe } from "./support/probe.js";

interface Probe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows, of which the first do not vote; returns where scores, and stakes, are. */
  draw(others: number, rows: number): number;
  stakes(): number;
  /** Searches lanes 0 to 3 from a guess; returns where the four results are. */
  find(allStake: bigint, minority: bigint, guess: number): number;
}

const kernel = probe<Probe>(
  "searchProbe",
  `
import * as area from "../assembly/consensus/fused/area";
import { prepareSearch, search } from "../assembly/consensus/fused/search";
const found = memory.data(16, 16);
export function draw(others: u32, rows: u32): usize {
  area.draw(__heap_base, others, rows, 8);
  return area.weight;
}
export function stakes(): usize { return area.medianStake; }
export function find(allStake: i64, minority: i64, guess: f32): usize {
  prepareSearch(allStake, minority);
  let bottom = i32x4.splat(-1);
  let top = i32x4.splat(0);
  for (let r = area.others; r < area.height; r++) {
    bottom = i32x4.min_u(bottom, v128.load(area.cellsAt(area.weight, r)));
    top = i32x4.max_u(top, v128.load(area.cellsAt(area.weight, r)));
  }
  v128.store(found, search(area.weight, bottom, top, f32x4.splat(guess)));
  return found;
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
    const scores = [0, 1, 2, 3].map((lane) => stakes.map(() => KINDS[(round + lane) % KINDS.length]!()));
    stakes.forEach((stake, r) => {
      view[kernel.stakes() / 4 + r] = stake;
      scores.forEach((lane, k) => {
        view[cells / 4 + 8 * r + k] = lane[r]!;
      });
    });
    const all = stakes.reduce((sum, stake) => sum + stake, 0);
    for (const minority of [0, all - 1, next() % all, Math.floor(all / 2), stakes[others]! % all]) {
      const found = kernel.find(BigInt(all), BigInt(minority), [0, 1e6, 1e9, -1, 3e9][round % 5]!) / 4;
      const voting = scores.map((lane) => lane.slice(others));
      expect([...view.slice(found, found + 4)]).toEqual(
        voting.map((lane) => quantile(lane, stakes.slice(others), minority)),
      );
    }
  }
});
