/** K.7 Validator trust: how much of a validator's weight survived the clip. */
import { at, set } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

/** validatorTrust_i = Σ_j clipped_ij, in [0, 1]. Matches epoch/math.rs `row_sum_sparse`. */
export function sumTrust(): void {
  const values = sparse.values(frame.clipped);
  for (let i: u32 = 0; i < input.n; i++) {
    const end = sparse.end(frame.clipped, i);
    let trust: i64 = 0;
    for (let e = sparse.begin(frame.clipped, i); e < end; e++) trust += at(values, e);
    set(frame.validatorTrust, i, trust);
  }
}
