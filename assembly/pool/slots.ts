/** Where an operation of the pool finds its operands and leaves its answers (contract.ts, POOL_*): static slots of a u128. */
import * as int128 from "../fixed/int128";
import { check } from "../trap";
import * as contract from "./contract";

const slots = memory.data(contract.POOL_SLOTS * contract.POOL_SLOT_BYTES, 16);

/** Address of slot `id`. */
export function at(id: i32): usize {
  return slots + <usize>(id * contract.POOL_SLOT_BYTES);
}

/** The u64 in slot `id`. Traps with ERROR_POOL_SLOT where it holds more. */
export function read(id: i32): u64 {
  check(load<u64>(at(id), 8) === 0, contract.ERROR_POOL_SLOT, id);
  return load<u64>(at(id));
}

/** Leaves a u64 in slot `id`. */
export function write(id: i32, value: u64): void {
  int128.set(at(id), value, 0);
}
