/** Shares that sum to one: a field of U64F64 over its own sum. */
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import * as table from "./table";

/** U64F64. */
const sum = memory.data(16);

/** to ← from / Σ from, truncated; false, and nothing written, where the saturating sum is 0. The fields may be one. */
export function normalise(to: i32, from: i32): bool {
  int128.set(sum, 0, 0);
  for (let i: u32 = 0; i < table.count; i++) u64f64.add(sum, sum, table.wide(from, i));
  if (int128.isZero(sum)) return false;
  for (let i: u32 = 0; i < table.count; i++) u64f64.safeDiv(table.wide(to, i), table.wide(from, i), sum);
  return true;
}

/** to ← from. */
export function copy(to: i32, from: i32): void {
  memory.copy(table.field(to), table.field(from), (<usize>table.count) << 4);
}

/** to ← 0. */
export function clear(to: i32): void {
  memory.fill(table.field(to), 0, (<usize>table.count) << 4);
}
