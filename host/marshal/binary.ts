/**
 * The binary format (assembly/binary/README.md): records of a header and arrays, each array padded to a multiple of 8 bytes,
 * one record after another in a stream. Here are the records; binarySnapshot.ts and binaryResult.ts know what is in them.
 */
import * as abi from "../../assembly/contract.js";
import { kindOf, located, YumaError } from "../errors.js";
import { refuse } from "./values.js";

/** Why bytes are not a record. */
export type BinaryFault = "magic" | "version" | "length" | "truncated" | "trailing" | "empty";

/** A record's header. Its counts mean what its kind says. */
export interface RecordHeader {
  readonly bytes: number;
  readonly flags: number;
  readonly counts: readonly [number, number, number];
}

/** The kind of a record, for its magic and for sentences. */
export interface RecordKind {
  readonly magic: number;
  readonly name: string;
}

const COUNTS_AT = 20;

/** Throws BAD_BINARY with the reason and where in the stream. */
export function refuseBinary(reason: BinaryFault, text: string, details: Record<string, unknown>): never {
  throw new YumaError("BAD_BINARY", text, { reason, ...details });
}

/** The bytes of a stream: a Uint8Array, or an ArrayBuffer such as `fetch` gives. Throws BAD_VALUE for anything else. */
function bytesOf(stream: unknown): Uint8Array {
  const kind = kindOf(stream);
  if (kind === "Uint8Array" && ArrayBuffer.isView(stream)) return stream as Uint8Array;
  if (kind === "ArrayBuffer" && stream instanceof ArrayBuffer) return new Uint8Array(stream);
  const text = `A stream must be a Uint8Array or an ArrayBuffer, not of kind ${kind}.`;
  throw new YumaError("BAD_VALUE", text, { field: "stream", kind });
}

/** `bytes` rounded up to a multiple of 8. */
function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** Which record of a stream: the how-manieth, from 1, and where it begins, in bytes. */
interface Place {
  readonly record: number;
  readonly offset: number;
}

/**
 * What `use` makes of each record of a stream, in order. Each record is copied to memory of its own, so that it is aligned.
 * Throws BAD_BINARY, BAD_VALUE for what is no stream, and what `use` throws; sentence and details (`record`, `offset`) say
 * which record it is about.
 */
export function* readRecords<T>(
  given: Uint8Array | ArrayBuffer,
  kind: RecordKind,
  use: (header: RecordHeader, columns: Columns) => T,
): Generator<T> {
  const stream = bytesOf(given);
  for (let record = 1, offset = 0; offset < stream.length; record++) {
    const place = { record, offset };
    const header = readHeader(stream.subarray(offset), kind, place);
    offset += header.bytes;
    // A copy by construction: `slice` of Node's Buffer would be a view.
    const columns = columnsOf(new Uint8Array(stream.subarray(place.offset, offset)));
    yield inPlace(kind, place, () => use(header, columns));
  }
}

function inPlace<T>(kind: RecordKind, place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw located(error, titleOf(kind, place), { ...place });
  }
}

