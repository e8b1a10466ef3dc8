/** K.9, K.10 The incentive each row earns by its shares of bonds, a column at a time. */
import * as i32f32 from "../../fixed/i32f32";
import { at, set, setU64, u32At, u64At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { mulHigh, mulLow } from "./lanes";

/** frame.bondTotals_i = Σ_j ⌊share_ij · incentive_j⌋; 0 for uids without a row. */
export function sumBondTotals(): void {
  for (let j: u32 = 0; j < input.n; j++) {
    const incentive = at(frame.incentive, j);
    if (incentive === 0) continue;
    if (incentive < i32f32.ONE) addColumn(j, <u32>incentive);
    else addWholeColumn(j);
    const sole = u32At(area.soleRow, j);
    if (sole !== 0) setU64(area.bondTotal, sole - 1, u64At(area.bondTotal, sole - 1) + incentive);
  }
  memory.fill(frame.bondTotals, 0, (<usize>input.n) << 3);
  memory.fill(frame.validatorTrust, 0, (<usize>input.n) << 3);
  for (let r: u32 = 0; r < area.height; r++) {
    const i = u32At(area.rowUid, r);
    if (i === area.NOBODY) continue;
    set(frame.bondTotals, i, <i64>u64At(area.bondTotal, r));
    set(frame.validatorTrust, i, <i64>u64At(area.trust, r));
  }
}

function addColumn(j: u32, incentive: u32): void {
  const factor = i32x4.splat(<i32>incentive);
  const shares = area.wideColumnAt(area.shares, j);
  for (let r: usize = 0; r < area.height; r += 4) {
    const share = v128.load(shares + (r << 2));
    const total = area.bondTotal + (r << 3);
    v128.store(total, i64x2.add(v128.load(total), mulLow(share, factor)));
    v128.store(total, i64x2.add(v128.load(total, 16), mulHigh(share, factor)), 16);
  }
}

/** An incentive of one: only one uid has any, and each row earns its share of it. */
function addWholeColumn(j: u32): void {
  const shares = area.wideColumnAt(area.shares, j);
  for (let r: u32 = 0; r < area.height; r++) {
    setU64(area.bondTotal, r, u64At(area.bondTotal, r) + u32At(shares, r));
  }
}
