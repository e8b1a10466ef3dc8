/**
 * The table of subnets a block's emission is computed on: scalars of the block, then one array a field (contract.ts). It holds
 * the subnets that may earn, ascending by netuid; who may is the host's to say.
 *
 *   BLOCK_SCALARS × 16 bytes | SUBNET_WIDE_FIELDS × n × 16 bytes | the other fields × n × 8 bytes
 */
import { BLOCK_SCALARS, SUBNET_FIELDS, SUBNET_FLAGS, SUBNET_WIDE_FIELDS } from "./contract";

const SCALAR_BYTES: usize = <usize>BLOCK_SCALARS * 16;

/** Subnets in the table. */
export let count: u32 = 0;
let base: usize = 0;
let narrow: usize = 0;

/** Bytes of a table of n subnets. */
export function bytes(n: u32): u64 {
  return <u64>SCALAR_BYTES + <u64>n * (SUBNET_WIDE_FIELDS * 16 + (SUBNET_FIELDS - SUBNET_WIDE_FIELDS) * 8);
}

/** Lays an empty table of n subnets out at `address`. */
export function draw(address: usize, n: u32): void {
  memory.fill(address, 0, <usize>bytes(n));
  base = address;
  count = n;
  narrow = base + SCALAR_BYTES + <usize>SUBNET_WIDE_FIELDS * ((<usize>n) << 4);
}

/** Address of scalar `id` (BLOCK_*). */
export function scalar(id: i32): usize {
  return base + ((<usize>id) << 4);
}

/** The scalar read as a whole number. */
export function whole(id: i32): u64 {
  return load<u64>(scalar(id));
}

/** Address of the array of field `id` (SUBNET_*). */
export function field(id: i32): usize {
  if (id < SUBNET_WIDE_FIELDS) return base + SCALAR_BYTES + <usize>id * ((<usize>count) << 4);
  return narrow + <usize>(id - SUBNET_WIDE_FIELDS) * ((<usize>count) << 3);
}

/** Address of subnet i's number of 16 bytes in field `id`. */
export function wide(id: i32, i: u32): usize {
  return field(id) + ((<usize>i) << 4);
}

/** Subnet i's u64 in field `id`. */
export function amount(id: i32, i: u32): u64 {
  return load<u64>(field(id) + ((<usize>i) << 3));
}

/** Writes it. */
export function setAmount(id: i32, i: u32, value: u64): void {
  store<u64>(field(id) + ((<usize>i) << 3), value);
}

/** Adds to it, saturating. */
export function addAmount(id: i32, i: u32, value: u64): void {
  const sum = amount(id, i) + value;
  setAmount(id, i, sum < value ? u64.MAX_VALUE : sum);
}

/** Whether subnet i has the flag (SUBNET_FLAG_*). */
export function has(flag: i32, i: u32): bool {
  return (amount(SUBNET_FLAGS, i) & <u64>flag) !== 0;
}
