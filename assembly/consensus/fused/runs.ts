/**
 * Copying entries of a sparse row that go to consecutive columns of a dense one, eight at once. What is refused here is copied one by one
 * (spread.ts), to the same end.
 */
import { setU16, u16At } from "../../linear/array";
import * as area from "./area";
import { columnOf } from "./columns";

/**
 * Copies `count` entries that go to consecutive columns, and zeros elsewhere; the common case. False, with the row in no particular
 * state, where they do not, or where some value is zero and none may be. Where there are no entries, it is zeros whatever comes behind.
 */
export function copyRun(row: usize, uids: usize, values: usize, count: u32, positive: bool): bool {
  const first = columnOf(u16At(uids, 0));
  if (first + count > area.columns) return false;
  const target = row + ((<usize>first) << 1);
  const end = (<usize>count & ~7) << 1;
  const columns = area.columnUid + ((<usize>first) << 1);
  let strays = i16x8.splat(0);
  let least = i16x8.splat(-1);
  let at: usize = 0;
  if (end !== 0) {
    do {
      const value = v128.load(values + at);
      strays = v128.or(strays, v128.xor(v128.load(uids + at), v128.load(columns + at)));
      least = i16x8.min_u(least, value);
      v128.store(target + at, value);
      at += 16;
    } while (at < end);
  }
  if (v128.any_true(strays) || (positive && !i16x8.all_true(least))) return false;
  for (let k = count & ~7; k < count; k++) {
    const value = u16At(values, k);
    if (u16At(uids, k) !== u16At(columns, k) || (positive && value === 0)) return false;
    setU16(target, k, value);
  }
  clear(row, 0, first);
  clear(row, first + count, area.width);
  return true;
}

/** Copies eight entries to the eight columns from j on. False, and nothing copied, where they go elsewhere, or where some value is zero and none may be. */
export function copyEight(row: usize, uids: usize, values: usize, j: u32, positive: bool): bool {
  if (j + 8 > area.columns) return false;
  const columns = v128.load(area.columnUid + ((<usize>j) << 1));
  if (!i16x8.all_true(i16x8.eq(v128.load(uids), columns))) return false;
  const eight = v128.load(values);
  if (positive && !i16x8.all_true(eight)) return false;
  v128.store(row + ((<usize>j) << 1), eight);
  return true;
}

/** Writes zeros to a row from column `from` to below `to`. */
export function clear(row: usize, from: u32, to: u32): void {
  if (to > from) memory.fill(row + ((<usize>from) << 1), 0, (<usize>(to - from)) << 1);
}
