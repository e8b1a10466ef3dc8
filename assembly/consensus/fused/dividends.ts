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
 * q − ⌊q⌋ and the bound are exact; of eight columns the largest bound serves all. Elsewhere, some bond or two of a row, it is computed in
 * integers.
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

/** area.factor and area.threshold; the padding earns nothing. */
function prepareFactors(): void {
  for (let j: u32 = 0; j < area.width; j += area.BLOCK) {
    let most = 0.0;
    for (let k = j; k < j + area.BLOCK; k++) {
      const total = k < area.columns ? u64At(area.total, k) : 0;
      const incentive = total === 0 ? 0.0 : <f64>at(frame.incentive, area.uidOf(k));
      store<f64>(factorAt(k), total === 0 ? 0.0 : (incentive / <f64>(<i64>total)) * ABOVE);
      most = max(most, incentive);
    }
    store<f64>(boundAt(j), most * PER_ONE + CLOSE);
  }
}

/** What row r earns. */
function sumRow(r: u32): u64 {
  let sumA = f64x2.splat(0.0);
  let sumB = sumA;
  let missing: i64 = 0;
  let bonds = area.newBondAt(r, 0);
  let factors = area.factor;
  let bounds = area.threshold;
  const end = area.newBondAt(r, area.width);
  do {
    const a = v128.load(bonds);
    const b = v128.load(bonds, 16);
    const q0 = f64x2.mul(lowDoubles(a), v128.load(factors));
    const q1 = f64x2.mul(highDoubles(a), v128.load(factors, 16));
    const q2 = f64x2.mul(lowDoubles(b), v128.load(factors, 32));
    const q3 = f64x2.mul(highDoubles(b), v128.load(factors, 48));
    const f0 = f64x2.floor(q0);
    const f1 = f64x2.floor(q1);
    const f2 = f64x2.floor(q2);
    const f3 = f64x2.floor(q3);
    sumA = f64x2.add(sumA, f64x2.add(f0, f1));
    sumB = f64x2.add(sumB, f64x2.add(f2, f3));
    const bound = v128.load64_splat(bounds);
    const rest0 = f64x2.sub(q0, f0);
    const rest1 = f64x2.sub(q1, f1);
    const rest2 = f64x2.sub(q2, f2);
    const rest3 = f64x2.sub(q3, f3);
    if (i64x2.bitmask(f64x2.lt(f64x2.pmin(f64x2.pmin(rest0, rest1), f64x2.pmin(rest2, rest3)), bound)) !== 0) {
      const left = i32x4.shuffle(f64x2.lt(rest0, bound), f64x2.lt(rest1, bound), 0, 2, 4, 6);
      const right = i32x4.shuffle(f64x2.lt(rest2, bound), f64x2.lt(rest3, bound), 0, 2, 4, 6);
      missing += correct(r, bounds - area.threshold, i32x4.bitmask(left) | (i32x4.bitmask(right) << 4));
    }
    bonds += area.CELLS;
    factors += 64;
    bounds += 8;
  } while (bonds < end);
  const sum = f64x2.add(sumA, sumB);
  return <u64>(<i64>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)) + missing);
}

/** Of eight columns from j on, those that have a bit and of which q is not enough: what row r earns by them, less ⌊q⌋; −1 or 0 each. */
function correct(r: u32, j: u32, close: u32): i64 {
  let missing: i64 = 0;
  for (let rest = close; rest !== 0; rest &= rest - 1) {
    const k = j + ctz(rest);
    const whole = floor(<f64>u32At(area.newBondAt(r, k), 0) * load<f64>(factorAt(k)));
    if (whole > 0.0) missing += <i64>earnExactly(r, k) - <i64>whole;
  }
  return missing;
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
