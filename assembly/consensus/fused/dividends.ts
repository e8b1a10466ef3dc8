/**
 * K.9, K.10 The incentive each row earns by its shares of bonds: Σ ⌊s·I / 2^32⌋ over the columns, I being the column's incentive, and
 * s = ⌊b·2^32 / C⌋ for a bond b of C in all.
 *
 * Shares are not computed where they need not be. With v = b·I / C, the floor of s leaves v − I/2^32 < s·I/2^32 ≤ v. In doubles, which
 * hold I ≤ 2^32 and C ≤ 2^44 exactly, I / C rounded, times 1 + 2^−50 rounded, times b rounded is q: three roundings by a factor within
 * 1 ± 2^−53, so that v ≤ q < v·(1 + 2^−49) ≤ v + 2^−17, as v ≤ I. Therefore ⌊s·I/2^32⌋ = ⌊q⌋
 *
 *   where ⌊q⌋ is 0, as 0 ≤ s·I/2^32 ≤ q;
 *   where q − ⌊q⌋ ≥ I/2^32 + 2^−17, as then ⌊q⌋ ≤ q − 2^−17 − I/2^32 < v − I/2^32 < s·I/2^32 ≤ q.
 *
 * q − ⌊q⌋ and the bound are exact; of eight columns the largest bound serves all. Elsewhere, some bond or two of a row,
 * it is computed in integers.
 */
import { at, set, u32At, u64At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { highDoubles, lowDoubles } from "./lanes";
import { shareAt } from "./share";

const ABOVE: f64 = 1.0 + 8.881784197001252e-16;
const PER_ONE: f64 = 1.0 / 4294967296.0;
const CLOSE: f64 = 7.62939453125e-6;

/** frame.bondTotals of the uids that have a row; 0 for others. */
export function sumBondTotals(): void {
  prepareFactors();
  memory.fill(frame.bondTotals, 0, (<usize>input.n) << 3);
  for (let r: u32 = 0; r < area.height; r++) set(frame.bondTotals, u32At(area.rowUid, r), <i64>sumRow(r));
}

/** area.factor and area.threshold; zeros for the padding. */
function prepareFactors(): void {
  for (let j: u32 = 0; j < area.width; j += area.BLOCK) {
    let most = 0.0;
    for (let k = j; k < j + area.BLOCK; k++) {
      const total = k < area.columns ? u64At(area.total, k) : 0;
      const incentive = total === 0 ? 0.0 : <f64>at(frame.incentive, area.uidOf(k));
      store<f64>(area.factor + ((<usize>k) << 3), total === 0 ? 0.0 : (incentive / <f64>(<i64>total)) * ABOVE);
      most = max(most, incentive);
    }
    store<f64>(area.threshold + j, most * PER_ONE + CLOSE);
  }
}

/** What row r earns. */
function sumRow(r: u32): u64 {
  const zero = f64x2.splat(0.0);
  let sumA = zero;
  let sumB = zero;
  let exact: u64 = 0;
  let bonds = area.newBondAt(r, 0);
  let factors = area.factor;
  let bounds = area.threshold;
  const end = area.newBondAt(r, area.width);
  do {
    const a = v128.load(bonds);
    const b = v128.load(bonds, 16);
    const bound = v128.load64_splat(bounds);
    const q0 = f64x2.mul(lowDoubles(a), v128.load(factors));
    const q1 = f64x2.mul(highDoubles(a), v128.load(factors, 16));
    const q2 = f64x2.mul(lowDoubles(b), v128.load(factors, 32));
    const q3 = f64x2.mul(highDoubles(b), v128.load(factors, 48));
    let f0 = f64x2.floor(q0);
    let f1 = f64x2.floor(q1);
    let f2 = f64x2.floor(q2);
    let f3 = f64x2.floor(q3);
    const first = f64x2.pmin(f64x2.sub(q0, f0), f64x2.sub(q1, f1));
    const second = f64x2.pmin(f64x2.sub(q2, f2), f64x2.sub(q3, f3));
    if (i64x2.bitmask(f64x2.lt(f64x2.pmin(first, second), bound)) !== 0) {
      const open0 = v128.and(f64x2.lt(f64x2.sub(q0, f0), bound), f64x2.ne(f0, zero));
      const open1 = v128.and(f64x2.lt(f64x2.sub(q1, f1), bound), f64x2.ne(f1, zero));
      const open2 = v128.and(f64x2.lt(f64x2.sub(q2, f2), bound), f64x2.ne(f2, zero));
      const open3 = v128.and(f64x2.lt(f64x2.sub(q3, f3), bound), f64x2.ne(f3, zero));
      f0 = v128.andnot(f0, open0);
      f1 = v128.andnot(f1, open1);
      f2 = v128.andnot(f2, open2);
      f3 = v128.andnot(f3, open3);
      const low = i32x4.bitmask(i32x4.shuffle(open0, open1, 0, 2, 4, 6));
      exact += earnExactly(
        r,
        bounds - area.threshold,
        low | (i32x4.bitmask(i32x4.shuffle(open2, open3, 0, 2, 4, 6)) << 4),
      );
    }
    sumA = f64x2.add(sumA, f64x2.add(f0, f1));
    sumB = f64x2.add(sumB, f64x2.add(f2, f3));
    bonds += area.CELLS;
    factors += 64;
    bounds += 8;
  } while (bonds < end);
  const sum = f64x2.add(sumA, sumB);
  return exact + <u64>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/** In integers: what row r earns by those of eight columns from j on that have a bit. */
function earnExactly(r: u32, j: u32, open: u32): u64 {
  let earned: u64 = 0;
  for (let rest = open; rest !== 0; rest &= rest - 1) {
    const k = j + ctz(rest);
    const incentive = <u64>at(frame.incentive, area.uidOf(k));
    const share = shareAt(r, k);
    earned += share >> 32 !== 0 ? incentive : (share * incentive) >> 32;
  }
  return earned;
}
