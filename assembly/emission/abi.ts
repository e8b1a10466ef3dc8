/**
 * The ABI of emission:  emissionBegin → fill the block's scalars and the subnets' fields → emissionRun → read the fields.
 * A table stands until memory below it is given back, as `epochBegin` and `mechanismsBegin` do; an epoch under way is not touched.
 */
import * as arena from "../arena";
import { ERROR_FIELD, ERROR_STATE } from "../contract";
import { check } from "../trap";
import { runCoinbase } from "./coinbase";
import { BLOCK_FLOW_EXPONENT, ERROR_SUBNETS, MAX_SUBNETS, PHASES_ALL, SUBNET_FIELDS } from "./contract";
import { powNormalise } from "./powNormalise";
import * as table from "./table";

export { blockEmission } from "./issuance";

/** Where the table's memory lies and ends, 0 = nowhere; and how often memory had been given back when it was drawn. */
let base: usize = 0;
let end: usize = 0;
let lease: u32 = 0;

/** Draws an empty table of n subnets, dropping the one before, and returns the address of its BLOCK_SCALARS slots of 16 bytes. */
export function emissionBegin(n: u32): usize {
  check(n <= <u32>MAX_SUBNETS, ERROR_SUBNETS, n);
  const bytes = table.bytes(n);
  if (!stands() || base + <usize>bytes > end) {
    if (stands() && arena.mark() === end) arena.release(base);
    base = 0;
    base = arena.alloc(bytes);
    end = arena.mark();
    lease = arena.era;
  }
  table.draw(base, n);
  return base;
}

/** Address of field `id` (SUBNET_*): 16 or 8 bytes a subnet. */
export function emissionField(id: i32): usize {
  check(stands(), ERROR_STATE, <u64>id);
  check(id >= 0 && id < SUBNET_FIELDS, ERROR_FIELD, <u64>id);
  return table.field(id);
}

/** Runs the wanted phases (PHASE_* bits), in their order. What a phase reads may be filled by the one before or by the host. */
export function emissionRun(phases: u32): void {
  check(stands(), ERROR_STATE, phases);
  check((phases & ~(<u32>PHASES_ALL)) === 0, ERROR_FIELD, phases);
  runCoinbase(phases);
}

/** SUBNET_SHARE ← SUBNET_SHARE^p over the sum of all, p = BLOCK_FLOW_EXPONENT: the last step of shares by flow, by itself. */
export function emissionPowNormalise(): void {
  check(stands(), ERROR_STATE, 0);
  powNormalise(table.scalar(BLOCK_FLOW_EXPONENT));
}

/** Whether nobody has given the table's memory back. */
function stands(): bool {
  return base !== 0 && lease === arena.era;
}
