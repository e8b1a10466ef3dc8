/**
 * The binary snapshot, from bytes nobody vouches for: a header whose length must follow from its counts, and an input
 * block in which everything is refused that a well-formed snapshot cannot hold.
 */
import * as input from "../consensus/input";
import * as abi from "../contract";
import { u8At, u16At, u32At, u64At } from "../linear/array";
import { check } from "../trap";

const MAX_U16: u64 = 65535;
const MIN_I16: i64 = -32768;
const MAX_I16: i64 = 32767;

/** One bit a uid that can be stored. */
const SEEN = memory.data(8192);

/** Refuses a header at `address` that is not one of a snapshot, or whose length does not follow from its counts. */
export function checkHeader(address: usize): void {
  check(u32At(address, 0) === abi.SNAPSHOT_MAGIC, abi.ERROR_MAGIC, u32At(address, 0));
  check(u32At(address, 1) === abi.RECORD_VERSION, abi.ERROR_VERSION, u32At(address, 1));
  check((flags(address) & ~abi.RECORD_MATRICES) === 0, abi.ERROR_VERSION, flags(address));
  check(uids(address) > 0 && uids(address) <= <u32>abi.MAX_UIDS, abi.ERROR_UIDS, uids(address));
  check(weights(address) <= <u32>abi.MAX_ENTRIES, abi.ERROR_ENTRIES, weights(address));
  check(bonds(address) <= <u32>abi.MAX_ENTRIES, abi.ERROR_ENTRIES, bonds(address));
  const size = abi.RECORD_HEADER_BYTES + input.bytes(uids(address), weights(address), bonds(address));
  check(u64At(address, 1) === size, abi.ERROR_LENGTH, u64At(address, 1));
}

/** RECORD_* bits of a header. */
export function flags(address: usize): u32 {
  return u32At(address, 4);
}

/** Number of uids, of a header. */
export function uids(address: usize): u32 {
  return u32At(address, 5);
}

/** Number of stored weights, of a header. */
export function weights(address: usize): u32 {
  return u32At(address, 6);
}

/** Number of stored bonds, of a header. */
export function bonds(address: usize): u32 {
  return u32At(address, 7);
}

/**
 * Refuses an input block no snapshot has. Beyond what every run checks: reserved scalars that are not 0, a tempo above u16,
 * a steepness outside i16, permits that are neither 0 nor 1, a uid twice in a row.
 */
export function checkInput(): void {
  input.validate();
  check(input.scalar(abi.SCALAR_TEMPO) <= MAX_U16, abi.ERROR_FIELD, abi.SCALAR_TEMPO);
  const steepness = <i64>input.scalar(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS);
  check(steepness >= MIN_I16 && steepness <= MAX_I16, abi.ERROR_FIELD, abi.SCALAR_ALPHA_SIGMOID_STEEPNESS);
  for (let k = abi.SCALAR_BONDS_MASK + 1; k < abi.SCALARS; k++) check(input.scalar(k) === 0, abi.ERROR_FIELD, k);
  for (let i: u32 = 0; i < input.n; i++) check(u8At(input.validatorPermit, i) <= 1, abi.ERROR_PERMIT, i);
  checkDistinct(input.weightRows, input.weightUids);
  checkDistinct(input.bondRows, input.bondUids);
}

function checkDistinct(starts: usize, from: usize): void {
  memory.fill(SEEN, 0, 8192);
  for (let i: u32 = 0; i < input.n; i++) {
    const begin = u32At(starts, i);
    const end = u32At(starts, i + 1);
    for (let e = begin; e < end; e++) check(mark(u16At(from, e)), abi.ERROR_DUPLICATE, i);
    for (let e = begin; e < end; e++) store<u8>(SEEN + (u16At(from, e) >> 3), 0);
  }
}

/** Marks a uid as seen; false if it was already. */
function mark(uid: u32): bool {
  const bit: u32 = 1 << (uid & 7);
  const byte: u32 = load<u8>(SEEN + (uid >> 3));
  store<u8>(SEEN + (uid >> 3), <u8>(byte | bit));
  return (byte & bit) === 0;
}
