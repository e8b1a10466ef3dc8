/**
 * K.9, K.10 The incentive each row earns by its shares of bonds: Σ ⌊s·I / 2^32⌋ over the columns, I being the column's incentive, and
 * s = ⌊b·2^32 / C⌋ for a bond b of C in all.
 *
 * Shares are not computed where they need not be. With v = b·I / C, the floor of s leaves v − I/2^32 < s·I/2^32 ≤ v. In doubles, which
 * hold I ≤ 2^32 and C ≤ 2^44 exactly, I / C rounded, times 1 + 2^−50 rounded, times b rounded is q: three roundings by a factor within
 * 1 ± 2^−53, so that v ≤ q < v·(1 + 2^−49) ≤ v + 2^−17, as v ≤ I. Adding 2^32 rounds q to p, a multiple of 2^−20: |p − q| ≤ 2^−21, and
 * the bits of the sum, less those of 2^32, are p·2^20, the fraction in the lowest 20. (A q of 2^32, hardly less, or 2^−17 more, falls
 * where steps are twice as wide: the whole part is right there too, and the fraction below any bound.) Therefore ⌊s·I/2^32⌋ = ⌊p⌋
 *
 *   where ⌊p⌋ is 0: p ≤ 1 − 2^−20 then, and 0 ≤ s·I/2^32 ≤ q < 1;
 *   where p − ⌊p⌋ ≥ I/2^32 + 2^−17 + 2^−21, as then ⌊p⌋ ≤ q − 2^−17 − I/2^32 < v − I/2^32 < s·I/2^32 ≤ q < ⌊p⌋ + 1.
 *
 * Fractions are whole in units of 2^−20, where the bound is I/2^12 + 8.5: ⌊I/2^12⌋ + 10 will do, and of eight columns the largest
 * serves all. Elsewhere, some bond or two of a row, it is computed in integers, unless there is no bond. All p of a row are added up
 * with their fractions, and these taken out at the end: p·2^20 sums to less than 2^53, as incentives sum to one, and the fractions of a
 * lane to less than 2^30.
 */
