/** K.10 Yuma 2 for one block of columns: old bonds and weight · stake, each over the sum of its column, averaged. */
import { setU64, u32At } from "../../linear/array";
import * as area from "./area";
import { freshPart, isPenaltyFull, restPart, sumBlock } from "./bonds";
import { mul } from "./lanes";
import { storeParts } from "./largest";
import { divideBlock } from "./quotient";
import { quotients, storeInverses } from "./smallQuotient";
import { RANKS } from "./votes";

/** Eight columns, u32: Σ of old bonds and its inverse in two parts (smallQuotient.ts). */
const OLD_SUMS = memory.data(32, 16);
const OLD_HIGH = memory.data(32, 16);
const OLD_LOW = memory.data(32, 16);
/** Eight columns: u64 Σ of stake · weight; u32 the largest new bond. */
const TOTALS = memory.data(64, 16);
const TOP_BONDS = memory.data(32, 16);

/**
 * area.newBonds ← ⌊α·fresh⌋ + ⌊(1 − α)·old⌋ of the block from column j on, of shares; then shares of these, and codes, which are of
 * shares over the largest. Returns a bit a column where one row holds all that is averaged: its share of one does not fit, and
 * the column has to be done by hand.
 */
export function averageYuma2(j: u32): u32 {
  const held = invertOldBonds(j);
  weigh();
  const given = divideBlock(area.fresh, 32, area.fresh, TOTALS);
  average(j);
  storeParts(j, TOP_BONDS);
  return held | given;
}

/** area.fresh ← ⌊stake · weight⌋ of the block, TOTALS their sums. Under full penalty these are what was added up to ranks. */
function weigh(): void {
  if (isPenaltyFull()) {
    for (let k: u32 = 0; k < area.BLOCK; k++) setU64(TOTALS, k, u32At(RANKS, k));
    return;
  }
  const end = area.cellsAt(area.fresh, area.height);
  let weights = area.bondWeight;
  let stake = area.stake;
  let fresh = area.fresh;
  do {
    const voice = v128.load32_splat(stake);
    v128.store(fresh, mul(v128.load(weights), voice));
    v128.store(fresh, mul(v128.load(weights, 16), voice), 16);
    weights += area.CELLS;
    stake += 4;
    fresh += area.CELLS;
  } while (fresh < end);
  sumBlock(area.fresh, TOTALS);
}

/** OLD_SUMS of the block and their inverses. Returns a bit a column with a single old bond. */
function invertOldBonds(j: u32): u32 {
  let totalA = i32x4.splat(0);
  let totalB = i32x4.splat(0);
  let top = i16x8.splat(0);
  const stride = (<usize>area.pitch) << 1;
  const end = area.halfAt(area.bonds, area.height, j);
  let row = area.halfAt(area.bonds, 0, j);
  do {
    const old = v128.load(row);
    top = i16x8.max_u(top, old);
    totalA = i32x4.add(totalA, i32x4.extend_low_i16x8_u(old));
    totalB = i32x4.add(totalB, i32x4.extend_high_i16x8_u(old));
    row += stride;
  } while (row < end);
  v128.store(OLD_SUMS, totalA);
  v128.store(OLD_SUMS, totalB, 16);
  storeInverses(OLD_SUMS, OLD_HIGH, OLD_LOW);
  const soleA = isSole(i32x4.extend_low_i16x8_u(top), totalA);
  return soleA | (isSole(i32x4.extend_high_i16x8_u(top), totalB) << 4);
}

/** A bit for each of four columns whose largest bond is all there are. */
function isSole(top: v128, total: v128): u32 {
  return i32x4.bitmask(v128.andnot(i32x4.eq(top, total), i32x4.eq(total, i32x4.splat(0))));
}

/** area.newBonds, their sums, presence and TOP_BONDS of the block. */
function average(j: u32): void {
  const part = i32x4.splat(freshPart());
  const rest = i32x4.splat(restPart());
  let topA = i32x4.splat(0);
  let topB = i32x4.splat(0);
  const zero = i32x4.splat(0);
  let sumA = zero;
  let sumB = zero;
  const stride = <usize>area.pitch;
  const end = area.newBondAt(area.height, j);
  let fresh = area.fresh;
  let row = area.halfAt(area.bonds, 0, j);
  let present = area.presentAt(0, j);
  let bonds = area.newBondAt(0, j);
  do {
    const old = v128.load(row);
    const oldA = share(i32x4.extend_low_i16x8_u(old), 0);
    const oldB = share(i32x4.extend_high_i16x8_u(old), 16);
    const a = i32x4.add(mul(v128.load(fresh), part), mul(oldA, rest));
    const b = i32x4.add(mul(v128.load(fresh, 16), part), mul(oldB, rest));
    v128.store(bonds, a);
    v128.store(bonds, b, 16);
    store<u8>(present, <u8>~i16x8.bitmask(i16x8.narrow_i32x4_s(i32x4.eq(a, zero), i32x4.eq(b, zero))));
    sumA = i32x4.add(sumA, a);
    sumB = i32x4.add(sumB, b);
    fresh += area.CELLS;
    row += stride << 1;
    present += stride >> 3;
    topA = i32x4.max_u(topA, a);
    topB = i32x4.max_u(topB, b);
    bonds += stride << 2;
  } while (bonds < end);
  v128.store(TOP_BONDS, topA);
  v128.store(TOP_BONDS, topB, 16);
  storeTotals(area.totalAt(j), sumA, topA);
  storeTotals(area.totalAt(j + 4), sumB, topB);
}

/** ⌊b·2^32 / Σ⌋ of four old bonds, whose columns' sums lie `at` bytes on. */
function share(b: v128, at: usize): v128 {
  return quotients(b, v128.load(OLD_HIGH + at), v128.load(OLD_LOW + at), v128.load(OLD_SUMS + at));
}

/** Four u64 from sums modulo 2^32: shares of either kind sum to at most one, so do their averages, and a sum of exactly one is 0 here. */
function storeTotals(to: usize, sums: v128, tops: v128): void {
  const zero = i32x4.splat(0);
  const ones = v128.andnot(i32x4.shr_u(i32x4.eq(sums, zero), 31), i32x4.eq(tops, zero));
  v128.store(to, i32x4.shuffle(sums, ones, 0, 4, 1, 5));
  v128.store(to, i32x4.shuffle(sums, ones, 2, 6, 3, 7), 16);
}
