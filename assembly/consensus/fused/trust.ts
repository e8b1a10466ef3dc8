/** K.7 Validator trust: what each row's clipped weights come to. */
import { at, set, u32At, u64At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { weightOf } from "./byHand";
import { sum32 } from "./lanes";

/** frame.validatorTrust of the uids that have a row; 0 for others. */
export function storeTrust(): void {
  memory.fill(frame.validatorTrust, 0, (<usize>input.n) << 3);
  for (let r: u32 = 0; r < area.height; r++) {
    const byLanes = sumLanes(r);
    set(frame.validatorTrust, u32At(area.rowUid, r), <i64>(byLanes + u64At(area.trustByHand, r)));
  }
}

/**
 * Σ of a row's clipped weights over the columns not done by hand, at most 2^32. The lanes hold it modulo 2^32 each: a lane can wrap
 * only if it holds all of exactly 2^32, and then all lanes are 0.
 */
function sumLanes(r: u32): u64 {
  const lanes = v128.load(area.trust + ((<usize>r) << 4));
  if (v128.any_true(lanes) || u32At(area.rowSum, r) === 0) return sum32(lanes);
  let total: u64 = 0;
  for (let j: u32 = 0; j < input.n; j++) {
    if (load<u8>(area.hasOne + j) === 0) total += min(weightOf(r, j), at(frame.consensus, j));
  }
  return total;
}
