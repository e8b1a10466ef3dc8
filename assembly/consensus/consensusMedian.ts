/** K.6 Consensus: for each uid, the largest weight that at least kappa of the stake supports. */
import { SCALAR_KAPPA } from "../contract";
import * as proportion from "../fixed/proportion";
import { at, set, setU32, u16At, u32At } from "../linear/array";
import { weightedQuantile } from "../linear/quantile";
import * as sparse from "../linear/sparse";
import * as vector from "../linear/vector";
import * as frame from "./frame";
import * as input from "./input";

/** medianStake = the active stake normalised once more, over the rows that have any: those that vote. */
export function weighVotes(): void {
  vector.normalise(frame.medianStake, frame.activeStake, input.n);
}

/**
 * consensus_j = the stake-weighted quantile of column j at minority = S − kappa, over the rows with active stake, whose
 * stake is normalised among themselves (medianStake, sum S ≤ 1). 0 where nobody votes.
 * Matches epoch/math.rs `weighted_median_col_sparse`.
 */
export function findConsensus(): void {
  const n = input.n;
  let voters: u32 = 0;
  for (let i: u32 = 0; i < n; i++) voters += at(frame.medianStake, i) > 0 ? 1 : 0;
  const allStake = vector.sum(frame.medianStake, n);
  const kappa = proportion.fromU16(<u32>input.scalar(SCALAR_KAPPA));
  gatherColumns();
  for (let j: u32 = 0; j < n; j++) {
    const begin = u32At(frame.columnStart, j);
    const count = u32At(frame.columnStart, j + 1) - begin;
    const scores = frame.columnScores + ((<usize>begin) << 3);
    const stakes = frame.columnStakes + ((<usize>begin) << 3);
    const zeroStake = allStake - vector.sum(stakes, count);
    set(frame.consensus, j, weightedQuantile(scores, stakes, count, voters - count, zeroStake, allStake - kappa));
  }
}

/** Lists the positive weights of the voting rows by column, each with its row's stake: a counting sort. */
function gatherColumns(): void {
  const n = input.n;
  const values = sparse.values(frame.weights);
  const uids = sparse.uids(frame.weights);
  const starts = frame.columnStart;
  memory.fill(starts, 0, (<usize>n + 1) << 2);
  for (let i: u32 = 0; i < n; i++) {
    if (at(frame.medianStake, i) === 0) continue;
    const end = sparse.end(frame.weights, i);
    for (let e = sparse.begin(frame.weights, i); e < end; e++) {
      const j = u16At(uids, e);
      if (at(values, e) > 0) setU32(starts, j + 1, u32At(starts, j + 1) + 1);
    }
  }
  for (let j: u32 = 0; j < n; j++) setU32(starts, j + 1, u32At(starts, j + 1) + u32At(starts, j));
  // Filling moves each start to its column's end, which is the next column's start; shifting by one undoes that.
  for (let i: u32 = 0; i < n; i++) {
    const stake = at(frame.medianStake, i);
    if (stake === 0) continue;
    const end = sparse.end(frame.weights, i);
    for (let e = sparse.begin(frame.weights, i); e < end; e++) {
      if (at(values, e) <= 0) continue;
      const j = u16At(uids, e);
      const slot = u32At(starts, j);
      set(frame.columnScores, slot, at(values, e));
      set(frame.columnStakes, slot, stake);
      setU32(starts, j, slot + 1);
    }
  }
  for (let j = n; j > 0; j--) setU32(starts, j, u32At(starts, j - 1));
  setU32(starts, 0, 0);
}
