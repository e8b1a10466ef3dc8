/**
 * K.8 to K.10 for one column, four rows at a time: the weights that buy bonds, the moving average, each row's share of the
 * column, and the bond as it will be stored.
 */
import { SCALAR_BONDS_PENALTY } from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { setU32, u32At } from "../../linear/array";
import * as input from "../input";
import * as area from "./area";
import { mulHigh, mulLow, mulWide, sum32, sum64 } from "./lanes";
import { divideColumn } from "./quotient";

/** 2^32 = 65537 · 65535 + 1, so ⌊b · 2^32 / 65535⌋ = 65537 · b for b < 65535. */
const U16_SCALE: i32 = 65537;
const U16_ONE: i32 = 65535;
/** In a code: the bond is above zero, though it may be stored as zero. */
const PRESENT: i32 = 1 << 16;

let penalty: i64 = 0;
let alpha: i64 = 0;

/** Once an epoch. The fixed α lies strictly between 0 and 1. */
export function prepareBonds(fixedAlpha: i64): void {
  penalty = proportion.fromU16(<u32>input.scalar(SCALAR_BONDS_PENALTY));
  alpha = fixedAlpha;
}

/**
 * area.bondWeight (the clipped weights) ← w + penalty·(clipped − w), floored as the reference floors a negative product:
 * w − ⌈penalty·(w − clipped) / 2^32⌉. Weights below one.
 */
export function applyPenalty(): void {
  if (penalty === i32f32.ONE) return;
  const ratio = i32x4.splat(<i32>penalty);
  const roundUp = i64x2.splat(0xffffffff);
  for (let r: usize = 0; r < area.height; r += 4) {
    const weight = v128.load(area.weight + (r << 2));
    const cut = i32x4.sub(weight, v128.load(area.bondWeight + (r << 2)));
    const low = i64x2.add(i64x2.extmul_low_i32x4_u(cut, ratio), roundUp);
    const high = i64x2.add(i64x2.extmul_high_i32x4_u(cut, ratio), roundUp);
    // The upper halves of the four products.
    const loss = i32x4.shuffle(low, high, 1, 3, 5, 7);
    v128.store(area.bondWeight + (r << 2), i32x4.sub(weight, loss));
  }
}

/** Four old bonds over 65535 as u32. One, which does not fit, comes out as 2^32 − 1: `areOne` tells where. */
export function oldBonds(at: usize): v128 {
  return i32x4.mul(v128.load_ext<u16>(at), i32x4.splat(U16_SCALE));
}

/**
 * −1 in the lanes where an old bond is one. For 0 < y < 2^32, ⌊y·(2^32 − 1) / 2^32⌋ = y − 1: subtracting this lane makes the product
 * right again.
 */
export function areOne(at: usize): v128 {
  return i32x4.eq(v128.load_ext<u16>(at), i32x4.splat(U16_ONE));
}

/** Yuma 3 with one α: area.bond ← ⌊α·w⌋ + ⌊(1 − α)·old⌋, then shares and codes of column j. */
export function averageYuma3(j: u32): void {
  const from = area.columnAt(area.bondColumns, j);
  const fresh = i32x4.splat(<i32>alpha);
  const rest = i32x4.splat(<i32>(i32f32.ONE - alpha));
  let total = i64x2.splat(0);
  for (let r: usize = 0; r < area.height; r += 4) {
    const w = v128.load(area.bondWeight + (r << 2));
    const b = oldBonds(from + (r << 1));
    const one = areOne(from + (r << 1));
    const keptLow = i64x2.sub(mulLow(b, rest), i64x2.extend_low_i32x4_s(one));
    const keptHigh = i64x2.sub(mulHigh(b, rest), i64x2.extend_high_i32x4_s(one));
    const low = i64x2.add(mulLow(w, fresh), keptLow);
    const high = i64x2.add(mulHigh(w, fresh), keptHigh);
    v128.store(area.bond + (r << 3), low);
    v128.store(area.bond + (r << 3), high, 16);
    total = i64x2.add(total, i64x2.add(low, high));
  }
  if (shareColumn(j, sum64(total))) writeCodes(j, area.bond);
}

/** Yuma 2: columns of old bonds and of weight · stake, each over its sum, averaged; then shares and codes of column j. */
export function averageYuma2(j: u32): void {
  oldShares(area.columnAt(area.bondColumns, j));
  deltaShares();
  const fresh = i64x2.splat(alpha);
  const rest = i64x2.splat(i32f32.ONE - alpha);
  let total = i64x2.splat(0);
  for (let r: usize = 0; r < area.height; r += 2) {
    const delta = v128.load(area.share + (r << 3));
    const old = v128.load(area.part + (r << 3));
    const average = i64x2.add(mulWide(delta, fresh), mulWide(old, rest));
    v128.store(area.bond + (r << 3), average);
    total = i64x2.add(total, average);
  }
  if (!shareColumn(j, sum64(total))) return;
  divideColumn(area.part, area.share, area.height, largestShare());
  writeCodes(j, area.part);
}

