/**
 * K.8 to K.10 for one block of columns: the weights that buy bonds, the moving average of Yuma 3, and the bond as it will be stored.
 */
import { SCALAR_BONDS_PENALTY } from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import * as input from "../input";
import * as area from "./area";
import { mul } from "./lanes";

const U16_ONE: i32 = 65535;
const U16_SCALE: u64 = 65537;
const LOW_HALF: i32 = 0xffff;

let penalty: i64 = 0;
let alpha: i64 = 0;

/** Once an epoch. The fixed α lies strictly between 0 and 1. */
export function prepareBonds(fixedAlpha: i64): void {
  penalty = proportion.fromU16(<u32>input.scalar(SCALAR_BONDS_PENALTY));
  alpha = fixedAlpha;
}

/** Whether the clipped weights themselves buy bonds. */
export function isPenaltyFull(): bool {
  return penalty === i32f32.ONE;
}

/** The fixed α. */
export function freshPart(): i32 {
  return <i32>alpha;
}

/** One less it: what is kept of the old bonds. */
export function restPart(): i32 {
  return <i32>(i32f32.ONE - alpha);
}

/** area.bondWeight (the clipped weights) ← w + penalty·(clipped − w), w being the block's cells at `from`. */
export function applyPenalty(from: usize): void {
  if (isPenaltyFull()) return;
  const ratio = i32x4.splat(<i32>penalty);
  const end = area.cellsAt(area.bondWeight, area.height);
  let weights = from;
  let clipped = area.bondWeight;
  do {
    v128.store(clipped, interpolate(v128.load(weights), v128.load(clipped), ratio));
    v128.store(clipped, interpolate(v128.load(weights, 16), v128.load(clipped, 16), ratio), 16);
    weights += area.CELLS;
    clipped += area.CELLS;
  } while (clipped < end);
}

/** w + ratio·(clipped − w), floored as the reference floors a negative product: w − ⌈ratio·(w − clipped) / 2^32⌉. */
function interpolate(weight: v128, clipped: v128, ratio: v128): v128 {
  const roundUp = i64x2.splat(0xffffffff);
  const cut = i32x4.sub(weight, clipped);
  const low = i64x2.add(i64x2.extmul_low_i32x4_u(cut, ratio), roundUp);
  const high = i64x2.add(i64x2.extmul_high_i32x4_u(cut, ratio), roundUp);
  return i32x4.sub(weight, i32x4.shuffle(low, high, 1, 3, 5, 7));
}

/**
 * ⌊rest · old / 2^32⌋ of four old bonds b over 65535, given as u32.
 *
 * old = ⌊b·2^32 / 65535⌋ is 65537·b for b < 65535, as 2^32 = 65537·65535 + 1, and one more for b = 65535. With
 * K = 65537·rest = whole·2^32 + high·2^16 + low, ⌊b·K / 2^32⌋ = b·whole + ⌊(b·high + ⌊b·low / 2^16⌋) / 2^16⌋, and no part exceeds 32
 * bits: whole ≤ 2^16, and b·high + b < 2^32. For b = 65535 that is ⌊rest·(2^32 − 1) / 2^32⌋ = rest − 1 where rest is due.
 */
function keep(b: v128, whole: v128, high: v128, low: v128): v128 {
  const lower = i32x4.add(i32x4.mul(b, high), i32x4.shr_u(i32x4.mul(b, low), 16));
  const product = i32x4.add(i32x4.mul(b, whole), i32x4.shr_u(lower, 16));
  return i32x4.sub(product, i32x4.eq(b, i32x4.splat(U16_ONE)));
}

/**
 * Yuma 3 with one α: area.newBonds ← ⌊α·w⌋ + ⌊(1 − α)·old⌋ of the block from column j on, then codes. A mean of a weight below one and a
 * bond up to one is below one.
 */
export function averageYuma3(j: u32): void {
  const fresh = i32x4.splat(freshPart());
  const factor = <u64>(i32f32.ONE - alpha) * U16_SCALE;
  const whole = i32x4.splat(<i32>(factor >> 32));
  const high = i32x4.splat(<i32>factor >>> 16);
  const low = i32x4.splat(<i32>factor & LOW_HALF);
  const stride = <usize>area.pitch;
  const end = area.newBondAt(area.height, j);
  let weights = area.bondWeight;
  let old = area.halfAt(area.bonds, 0, j);
  let bonds = area.newBondAt(0, j);
  do {
    const halves = v128.load(old);
    const keptA = keep(i32x4.extend_low_i16x8_u(halves), whole, high, low);
    const keptB = keep(i32x4.extend_high_i16x8_u(halves), whole, high, low);
    v128.store(bonds, i32x4.add(mul(v128.load(weights), fresh), keptA));
    v128.store(bonds, i32x4.add(mul(v128.load(weights, 16), fresh), keptB), 16);
    weights += area.CELLS;
    old += stride << 1;
    bonds += stride << 2;
  } while (bonds < end);
  writeCodes(j);
}

