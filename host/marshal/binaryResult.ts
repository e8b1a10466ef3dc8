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
import { refuse } from "./values.js";

const KIND: RecordKind = { magic: abi.RESULT_MAGIC, name: "result" };

/** A result as one binary record, with its matrices if it has them; the bytes the kernel's `epochResult` gives. */
export function encodeResult(result: EpochResult | TracedEpochResult): Uint8Array {
  const bonds = flatten(result.bonds);
  const arrays: ArrayBufferView[] = [
    Uint8Array.from(result.active, Number),
    Uint8Array.from(result.validatorPermit, Number),
    Uint16Array.from(result.consensus),
    Uint16Array.from(result.incentive),
    Uint16Array.from(result.dividends),
    Uint16Array.from(result.validatorTrust),
    Uint16Array.from(result.stakeWeight),
    BigUint64Array.from(result.serverEmission),
    BigUint64Array.from(result.validatorEmission),
    BigUint64Array.from(result.emission),
    BigUint64Array.from(result.stake),
    BigInt64Array.from(result.consensusBits),
    BigInt64Array.from(result.incentiveBits),
    BigInt64Array.from(result.dividendsBits),
    BigInt64Array.from(result.validatorTrustBits),
    BigInt64Array.from(result.stakeBits),
    BigInt64Array.from(result.activeStakeBits),
    bonds.start,
    bonds.uids,
    Uint16Array.from(bonds.values),
  ];
  const traced = "weightsBits" in result;
  if (traced) {
    for (const rows of [result.weightsBits, result.weightsForBondsBits, result.emaBondsBits]) {
      const { start, uids, values } = flatten(rows);
      arrays.push(Uint32Array.of(rows.length, uids.length), start, BigInt64Array.from(values), uids);
    }
  }
  const counts = [result.active.length, bonds.uids.length, 0] as const;
  return recordOf(KIND, traced ? abi.RECORD_MATRICES : 0, counts, arrays);
}

function flatten<T>(rows: readonly (readonly [uid: number, value: T][])[]) {
  const start = new Uint32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) start[i + 1] = (start[i] ?? 0) + row.length;
  const entries = rows.flat();
  return { start, uids: Uint16Array.from(entries, ([uid]) => uid), values: entries.map(([, value]) => value) };
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
  const flags = (where: string) =>
    Array.from(columns.next(Uint8Array, n), (flag, i) =>
      flag > 1 ? refuse(`${where}[${i}]`, "0 or 1", flag) : flag === 1,
    );
  const halves = () => Array.from(columns.next(Uint16Array, n));
  const amounts = () => Array.from(columns.next(BigUint64Array, n));
  const bits = () => Array.from(columns.next(BigInt64Array, n));
  const result: EpochResult = {
    active: flags("active"),
    validatorPermit: flags("validatorPermit"),
    consensus: halves(),
    incentive: halves(),
    dividends: halves(),
    validatorTrust: halves(),
    stakeWeight: halves(),
    serverEmission: amounts(),
    validatorEmission: amounts(),
    emission: amounts(),
    stake: amounts(),
    consensusBits: bits(),
    incentiveBits: bits(),
    dividendsBits: bits(),
    validatorTrustBits: bits(),
    stakeBits: bits(),
    activeStakeBits: bits(),
    bonds: bondsOf(columns, n, bondCount),
  };
  const matrices =
    (header.flags & abi.RECORD_MATRICES) === 0
      ? {}
      : {
          weightsBits: matrixOf("weightsBits", columns, n),
          weightsForBondsBits: matrixOf("weightsForBondsBits", columns, n),
          emaBondsBits: matrixOf("emaBondsBits", columns, n),
        };
  columns.end();
  return { ...result, ...matrices };
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
