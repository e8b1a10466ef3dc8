/** K.9, K.10 Bond shares: what part of all bonds of a uid each validator holds. */
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

/** bondShares_ij = emaBonds_ij / Σ_i emaBonds_ij, by entry of emaBonds. Matches epoch/math.rs `inplace_col_normalize_sparse`. */
export function shareBonds(): void {
  sparse.columnSums(frame.column, frame.emaBonds, input.n);
  sparse.divideColumns(frame.bondShares, frame.emaBonds, frame.column, input.n);
}

/** m_ij = m_ij / Σ_i m_ij, in place. */
export function normaliseColumns(m: usize): void {
  sparse.columnSums(frame.column, m, input.n);
  sparse.divideColumns(sparse.values(m), m, frame.column, input.n);
}
