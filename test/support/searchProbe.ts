/** A door to the fused path's search for consensus, by itself and after narrowing, and what it is held to (searchTwin.ts). */
import { callsOf, countingCalls } from "./countedCalls.js";
import { type Column, enclosure, narrowLooks, quantile, searchLooks, shiftOf } from "./searchTwin.js";

/** What it lets one do. */
export interface SearchProbe {
  readonly memory: WebAssembly.Memory;
  /** Lays out so many rows, of which the first do not vote. */
  draw(others: number, rows: number): void;
  /** Where the scores of a block of eight lanes, and stakes, are. */
  scores(block: number): number;
  stakes(): number;
  /** Searches so many blocks of eight lanes, and narrows first if told to; returns where the results are. */
  find(allStake: bigint, minority: bigint, blocks: number, narrowly: boolean): number;
  /** Between which scores it searched, eight lanes a block: where the smallest and the largest are. */
  ends(): number;
  /** In how many lanes narrowing left one score. */
  closed(blocks: number): number;
}

/** What a look at a block is in narrowing, and at four columns, or a choice of where to look, in the search. */
const LOOK = "narrow/decide";
const CHOICE = "search/between";

/** The door to a module that counts looks, too, of one built with names. */
export function countingLooks(named: Uint8Array): Uint8Array<ArrayBuffer> {
  return countingCalls(named, [LOOK, CHOICE]);
}

/** The door, in AssemblyScript; its imports start at build/. */
export const SEARCH_PROBE = `
import * as area from "../assembly/consensus/fused/area";
import { narrow, prepareNarrow } from "../assembly/consensus/fused/narrow";
import { prepareSearch, search } from "../assembly/consensus/fused/search";
const found = memory.data(64, 16);
const bottoms = memory.data(128, 16);
const tops = bottoms + 64;
export function draw(others: u32, rows: u32): void { area.draw(__heap_base, others, rows, 16); }
export function scores(block: u32): usize { return area.weightsOf(block); }
export function stakes(): usize { return area.medianStake; }
export function find(allStake: i64, minority: i64, blocks: u32, narrowly: bool): usize {
  prepareSearch(allStake, minority);
  prepareNarrow(minority);
  for (let r: u32 = 0; r < area.height; r++) {
    const at = (<usize>r) << 2;
    store<u32>(area.halfStake + at, r < area.others ? 0 : (load<u32>(area.medianStake + at) >> 16) * 0x10001);
  }
  for (let at: usize = 0; at < 32 * blocks; at += 16) {
    let bottom = i32x4.splat(-1);
    let top = i32x4.splat(0);
    for (let r = area.others; r < area.height; r++) {
      const cells = v128.load(area.cellsAt(area.weightsOf(<u32>at >> 5), r) + (at & 31));
      bottom = i32x4.min_u(bottom, cells);
      top = i32x4.max_u(top, cells);
    }
    v128.store(bottoms + at, bottom);
    v128.store(tops + at, top);
  }
  if (narrowly) narrowWithin(blocks);
  for (let at: usize = 0; at < 32 * blocks; at += 16) {
    const cells = area.weightsOf(<u32>at >> 5) + (at & 31);
    v128.store(found + at, search(cells, v128.load(bottoms + at), v128.load(tops + at)));
  }
  return found;
}
/** Narrows; whatever halves were there before, and nothing behind them is written to. */
function narrowWithin(blocks: u32): void {
  memory.fill(area.halves, 0x55, area.bondWeight - area.halves);
  memory.fill(area.bondWeight, 0xaa, area.fresh - area.bondWeight);
  narrow(bottoms, tops, blocks);
  for (let at = area.bondWeight; at < area.fresh; at++) if (load<u8>(at) !== 0xaa) unreachable();
}
export function ends(): usize { return bottoms; }
export function closed(blocks: u32): u32 {
  let count: u32 = 0;
  for (let k: usize = 0; k < 32 * blocks; k += 4) count += u32(load<u32>(bottoms + k) === load<u32>(tops + k));
  return count;
}
`;

export const VOTERS: readonly number[] = [1, 2, 3, 4, 7, 16, 64, 65];

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
  () => next() % 2,
  () => next() % 2 ** 15,
  () => next() % 2 ** 16,
  () => 0,
] as const;

const LANES = Array.from({ length: 16 }, (_, lane) => lane);

/** Writes the scores of a row, one for each of sixteen lanes in two blocks. */
export function putScores(search: SearchProbe, row: number, scoreOf: (lane: number) => number): void {
  const view = new Uint32Array(search.memory.buffer);
  for (const lane of LANES) view[search.scores(lane >> 3) / 4 + 8 * row + (lane & 7)] = scoreOf(lane);
}

/** One search, in so many blocks of eight columns that share stakes and the minority. */
interface Case {
  readonly name: string;
  readonly all: number;
  readonly minority: number;
  readonly blocks: readonly (readonly Column[])[];
}

