/**
 * Vectors and sparse matrices of I32F32, as plain arrays of BigInt. A row is a list of [uid, bits] in the order it was
 * stored; nothing here sorts, and an explicit zero is an entry like any other.
 */
import { i32f32 } from "./real.js";

export type Row = (readonly [uid: number, bits: bigint])[];
export type Matrix = Row[];

/** The same row with each value replaced. */
export function mapRow(row: Row, change: (bits: bigint, uid: number) => bigint): Row {
  return row.map(([uid, bits]) => [uid, change(bits, uid)] as const);
}

/** The entries of each row for which `keep(row uid, column uid)` holds. */
export function filterEntries(matrix: Matrix, keep: (i: number, j: number) => boolean): Matrix {
  return matrix.map((row, i) => row.filter(([j]) => keep(i, j)));
}

/** Divided by its wrapping sum; unchanged where the sum is zero. */
export function normalize(vector: readonly bigint[]): bigint[] {
  return normalizeBy(vector, i32f32.sum(vector));
}

export function normalizeBy(vector: readonly bigint[], total: bigint): bigint[] {
  return total === 0n ? [...vector] : vector.map((bits) => i32f32.safeDiv(bits, total));
}

export function rowSum(row: Row): bigint {
  return i32f32.sum(row.map(([, bits]) => bits));
}

/** Each row divided by its sum where that is positive. */
export function normalizeRows(matrix: Matrix): Matrix {
  return matrix.map((row) => {
    const total = rowSum(row);
    return total > 0n ? mapRow(row, (bits) => i32f32.safeDiv(bits, total)) : row;
  });
}

/** Each column below n divided by its saturating sum where that is not zero; columns ≥ n stay as they are. */
export function normalizeColumns(matrix: Matrix, n: number): Matrix {
  const totals = new Array<bigint>(n).fill(0n);
  for (const row of matrix) for (const [j, bits] of row) if (j < n) totals[j] = i32f32.add(totals[j]!, bits);
  return divideColumns(matrix, totals);
}

/** Each column below n divided by its largest entry where that is positive. */
export function upscaleColumns(matrix: Matrix, n: number): Matrix {
  const largest = new Array<bigint>(n).fill(0n);
  for (const row of matrix) for (const [j, bits] of row) if (j < n && bits > largest[j]!) largest[j] = bits;
  return divideColumns(matrix, largest);
}

function divideColumns(matrix: Matrix, divisors: readonly bigint[]): Matrix {
  return matrix.map((row) =>
    mapRow(row, (bits, j) => {
      const divisor = divisors[j] ?? 0n;
      return divisor === 0n ? bits : i32f32.safeDiv(bits, divisor);
    }),
  );
}

/** The row as n numbers, absent entries zero; of duplicates the last one counts. */
export function dense(row: Row, n: number): bigint[] {
  const cells = new Array<bigint>(n).fill(0n);
  for (const [j, bits] of row) if (j < n) cells[j] = bits;
  return cells;
}

/** The positive cells, ascending. */
export function sparsePositive(cells: readonly bigint[]): Row {
  return cells.map((bits, uid) => [uid, bits] as const).filter(([, bits]) => bits > 0n);
}
