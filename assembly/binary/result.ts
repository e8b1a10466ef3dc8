/**
 * The binary result: everything the epoch just run wrote, packed into one record (layout: README.md beside this file).
 * A header, the fields FIELD_ACTIVE .. FIELD_BOND_VALUES in the order of their numbers, and where asked for the three
 * matrices. Each array is padded with zeros to a multiple of 8 bytes.
 */
import { align } from "../arena";
import { fieldAddress } from "../consensus/fields";
import * as frame from "../consensus/frame";
import * as input from "../consensus/input";
import * as abi from "../contract";
import { setU32, setU64, u32At } from "../linear/array";
import * as sparse from "../linear/sparse";

let cursor: usize = 0;

/** Bytes of one element of a field that has one entry a uid. */
function width(id: i32): usize {
  return id < abi.FIELD_CONSENSUS ? 1 : id < abi.FIELD_SERVER_EMISSION ? 2 : 8;
}

function newBonds(): u32 {
  return u32At(frame.bondRows, input.n);
}

/** Bytes of one matrix: u32 rows, u32 entries, then as `linear/sparse.ts`, without spare room. */
function matrixBytes(m: usize): u64 {
  return <u64>align(<usize>sparse.bytes(input.n, sparse.end(m, input.n - 1)));
}

/** Bytes of the record, header included. */
export function bytes(flags: u32): u64 {
  let sum: u64 = abi.RECORD_HEADER_BYTES + <u64>align((<usize>input.n + 1) << 2);
  for (let id = abi.FIELD_ACTIVE; id <= abi.FIELD_ACTIVE_STAKE_BITS; id++) {
    sum += <u64>align(<usize>input.n * width(id));
  }
  sum += 2 * <u64>align((<usize>newBonds()) << 1);
  if ((flags & abi.RECORD_MATRICES) !== 0) {
    sum += matrixBytes(frame.weights) + matrixBytes(frame.bondWeights) + matrixBytes(frame.emaBonds);
  }
  return sum;
}

function put(from: usize, size: usize): void {
  memory.copy(cursor, from, size);
  cursor += align(size);
}

function putMatrix(m: usize): void {
  const entries = sparse.end(m, input.n - 1);
  sparse.init(cursor, input.n, entries);
  sparse.copy(cursor, m);
  cursor += <usize>matrixBytes(m);
}

/** Writes the record of `size` bytes, as `bytes(flags)` gives them, at `address`. */
export function write(address: usize, size: u64, flags: u32): void {
  memory.fill(address, 0, <usize>size);
  setU32(address, 0, abi.RESULT_MAGIC);
  setU32(address, 1, abi.RECORD_VERSION);
  setU64(address, 1, size);
  setU32(address, 4, flags);
  setU32(address, 5, input.n);
  setU32(address, 6, newBonds());
  cursor = address + abi.RECORD_HEADER_BYTES;
  for (let id = abi.FIELD_ACTIVE; id <= abi.FIELD_ACTIVE_STAKE_BITS; id++) {
    put(fieldAddress(id), <usize>input.n * width(id));
  }
  put(frame.bondRows, (<usize>input.n + 1) << 2);
  put(frame.bondUids, (<usize>newBonds()) << 1);
  put(frame.bondValues, (<usize>newBonds()) << 1);
  if ((flags & abi.RECORD_MATRICES) !== 0) {
    putMatrix(frame.weights);
    putMatrix(frame.bondWeights);
    putMatrix(frame.emaBonds);
  }
}
