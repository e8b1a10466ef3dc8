/**
 * Choosing the columns of the fused path: every uid where the rows are full, else the uids that somebody weighs or holds bonds of. The
 * others have what an empty column has, and cost nothing: no consensus, rank or bond.
 */
import { setU16, u16At, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import { hasPermit } from "../permits";
import * as area from "./area";
import { foundAt, rows } from "./rows";

/** The column of a uid that has none; no column of any. */
const NONE: u32 = 0xffff;

/** The row marked last: its uids, and how many. */
let lastRow: usize = 0;
let lastCount: u32 = 0;

/** How many columns the rows that were found ask for; 0 without rows. frame.column ← u16 a uid: 0 for those that are one, NONE for the others. */
export function findColumns(): u32 {
  if (rows === 0) return 0;
  // Weights and bonds of half the cells or more: hardly a column is empty, and looking for one takes time.
  if (<u64>input.weightCount + input.bondCount >= <u64>rows * input.n) {
    memory.fill(frame.column, 0, (<usize>input.n) << 1);
    return input.n;
  }
  memory.fill(frame.column, 0xff, (<usize>input.n) << 1);
  lastCount = 0;
  for (let k: u32 = 0; k < rows; k++) {
    const i = foundAt(k);
    if (hasPermit(i)) mark(input.weightUids, u32At(input.weightRows, i), u32At(input.weightRows, i + 1));
    mark(input.bondUids, u32At(input.bondRows, i), u32At(input.bondRows, i + 1));
  }
  let count: u32 = 0;
  for (let j: u32 = 0; j < input.n; j++) count += u16At(frame.column, j) !== NONE ? 1 : 0;
  return count;
}

/** Marks the uids of entries from … to, unless they are those of the row before. */
function mark(uids: usize, from: u32, to: u32): void {
  const row = uids + ((<usize>from) << 1);
  const count = to - from;
  if (count === lastCount && areEqual(row, lastRow, count)) return;
  lastRow = row;
  lastCount = count;
  for (let e: u32 = 0; e < count; e++) {
    const j = u16At(row, e);
    if (j < input.n) setU16(frame.column, j, 0);
  }
}

/** Whether two lists of uids are the same. */
function areEqual(a: usize, b: usize, count: u32): bool {
  let strays = i16x8.splat(0);
  const whole = (<usize>count & ~7) << 1;
  for (let at: usize = 0; at < whole; at += 16) {
    strays = v128.or(strays, v128.xor(v128.load(a + at), v128.load(b + at)));
  }
  if (v128.any_true(strays)) return false;
  for (let e = count & ~7; e < count; e++) if (u16At(a, e) !== u16At(b, e)) return false;
  return true;
}

/** Numbers the columns that were found, ascending: frame.column ← the column of each uid, area.columnUid ← the uid of each. */
export function listColumns(): void {
  let column: u32 = 0;
  for (let j: u32 = 0; j < input.n; j++) {
    if (u16At(frame.column, j) === NONE) continue;
    setU16(area.columnUid, column, j);
    setU16(frame.column, j, column++);
  }
}

/** The column of uid j, NONE where it has none: it is n or more, or nobody weighs it or holds its bonds. */
export function columnOf(j: u32): u32 {
  return j < input.n ? u16At(frame.column, j) : NONE;
}
