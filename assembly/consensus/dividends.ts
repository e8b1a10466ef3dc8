/** K.9, K.10 Dividends: what a validator earns from the incentive of the uids it holds bonds of. */
import { FLAG_YUMA3 } from "../contract";
import * as i32f32 from "../fixed/i32f32";
import { at, set, u16At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as vector from "../linear/vector";
import * as frame from "./frame";
import * as input from "./input";

/**
 * bondTotals_i = Σ_j bondShares_ij · incentive_j, each product floored.
 * Matches epoch/math.rs `matmul_transpose_sparse`, `mat_vec_mul_sparse`.
 */
export function sumBondTotals(): void {
  const uids = sparse.uids(frame.emaBonds);
  for (let i: u32 = 0; i < input.n; i++) {
    const end = sparse.end(frame.emaBonds, i);
    let total: i64 = 0;
    for (let e = sparse.begin(frame.emaBonds, i); e < end; e++) {
      total = i32f32.add(total, i32f32.mul(at(frame.bondShares, e), at(frame.incentive, u16At(uids, e))));
    }
    set(frame.bondTotals, i, total);
  }
}

/**
 * dividends = bondTotals (Yuma 2) or bondTotals · activeStake (Yuma 3), normalised. Shares and incentive are at most one, so
 * nothing overflows. Matches epoch/math.rs `vec_mul`, `inplace_normalize`.
 */
export function payDividends(): void {
  const n = input.n;
  if (input.flag(FLAG_YUMA3)) {
    vector.mul(frame.dividends, frame.bondTotals, frame.activeStake, n);
    vector.normalise(frame.dividends, frame.dividends, n);
  } else {
    vector.normalise(frame.dividends, frame.bondTotals, n);
  }
}
