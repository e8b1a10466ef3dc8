/**
 * Which neuron makes room when a full subnet takes another. The arrays are static, of MAX_UIDS entries each, and lie beside
 * any epoch under way.
 * Matches subnets/registration.rs `get_neuron_to_prune`, `get_immune_owner_tuples`.
 */
import { MAX_UIDS } from "../../contract";
import { setU8, setU16, u8At, u16At, u64At } from "../../linear/array";
import { PRUNE_NONE } from "../contract";

const NONE: u32 = PRUNE_NONE;

/** u64: emission of a uid in rao. */
export const EMISSION = memory.data(MAX_UIDS * 8, 8);
/** u64: block a uid was registered in. */
export const REGISTRATION_BLOCK = memory.data(MAX_UIDS * 8, 8);
/** u8: 1 where the hotkey of a uid belongs to the owner's coldkey. */
export const OWNED = memory.data(MAX_UIDS, 8);
/** u16: the uids that `protectOwner` found, in the chain's order. */
export const PROTECTED = memory.data(MAX_UIDS * 2, 8);

/** u8: 1 where a uid is in PROTECTED. */
const IS_PROTECTED = memory.data(MAX_UIDS, 8);

/**
 * Fills PROTECTED and returns its length: of the owner's uids the first `limit` by (registration block, uid); the owner
 * hotkey's uid, if it has one (else PRUNE_NONE) and is not among them, in front, and the list cut to `limit` again.
 */
export function protectOwner(n: u32, limit: u32, ownerUid: u32): u32 {
  memory.fill(IS_PROTECTED, 0, MAX_UIDS);
  let count: u32 = 0;
  for (let uid = oldestOwned(n); count < limit && uid !== NONE; uid = oldestOwned(n)) {
    setU8(IS_PROTECTED, uid, 1);
    setU16(PROTECTED, count++, uid);
  }
  if (ownerUid === NONE || limit === 0 || u8At(IS_PROTECTED, ownerUid) !== 0) return count;
  if (count === limit) setU8(IS_PROTECTED, u16At(PROTECTED, --count), 0);
  memory.copy(PROTECTED + 2, PROTECTED, (<usize>count) << 1);
  setU16(PROTECTED, 0, ownerUid);
  setU8(IS_PROTECTED, ownerUid, 1);
  return count + 1;
}

/**
 * The uid to prune, PRUNE_NONE if there is none: of those not protected, the least by (emission, registration block, uid)
 * among the non-immune ones if these are more than `minNonImmuneUids`, else among the immune ones. A uid is immune while
 * currentBlock − its registration, saturating at 0, is below the immunity period.
 */
export function neuronToPrune(n: u32, currentBlock: u64, immunityBlocks: u64, minNonImmuneUids: u32): u32 {
  let free: u32 = 0;
  let leastFree = NONE;
  let leastImmune = NONE;
  for (let uid: u32 = 0; uid < n; uid++) {
    if (u8At(IS_PROTECTED, uid) !== 0) continue;
    const registered = u64At(REGISTRATION_BLOCK, uid);
    const ageBlocks = currentBlock < registered ? 0 : currentBlock - registered;
    if (ageBlocks < immunityBlocks) {
      if (leastImmune === NONE || goesBefore(uid, leastImmune)) leastImmune = uid;
    } else {
      free++;
      if (leastFree === NONE || goesBefore(uid, leastFree)) leastFree = uid;
    }
  }
  return free > minNonImmuneUids ? leastFree : leastImmune;
}

/** The owner's uid registered first that is not protected yet, the lower of two in one block. */
function oldestOwned(n: u32): u32 {
  let oldest = NONE;
  for (let uid: u32 = 0; uid < n; uid++) {
    if (u8At(OWNED, uid) === 0 || u8At(IS_PROTECTED, uid) !== 0) continue;
    if (oldest === NONE || u64At(REGISTRATION_BLOCK, uid) < u64At(REGISTRATION_BLOCK, oldest)) oldest = uid;
  }
  return oldest;
}

/** Whether uid, the higher of the two, is to be pruned before `other`. */
function goesBefore(uid: u32, other: u32): bool {
  const own = u64At(EMISSION, uid);
  const its = u64At(EMISSION, other);
  if (own !== its) return own < its;
  return u64At(REGISTRATION_BLOCK, uid) < u64At(REGISTRATION_BLOCK, other);
}
