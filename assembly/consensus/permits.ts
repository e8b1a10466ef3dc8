/** K.3 Validator permits: those the epoch runs with, and those it grants. */
import { FLAG_OWNER_PRIVILEGE, SCALAR_MAX_ALLOWED_VALIDATORS, SCALAR_OWNER_UID } from "../contract";
import { at, setU8, setU64, u8At } from "../linear/array";
import * as select from "../linear/select";
import * as frame from "./frame";
import * as input from "./input";

/** permit_i = the stored permit, always held by the owner's uid. */
export function takePermits(): void {
  memory.copy(frame.permit, input.validatorPermit, input.n);
  forceOwner(frame.permit);
}

/**
 * newPermit_i = stake_i ≠ 0 and i among the k largest (k = maxAllowedValidators; everyone if n < k); equal stakes: the
 * higher uid wins. The owner's uid always gets one. Stake is the normalised one before the activity mask.
 * Matches epoch/math.rs `is_topk_nonzero`.
 */
export function grantPermits(): void {
  const n = input.n;
  const k = <u32>input.scalar(SCALAR_MAX_ALLOWED_VALIDATORS);
  const lowest = k > 0 ? kthLargestKey(k) : 0;
  for (let i: u32 = 0; i < n; i++) {
    const stake = at(frame.stake, i);
    const inside = k > 0 && select.key(stake, i) >= lowest;
    setU8(frame.newPermit, i, stake !== 0 && inside ? 1 : 0);
  }
  forceOwner(frame.newPermit);
}

/** The k-th largest key of the stakes that are not zero; 0 where there are fewer. */
function kthLargestKey(k: u32): u64 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    const stake = at(frame.stake, i);
    if (stake !== 0) setU64(frame.keys, count++, select.key(stake, i));
  }
  return count > k ? select.smallest(frame.keys, count, count - k) : 0;
}

function forceOwner(permits: usize): void {
  if (!input.flag(FLAG_OWNER_PRIVILEGE)) return;
  const owner = input.scalar(SCALAR_OWNER_UID);
  if (owner < input.n) setU8(permits, <u32>owner, 1);
}

/** Whether uid i runs the epoch with a permit. */
export function hasPermit(i: u32): bool {
  return u8At(frame.permit, i) !== 0;
}
