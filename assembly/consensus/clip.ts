/** K.7 Clip: no validator's weight counts beyond consensus. */
import { at, u16At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

/** clipped_ij = min(weight_ij, consensus_j); an entry above a consensus of 0 is dropped. Matches epoch/math.rs `col_clip_sparse`. */
export function clipWeights(): void {
  const values = sparse.values(frame.weights);
  const uids = sparse.uids(frame.weights);
  const outValues = sparse.values(frame.clipped);
  const outUids = sparse.uids(frame.clipped);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    const end = sparse.end(frame.weights, i);
    for (let e = sparse.begin(frame.weights, i); e < end; e++) {
      const j = u16At(uids, e);
      const weight = at(values, e);
      const limit = at(frame.consensus, j);
      if (weight <= limit) kept = sparse.push(outValues, outUids, kept, j, weight);
      else if (limit > 0) kept = sparse.push(outValues, outUids, kept, j, limit);
    }
    sparse.endRow(frame.clipped, i, kept);
  }
}
