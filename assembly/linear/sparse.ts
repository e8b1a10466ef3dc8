/**
 * Sparse matrices of I32F32 by rows, in stored order: a row may be unsorted and may hold explicit zeros.
 *
 *   +0  u32 rows        +8  u32 start[rows + 1]      (row i is entries start[i] .. start[i+1])
 *   +4  u32 capacity        i64 value[capacity]      (I32F32 bits)
 *                           u16 uid[capacity]        (column)
 *   each array aligned to 8 bytes
 */
import { align } from "../arena";
import * as i32f32 from "../fixed/i32f32";
import { at, set, setU16, setU32, u16At, u32At } from "./array";

const HEADER_BYTES: usize = 8;

function startBytes(rows: u32): usize {
  return align((<usize>rows + 1) << 2);
}

/** Bytes of a matrix of `rows` rows and at most `capacity` entries. */
export function bytes(rows: u32, capacity: u32): u64 {
  return <u64>(HEADER_BYTES + startBytes(rows)) + ((<u64>capacity) << 3) + <u64>align((<usize>capacity) << 1);
}

/** Makes the memory at `m` an empty matrix. */
export function init(m: usize, rows: u32, capacity: u32): void {
  store<u32>(m, rows);
  store<u32>(m, capacity, 4);
  memory.fill(m + HEADER_BYTES, 0, startBytes(rows));
}

/** Number of rows. */
export function rows(m: usize): u32 {
  return load<u32>(m);
}

/** Address of the values (i64 each). */
export function values(m: usize): usize {
  return m + HEADER_BYTES + startBytes(rows(m));
}

/** Address of the uids (u16 each). */
export function uids(m: usize): usize {
  return values(m) + ((<usize>load<u32>(m, 4)) << 3);
}

/** First entry of row i. */
export function begin(m: usize, i: u32): u32 {
  return u32At(m + HEADER_BYTES, i);
}

/** One past the last entry of row i. */
export function end(m: usize, i: u32): u32 {
  return u32At(m + HEADER_BYTES, i + 1);
}

/** Closes row i of a matrix that is being written row by row: its entries end before `entry`. */
export function endRow(m: usize, i: u32, entry: u32): void {
  setU32(m + HEADER_BYTES, i + 1, entry);
}

/** Copies `from` into `to`, which must have room. */
export function copy(to: usize, from: usize): void {
  const n = rows(from);
  const count = end(from, n - 1);
  memory.copy(to + HEADER_BYTES, from + HEADER_BYTES, startBytes(n));
  memory.copy(values(to), values(from), (<usize>count) << 3);
  memory.copy(uids(to), uids(from), (<usize>count) << 1);
}

/** sums_j = Σ_i m_ij over columns j < n, saturating, in row order. */
export function columnSums(sums: usize, m: usize, n: u32): void {
  memory.fill(sums, 0, (<usize>n) << 3);
  const v = values(m);
  const u = uids(m);
  const count = end(m, n - 1);
  for (let e: u32 = 0; e < count; e++) {
    const j = u16At(u, e);
    if (j < n) set(sums, j, i32f32.add(at(sums, j), at(v, e)));
  }
}

/** tops_j = max(0, max_i m_ij) over columns j < n. */
export function columnMaxima(tops: usize, m: usize, n: u32): void {
  memory.fill(tops, 0, (<usize>n) << 3);
  const v = values(m);
  const u = uids(m);
  const count = end(m, n - 1);
  for (let e: u32 = 0; e < count; e++) {
    const j = u16At(u, e);
    if (j < n && at(tops, j) < at(v, e)) set(tops, j, at(v, e));
  }
}

/** out_e = m_e / divisors_j for each entry, untouched where the divisor is 0 or j ≥ n. `out` may be the values of `m`. */
export function divideColumns(out: usize, m: usize, divisors: usize, n: u32): void {
  const v = values(m);
  const u = uids(m);
  const count = end(m, n - 1);
  for (let e: u32 = 0; e < count; e++) {
    const j = u16At(u, e);
    const divisor = j < n ? at(divisors, j) : 0;
    set(out, e, divisor === 0 ? at(v, e) : i32f32.safeDiv(at(v, e), divisor));
  }
}

/** Appends (uid, bits) as entry `e` and returns the next entry number. */
export function push(v: usize, u: usize, e: u32, uid: u32, bits: i64): u32 {
  set(v, e, bits);
  setU16(u, e, uid);
  return e + 1;
}
