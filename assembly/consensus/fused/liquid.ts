/** K.9 Liquid alpha for one block of columns: each pair moves by an α of its own. */
import { SCALAR_ALPHA_HIGH, SCALAR_ALPHA_LOW, SCALAR_ALPHA_SIGMOID_STEEPNESS } from "../../contract";
import * as proportion from "../../fixed/proportion";
import { at, setU32 } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { writeCodes } from "./bonds";
import { prepareAlphas } from "./certified";
import { highFractions, lowFractions, mul, sum32 } from "./lanes";
import { findAlphas } from "./pairs";

const LARGEST: u64 = 0xffffffff;

/** u32 a column of the block in hand: the consensus the sigmoid sees; one, which no weight exceeds, as 2^32 − 1. */
const CONSENSUS = memory.data(32, 16);

/** Once an epoch. False where α may be zero or one: then all columns have to be done by hand. */
export function prepareLiquid(): bool {
  const low = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_LOW));
  const high = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_HIGH));
  return prepareAlphas(low, high, (<i64>input.scalar(SCALAR_ALPHA_SIGMOID_STEEPNESS)) << 32);
}

/** area.newBonds ← ⌊(1 − α)·old⌋ + ⌊α·w⌋ where there is a weight, else 0, of the block from column j on; then codes. */
export function averageLiquid(j: u32): void {
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    const consensus = j + k < area.columns ? at(frame.liquidConsensus, area.uidOf(j + k)) : 0;
    setU32(CONSENSUS, k, <u32>min<u64>(<u64>consensus, LARGEST));
  }
  findAlphas(findDifferences(j), j);
  averagePairs(j);
  writeCodes(j);
}

/** area.old ← the differences of the block; returns how many are not zero. */
function findDifferences(j: u32): u32 {
  let to = area.old;
  let weights = area.bondWeight;
  let row = area.halfAt(area.bonds, 0, j);
  const consensusA = v128.load(CONSENSUS);
  const consensusB = v128.load(CONSENSUS, 16);
  const zero = i32x4.splat(0);
  let resting = zero;
  const end = area.cellsAt(area.old, area.height);
  do {
    const halves = v128.load(row);
    const one = areOne(halves);
    const a = difference(v128.load(weights), lowFractions(halves), lowFractions(one), consensusA);
    const b = difference(v128.load(weights, 16), highFractions(halves), highFractions(one), consensusB);
    v128.store(to, a);
    v128.store(to, b, 16);
    resting = i32x4.sub(resting, i32x4.add(i32x4.eq(a, zero), i32x4.eq(b, zero)));
    weights += area.CELLS;
    row += (<usize>area.pitch) << 1;
    to += area.CELLS;
  } while (to < end);
  return area.BLOCK * area.height - <u32>sum32(resting);
}

/**
 * What the sigmoid sees of four pairs: how far the old bond is above the weight, or, where it is not, the weight above consensus. Without a
 * weight the difference of a bond of one wraps to 0, but then there is no bond either. A bond of one is above any weight, none being 2^32 − 1
 * (rows sum to less than 2^28).
 */
function difference(w: v128, old: v128, one: v128, consensus: v128): v128 {
  const above = i32x4.sub(w, i32x4.min_u(w, consensus));
  const left = i32x4.sub(old, i32x4.min_u(old, w));
  return v128.or(i32x4.sub(left, one), v128.and(above, i32x4.eq(left, i32x4.splat(0))));
}

/** A mean of a weight below one and a bond up to one is below one: nothing to cap. */
function averagePairs(j: u32): void {
  let alpha = area.alpha;
  let weights = area.bondWeight;
  let bonds = area.newBondAt(0, j);
  let row = area.halfAt(area.bonds, 0, j);
  const end = area.cellsAt(area.alpha, area.height);
  do {
    const halves = v128.load(row);
    const one = areOne(halves);
    const a = average(v128.load(alpha), v128.load(weights), lowFractions(halves), lowFractions(one));
    const b = average(v128.load(alpha, 16), v128.load(weights, 16), highFractions(halves), highFractions(one));
    v128.store(bonds, a);
    v128.store(bonds, b, 16);
    weights += area.CELLS;
    bonds += (<usize>area.pitch) << 2;
    row += (<usize>area.pitch) << 1;
    alpha += area.CELLS;
  } while (alpha < end);
}

/** Four pairs; −1 in `one` where the old bond is one. */
function average(alpha: v128, w: v128, old: v128, one: v128): v128 {
  const zero = i32x4.splat(0);
  const keep = i32x4.sub(zero, alpha); // 1 − α, as 0 < α < 1
  const sum = i32x4.add(i32x4.sub(mul(keep, old), one), mul(alpha, w));
  return v128.andnot(sum, i32x4.eq(w, zero));
}

/**
 * −1 in the lanes of eight old bonds that are one. The fractions made of them (lanes.ts) are then 2^32 − 1, and for 0 < y < 2^32,
 * ⌊y·(2^32 − 1) / 2^32⌋ = y − 1: subtracting this lane makes the product right again.
 */
function areOne(halves: v128): v128 {
  return i16x8.eq(halves, i16x8.splat(-1));
}