/** Codes, presence and sums of the block from column j on, from area.newBonds. */
export function writeCodes(j: u32): void {
  const mask = i32x4.splat(LOW_HALF);
  let highSumA = i32x4.splat(0);
  let highSumB = highSumA;
  let lowSumA = highSumA;
  let lowSumB = highSumA;
  let codes = area.halfAt(area.codes, 0, j);
  let present = area.presentAt(0, j);
  const stride = <usize>area.pitch;
  const end = area.newBondAt(area.height, j);
  let bonds = area.newBondAt(0, j);
  do {
    const a = v128.load(bonds);
    const b = v128.load(bonds, 16);
    const highA = i32x4.shr_u(a, 16);
    const highB = i32x4.shr_u(b, 16);
    const lowA = v128.and(a, mask);
    const lowB = v128.and(b, mask);
    // Sums of halves are below 2^12 · 2^16.
    highSumA = i32x4.add(highSumA, highA);
    highSumB = i32x4.add(highSumB, highB);
    lowSumA = i32x4.add(lowSumA, lowA);
    lowSumB = i32x4.add(lowSumB, lowB);
    const high = i16x8.narrow_i32x4_u(highA, highB);
    const low = i16x8.narrow_i32x4_u(lowA, lowB);
    v128.store(codes, codesOf(high, low));
    store<u8>(present, presenceOf(high, low));
    codes += stride << 1;
    present += stride >> 3;
    bonds += stride << 2;
  } while (bonds < end);
  storeTotals(area.totalAt(j), highSumA, lowSumA);
  storeTotals(area.totalAt(j + 4), highSumB, lowSumB);
}

/** Four u64: high·2^16 + low. */
function storeTotals(to: usize, high: v128, low: v128): void {
  const a = i64x2.shl(i64x2.extend_low_i32x4_u(high), 16);
  const b = i64x2.shl(i64x2.extend_high_i32x4_u(high), 16);
  v128.store(to, i64x2.add(a, i64x2.extend_low_i32x4_u(low)));
  v128.store(to, i64x2.add(b, i64x2.extend_high_i32x4_u(low)), 16);
}

/** `totals` ← Σ over the rows of eight columns of u32, u64. */
export function sumBlock(block: usize, totals: usize): void {
  let t0 = i64x2.splat(0);
  let t1 = i64x2.splat(0);
  let t2 = i64x2.splat(0);
  let t3 = i64x2.splat(0);
  const end = area.cellsAt(block, area.height);
  let cells = block;
  do {
    const a = v128.load(cells);
    const b = v128.load(cells, 16);
    t0 = i64x2.add(t0, i64x2.extend_low_i32x4_u(a));
    t1 = i64x2.add(t1, i64x2.extend_high_i32x4_u(a));
    t2 = i64x2.add(t2, i64x2.extend_low_i32x4_u(b));
    t3 = i64x2.add(t3, i64x2.extend_high_i32x4_u(b));
    cells += area.CELLS;
  } while (cells < end);
  v128.store(totals, t0);
  v128.store(totals, t1, 16);
  v128.store(totals, t2, 32);
  v128.store(totals, t3, 48);
}

/**
 * ⌊b·65535 / 2^32⌋ of eight bonds b = high·2^16 + low, as u16. It is ⌊(b·2^16 − b) / 2^32⌋ = high + ⌊(low·2^16 − b) / 2^32⌋, and the
 * last floor is −1 where low·2^16 < b, which is where low ≤ high, but for b = 0.
 */
function codesOf(high: v128, low: v128): v128 {
  return i16x8.sub_sat_u(high, i16x8.shr_u(i16x8.le_u(low, high), 15));
}

/** A bit a column: the bond is above zero, though it may be stored as zero. */
function presenceOf(high: v128, low: v128): u8 {
  return <u8>~i16x8.bitmask(i16x8.eq(v128.or(high, low), i16x8.splat(0)));
}

/** The upper 16 bits of eight u32. */
export function highHalves(a: v128, b: v128): v128 {
  return i16x8.narrow_i32x4_u(i32x4.shr_u(a, 16), i32x4.shr_u(b, 16));
}

/** The lower ones. */
export function lowHalves(a: v128, b: v128): v128 {
  const mask = i32x4.splat(LOW_HALF);
  return i16x8.narrow_i32x4_u(v128.and(a, mask), v128.and(b, mask));
}
