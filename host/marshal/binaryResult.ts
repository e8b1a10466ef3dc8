/** Results as binary records, and back: the fields in the order of their numbers, then the matrices where there are any. */
import * as abi from "../../assembly/contract.js";
import type { BitsRow, EpochResult, TracedEpochResult } from "../types.js";
import {
  type Columns,
  type RecordHeader,
  type RecordKind,
  readRecords,
  recordOf,
  refuseBinary,
  startsOf,
} from "./binary.js";
import { split } from "./read.js";
import { bitsRows, rows } from "./rows.js";
import { array, flags, i64Array, integer, present, record, refuse, u16Array, u64Array } from "./values.js";

const KIND: RecordKind = { magic: abi.RESULT_MAGIC, name: "result" };

/** The fields of a record in its order, by type. */
const FLAGS = ["active", "validatorPermit"] as const;
const HALVES = ["consensus", "incentive", "dividends", "validatorTrust", "stakeWeight"] as const;
const AMOUNTS = ["serverEmission", "validatorEmission", "emission", "stake"] as const;
const BITS = [
  "consensusBits",
  "incentiveBits",
  "dividendsBits",
  "validatorTrustBits",
  "stakeBits",
  "activeStakeBits",
] as const;
const MATRICES = ["weightsBits", "weightsForBondsBits", "emaBondsBits"] as const;

/**
 * A result as one binary record, with its matrices if it has them; the bytes the kernel's `epochResult` gives. Amounts and bits
 * may be decimal strings, as in JSON. Throws MISSING_FIELD, BAD_VALUE, BAD_LENGTH, DUPLICATE_UID or TOO_LARGE.
 */
export function encodeResult(result: EpochResult | TracedEpochResult): Uint8Array {
  const fields = record("A result", result);
  const n = integer("The number of uids", array("active", present("active", fields.active)).length, 1, abi.MAX_UIDS);
  const take = <T>(read: (where: string, value: unknown, n: number) => T, name: keyof TracedEpochResult): T =>
    read(name, present(name, fields[name]), n);
  const bonds = take(rows, "bonds");
  const arrays: ArrayBufferView[] = [
    ...FLAGS.map((name) => take(flags, name)),
    ...HALVES.map((name) => take(u16Array, name)),
    ...AMOUNTS.map((name) => take(u64Array, name)),
    ...BITS.map((name) => take(i64Array, name)),
    bonds.start,
    bonds.uids,
    bonds.values,
  ];
  const traced = MATRICES.some((name) => name in fields);
  for (const name of traced ? MATRICES : []) {
    const { start, uids, values } = take(bitsRows, name);
    arrays.push(Uint32Array.of(n, uids.length), start, values, uids);
  }
  return recordOf(KIND, traced ? abi.RECORD_MATRICES : 0, [n, bonds.uids.length, 0], arrays);
}

/**
 * The results of a stream of records, in order; none for no bytes. Throws BAD_BINARY, or BAD_VALUE for a flag or row start
 * out of range and for what is neither a Uint8Array nor an ArrayBuffer.
 */
export function decodeResults(stream: Uint8Array | ArrayBuffer): Generator<EpochResult | TracedEpochResult> {
  return readRecords(stream, KIND, resultOf);
}

function resultOf(header: RecordHeader, columns: Columns): EpochResult | TracedEpochResult {
  const [n, bondCount, reserved] = header.counts;
  if (n < 1 || n > abi.MAX_UIDS || reserved !== 0) {
    const text = `A result has 1 to ${abi.MAX_UIDS} uids and a reserved 0, not ${n} and ${reserved}.`;
    refuseBinary("length", text, { uids: n, reserved });
  }
  const flagColumn = (where: string) =>
    Array.from(columns.next(Uint8Array, n), (flag, i) =>
      flag > 1 ? refuse(`${where}[${i}]`, "0 or 1", flag) : flag === 1,
    );
  const traced = (header.flags & abi.RECORD_MATRICES) !== 0;
  const result = {
    ...each(FLAGS, flagColumn),
    ...each(HALVES, () => Array.from(columns.next(Uint16Array, n))),
    ...each(AMOUNTS, () => Array.from(columns.next(BigUint64Array, n))),
    ...each(BITS, () => Array.from(columns.next(BigInt64Array, n))),
    bonds: bondsOf(columns, n, bondCount),
    ...(traced ? each(MATRICES, (where) => matrixOf(where, columns, n)) : {}),
  };
  columns.end();
  return result;
}

function each<Name extends string, T>(names: readonly Name[], read: (name: Name) => T): Record<Name, T> {
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, T>;
}

function bondsOf(columns: Columns, n: number, count: number): [number, number][][] {
  const start = startsOf("bonds", columns, n, count);
  const uids = columns.next(Uint16Array, count);
  const values = columns.next(Uint16Array, count);
  return split<[number, number]>(start, (e) => [uids[e] ?? 0, values[e] ?? 0]);
}

function matrixOf(where: string, columns: Columns, n: number): BitsRow[] {
  const [rows = 0, count = 0] = columns.next(Uint32Array, 2);
  if (rows !== n) refuseBinary("length", `${where} has ${rows} rows where there are ${n} uids.`, { rows, uids: n });
  const start = startsOf(where, columns, n, count);
  const values = columns.next(BigInt64Array, count);
  const uids = columns.next(Uint16Array, count);
  return split<[number, bigint]>(start, (e) => [uids[e] ?? 0, values[e] ?? 0n]);
}
