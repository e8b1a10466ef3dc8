/** K.5 Masks: which stored weights count. */
import {
  FLAG_COMMIT_REVEAL,
  FLAG_OWNER_PRIVILEGE,
  MASK_NO_PERMIT,
  MASK_NONE,
  MASK_REGISTERED_SINCE_COMMIT,
  MASK_REGISTERED_SINCE_UPDATE,
  MASK_SELF,
  MASK_UID_OUT_OF_RANGE,
  NO_OWNER,
  SCALAR_OWNER_UID,
} from "../contract";
import { setU8, u16At, u32At, u64At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";
import { hasPermit } from "./permits";

/**
 * weights = the stored weights that survive, in stored order, still integers 0..65535 (not yet I32F32); weightMask names
 * the first rule that dropped each of the others:
 *
 *   j ≥ n · the row has no permit · j is the row itself (the owner may weight itself) ·
 *   lastUpdate_i ≤ blockAtRegistration_j · under commit-reveal, commitBlock_i < blockAtRegistration_j
 *
 * An explicit zero stays. Matches run_epoch.rs `epoch_mechanism`, "Weights".
 */
export function maskWeights(): void {
  const values = sparse.values(frame.weights);
  const uids = sparse.uids(frame.weights);
  const selfAllowed = input.flag(FLAG_OWNER_PRIVILEGE) ? input.scalar(SCALAR_OWNER_UID) : NO_OWNER;
  const commitReveal = input.flag(FLAG_COMMIT_REVEAL);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    const permitted = hasPermit(i);
    const updated = u64At(input.lastUpdate, i);
    const committed = commitReveal ? u64At(input.commitBlock, i) : u64.MAX_VALUE;
    const end = u32At(input.weightRows, i + 1);
    for (let e = u32At(input.weightRows, i); e < end; e++) {
      const j = u16At(input.weightUids, e);
      const reason = maskOf(i, j, permitted, <u64>i === selfAllowed, updated, committed);
      setU8(frame.weightMask, e, <u8>reason);
      if (reason === MASK_NONE) kept = sparse.push(values, uids, kept, j, u16At(input.weightValues, e));
    }
    sparse.endRow(frame.weights, i, kept);
  }
}

function maskOf(i: u32, j: u32, permitted: bool, selfAllowed: bool, updated: u64, committed: u64): i32 {
  if (j >= input.n) return MASK_UID_OUT_OF_RANGE;
  if (!permitted) return MASK_NO_PERMIT;
  if (j === i && !selfAllowed) return MASK_SELF;
  const registered = u64At(input.blockAtRegistration, j);
  if (updated <= registered) return MASK_REGISTERED_SINCE_UPDATE;
  if (committed < registered) return MASK_REGISTERED_SINCE_COMMIT;
  return MASK_NONE;
}
