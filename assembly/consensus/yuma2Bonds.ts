/** K.10 Yuma 2 bonds: columns of old bonds and of weight · stake, averaged, stored relative to the largest in each column. */
import * as i32f32 from "../fixed/i32f32";
import { at, set } from "../linear/array";
import * as sparse from "../linear/sparse";
import { normaliseColumns, shareBonds } from "./bondShares";
import * as frame from "./frame";
import * as input from "./input";
import { averageBonds } from "./movingAverage";

/**
 * bondsDelta = bondWeights · activeStake, column-normalised; oldBonds column-normalised; their average column-normalised is
 * bondShares, and each column of that divided by its largest entry is emaBonds, what is stored.
 * Matches run_epoch.rs, "original Yuma".
 */
export function updateYuma2Bonds(): void {
  normaliseColumns(frame.oldBonds);
  weighByStake();
  normaliseColumns(frame.bondsDelta);
  averageBonds(frame.bondsDelta);
  shareBonds();
  const values = sparse.values(frame.emaBonds);
  memory.copy(values, frame.bondShares, (<usize>sparse.end(frame.emaBonds, input.n - 1)) << 3);
  sparse.columnMaxima(frame.column, frame.emaBonds, input.n);
  sparse.divideColumns(values, frame.emaBonds, frame.column, input.n);
}

/** bondsDelta_ij = bondWeights_ij · activeStake_i. Matches epoch/math.rs `row_hadamard_sparse`. */
function weighByStake(): void {
  sparse.copy(frame.bondsDelta, frame.bondWeights);
  const values = sparse.values(frame.bondsDelta);
  for (let i: u32 = 0; i < input.n; i++) {
    const stake = at(frame.activeStake, i);
    const end = sparse.end(frame.bondsDelta, i);
    for (let e = sparse.begin(frame.bondsDelta, i); e < end; e++) {
      set(values, e, i32f32.mul(at(values, e), stake));
    }
  }
}
