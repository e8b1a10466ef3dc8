/**
 * The stake-weighted quantile behind consensus.
 *
 * The reference walks a pivot search over a dense column. Because stakes are positive and their sums are exact, that
 * search always ends at one well-defined score, whatever its pivots were: the smallest score v for which the stake of
 * all scores ≤ v exceeds `minority`, and the largest score if none does. This file finds that score from the positive
 * entries of a column alone, by bisection, without moving or copying them; stake that gave no weight gave zero.
 */
import { at } from "./array";

/**
 * The weighted quantile of one column (I32F32 bits in [0, 1]).
 *
 * @param scores    `count` scores > 0, and in `stakes` the stake > 0 behind each
 * @param zeroRows  how many staked rows gave no weight, and `zeroStake` the stake they hold
 * @param minority  stake that must be exceeded; may be negative
 *
 * 0 if there is no row at all. Matches epoch/math.rs `weighted_median`.
 */
export function weightedQuantile(
  scores: usize,
  stakes: usize,
  count: u32,
  zeroRows: u32,
  zeroStake: i64,
  minority: i64,
): i64 {
  if (count === 0 || (zeroRows > 0 && minority < zeroStake)) return 0;
  let low: i64 = 0; // the answer is above low,
  let high = largest(scores, count); // and at most high, itself a score
  while (true) {
    const middle = (low + high) >> 1;
    let reached = zeroStake; // stake of the scores ≤ middle,
    let top = low; //           the largest of them,
    let next = high; //         and the smallest above
    for (let k: u32 = 0; k < count; k++) {
      const score = at(scores, k);
      const inside = score <= middle;
      reached += select<i64>(at(stakes, k), 0, inside);
      top = select<i64>(score, top, inside && score > top);
      next = select<i64>(score, next, !inside && score < next);
    }
    if (reached > minority && top > low) {
      high = top;
    } else {
      if (next === high) return high;
      low = next - 1;
    }
  }
}

function largest(scores: usize, count: u32): i64 {
  let top: i64 = 0;
  for (let k: u32 = 0; k < count; k++) top = max(top, at(scores, k));
  return top;
}