/** area.part ← ⌊b·2^32 / Σ b⌋ of a column of old bonds, as integers; zero where there are none. */
function oldShares(from: usize): void {
  let total = i32x4.splat(0);
  for (let r: usize = 0; r < area.height; r += 4) {
    const b = v128.load_ext<u16>(from + (r << 1));
    v128.store(area.part + (r << 3), i64x2.extend_low_i32x4_u(b));
    v128.store(area.part + (r << 3), i64x2.extend_high_i32x4_u(b), 16);
    total = i32x4.add(total, b);
  }
  // Σ ≤ 4096·65535 fits.
  const sum = sum32(total);
  if (sum !== 0) divideColumn(area.part, area.part, area.height, sum);
}

/** area.share ← ⌊w·stake⌋ over its sum; zero where that is zero. */
function deltaShares(): void {
  let total = i64x2.splat(0);
  for (let r: usize = 0; r < area.height; r += 4) {
    const stake = v128.load(area.stake + (r << 2));
    const w = v128.load(area.bondWeight + (r << 2));
    const low = mulLow(w, stake);
    const high = mulHigh(w, stake);
    v128.store(area.share + (r << 3), low);
    v128.store(area.share + (r << 3), high, 16);
    total = i64x2.add(total, i64x2.add(low, high));
  }
  if (sum64(total) !== 0) divideColumn(area.share, area.share, area.height, sum64(total));
}

/** The largest share, at most 2^32: of two columns of lanes. */
function largestShare(): u64 {
  let top = i64x2.splat(0);
  for (let r: usize = 0; r < area.height; r += 2) {
    const share = v128.load(area.share + (r << 3));
    top = v128.bitselect(share, top, i64x2.gt_s(share, top));
  }
  return max<u64>(i64x2.extract_lane(top, 0), i64x2.extract_lane(top, 1));
}

/**
 * area.share and shares of column j ← area.bond over `total`, its sum. Returns false, with shares and codes cleared, where
 * nobody holds a bond.
 */
export function shareColumn(j: u32, total: u64): bool {
  const shares = area.wideColumnAt(area.shares, j);
  setU32(area.soleRow, j, 0);
  if (total === 0) {
    memory.fill(shares, 0, area.height << 2);
    memory.fill(area.wideColumnAt(area.codes, j), 0, area.height << 2);
    return false;
  }
  divideColumn(area.share, area.bond, area.height, total);
  let over = i32x4.splat(0);
  for (let r: usize = 0; r < area.height; r += 4) {
    const a = v128.load(area.share + (r << 3));
    const b = v128.load(area.share + (r << 3), 16);
    over = v128.or(over, i32x4.shuffle(a, b, 1, 3, 5, 7));
    v128.store(shares + (r << 2), i32x4.shuffle(a, b, 0, 2, 4, 6));
  }
  if (v128.any_true(over)) markSole(j);
  return true;
}

/** A share of one has only its 33rd bit set, and `shares` holds 0 for it. */
function markSole(j: u32): void {
  for (let r: u32 = 0; r < area.height; r++) if (u32At(area.share, 2 * r + 1) !== 0) setU32(area.soleRow, j, r + 1);
}

/** codes of column j: ⌊bond · 65535⌋ of u64 bonds up to one, with PRESENT where area.bond is above zero. */
export function writeCodes(j: u32, bonds: usize): void {
  const codes = area.wideColumnAt(area.codes, j);
  const zero = i64x2.splat(0);
  for (let r: usize = 0; r < area.height; r += 4) {
    const a = times65535(v128.load(bonds + (r << 3)));
    const b = times65535(v128.load(bonds + (r << 3), 16));
    const holdsA = i64x2.ne(v128.load(area.bond + (r << 3)), zero);
    const holdsB = i64x2.ne(v128.load(area.bond + (r << 3), 16), zero);
    const present = v128.and(i32x4.shuffle(holdsA, holdsB, 0, 2, 4, 6), i32x4.splat(PRESENT));
    v128.store(codes + (r << 2), v128.or(i32x4.shuffle(a, b, 1, 3, 5, 7), present));
  }
}

function times65535(lanes: v128): v128 {
  return i64x2.sub(i64x2.shl(lanes, 16), lanes);
}
