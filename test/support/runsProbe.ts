/** A door to how runs of entries are copied to consecutive columns, and what they are copied to one by one. */
import { random } from "./searchProbe.js";

/** What it lets one do. */
export interface RunsProbe {
  readonly memory: WebAssembly.Memory;
  /** Lays out three rows of so many columns. */
  draw(columns: number): void;
  /** u16 each: the uid of every column, the column of every uid, the entries, and the three rows. */
  columnUid(): number;
  columnOf(): number;
  uids(): number;
  values(): number;
  rows(): number;
  /** Cells of a row that are written, and from one row to the next. */
  width(): number;
  pitch(): number;
  /** Copies entries from `at` on to the row in the middle: so many, or eight to the columns from j on. */
  run(at: number, count: number, positive: boolean): number;
  eight(at: number, j: number, positive: boolean): number;
}

const UIDS = 400;
const ENTRIES = 128;

/** The door, in AssemblyScript; its imports start at build/. */
export const RUNS_PROBE = `
import * as frame from "../assembly/consensus/frame";
import * as area from "../assembly/consensus/fused/area";
import { copyEight, copyRun } from "../assembly/consensus/fused/runs";
import * as input from "../assembly/consensus/input";
const UIDS: u32 = ${UIDS};
const ENTRIES: u32 = ${ENTRIES};
export function draw(columns: u32): void {
  if (memory.size() < 64) memory.grow(64);
  const base = (__heap_base + 15) & ~15;
  input.draw(base, UIDS, ENTRIES, ENTRIES);
  frame.draw(base + <usize>input.bytes(UIDS, ENTRIES, ENTRIES), UIDS, ENTRIES, ENTRIES);
  area.draw(frame.matrixBase, 0, 3, columns);
}
export function columnUid(): usize { return area.columnUid; }
export function columnOf(): usize { return frame.column; }
export function uids(): usize { return input.weightUids; }
export function values(): usize { return input.weightValues; }
export function rows(): usize { return area.weights; }
export function width(): u32 { return area.width; }
export function pitch(): u32 { return area.pitch; }
export function run(at: u32, count: u32, positive: bool): bool {
  const from = <usize>at << 1;
  return copyRun(area.halfAt(area.weights, 1, 0), input.weightUids + from, input.weightValues + from, count, positive);
}
export function eight(at: u32, j: u32, positive: bool): bool {
  const from = <usize>at << 1;
  return copyEight(area.halfAt(area.weights, 1, 0), input.weightUids + from, input.weightValues + from, j, positive);
}
`;

const NONE = 0xffff;
const BEFORE = 0xa5a5;
const next = random(20_267);
const below = (most: number) => next() % most;
/** Uids with gaps, so that a column is not its uid. */
const uidOf = (column: number) => 5 + 3 * column + (column >> 2);

/** A run of `count` entries to the columns from `first` on, and what was done to it. */
interface Case {
  readonly columns: number;
  readonly at: number;
  readonly first: number;
  readonly count: number;
  readonly positive: boolean;
  readonly uids: Uint16Array;
  readonly values: Uint16Array;
}

/** Entries go on as they do before and behind the run: whoever reads or copies more than it is told is seen. */
function caseOf(round: number, count: number): Case {
  const columns = 1 + below(40);
  const at = 40;
  // Some end at the last column, some beyond it.
  const first = [below(columns), Math.max(0, columns - count), Math.max(0, columns - count + 1)][below(3)]!;
  const uids = Uint16Array.from({ length: ENTRIES }, (_, k) => uidOf(Math.max(0, first + k - at)));
  const values = Uint16Array.from({ length: ENTRIES }, () => 1 + below(65535));
  const place = at + below(Math.max(1, count));
  if (round % 3 === 1)
    uids[place] = [uidOf(first + place - at + 1), uids[place]! + 1, uids[place]! ^ 0x4000][below(3)]!;
  if (round % 3 === 2) values[place] = 0;
  // A zero behind the run is nobody's.
  values[at + count] = below(2) * 7;
  return { columns, at, first, count, positive: below(2) === 0, uids, values };
}

/** Whether its entries go to consecutive columns from the first on, and no value is zero where none may be. */
function isRun({ columns, at, first, count, positive, uids, values }: Case): boolean {
  const entries = Array.from({ length: count }, (_, k) => k);
  return entries.every(
    (k) => first + k < columns && uids[at + k] === uidOf(first + k) && !(positive && values[at + k] === 0),
  );
}

/** The column its first entry goes to; none, one beyond the last. */
function columnIn({ columns, at, uids }: Case): number {
  const column = Array.from({ length: columns }, (_, j) => uidOf(j)).indexOf(uids[at] ?? NONE);
  return column < 0 ? columns : column;
}

/** Lays it out; returns the three rows, which are full of something else. */
function put(probe: RunsProbe, { columns, uids, values }: Case): Uint16Array {
  probe.draw(columns);
  const { buffer } = probe.memory;
  // Columns beyond the last go on, too, but no uid has them.
  new Uint16Array(buffer, probe.columnUid(), probe.width()).set(
    Array.from({ length: probe.width() }, (_, j) => uidOf(j)),
  );
  const columnOf = new Uint16Array(buffer, probe.columnOf(), UIDS).fill(NONE);
  for (let j = 0; j < columns; j++) columnOf[uidOf(j)] = j;
  new Uint16Array(buffer, probe.uids(), ENTRIES).set(uids);
  new Uint16Array(buffer, probe.values(), ENTRIES).set(values);
  return new Uint16Array(buffer, probe.rows(), 3 * probe.pitch()).fill(BEFORE);
}

/** The first case of so many in which a run is not copied as it is, or what is none is taken for one; undefined if there is none. */
export function wrongRun(probe: RunsProbe, rounds: number): string | undefined {
  for (let round = 0; round < rounds; round++) {
    const drawn = caseOf(round, below(36));
    const made = { ...drawn, first: columnIn(drawn) };
    const { at, first, count, positive, values } = made;
    const rows = put(probe, made);
    const taken = probe.run(at, count, positive) !== 0;
    const told = `round ${round}: ${JSON.stringify({ ...made, uids: undefined, values: undefined })}`;
    if (count > 0 && taken !== isRun(made)) return `${told}: ${taken ? "taken" : "refused"}`;
    const [pitch, width] = [probe.pitch(), probe.width()];
    const expected = Array.from({ length: width }, (_, j) =>
      j >= first && j < first + count ? values[at + j - first] : 0,
    );
    if (taken && expected.some((value, j) => rows[pitch + j] !== value)) return `${told}: copied wrongly`;
    if (rows.some((value, k) => (k < pitch || k >= pitch + width) && value !== BEFORE))
      return `${told}: beyond the row`;
  }
  return undefined;
}

/** The same of eight entries, which leave the others as they are. */
export function wrongEight(probe: RunsProbe, rounds: number): string | undefined {
  for (let round = 0; round < rounds; round++) {
    const made = caseOf(round, 8);
    const { at, first, positive, values } = made;
    const rows = put(probe, made);
    const taken = probe.eight(at, first, positive) !== 0;
    const told = `round ${round}: ${JSON.stringify({ ...made, uids: undefined, values: undefined })}`;
    if (taken !== isRun(made)) return `${told}: ${taken ? "taken" : "refused"}`;
    const start = probe.pitch() + first;
    const isCopied = (k: number) => taken && k >= start && k < start + 8;
    if (rows.some((value, k) => value !== (isCopied(k) ? values[at + k - start] : BEFORE)))
      return `${told}: copied wrongly`;
  }
  return undefined;
}
