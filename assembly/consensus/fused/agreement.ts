/** Whether there is any consensus, from who weighs what alone: what liquid alpha asks before a bond can be averaged. */
import { u32At } from "../../linear/array";
import * as area from "./area";

/** u32 a column of the block in hand: the stake of the voters who give it nothing. */
const SILENT = memory.data(32, 16);

/**
 * Whether consensus (linear/quantile.ts) is above zero on some column: where somebody weighs it, as no weight is normalised to zero, and
 * those who do not, if any, hold no more than `minority` of the stake. All voters' stake may be exactly one and wrap to zero, but only
 * those of all voters, and then nobody weighs it.
 */
export function isAgreed(minority: i64): bool {
  if (area.others === area.height) return false;
  for (let j: u32 = 0; j < area.columns; j += area.BLOCK) {
    for (let rest = sumSilent(j); rest !== 0; rest &= rest - 1) {
      const silent = <i64>u32At(SILENT, ctz(rest));
      if (silent === 0 || silent <= minority) return true;
    }
  }
  return false;
}

/** SILENT of the block from column j on; returns a bit for each column that some voter weighs. */
function sumSilent(j: u32): i32 {
  const zero = i16x8.splat(0);
  let silentA = zero;
  let silentB = zero;
  let weighed = zero;
  let row = area.halfAt(area.weights, area.others, j);
  let stakes = area.medianStake + ((<usize>area.others) << 2);
  const end = area.medianStake + ((<usize>area.height) << 2);
  do {
    const halves = v128.load(row);
    const stake = v128.load32_splat(stakes);
    const isSilent = i16x8.eq(halves, zero);
    silentA = i32x4.add(silentA, v128.and(stake, i32x4.extend_low_i16x8_s(isSilent)));
    silentB = i32x4.add(silentB, v128.and(stake, i32x4.extend_high_i16x8_s(isSilent)));
    weighed = v128.or(weighed, halves);
    row += (<usize>area.pitch) << 1;
    stakes += 4;
  } while (stakes < end);
  v128.store(SILENT, silentA);
  v128.store(SILENT, silentB, 16);
  return i16x8.bitmask(i16x8.ne(weighed, zero));
}
