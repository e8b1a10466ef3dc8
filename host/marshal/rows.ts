/** Stored rows of [uid, u16] pairs, as one compressed block: row i is entries start[i] .. start[i + 1]. */
import { MAX_ENTRIES } from "../../assembly/contract.js";
import { shown, YumaError } from "../errors.js";
import { PackedRow } from "./packedRow.js";
import { array, i64, refuse, u16 } from "./values.js";

/** Compressed rows, in stored order. */
export interface Rows {
  /** n + 1 entries. */
  readonly start: Uint32Array;
  readonly uids: Uint16Array;
  readonly values: Uint16Array;
}

/** Reads n rows of pairs, packed or not. Uids may exceed n (the chain keeps such entries) but not repeat within a row. */
export function rows(where: string, value: unknown, n: number): Rows {
  const from = array(where, value, n);
  const start = startsOf(where, from);
  const count = start[n] ?? 0;
  const uids = new Uint16Array(count);
  const values = new Uint16Array(count);
  // lastRow[u] = the last row (plus one) that named uid u.
  const lastRow = new Uint16Array(65536);
  let e = 0;
  for (let i = 0; i < n; i++) {
    const put = (uid: number, value: number) => {
      if (lastRow[uid] === i + 1) duplicate(where, i, uid);
      lastRow[uid] = i + 1;
      uids[e] = uid;
      values[e++] = value;
    };
    const row = from[i] as PackedRow | readonly unknown[];
    if (row instanceof PackedRow) {
      for (let k = 0; k < row.words.length; k += 2) put(row.words[k]!, row.words[k + 1]!);
    } else {
      for (const pair of row) put(...readPair(where, i, e - (start[i] ?? 0), pair));
    }
  }
  return { start, uids, values };
}

/** Where each row begins, and where the last one ends. Throws TOO_LARGE. */
function startsOf(where: string, from: readonly unknown[]): Uint32Array {
  const start = new Uint32Array(from.length + 1);
  let count = 0;
  for (let i = 0; i < from.length; i++) {
    const row = from[i];
    count += row instanceof PackedRow ? row.length : array(`${where}[${i}]`, row).length;
    start[i + 1] = count;
  }
  if (count > MAX_ENTRIES) {
    throw new YumaError("TOO_LARGE", `${where} has ${count} entries; the kernel takes at most ${MAX_ENTRIES}.`, {
      field: where,
      entries: count,
    });
  }
  return start;
}

/** Compressed rows of I32F32 bits, in stored order. */
export interface CompressedBits {
  readonly start: Uint32Array;
  readonly uids: Uint16Array;
  readonly values: BigInt64Array;
}

/** Reads n rows of [uid, bits]: a matrix of a traced result. */
export function bitsRows(where: string, value: unknown, n: number): CompressedBits {
  const from = array(where, value, n);
  const start = startsOf(where, from);
  const uids = new Uint16Array(start[n] ?? 0);
  const values = new BigInt64Array(uids.length);
  for (let i = 0, e = 0; i < n; i++) {
    for (const pair of from[i] as Iterable<unknown>) {
      const at = (inside = "") => `${where}[${i}][${e - (start[i] ?? 0)}]${inside}`;
      if (!Array.isArray(pair) || pair.length !== 2) refuse(at(), "a pair [uid, bits]", pair);
      const [uid, bits] = pair as [unknown, unknown];
      uids[e] = isU16(uid) ? uid : u16(at("[0]"), uid);
      values[e] = isI64(bits) ? bits : i64(at("[1]"), bits);
      e++;
    }
  }
  return { start, uids, values };
}

function readPair(where: string, row: number, entry: number, pair: unknown): readonly [number, number] {
  if (!Array.isArray(pair) || pair.length !== 2) refuse(`${where}[${row}][${entry}]`, "a pair [uid, value]", pair);
  const [uid, value] = pair as [unknown, unknown];
  // The common case costs two comparisons; the sentence is only made for the rest.
  if (isU16(uid) && isU16(value)) return [uid, value];
  return [u16(`${where}[${row}][${entry}][0]`, uid), u16(`${where}[${row}][${entry}][1]`, value)];
}

function isU16(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 65535 && Number.isInteger(value);
}

function isI64(value: unknown): value is bigint {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

function duplicate(where: string, row: number, uid: number): never {
  throw new YumaError("DUPLICATE_UID", `${where}[${row}] names uid ${shown(uid)} twice.`, { field: where, row, uid });
}
