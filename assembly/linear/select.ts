/**
 * Selection in place on packed keys. A key is an I32F32 score in [0, 1] shifted up by KEY_UID_BITS with a uid below it,
 * so that one u64 comparison orders by score and breaks ties by uid.
 */
import { setU64, u64At } from "./array";

/** Bits of a key that hold the uid. */
const KEY_UID_BITS: u64 = 16;

/** The key of a score and the uid that has it. */
export function key(score: i64, uid: u32): u64 {
  return ((<u64>score) << KEY_UID_BITS) | uid;
}

function swap(keys: usize, a: u32, b: u32): void {
  const held = u64At(keys, a);
  setU64(keys, a, u64At(keys, b));
  setU64(keys, b, held);
}

/** The `rank`-th smallest (from 0) of `count` distinct keys, which are reordered. Quickselect, middle pivot. */
export function smallest(keys: usize, count: u32, rank: u32): u64 {
  let low: u32 = 0;
  let high = count - 1;
  while (low < high) {
    swap(keys, (low + high) >> 1, high);
    const pivot = u64At(keys, high);
    let split = low;
    for (let i = low; i < high; i++) {
      if (u64At(keys, i) < pivot) swap(keys, i, split++);
    }
    swap(keys, split, high);
    if (rank === split) return pivot;
    if (rank < split) high = split - 1;
    else low = split + 1;
  }
  return u64At(keys, low);
}
