/** What the fused path's search for consensus has to find, close in and look at, from its definition: numbers and stakes of one column at a time. */

/** A column: scores and stakes of its rows, of which the first do not vote, and the minority. */
export interface Column {
  readonly scores: readonly number[];
  readonly stakes: readonly number[];
  readonly others: number;
  readonly minority: number;
}

/** The smallest score v for which the stake of all scores ≤ v exceeds the minority. */
export function quantile({ scores, stakes, others, minority }: Column): number {
  const order = scores.map((_, r) => r).slice(others);
  order.sort((a, b) => scores[a]! - scores[b]!);
  let stake = 0;
  for (const r of order) {
    stake += stakes[r]!;
    if (stake > minority) return scores[r]!;
  }
  return scores[order.at(-1)!]!;
}

const HALF_BITS = 15;

/** How many of the lowest bits narrowing leaves out in a block; undefined where it leaves the block alone. */
export function shiftOf(block: readonly Column[]): number | undefined {
  const { stakes, others, minority } = block[0]!;
  const largest = Math.max(...block.flatMap(({ scores }) => scores.slice(others)));
  if (Math.floor(minority / 2 ** 16) < stakes.length - others || largest === 0 || largest >= 2 ** 31) return undefined;
  return Math.max(0, 32 - HALF_BITS - Math.clz32(largest));
}

/** The smallest and the largest voter's score that shares the answer's bits but for the lowest. */
export function enclosure(column: Column, shift: number): readonly [bottom: number, top: number] {
  const answer = quantile(column) >>> shift;
  const near = column.scores.slice(column.others).filter((score) => score >>> shift === answer);
  return [Math.min(...near), Math.max(...near)];
}

/** Where a search looks next: `room` is what it may choose from, `share` the part of stake it misses, both as it rounds them. */
type Step = (room: number, share: number) => number;

const f32 = Math.fround;
const EDGE = f32(0.02);
const FAR = f32(1 - EDGE);
/** The share, kept away from both ends; of nothing over nothing it is nothing. */
const kept = (share: number) => (Number.isNaN(share) ? 0 : share < EDGE ? EDGE : FAR < share ? FAR : share);
/** Of halves rounded to the nearest, of ties to an even one, as all floats are. */
const NEAREST: Step = (room, share) => f32(f32(f32(room) * kept(share)) + 2 ** 23) - 2 ** 23;
const TRUNCATED: Step = (room, share) => Math.trunc(f32(f32(room) * kept(share)));

/** One search: stakes are `parts` and `minority` in its own units, `reached` what it takes for all of them. */
interface Search {
  readonly scores: readonly number[];
  readonly parts: readonly number[];
  readonly minority: number;
  readonly reached: number;
  readonly step: Step;
  /** Whether the stake of scores below the pivot exceeds the minority, to the last bit. */
  readonly exceeds: (pivot: number) => boolean;
  /** The scores it may move an end to in its first look and in later ones. */
  readonly first: readonly number[];
  readonly later: readonly number[];
}

/** How often it looks between two scores until nothing is between them. */
function looks(
  { scores, parts, minority, reached: all, step, exceeds, first, later }: Search,
  ends: readonly number[],
) {
  let [low, high] = ends as [number, number];
  let [below, reached, count] = [0, all, 0];
  for (; low < high; count++) {
    const pivot = low + 1 + step(high - low - 1, f32(f32(minority - below) / f32(reached - below)));
    const near = count === 0 ? first : later;
    const sum = parts.reduce((part, stake, r) => (scores[r]! < pivot ? part + stake : part), 0);
    if (exceeds(pivot)) {
      high = Math.max(...near.filter((score) => score < pivot));
      reached = sum;
    } else {
      low = Math.min(...near.filter((score) => score >= pivot));
      below = sum;
    }
  }
  return count;
}

/** Stake of a column's scores below one. */
function below({ scores, stakes }: Column, pivot: number): number {
  return stakes.reduce((sum, stake, r) => (scores[r]! < pivot ? sum + stake : sum), 0);
}

/** Of voters in pairs the last may be alone: then a row of no score and no stake is looked at, too. */
function paired(scores: readonly number[]): readonly number[] {
  return scores.length % 2 === 0 ? scores : [...scores, 0];
}

/** How many looks narrowing takes at a block: the first whatever there is, and so many that the last of the columns is closed. */
export function narrowLooks(block: readonly Column[], shift: number): number {
  const counts = block.map((column) => {
    const scores = column.scores.map((score) => score >>> shift);
    const voters = scores.slice(column.others);
    const search: Search = {
      scores,
      parts: column.stakes.map((stake) => Math.floor(stake / 2 ** 16)),
      minority: Math.floor(column.minority / 2 ** 16),
      reached: 0xffff,
      step: NEAREST,
      exceeds: (pivot) => below({ ...column, scores }, pivot) > column.minority,
      first: [...scores, 0],
      later: paired(voters),
    };
    return looks(search, [Math.min(...voters), Math.max(...voters)]);
  });
  return Math.max(1, ...counts);
}

/** How many looks the search takes at four columns between these ends, of which those of 2^31 or more are left alone. */
export function searchLooks(lanes: readonly Column[], ends: readonly (readonly [number, number])[]): number {
  const counts = lanes.map((column, k) => {
    const voters = column.scores.slice(column.others);
    const all = column.stakes.reduce((sum, stake) => sum + stake, 0);
    const search: Search = {
      scores: column.scores,
      parts: column.stakes,
      minority: column.minority,
      reached: Math.min(all, 2 ** 32 - 1),
      step: TRUNCATED,
      exceeds: (pivot) => below(column, pivot) > column.minority,
      first: paired(voters),
      later: paired(voters),
    };
    return looks(
      search,
      ends[k]!.map((end) => end | 0).map((end) => Math.max(0, end)),
    );
  });
  return Math.max(...counts);
}
