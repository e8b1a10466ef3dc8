/**
 * Consensus: the stake-weighted median of each column by the chain's pivot search. The truncated sums make the exact
 * procedure the specification, so it is followed step by step. Protocol K.6 and K.7.
 */
import { i32f32, smaller } from "./real.js";
import { dense, type Matrix, normalize } from "./sparse.js";

/** The weighted median of every column over the rows with positive stake. kappa: I32F32 in [0, 1]. */
export function consensusOf(stake: readonly bigint[], weights: Matrix, n: number, kappa: bigint): bigint[] {
  const voters = stake.map((_, uid) => uid).filter((uid) => stake[uid]! > 0n);
  const votes = normalize(voters.map((uid) => stake[uid]!));
  const total = i32f32.sum(votes);
  const minority = i32f32.sub(total, kappa);
  const cells = voters.map((uid) => dense(weights[uid]!, n));
  return Array.from({ length: n }, (_, column) => {
    const scores = cells.map((row) => row[column]!);
    return weightedMedian(votes, scores, minority, total);
  });
}

/** One column. `low` and `high` are the stake below and up to the end of the remaining candidates. */
export function weightedMedian(
  votes: readonly bigint[],
  scores: readonly bigint[],
  minority: bigint,
  total: bigint,
): bigint {
  let candidates = votes.map((_, index) => index);
  let low = 0n;
  let high = total;
  const stakeOf = (indices: readonly number[]) => indices.reduce((sum, i) => i32f32.add(sum, votes[i]!), 0n);

  while (candidates.length > 1) {
    const pivot = scores[candidates[Math.floor(candidates.length / 2)]!]!;
    const lower = candidates.filter((i) => scores[i]! < pivot);
    const upper = candidates.filter((i) => scores[i]! > pivot);
    const below = i32f32.add(low, stakeOf(lower));
    const above = i32f32.sub(high, stakeOf(upper));
    if (minority < below && lower.length > 0) {
      candidates = lower;
      high = below;
    } else if (above <= minority && upper.length > 0) {
      candidates = upper;
      low = above;
    } else {
      return pivot;
    }
  }
  return candidates.length === 0 ? 0n : scores[candidates[0]!]!;
}

/** Entries above their column's consensus become it, or go where it is not positive; the others stay. */
export function clip(weights: Matrix, consensus: readonly bigint[]): Matrix {
  return weights.map((row) =>
    row
      .filter(([j, bits]) => bits <= consensus[j]! || consensus[j]! > 0n)
      .map(([j, bits]) => [j, smaller(bits, consensus[j]!)] as const),
  );
}

/** Rank_j = Σ_i S_i·C_ij in row order, each product floored. */
export function ranks(clipped: Matrix, stake: readonly bigint[], n: number): bigint[] {
  const totals = new Array<bigint>(n).fill(0n);
  clipped.forEach((row, i) => {
    for (const [j, bits] of row) totals[j] = i32f32.add(totals[j]!, i32f32.mul(stake[i]!, bits));
  });
  return totals;
}
