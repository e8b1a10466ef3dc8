/** K.10 Yuma 2 for one block of columns: old bonds and weight · stake, each over the sum of its column, averaged. */
import { setU32, setU64, u32At, u64At } from "../../linear/array";
import * as area from "./area";
import { freshPart, highHalves, lowHalves, presenceOf, restPart, shareBlock, sumBlock, TOTALS } from "./bonds";
import { mul } from "./lanes";
import { storeParts } from "./largest";
import { divideBlock } from "./quotient";
import { inverseHigh, inverseLow, quotients } from "./smallQuotient";

/** Eight columns, u32: Σ of old bonds and its inverse in two parts (smallQuotient.ts). */
const OLD_SUMS = memory.data(32, 16);
const OLD_HIGH = memory.data(32, 16);
const OLD_LOW = memory.data(32, 16);
/** Eight columns: u32 the largest new bond, u64 the largest share. */
const TOP_BONDS = memory.data(32, 16);
const TOPS = memory.data(64, 16);

/**
 * area.bond ← ⌊α·fresh⌋ + ⌊(1 − α)·old⌋ of the block from column j on, of shares; then shares of these, and codes, which are of
 * shares over the largest. Returns a bit a column where one row holds all that is averaged: its share of one does not fit, and
 * the column has to be done by hand.
 */
export function averageYuma2(j: u32): u32 {
  const held = invertOldBonds(j);
  const end = area.cellsAt(area.fresh, area.height);
  let weights = area.bondWeight;
  let stake = area.stake;
  let fresh = area.fresh;
  do {
    v128.store(fresh, mul(v128.load(weights), v128.load32_splat(stake)));
    v128.store(fresh, mul(v128.load(weights, 16), v128.load32_splat(stake)), 16);
    weights += area.CELLS;
    stake += 4;
    fresh += area.CELLS;
  } while (fresh < end);
  sumBlock(area.fresh, TOTALS);
  const given = divideBlock(area.fresh, 32, area.fresh, TOTALS);
  average(j);
  sumBlock(area.bond, TOTALS);
  shareBlock(j);
  writeCodes(j);
  return held | given;
}

/** OLD_SUMS of the block and their inverses. Returns a bit a column with a single old bond. */
function invertOldBonds(j: u32): u32 {
  let totalA = i32x4.splat(0);
  let totalB = i32x4.splat(0);
  let top = i16x8.splat(0);
  const end = area.halfAt(area.bonds, area.height, j);
  let row = area.halfAt(area.bonds, 0, j);
  do {
    const old = v128.load(row);
    top = i16x8.max_u(top, old);
    totalA = i32x4.add(totalA, i32x4.extend_low_i16x8_u(old));
    totalB = i32x4.add(totalB, i32x4.extend_high_i16x8_u(old));
    row += (<usize>area.pitch) << 1;
  } while (row < end);
  v128.store(OLD_SUMS, totalA);
  v128.store(OLD_SUMS, totalB, 16);
  v128.store(TOP_BONDS, top);
  let held: u32 = 0;
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    const total = u32At(OLD_SUMS, k);
    setU32(OLD_HIGH, k, inverseHigh(total));
    setU32(OLD_LOW, k, inverseLow(total));
    if (total !== 0 && load<u16>(TOP_BONDS + ((<usize>k) << 1)) === total) held |= 1 << k;
  }
  return held;
}

/** area.bond, presence and TOP_BONDS of the block. */
function average(j: u32): void {
  const part = i32x4.splat(freshPart());
  const rest = i32x4.splat(restPart());
  let topA = i32x4.splat(0);
  let topB = i32x4.splat(0);
  const end = area.cellsAt(area.bond, area.height);
  let fresh = area.fresh;
  let row = area.halfAt(area.bonds, 0, j);
  let present = area.presentAt(0, j);
  let bonds = area.bond;
  do {
    const old = v128.load(row);
    const oldA = share(i32x4.extend_low_i16x8_u(old), 0);
    const oldB = share(i32x4.extend_high_i16x8_u(old), 16);
    const a = i32x4.add(mul(v128.load(fresh), part), mul(oldA, rest));
    const b = i32x4.add(mul(v128.load(fresh, 16), part), mul(oldB, rest));
    v128.store(bonds, a);
    v128.store(bonds, b, 16);
    store<u8>(present, presenceOf(highHalves(a, b), lowHalves(a, b)));
    fresh += area.CELLS;
    row += (<usize>area.pitch) << 1;
    present += <usize>area.pitch >> 3;
    topA = i32x4.max_u(topA, a);
    topB = i32x4.max_u(topB, b);
    bonds += area.CELLS;
  } while (bonds < end);
  v128.store(TOP_BONDS, topA);
  v128.store(TOP_BONDS, topB, 16);
}

/** ⌊b·2^32 / Σ⌋ of four old bonds, whose columns' sums lie `at` bytes on. */
function share(b: v128, at: usize): v128 {
  return quotients(b, v128.load(OLD_HIGH + at), v128.load(OLD_LOW + at), v128.load(OLD_SUMS + at));
}

/** Codes of the block: its shares over the largest of each column. */
function writeCodes(j: u32): void {
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    const total = u64At(TOTALS, k);
    setU64(TOPS, k, total === 0 ? 0 : ((<u64>u32At(TOP_BONDS, k)) << 32) / total);
  }
  storeParts(area.halfAt(area.codes, 0, j), area.shareAt(0, j), TOPS);
}
