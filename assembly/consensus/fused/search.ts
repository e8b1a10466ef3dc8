/**
 * The weighted quantile of four columns at once: the largest score v for which the stake of all scores < v does not exceed the
 * minority. Each lane narrows its own interval; the interpolation only chooses where to look.
 */
import * as area from "./area";

/** The minority, 0 ≤ minority < S ≤ 2^32, in four lanes; S itself, or one less where it is 2^32. */
const MINORITY = memory.data(16, 16);
const REACHED = memory.data(16, 16);
/** How close to either end of its interval a lane looks next. */
export const EDGE: f32 = 0.02;

/** Once an epoch. Values that are out of range are never searched with. */
export function prepareSearch(allStake: i64, minority: i64): void {
  v128.store(MINORITY, i32x4.splat(<i32>minority));
  v128.store(REACHED, i32x4.splat(<i32>min<i64>(allStake, 0xffffffff)));
}

/**
 * The quantile of four lanes of scores, eight u32 apart; `bottom` and `top` are the smallest and the largest score of each lane. A lane
 * whose top is 2^31 or more is left alone.
 *
 * In each lane the answer lies between low and high, both scores, and low < pivot ≤ high. A pass adds up the stake
 * of scores below the pivot: the one at `high` is not, so that the sum is less than S and fits. If it exceeds the minority the
 * answer is below the pivot, and at most the largest score there, else at least the smallest score from the pivot on.
 */
export function search(scores: usize, bottom: v128, top: v128): v128 {
  const minority = v128.load(MINORITY);
  const first = area.cellsAt(scores, area.others);
  const end = area.cellsAt(scores, area.height);
  const zero = i32x4.splat(0);
  let low = i32x4.max_s(bottom, zero);
  let high = i32x4.max_s(top, zero);
  let below = zero; //               stake of scores < low
  let reached = v128.load(REACHED); // stake of scores ≤ high, or more
  let open = i32x4.lt_s(low, high);
  let pivot = between(low, high, minority, reached);
  while (v128.any_true(open)) {
    let sum = zero;
    let under = zero;
    let over = i32x4.splat(-1);
    let stake = area.medianStake + ((<usize>area.others) << 2);
    // Voters in pairs. The row that may be read beyond the last has no score and no stake: it changes nothing.
    let row = first;
    do {
      const one = v128.load(row);
      const two = v128.load(row, 32);
      // Signed: the comparison processors have. All scores are below 2^31.
      const isOneUnder = i32x4.gt_s(pivot, one);
      const isTwoUnder = i32x4.gt_s(pivot, two);
      sum = i32x4.add(sum, v128.and(v128.load32_splat(stake), isOneUnder));
      sum = i32x4.add(sum, v128.and(v128.load32_splat(stake, 4), isTwoUnder));
      under = i32x4.max_s(under, v128.and(one, isOneUnder));
      under = i32x4.max_s(under, v128.and(two, isTwoUnder));
      over = i32x4.min_u(over, v128.or(one, isOneUnder));
      over = i32x4.min_u(over, v128.or(two, isTwoUnder));
      stake += 8;
      row += 2 * area.CELLS;
    } while (row < end);
    const exceeds = i32x4.gt_u(sum, minority);
    const lower = v128.and(open, exceeds);
    const raise = v128.andnot(open, exceeds);
    high = v128.bitselect(under, high, lower);
    reached = v128.bitselect(sum, reached, lower);
    low = v128.bitselect(over, low, raise);
    below = v128.bitselect(sum, below, raise);
    open = i32x4.lt_s(low, high);
    pivot = v128.bitselect(between(low, high, i32x4.sub(minority, below), i32x4.sub(reached, below)), high, open);
  }
  return high;
}

/**
 * Where the minority would fall if stake were spread evenly between low and high, kept away from both: low + 1 to high in open
 * lanes. Closed ones may divide zero by zero; nobody looks at what they make of it.
 */
function between(low: v128, high: v128, missing: v128, stake: v128): v128 {
  const part = f32x4.div(f32x4.convert_i32x4_u(missing), f32x4.convert_i32x4_u(stake));
  const kept = f32x4.pmin(f32x4.pmax(part, f32x4.splat(EDGE)), f32x4.splat(<f32>1.0 - EDGE));
  const first = i32x4.add(low, i32x4.splat(1));
  const room = f32x4.convert_i32x4_s(i32x4.sub(high, first));
  return i32x4.add(first, i32x4.trunc_sat_f32x4_s(f32x4.mul(room, kept)));
}
