/** K.5 Row normalisation: each validator's weights become shares of one. */
import { at, set } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

/**
 * weights_ij = w_ij / Σ_j w_ij in I32F32, truncated; a row without positive weight stays zero.
 *
 * The stored integers are divided directly: (w·2^32)·2^32 / (Σw·2^32) and w·2^32 / Σw truncate alike, and w·2^32 fits.
 * Matches epoch/math.rs `inplace_row_normalize_sparse`.
 */
export function normaliseRows(): void {
  const values = sparse.values(frame.weights);
  for (let i: u32 = 0; i < input.n; i++) {
    const begin = sparse.begin(frame.weights, i);
    const end = sparse.end(frame.weights, i);
    let sum: u64 = 0;
    for (let e = begin; e < end; e++) sum += <u64>at(values, e);
    if (sum === 0) continue;
    for (let e = begin; e < end; e++) set(values, e, <i64>(((<u64>at(values, e)) << 32) / sum));
  }
}