import { at, set, u32At, u64At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { highDoubles, lowDoubles, sum32, sum64 } from "./lanes";
import { shareAt } from "./share";

const ABOVE: f64 = 1.0 + 8.881784197001252e-16;
/** 2^32: from here to twice as much doubles have 20 bits of fraction. */
const LIFT: f64 = 4294967296.0;
const LIFT_BITS: u64 = 0x41f0000000000000;
const FRACTION_BITS: u64 = 20;
const FRACTION: i32 = (1 << 20) - 1;

/** Two bits a column of the row in hand: the fraction is below its bound. Read eight bytes at a time; zeros follow the last. */
const CLOSE = memory.data(1032, 16);

/** frame.bondTotals of the uids that have a row; 0 for others. */
export function sumBondTotals(): void {
  prepareFactors();
  memory.fill(frame.bondTotals, 0, (<usize>input.n) << 3);
  for (let r: u32 = 0; r < area.height; r++) set(frame.bondTotals, u32At(area.rowUid, r), <i64>sumRow(r));
}

/** area.factor and area.threshold; the padding earns nothing. */
function prepareFactors(): void {
  for (let j: u32 = 0; j < area.width; j += area.BLOCK) {
    let most: i64 = 0;
    for (let k = j; k < j + area.BLOCK; k++) {
      const total = k < area.columns ? u64At(area.total, k) : 0;
      const incentive = total === 0 ? 0 : at(frame.incentive, area.uidOf(k));
      store<f64>(factorAt(k), total === 0 ? 0.0 : (<f64>incentive / <f64>(<i64>total)) * ABOVE);
      most = max(most, incentive);
    }
    store<u32>(boundAt(j), <u32>(most >> 12) + 10);
  }
}

/** What row r earns. */
function sumRow(r: u32): u64 {
  const lift = f64x2.splat(LIFT);
  const mask = i32x4.splat(FRACTION);
  let sumA = i64x2.splat(0);
  let sumB = sumA;
  let fractions = sumA;
  let bonds = area.newBondAt(r, 0);
  let factors = area.factor;
  let bounds = area.threshold;
  let close = CLOSE;
  const end = area.newBondAt(r, area.width);
  do {
    const a = v128.load(bonds);
    const b = v128.load(bonds, 16);
    const t0 = f64x2.add(f64x2.mul(lowDoubles(a), v128.load(factors)), lift);
    const t1 = f64x2.add(f64x2.mul(highDoubles(a), v128.load(factors, 16)), lift);
    const t2 = f64x2.add(f64x2.mul(lowDoubles(b), v128.load(factors, 32)), lift);
    const t3 = f64x2.add(f64x2.mul(highDoubles(b), v128.load(factors, 48)), lift);
    const fractionsA = v128.and(i32x4.shuffle(t0, t1, 0, 2, 4, 6), mask);
    const fractionsB = v128.and(i32x4.shuffle(t2, t3, 0, 2, 4, 6), mask);
    sumA = i64x2.add(sumA, i64x2.add(t0, t1));
    sumB = i64x2.add(sumB, i64x2.add(t2, t3));
    fractions = i32x4.add(fractions, i32x4.add(fractionsA, fractionsB));
    const bound = v128.load32_splat(bounds);
    const isClose = i16x8.narrow_i32x4_s(i32x4.lt_s(fractionsA, bound), i32x4.lt_s(fractionsB, bound));
    store<u16>(close, <u16>i8x16.bitmask(isClose));
    bonds += area.CELLS;
    factors += 64;
    bounds += 8;
    close += 2;
  } while (bonds < end);
  store<u64>(close, 0);
  const lifted = sum64(i64x2.add(sumA, sumB)) - area.width * LIFT_BITS;
  return ((lifted - sum32(fractions)) >> FRACTION_BITS) + correct(r);
}

/** What row r earns by the bonds there are in columns that have their bits in CLOSE, less ⌊p⌋: nothing, or below it. */
function correct(r: u32): u64 {
  let missing: u64 = 0;
  for (let j: u32 = 0; j < area.width; j += 32) {
    const close = load<u64>(CLOSE + (j >> 2));
    if (close === 0) continue;
    for (let rest = close & twoEach(load<u32>(area.presentAt(r, j))); rest !== 0; rest &= rest - 1) {
      const k = j + (<u32>ctz(rest) >> 1);
      const q = <f64>u32At(area.newBondAt(r, k), 0) * load<f64>(factorAt(k));
      const whole = (reinterpret<u64>(q + LIFT) - LIFT_BITS) >> FRACTION_BITS;
      if (whole !== 0) missing += earnExactly(r, k) - whole;
    }
  }
  return missing;
}

/** The bits of a u32, two places apart. */
function twoEach(bits: u32): u64 {
  let spread = <u64>bits;
  spread = (spread | (spread << 16)) & 0x0000ffff0000ffff;
  spread = (spread | (spread << 8)) & 0x00ff00ff00ff00ff;
  spread = (spread | (spread << 4)) & 0x0f0f0f0f0f0f0f0f;
  spread = (spread | (spread << 2)) & 0x3333333333333333;
  return (spread | (spread << 1)) & 0x5555555555555555;
}

/** Address of the factor of column j. */
function factorAt(j: u32): usize {
  return area.factor + ((<usize>j) << 3);
}

/** Address of the bound of the block of column j: eight bytes of eight columns. */
function boundAt(j: u32): usize {
  return area.threshold + j;
}

/** In integers: what row r earns by column j. */
function earnExactly(r: u32, j: u32): u64 {
  const incentive = <u64>at(frame.incentive, area.uidOf(j));
  const share = shareAt(r, j);
  return share >> 32 !== 0 ? incentive : (share * incentive) >> 32;
}
