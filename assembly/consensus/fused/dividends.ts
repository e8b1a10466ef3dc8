/** K.9, K.10 The incentive each row earns by its shares of bonds. */
import * as i32f32 from "../../fixed/i32f32";
import { at, set, setU32, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { mul, sum32 } from "./lanes";

/** frame.bondTotals_i = Σ_j ⌊share_ij · incentive_j⌋; 0 for uids without a row. */
export function sumBondTotals(): void {
  let whole: u32 = area.columns;
  for (let j: u32 = 0; j < area.columns; j++) {
    const incentive = at(frame.incentive, area.uidOf(j));
    setU32(area.incentive, j, <u32>incentive);
    if (incentive >= i32f32.ONE) whole = j;
  }
  memory.fill(frame.bondTotals, 0, (<usize>input.n) << 3);
  for (let r: u32 = 0; r < area.height; r++) {
    // An incentive of one is the only one, and each row earns its share of it.
    const total = whole < area.columns ? u32At(area.shareAt(r, whole), 0) : sumRow(r);
    set(frame.bondTotals, u32At(area.rowUid, r), <i64>total);
  }
  addWholeShares();
}

/** Of the shares below one. Incentives sum to at most one, so that each lane fits; padding columns have none. */
function sumRow(r: u32): u64 {
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let from = area.shareAt(r, 0);
  const end = from + ((<usize>area.width) << 2);
  for (let incentive = area.incentive; from < end; incentive += 32) {
    a = i32x4.add(a, mul(v128.load(from), v128.load(incentive)));
    b = i32x4.add(b, mul(v128.load(from, 16), v128.load(incentive, 16)));
    from += 32;
  }
  return sum32(a) + sum32(b);
}

/** Where one row holds all bonds of a column it earns all of the incentive. */
function addWholeShares(): void {
  for (let j: u32 = 0; j < area.columns; j++) {
    const sole = u32At(area.soleRow, j);
    if (sole === 0) continue;
    const i = u32At(area.rowUid, sole - 1);
    set(frame.bondTotals, i, at(frame.bondTotals, i) + at(frame.incentive, area.uidOf(j)));
  }
}
