/** Rows of weights or bonds: dense and sparse, in runs and scattered, alike and unlike, in good order and in none. */
import type { Rows } from "./block.js";
import type { Random } from "./random.js";

/** Which columns a row names, and with what. */
const COLUMNS = [
  "all",
  "all",
  "all",
  "all",
  "all",
  "all",
  "all",
  "all",
  "run",
  "most",
  "most",
  "some",
  "few",
  "one",
  "none",
] as const;
const VALUES = ["any", "any", "few", "same", "tiny", "large", "edges", "near", "full"] as const;
/** What goes wrong with rows in bad order. */
const FLAWS = ["shuffled", "beyond", "zeros", "all"] as const;

type Columns = (typeof COLUMNS)[number];
type Values = (typeof VALUES)[number];

export interface RowsWanted {
  readonly n: number;
  /** Whether uid i has a row at all. */
  readonly has: (i: number) => boolean;
  /** Whether rows may name uid j, unless they are in bad order. */
  readonly names: (j: number) => boolean;
  /** Ascending, below n, no explicit zeros. */
  readonly tidy: boolean;
}

/** A growing list of entries, used again for each matrix. */
class Entries {
  uids = new Uint16Array(1024);
  values = new Uint16Array(1024);
  count = 0;

  push(uid: number, value: number): void {
    if (this.count === this.uids.length) {
      const [uids, values] = [new Uint16Array(2 * this.count), new Uint16Array(2 * this.count)];
      uids.set(this.uids);
      values.set(this.values);
      [this.uids, this.values] = [uids, values];
    }
    this.uids[this.count] = uid;
    this.values[this.count++] = value;
  }
}

const entries = new Entries();

/** A matrix. Rows share a style three times in four; now and then a row is a copy of the one before, or of other columns. */
export function drawRows(random: Random, { n, has, names, tidy }: RowsWanted): Rows {
  const start = new Uint32Array(n + 1);
  const base = random.u16();
  const flaw = tidy ? null : random.pick(FLAWS);
  const styled = !random.oneIn(4);
  let columns = random.pick(COLUMNS);
  let values = random.pick(VALUES);
  let before = -1;
  entries.count = 0;
  for (let i = 0; i < n; i++) {
    if (has(i)) {
      if (random.oneIn(styled ? 16 : 2)) [columns, values] = [random.pick(COLUMNS), random.pick(VALUES)];
      const from = entries.count;
      if (before >= 0 && random.oneIn(8)) {
        copyRow(start[before] as number, start[before + 1] as number);
      } else {
        drawRow(random, { n, names }, columns, values, base);
        if (flaw !== null && !random.oneIn(3)) spoil(random, flaw, from, n);
      }
      before = i;
    }
    start[i + 1] = entries.count;
  }
  return { start, uids: entries.uids.slice(0, entries.count), values: entries.values.slice(0, entries.count) };
}

function copyRow(from: number, to: number): void {
  for (let e = from; e < to; e++) entries.push(entries.uids[e] as number, entries.values[e] as number);
}

function drawRow(
  random: Random,
  { n, names }: Pick<RowsWanted, "n" | "names">,
  columns: Columns,
  values: Values,
  base: number,
): void {
  const run = columns === "run" || columns === "one";
  const first = run ? random.below(n) : 0;
  const last = columns === "none" ? 0 : columns === "one" ? first + 1 : run ? first + 1 + random.below(n - first) : n;
  const share =
    columns === "some" ? random.below(65536) : columns === "most" ? 60000 : columns === "few" ? 6000 : 65536;
  const same = storedValue(random, "any", base);
  for (let j = first; j < last; j++) {
    if (!names(j) || (share !== 65536 && (random.u32() & 0xffff) >= share)) continue;
    entries.push(j, Math.max(1, values === "same" ? same : storedValue(random, values, base)));
  }
}

function storedValue(random: Random, values: Values, base: number): number {
  const bits = random.u32();
  switch (values) {
    case "few":
      return 20000 + (bits % 3);
    case "tiny":
      return bits % 5;
    case "large":
      return 65535 - (bits % 5);
    case "edges":
      return random.u16();
    case "near":
      return Math.min(65535, base + (bits & 1023));
    case "full":
      return 65535;
    default:
      return bits & 0xffff;
  }
}

/** Puts the row from `from` on into bad order, in one way or all. */
function spoil(random: Random, flaw: (typeof FLAWS)[number], from: number, n: number): void {
  if (flaw !== "shuffled" && flaw !== "zeros")
    for (const uid of [n, n + 3, 65535]) if (random.oneIn(2)) entries.push(uid, random.u16());
  const { uids, values, count } = entries;
  for (let e = from; e < count; e++) {
    if (flaw !== "shuffled" && flaw !== "beyond" && random.oneIn(4)) values[e] = 0;
    if (flaw !== "zeros" && flaw !== "beyond" && random.oneIn(3)) {
      const other = from + random.below(count - from);
      [uids[e], uids[other]] = [uids[other] as number, uids[e] as number];
    }
  }
}
