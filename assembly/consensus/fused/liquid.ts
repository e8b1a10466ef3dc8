/** K.9 Liquid alpha for one column, four rows at a time: each pair moves by an α of its own. */
import { SCALAR_ALPHA_HIGH, SCALAR_ALPHA_LOW, SCALAR_ALPHA_SIGMOID_STEEPNESS } from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { at, set, u16At, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { areOne, oldBonds, shareColumn, writeCodes } from "./bonds";
import { alphas, pairAlpha, prepareAlphas, restAlpha } from "./certified";
import { mulHigh, mulLow, sum64 } from "./lanes";

const LARGEST: u64 = 0xffffffff;

/** Whether α lies strictly between 0 and 1 for all pairs. */
let inside: bool = false;

/** Once an epoch. */
export function prepareLiquid(): void {
  const low = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_LOW));
  const high = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_HIGH));
  inside = prepareAlphas(low, high, (<i64>input.scalar(SCALAR_ALPHA_SIGMOID_STEEPNESS)) << 32);
}

/** area.bond ← ⌊(1 − α)·old⌋ + ⌊α·w⌋ where there is a weight, else 0; then shares and codes of column j. */
export function averageLiquid(j: u32): void {
  const total = inside ? averagePairs(j) : averagePairsByHand(j);
  if (shareColumn(j, total)) writeCodes(j, area.bond);
}

/**
 * A mean of a weight below one and a bond up to one is below one: nothing to cap. Without a weight the difference of a bond of one
 * wraps to 0, but then there is no bond either. Returns the sum of the column.
 */
function averagePairs(j: u32): u64 {
  const from = area.columnAt(area.bondColumns, j);
  const consensus = i32x4.splat(<i32>min<u64>(<u64>at(frame.liquidConsensus, j), LARGEST));
  const zero = i32x4.splat(0);
  const rest = i32x4.splat(<i32>restAlpha);
  let total = i64x2.splat(0);
  for (let r: usize = 0; r < area.height; r += 4) {
    const w = v128.load(area.bondWeight + (r << 2));
    const old = oldBonds(from + (r << 1));
    const one = areOne(from + (r << 1));
    const above = i32x4.sub(w, i32x4.min_u(w, consensus));
    const difference = v128.bitselect(i32x4.sub(i32x4.sub(old, w), one), above, i32x4.gt_u(old, w));
    let alpha = rest;
    if (v128.any_true(difference)) {
      alpha = v128.bitselect(rest, alphas(difference), i32x4.eq(difference, zero));
    }
    const keep = i32x4.sub(zero, alpha); // 1 − α, as 0 < α < 1
    const holds = i32x4.ne(w, zero);
    const a = i64x2.add(i64x2.sub(mulLow(keep, old), i64x2.extend_low_i32x4_s(one)), mulLow(alpha, w));
    const b = i64x2.add(i64x2.sub(mulHigh(keep, old), i64x2.extend_high_i32x4_s(one)), mulHigh(alpha, w));
    const low = v128.and(a, i64x2.extend_low_i32x4_s(holds));
    const high = v128.and(b, i64x2.extend_high_i32x4_s(holds));
    v128.store(area.bond + (r << 3), low);
    v128.store(area.bond + (r << 3), high, 16);
    total = i64x2.add(total, i64x2.add(low, high));
  }
  return sum64(total);
}

/** The same for any α, a row at a time. */
function averagePairsByHand(j: u32): u64 {
  const from = area.columnAt(area.bondColumns, j);
  const consensus = at(frame.liquidConsensus, j);
  let total: u64 = 0;
  for (let r: u32 = 0; r < area.height; r++) {
    const weight = <i64>u32At(area.bondWeight, r);
    let bond: i64 = 0;
    if (weight !== 0) {
      const old = proportion.fromU16(u16At(from, r));
      const alpha = pairAlpha(consensus, weight, old);
      bond = min(i32f32.mul(i32f32.ONE - alpha, old) + i32f32.mul(alpha, weight), i32f32.ONE);
    }
    set(area.bond, r, bond);
    total += bond;
  }
  return total;
}
