/** A row of weights or bonds in four bytes an entry, where a pair takes seventy: rows are most of what a network holds. */

import type { Rows } from "./rows.js";

type Pair = readonly [uid: number, value: number];

/** Pairs of uid and value over 65535, in stored order. Never changed in place. */
export class PackedRow implements Iterable<Pair> {
  /** @param words  uid and value by turns */
  constructor(readonly words: Uint16Array) {}

  /** The row of some pairs. */
  static of(pairs: Iterable<Pair>): PackedRow {
    return new PackedRow(Uint16Array.from([...pairs].flat()));
  }

  /** How many pairs. */
  get length(): number {
    return this.words.length / 2;
  }

  *[Symbol.iterator](): Generator<Pair> {
    for (let k = 0; k < this.words.length; k += 2) yield [this.words[k]!, this.words[k + 1]!];
  }

  /** The row with 0 for a uid; itself where that changes nothing. */
  zeroed(uid: number): PackedRow {
    const isMeant = (k: number) => k % 2 === 1 && this.words[k - 1] === uid;
    if (!this.words.some((word, k) => word !== 0 && isMeant(k))) return this;
    return new PackedRow(this.words.map((word, k) => (isMeant(k) ? 0 : word)));
  }

  /** Whether another row has the same pairs in the same order. */
  equals({ words }: PackedRow): boolean {
    return words.length === this.words.length && words.every((word, k) => word === this.words[k]);
  }

  /** The pairs, for JSON. */
  toJSON(): Pair[] {
    return [...this];
  }
}

/** Compressed rows, each packed. */
export function packRows({ start, uids, values }: Rows): PackedRow[] {
  return Array.from({ length: start.length - 1 }, (_, i) => {
    const first = start[i]!;
    const words = new Uint16Array(2 * (start[i + 1]! - first));
    for (let k = 0; 2 * k < words.length; k++) {
      words[2 * k] = uids[first + k]!;
      words[2 * k + 1] = values[first + k]!;
    }
    return new PackedRow(words);
  });
}
