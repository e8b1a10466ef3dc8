/**
 * Dividing a block of columns by their sums, eight columns at a time: in doubles where that is proved to give the exact floor, in
 * integers where it is not.
 *
 * For 0 < x ≤ C < 2^53, x < 2^32, both exact as doubles, 2^32 / C rounded and times 1 − 2^−50 rounded, is R. Each rounding is off by
 * a factor within 1 ± 2^−53, so that
 *
 *   x·2^32/C · (1 − 2^−49)  <  fl(x·R) ≤ (x·2^32/C) · (1 + 2^−53)^3 · (1 − 2^−50)  <  x·2^32/C ≤ 2^32,
 *
 * and the exact quotient exceeds fl(x·R) by less than 2^−17. So if fl(x·R) does not come within 2^−17 of the next integer, its floor
 * is the floor of the exact quotient; x = 0 gives 0. Where some of the eight do, all are divided exactly: that is where a quotient
 * is an integer, and by chance once in 2^17.
 */
import { u32At, u64At } from "../../linear/array";
import * as area from "./area";
import { highDoubles, lowDoubles, toU32 } from "./lanes";

const BELOW: f64 = 1.0 - 8.881784197001252e-16;
const OPEN: f64 = 1.0 - 7.62939453125e-6;

/** f64 a column of the block in hand: R; 0 where the sum is 0. */
const RECIPROCALS = memory.data(64, 16);

/** How many rows of eight were divided exactly since the epoch began. */
export let exactGroups: u32 = 0;

/** Starts the count anew. */
export function resetCount(): void {
  exactGroups = 0;
}

/** Counts one more. */
function countExact(): void {
  exactGroups++;
}

/**
 * ⌊x · 2^32 / total⌋ of a block: `from` has eight u32 a row, `totals` their eight sums (u64); results go to `to`, `stride` bytes a
 * row. Returns a bit a column for which a quotient is one, which does not fit and is stored as 0.
 */
export function divideBlock(to: usize, stride: usize, from: usize, totals: usize): u32 {
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    const total = u64At(totals, k);
    const reciprocal = total === 0 ? 0.0 : (4294967296.0 / <f64>(<i64>total)) * BELOW;
    store<f64>(RECIPROCALS + ((<usize>k) << 3), reciprocal);
  }
  const r0 = v128.load(RECIPROCALS);
  const r1 = v128.load(RECIPROCALS, 16);
  const r2 = v128.load(RECIPROCALS, 32);
  const r3 = v128.load(RECIPROCALS, 48);
  const open = f64x2.splat(OPEN);
  let ones: u32 = 0;
  let out = to;
  const end = area.cellsAt(from, area.height);
  let cells = from;
  do {
    const a = v128.load(cells);
    const b = v128.load(cells, 16);
    const q0 = f64x2.mul(lowDoubles(a), r0);
    const q1 = f64x2.mul(highDoubles(a), r1);
    const q2 = f64x2.mul(lowDoubles(b), r2);
    const q3 = f64x2.mul(highDoubles(b), r3);
    const f0 = f64x2.floor(q0);
    const f1 = f64x2.floor(q1);
    const f2 = f64x2.floor(q2);
    const f3 = f64x2.floor(q3);
    const first = f64x2.pmax(f64x2.sub(q0, f0), f64x2.sub(q1, f1));
    const second = f64x2.pmax(f64x2.sub(q2, f2), f64x2.sub(q3, f3));
    if (i64x2.bitmask(f64x2.gt(f64x2.pmax(first, second), open)) !== 0) {
      ones |= divideExactly(out, cells, totals);
    } else {
      v128.store(out, toU32(f0, f1));
      v128.store(out, toU32(f2, f3), 16);
    }
    out += stride;
    cells += area.CELLS;
  } while (cells < end);
  return ones;
}

/** Eight columns of a row in integers. */
function divideExactly(to: usize, from: usize, totals: usize): u32 {
  countExact();
  let ones: u32 = 0;
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    const total = u64At(totals, k);
    const quotient = total === 0 ? 0 : ((<u64>u32At(from, k)) << 32) / total;
    store<u32>(to + ((<usize>k) << 2), <u32>quotient);
    ones |= (<u32>(quotient >> 32)) << k;
  }
  return ones;
}
