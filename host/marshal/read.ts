/** Results out of the kernel's memory, into plain arrays. Views are made anew at each read, so growth cannot strand them. */
import * as abi from "../../assembly/contract.js";
import { guarded, type Kernel } from "../load/kernel.js";
import type { EpochResult, EpochTrace } from "../types.js";
import { listed } from "./listed.js";
import { type PackedRow, packRows } from "./packedRow.js";
import type { Rows } from "./rows.js";
import { SparseMatrix } from "./sparse.js";

/** Address of a result (FIELD_*). */
export function field(kernel: Kernel, id: number): number {
  return guarded(kernel, () => kernel.exports.epochField(id)) >>> 0;
}

/** n signed 64-bit integers: an I32F32 vector. */
export function bits(kernel: Kernel, id: number, n: number): bigint[] {
  return listed(new BigInt64Array(kernel.memory.buffer, field(kernel, id), n));
}

/** n amounts. */
export function amounts(kernel: Kernel, id: number, n: number): bigint[] {
  return listed(new BigUint64Array(kernel.memory.buffer, field(kernel, id), n));
}

/** n numbers of 16 bits. */
export function halves(kernel: Kernel, id: number, n: number): number[] {
  return listed(new Uint16Array(kernel.memory.buffer, field(kernel, id), n));
}

/** n flags. */
export function booleans(kernel: Kernel, id: number, n: number): boolean[] {
  return Array.from(new Uint8Array(kernel.memory.buffer, field(kernel, id), n), (flag) => flag !== 0);
}

/** n signed 128-bit integers: an I64F64 vector. */
export function wideBits(kernel: Kernel, id: number, n: number): bigint[] {
  const words = new BigUint64Array(kernel.memory.buffer, field(kernel, id), 2 * n);
  return Array.from({ length: n }, (_, i) =>
    BigInt.asIntN(128, ((words[2 * i + 1] ?? 0n) << 64n) | (words[2 * i] ?? 0n)),
  );
}

/** The new bond rows. */
export function bondRows(kernel: Kernel, n: number): [uid: number, value: number][][] {
  const { start, uids, values } = bondEntries(kernel, n);
  return split(start, (e) => [uids[e] ?? 0, values[e] ?? 0]);
}

/** The same, packed. */
export function packedBondRows(kernel: Kernel, n: number): PackedRow[] {
  return packRows(bondEntries(kernel, n));
}

/** The epoch just run as one binary record: what `encodeResult` makes of `readResult`, packed by the kernel itself. */
export function readRecord(kernel: Kernel, matrices: boolean): Uint8Array {
  const at = guarded(kernel, () => kernel.exports.epochResult(matrices ? abi.RECORD_MATRICES : 0)) >>> 0;
  const bytes = Number(new DataView(kernel.memory.buffer).getBigUint64(at + 8, true));
  return new Uint8Array(kernel.memory.buffer, at, bytes).slice();
}

function bondEntries(kernel: Kernel, n: number): Rows {
  const start = new Uint32Array(kernel.memory.buffer, field(kernel, abi.FIELD_BOND_ROWS), n + 1);
  const count = start[n] ?? 0;
  return {
    start,
    uids: new Uint16Array(kernel.memory.buffer, field(kernel, abi.FIELD_BOND_UIDS), count),
    values: new Uint16Array(kernel.memory.buffer, field(kernel, abi.FIELD_BOND_VALUES), count),
  };
}

/** A copy of a sparse matrix (layout: assembly/linear/sparse.ts). `values` overrides its own values, entry by entry. */
export function matrix(kernel: Kernel, id: number, values?: number): SparseMatrix {
  const at = field(kernel, id);
  const { buffer } = kernel.memory;
  const [n = 0, capacity = 0] = new Uint32Array(buffer, at, 2);
  const start = new Uint32Array(buffer, at + 8, n + 1).slice();
  const own = at + 8 + ((4 * (n + 1) + 7) & ~7);
  const count = start[n] ?? 0;
  const bitsAt = values === undefined ? own : field(kernel, values);
  const entries = new BigInt64Array(buffer, bitsAt, count).slice();
  const uids = new Uint16Array(buffer, own + 8 * capacity, count).slice();
  return new SparseMatrix(start, uids, entries);
}

/** Entries by rows: row i is entries start[i] .. start[i + 1]. */
export function split<T>(start: Uint32Array, entry: (e: number) => T): T[][] {
  const out: T[][] = [];
  for (let i = 0; i + 1 < start.length; i++) {
    const row: T[] = [];
    for (let e = start[i] ?? 0; e < (start[i + 1] ?? 0); e++) row.push(entry(e));
    out.push(row);
  }
  return out;
}

/** The result of the epoch just run. */
export function readResult(kernel: Kernel, n: number, name: string | undefined): EpochResult {
  return {
    ...(name === undefined ? {} : { name }),
    active: booleans(kernel, abi.FIELD_ACTIVE, n),
    consensus: halves(kernel, abi.FIELD_CONSENSUS, n),
    incentive: halves(kernel, abi.FIELD_INCENTIVE, n),
    dividends: halves(kernel, abi.FIELD_DIVIDENDS, n),
    validatorTrust: halves(kernel, abi.FIELD_VALIDATOR_TRUST, n),
    stakeWeight: halves(kernel, abi.FIELD_STAKE_WEIGHT, n),
    validatorPermit: booleans(kernel, abi.FIELD_VALIDATOR_PERMIT, n),
    serverEmission: amounts(kernel, abi.FIELD_SERVER_EMISSION, n),
    validatorEmission: amounts(kernel, abi.FIELD_VALIDATOR_EMISSION, n),
    emission: amounts(kernel, abi.FIELD_EMISSION, n),
    stake: amounts(kernel, abi.FIELD_STAKE, n),
    bonds: bondRows(kernel, n),
    consensusBits: bits(kernel, abi.FIELD_CONSENSUS_BITS, n),
    incentiveBits: bits(kernel, abi.FIELD_INCENTIVE_BITS, n),
    dividendsBits: bits(kernel, abi.FIELD_DIVIDENDS_BITS, n),
    validatorTrustBits: bits(kernel, abi.FIELD_VALIDATOR_TRUST_BITS, n),
    stakeBits: bits(kernel, abi.FIELD_STAKE_BITS, n),
    activeStakeBits: bits(kernel, abi.FIELD_ACTIVE_STAKE_BITS, n),
  };
}

/** The matrices of the epoch just run. */
export function readTrace(kernel: Kernel): EpochTrace {
  return {
    weightsBits: matrix(kernel, abi.FIELD_WEIGHTS).rows(),
    weightsForBondsBits: matrix(kernel, abi.FIELD_WEIGHTS_FOR_BONDS).rows(),
    emaBondsBits: matrix(kernel, abi.FIELD_EMA_BONDS).rows(),
  };
}
