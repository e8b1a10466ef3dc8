/** A door to the fused path's search for consensus, by itself and after narrowing, and the definition it is held to. */

/** What it lets one do. */
export interface SearchProbe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows, of which the first do not vote; returns where scores, and stakes, are. */
  draw(others: number, rows: number): number;
  stakes(): number;
  /** Searches lanes 0 to 7 from a guess, and narrows first if told to; returns where the eight results are. */
  find(allStake: bigint, minority: bigint, guess: number, narrowly: boolean): number;
  /** In how many lanes narrowing left one score. */
  closed(): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const SEARCH_PROBE = `
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
`;

export const VOTERS: readonly number[] = [1, 2, 3, 4, 7, 16, 64, 65];

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

/** Numbers that look random and follow from a seed (xorshift). */
export function random(seed: number): () => number {
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

/** What is wrong first in so many rounds of so many voters; undefined if nothing is. */
export function wrongSearch(search: SearchProbe, voters: number, rounds: number): string | undefined {
  for (let round = 0; round < rounds; round++) {
    const others = round % 3;
    const rows = others + voters;
    const cells = search.draw(others, rows);
    const view = new Uint32Array(search.memory.buffer);
    const stakes = Array.from({ length: rows }, (_, r) =>
      r < others ? 0 : 1 + Math.floor((2 ** 32 - 2) / voters / (1 + (next() % 50))),
    );
    if (round % 7 === 0) stakes.fill(Math.floor(2 ** 32 / voters) - (voters === 1 ? 1 : 0), others);
    const scores = [0, 1, 2, 3, 4, 5, 6, 7].map((lane) => stakes.map(() => KINDS[(round + lane) % KINDS.length]!()));
    stakes.forEach((stake, r) => {
      view[search.stakes() / 4 + r] = stake;
      scores.forEach((lane, k) => {
        view[cells / 4 + 8 * r + k] = lane[r]!;
      });
    });
    const all = stakes.reduce((sum, stake) => sum + stake, 0);
    for (const minority of [0, all - 1, next() % all, Math.floor(all / 2), stakes[others]! % all]) {
      const expected = scores.map((lane) => quantile(lane.slice(others), stakes.slice(others), minority));
      for (const narrowly of [false, true]) {
        const guess = [0, 1e6, 1e9, -1, 3e9][round % 5]!;
        const found = search.find(BigInt(all), BigInt(minority), guess, narrowly) / 4;
        const wrong = expected.findIndex((score, lane) => view[found + lane] !== score);
        if (wrong >= 0) return `round ${round}, lane ${wrong}: ${view[found + wrong]}, not ${expected[wrong]}`;
      }
    }
  }
  return undefined;
}
