/**
 * One dense row with a bit set of the columns touched, to merge sparse rows of any order and read them back ascending.
 * All of it is zero between uses.
 *
 *   i64 value[n]   u64 touched[ceil(n / 64)]
 */
import * as i32f32 from "../fixed/i32f32";
import { at, set, setU64, u64At } from "./array";

const WORD_SHIFT: u32 = 6;

/** Bytes for rows of n columns. */
export function bytes(n: u32): u64 {
  return ((<u64>n) << 3) + <u64>(words(n) << 3);
}

function words(n: u32): u32 {
  return (n + 63) >> WORD_SHIFT;
}

/** Clears everything. */
export function init(row: usize, n: u32): void {
  memory.fill(row, 0, <usize>bytes(n));
}

/** Adds to column j, saturating. A column that stays zero need not be marked: it is never read back. */
export function add(row: usize, n: u32, j: u32, bits: i64): void {
  const before = at(row, j);
  set(row, j, i32f32.add(before, bits));
  if (before !== 0) return;
  const touched = row + ((<usize>n) << 3);
  const word = j >> WORD_SHIFT;
  setU64(touched, word, u64At(touched, word) | ((<u64>1) << (<u64>j & 63)));
}

/** Appends the columns > 0 in ascending order as entries from `e` on, clears the row, returns the next entry number. */
export function drain(row: usize, n: u32, values: usize, uids: usize, e: u32): u32 {
  const touched = row + ((<usize>n) << 3);
  const count = words(n);
  for (let word: u32 = 0; word < count; word++) {
    let bits = u64At(touched, word);
    if (bits === 0) continue;
    setU64(touched, word, 0);
    while (bits !== 0) {
      const j = (word << WORD_SHIFT) + <u32>ctz(bits);
      bits &= bits - 1;
      const value = at(row, j);
      set(row, j, 0);
      if (value > 0) {
        set(values, e, value);
        store<u16>(uids + ((<usize>e) << 1), <u16>j);
        e++;
      }
    }
  }
  return e;
}
