/** The stake-weighted quantile of one column by quickselect in place: no sorting, no allocation, no branch a score. */

/**
 * The smallest score whose stake together with all smaller ones, and with `below`, exceeds `minority`; the largest score if
 * none does. Both arrays are reordered in [0, count); count > 0.
 */
export function weightedQuantile(
  scores: Float64Array,
  stakes: Float64Array,
  count: number,
  below: number,
  minority: number,
): number {
  let low = 0;
  let high = count - 1;
  let reached = below;
  while (low < high) {
    const middle = (low + high) >> 1;
    const pivot = middleOfThree(scores[low]!, scores[middle]!, scores[high]!);
    // Scores below the pivot to the front: every score is swapped, the border moves or stays, nothing is mispredicted.
    let split = low;
    let left = 0;
    for (let i = low; i <= high; i++) {
      const score = scores[i]!;
      const stake = stakes[i]!;
      const smaller = Number(score < pivot);
      scores[i] = scores[split]!;
      stakes[i] = stakes[split]!;
      scores[split] = score;
      stakes[split] = stake;
      left += stake * smaller;
      split += smaller;
    }
    if (split > low && reached + left > minority) {
      high = split - 1;
      continue;
    }
    reached += left;
    // Those equal to the pivot next; usually it is alone.
    let equal = split;
    for (let i = split; i <= high; i++) {
      if (scores[i]! !== pivot) continue;
      const stake = stakes[i]!;
      scores[i] = scores[equal]!;
      stakes[i] = stakes[equal]!;
      stakes[equal++] = stake;
      reached += stake;
    }
    if (reached > minority || equal > high) return pivot;
    low = equal;
  }
  return scores[low]!;
}

function middleOfThree(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
}
