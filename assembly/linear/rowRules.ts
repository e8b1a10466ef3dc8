/** What the chain asks of a row of weights for its own sake. Matches subnets/weights.rs. */
import { setU8, u8At, u16At } from "./array";

/** Bytes of scratch `repeats` needs: one bit a u16. */
export const SEEN_BYTES: usize = 8192;

/** Whether the row is a self-weight: a single value, whose uid is the validator's own. Matches `is_self_weight`. */
export function isSelfWeight(uid: u32, uids: usize, uidCount: u32, valueCount: u32): bool {
  return valueCount === 1 && uidCount > 0 && u16At(uids, 0) === uid;
}

/**
 * Whether a row of `valueCount` values is long enough: at least min(n, minAllowed), or a self-weight, which root's rows cannot be.
 * Matches `check_length`.
 */
export function isLongEnough(valueCount: u32, n: u32, minAllowed: u32, selfWeight: bool, root: bool): bool {
  return (selfWeight && !root) || valueCount >= min(n, minAllowed);
}

/** Whether a uid is named twice; `seen` is scratch of SEEN_BYTES. Matches `has_duplicate_uids`. */
export function repeats(uids: usize, count: u32, seen: usize): bool {
  memory.fill(seen, 0, SEEN_BYTES);
  for (let i: u32 = 0; i < count; i++) {
    const uid = u16At(uids, i);
    const bit: u32 = 1 << (uid & 7);
    const byte: u32 = u8At(seen, uid >> 3);
    if ((byte & bit) !== 0) return true;
    setU8(seen, uid >> 3, <u8>(byte | bit));
  }
  return false;
}
