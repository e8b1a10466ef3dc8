/** K.8 Bond weights: the weights that buy bonds, between the raw and the clipped ones. */
import { SCALAR_BONDS_PENALTY } from "../contract";
import * as i32f32 from "../fixed/i32f32";
import * as proportion from "../fixed/proportion";
import { at, u16At } from "../linear/array";
import * as rowset from "../linear/rowset";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

/**
 * With r = bondsPenalty / 65535: r = 0 → the weights; r = 1 → the clipped weights; otherwise w + r·(c − w), where a
 * dropped c is 0, keeping entries > 0 in ascending order. Matches epoch/math.rs `interpolate_sparse`.
 */
export function interpolateBondWeights(): void {
  const ratio = proportion.fromU16(<u32>input.scalar(SCALAR_BONDS_PENALTY));
  if (ratio === 0) sparse.copy(frame.bondWeights, frame.weights);
  else if (ratio === i32f32.ONE) sparse.copy(frame.bondWeights, frame.clipped);
  else blendRows(ratio);
}

function blendRows(ratio: i64): void {
  const values = sparse.values(frame.weights);
  const uids = sparse.uids(frame.weights);
  const outValues = sparse.values(frame.bondWeights);
  const outUids = sparse.uids(frame.bondWeights);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    const end = sparse.end(frame.weights, i);
    for (let e = sparse.begin(frame.weights, i); e < end; e++) {
      const j = u16At(uids, e);
      const weight = at(values, e);
      const clipped = min(weight, at(frame.consensus, j));
      const blended = i32f32.add(weight, i32f32.mul(ratio, i32f32.sub(clipped, weight)));
      rowset.add(frame.rowA, input.n, j, blended);
    }
    kept = rowset.drain(frame.rowA, input.n, outValues, outUids, kept);
    sparse.endRow(frame.bondWeights, i, kept);
  }
}