/** Searches of so many voters, each laid out as it comes. */
function* cases(search: SearchProbe, voters: number, rounds: number): Generator<Case> {
  for (let round = 0; round < rounds; round++) {
    const others = round % 3;
    const rows = others + voters;
    search.draw(others, rows);
    const view = new Uint32Array(search.memory.buffer);
    const stakes = Array.from({ length: rows }, (_, r) =>
      r < others ? 0 : 1 + Math.floor((2 ** 32 - 2) / voters / (1 + (next() % 50))),
    );
    if (round % 7 === 0) stakes.fill(Math.floor(2 ** 32 / voters) - (voters === 1 ? 1 : 0), others);
    // Every lane of its kind, or all of one.
    const kindOf = (lane: number) => KINDS[(round % 4 === 1 ? round >> 2 : round + lane) % KINDS.length]!;
    const scores = LANES.map((lane) => stakes.map(() => kindOf(lane)()));
    stakes.forEach((stake, r) => {
      view[search.stakes() / 4 + r] = stake;
      putScores(search, r, (lane) => scores[lane]![r]!);
    });
    const all = stakes.reduce((sum, stake) => sum + stake, 0);
    // Also a minority that is the stake of some scores to the last bit, and one less; and such as are too small to narrow by.
    const some = stakes.reduce((sum, stake, r) => (scores[0]![r]! < scores[0]![others]! ? sum + stake : sum), 0);
    const small = [voters * 2 ** 16 - 1, voters * 2 ** 16, (voters + others) * 2 ** 16 - 1];
    const sizes = [0, all - 1, next() % all, Math.floor(all / 2), stakes[others]! % all, some, some - 1, ...small];
    for (const minority of sizes) {
      if (minority < 0 || minority >= all) continue;
      const columns = scores.map((lane): Column => ({ scores: lane, stakes, others, minority }));
      const blocks = [columns.slice(0, 8), columns.slice(8)].slice(0, 1 + (round % 2));
      yield { name: `${voters} voters, round ${round}, minority ${minority}`, all, minority, blocks };
    }
  }
}

/** What is wrong first in so many rounds of so many voters; undefined if nothing is. */
export function wrongSearch(search: SearchProbe, voters: number, rounds: number): string | undefined {
  for (const { name, all, minority, blocks } of cases(search, voters, rounds)) {
    const view = new Uint32Array(search.memory.buffer);
    const expected = blocks.flat().map(quantile);
    for (const narrowly of [false, true]) {
      const found = search.find(BigInt(all), BigInt(minority), blocks.length, narrowly) / 4;
      const wrong = expected.findIndex((score, lane) => view[found + lane] !== score);
      if (wrong >= 0) return `${name}, lane ${wrong}: ${view[found + wrong]}, not ${expected[wrong]}`;
    }
  }
  return undefined;
}

/** The ends between which narrowing leaves each column, and how many looks that takes. */
function narrowing(blocks: readonly (readonly Column[])[]): { ends: (readonly [number, number])[]; looks: number } {
  let looks = 0;
  const ends = blocks.flatMap((block) => {
    const shift = shiftOf(block);
    if (shift !== undefined) looks += narrowLooks(block, shift);
    return block.map((column) => enclosure(column, shift ?? 31));
  });
  return { ends, looks };
}

/** Looks and choices since the module began, where they are counted. */
function counted(search: SearchProbe): readonly [looks: number, choices: number] | undefined {
  const globals = search as unknown as Readonly<Record<string, WebAssembly.Global | undefined>>;
  const [looks, choices] = [globals[callsOf(LOOK)], globals[callsOf(CHOICE)]];
  return looks && choices && [looks.value, choices.value];
}

/**
 * Where narrowing ends otherwise than at the scores that share the answer's upper bits, or either search takes more looks than it has to, or
 * fewer, if these are counted; undefined if nowhere.
 */
export function wrongWay(search: SearchProbe, voters: number, rounds: number): string | undefined {
  for (const { name, all, minority, blocks } of cases(search, voters, rounds)) {
    const view = new Uint32Array(search.memory.buffer);
    const { ends, looks } = narrowing(blocks);
    const before = counted(search);
    search.find(BigInt(all), BigInt(minority), blocks.length, true);
    const found = search.ends() / 4;
    const wrong = ends.findIndex(([low, high], k) => view[found + k] !== low || view[found + 16 + k] !== high);
    if (wrong >= 0) return `${name}, column ${wrong}: not between ${ends[wrong]}`;
    const after = counted(search);
    if (before === undefined || after === undefined) continue;
    if (after[0] - before[0] !== looks) return `${name}: ${after[0] - before[0]} looks in narrowing, not ${looks}`;
    const columns = blocks.flat();
    const choices = columns.reduce((sum, _, k) => {
      return k % 4 === 0 ? sum + 1 + searchLooks(columns.slice(k, k + 4), ends.slice(k, k + 4)) : sum;
    }, 0);
    if (after[1] - before[1] !== choices)
      return `${name}: ${after[1] - before[1]} choices in the search, not ${choices}`;
  }
  return undefined;
}

const ROWS = 64;
const BLOCKS = 2;

function narrowed(search: SearchProbe, least: number, spread: number): number {
  search.draw(0, ROWS);
  const view = new Uint32Array(search.memory.buffer);
  for (let r = 0; r < ROWS; r++) {
    view[search.stakes() / 4 + r] = 2 ** 26 - 1;
    putScores(search, r, () => least + (next() % spread));
  }
  search.find(2n ** 32n - 64n, 2n ** 31n + 12_345_678n, BLOCKS, true);
  return search.closed(BLOCKS) / LANES.length;
}

/** In which part of the columns of so many blocks of scores that lie apart narrowing leaves a single one. */
export function closedPart(search: SearchProbe, rounds: number): number {
  let closed = 0;
  for (let round = 0; round < rounds; round++) closed += narrowed(search, 2 ** 24, 2 ** 22);
  return closed / rounds;
}

/** The same of columns with scores of 2^31 or more, which it leaves alone. */
export function closedAbove(search: SearchProbe): number {
  return narrowed(search, 2 ** 31, 2 ** 20);
}
