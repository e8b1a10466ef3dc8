/** A sparse matrix of I32F32 out of the kernel's memory. */
import type { BitsRow } from "../types.js";

/** Compressed rows in their stored order: row i is entries start[i] .. start[i + 1]. Entries become pairs only when asked for. */
export class SparseMatrix {
  static readonly EMPTY = new SparseMatrix(new Uint32Array(1), new Uint16Array(0), new BigInt64Array(0));

  constructor(
    /** n + 1 entries. */
    private readonly start: Uint32Array,
    private readonly uids: Uint16Array,
    private readonly bits: BigInt64Array,
  ) {}

  /** Row i as [uid, bits] pairs; none where there is no such row. */
  row(i: number): BitsRow {
    const out: BitsRow = [];
    for (let e = this.start[i] ?? 0; e < (this.start[i + 1] ?? 0); e++)
      out.push([this.uids[e] ?? 0, this.bits[e] ?? 0n]);
    return out;
  }

  /** All rows as pairs. */
  rows(): BitsRow[] {
    return Array.from({ length: this.start.length - 1 }, (_, i) => this.row(i));
  }

  /** Number of entries of row i. */
  count(i: number): number {
    return (this.start[i + 1] ?? 0) - (this.start[i] ?? 0);
  }

  /** Visits every entry in stored order; makes no pairs. */
  visit(entry: (row: number, uid: number, bits: bigint) => void): void {
    for (let i = 0; i + 1 < this.start.length; i++) {
      for (let e = this.start[i] ?? 0; e < (this.start[i + 1] ?? 0); e++)
        entry(i, this.uids[e] ?? 0, this.bits[e] ?? 0n);
    }
  }

  /** The entry of row i on `uid`, if it has one. */
  at(i: number, uid: number): bigint | undefined {
    const first = this.start[i] ?? 0;
    const found = this.uids.subarray(first, this.start[i + 1] ?? 0).indexOf(uid);
    return found < 0 ? undefined : this.bits[first + found];
  }
}