/** A record for sentences: "Snapshot 2 at byte 424". */
function titleOf({ name }: RecordKind, { record, offset }: Place): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${record} at byte ${offset}`;
}

/** Throws BAD_BINARY unless the bytes begin with a header and hold all of its record. */
function readHeader(bytes: Uint8Array, kind: RecordKind, place: Place): RecordHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const title = titleOf(kind, place);
  if (bytes.length >= 4 && view.getUint32(0, true) !== kind.magic) {
    // Behind a whole record these are bytes too many; at the start it is a file of another kind.
    const [reason, text] =
      place.offset === 0
        ? (["magic", `This is no binary ${kind.name}.`] as const)
        : (["trailing", `After byte ${place.offset} there is something, but no binary ${kind.name}.`] as const);
    refuseBinary(reason, text, { ...place, magic: view.getUint32(0, true) });
  }
  const there = bytes.length;
  if (there < abi.RECORD_HEADER_BYTES) {
    const text = `${title} ends within its header, after ${there} bytes.`;
    refuseBinary("truncated", text, { ...place, bytes: abi.RECORD_HEADER_BYTES, there });
  }
  const version = view.getUint32(4, true);
  const flags = view.getUint32(16, true);
  if (version !== abi.RECORD_VERSION || (flags & ~abi.RECORD_MATRICES) !== 0) {
    const text = `${title} has version ${version} and flags ${flags}; known are version ${abi.RECORD_VERSION} and flags 0 and ${abi.RECORD_MATRICES}.`;
    refuseBinary("version", text, { ...place, version, flags });
  }
  const length = view.getBigUint64(8, true);
  if (length < BigInt(abi.RECORD_HEADER_BYTES) || length % 8n !== 0n || length > BigInt(Number.MAX_SAFE_INTEGER)) {
    refuseBinary("length", `${title} cannot have ${length} bytes.`, { ...place, bytes: length.toString() });
  }
  if (length > there) {
    const text = `${title} has ${length} bytes, but only ${there} are there.`;
    refuseBinary("truncated", text, { ...place, bytes: Number(length), there });
  }
  const count = (k: number) => view.getUint32(COUNTS_AT + 4 * k, true);
  return { bytes: Number(length), flags, counts: [count(0), count(1), count(2)] };
}

function writeHeader(bytes: Uint8Array, kind: RecordKind, flags: number, counts: RecordHeader["counts"]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(0, kind.magic, true);
  view.setUint32(4, abi.RECORD_VERSION, true);
  view.setBigUint64(8, BigInt(bytes.length), true);
  view.setUint32(16, flags, true);
  for (const [k, count] of counts.entries()) view.setUint32(COUNTS_AT + 4 * k, count, true);
}

type Column = BigUint64Array | BigInt64Array | Uint32Array | Uint16Array | Uint8Array;
type ColumnType<T> = {
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
};

/** The arrays of a record, in order. */
export interface Columns {
  /** A view of the next array. Throws BAD_BINARY where the record is too short for it. */
  next<T extends Column>(type: ColumnType<T>, length: number): T;
  /** Throws BAD_BINARY unless the arrays taken so far are all there is. */
  end(): void;
}

/** Goes through a record that begins at the start of its buffer. Every host this runs on is little-endian. */
function columnsOf(record: Uint8Array): Columns {
  let at = abi.RECORD_HEADER_BYTES;
  const tooShort = (needed: number) =>
    refuseBinary("length", `A record has ${record.length} bytes, but its counts make ${needed} or more.`, {
      bytes: record.length,
      needed,
    });
  return {
    next(type, length) {
      const end = at + padded(type.BYTES_PER_ELEMENT * length);
      if (end > record.length) tooShort(end);
      const view = new type(record.buffer, record.byteOffset + at, length);
      at = end;
      return view;
    },
    end() {
      if (at !== record.length) tooShort(at);
    },
  };
}

/** The next array as n + 1 row starts. Throws BAD_VALUE unless they ascend from 0 to `count`. */
export function startsOf(where: string, columns: Columns, n: number, count: number): Uint32Array {
  const start = columns.next(Uint32Array, n + 1);
  const descends = start.findIndex((entry, i) => i > 0 && entry < (start[i - 1] ?? 0));
  if (start[0] === 0 && descends < 0 && start[n] === count) return start;
  return refuse(`${where}: row starts`, `ascending from 0 to ${count}`, Array.from(start.subarray(0, 8)));
}

/** A record of the given arrays, padded. */
export function recordOf(
  kind: RecordKind,
  flags: number,
  counts: RecordHeader["counts"],
  arrays: readonly ArrayBufferView[],
): Uint8Array {
  const sizes = arrays.map((array) => padded(array.byteLength));
  const bytes = new Uint8Array(abi.RECORD_HEADER_BYTES + sizes.reduce((sum, size) => sum + size, 0));
  let at = abi.RECORD_HEADER_BYTES;
  for (const [k, array] of arrays.entries()) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += sizes[k] ?? 0;
  }
  writeHeader(bytes, kind, flags, counts);
  return bytes;
}
