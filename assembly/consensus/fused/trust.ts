/** K.7 Validator trust: what each row's clipped weights come to. */
import * as i32f32 from "../../fixed/i32f32";
import { at, set, u8At, u16At, u32At, u64At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
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
 * only if it holds all of exactly 2^32, and then all lanes are 0. They are 0, too, if everything is clipped to nothing. But where Σ is
 * 2^32 nothing is clipped at all: whether the first of the weights is, tells the two apart.
 */
function sumLanes(r: u32): u64 {
  const lanes = v128.load(area.trust + ((<usize>r) << 4));
  if (v128.any_true(lanes) || u32At(area.rowSum, r) === 0) return sum32(lanes);
  for (let j: u32 = 0; j < area.columns; j++) {
    if (u16At(area.halfAt(area.weights, r, j), 0) === 0 || u8At(area.hasOne, j) !== 0) continue;
    return at(frame.consensus, area.uidOf(j)) === 0 ? 0 : i32f32.ONE;
  }
  return 0;
}
