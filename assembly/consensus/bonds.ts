/** K.9, K.10 Bonds: what each validator holds of each uid after this epoch. */
import { FLAG_YUMA3 } from "../contract";
import * as i32f32 from "../fixed/i32f32";
import { at, set } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";
import { averageBondsLiquid, chooseLiquidConsensus, isLiquid } from "./liquidAlpha";
import { averageBonds } from "./movingAverage";

/** emaBonds and bondShares, by the rules the subnet runs under. */
export function updateBonds(): void {
  chooseLiquidConsensus();
  if (input.flag(FLAG_YUMA3)) updateYuma3();
  else updateYuma2();
}

/** Yuma 3: the average itself is kept; the shares that earn dividends are its columns normalised. */
function updateYuma3(): void {
  if (isLiquid()) averageBondsLiquid();
  else averageBonds(frame.bondWeights);
  shareColumns();
}

/**
 * Yuma 2: the average of column-normalised old bonds and column-normalised weight · stake, itself column-normalised;
 * each column divided by its largest entry is what is kept.
 */
function updateYuma2(): void {
  normaliseColumns(frame.oldBonds);
  weighByStake();
  normaliseColumns(frame.bondsDelta);
  averageBonds(frame.bondsDelta);
  shareColumns();
  const values = sparse.values(frame.emaBonds);
  memory.copy(values, frame.bondShares, (<usize>sparse.end(frame.emaBonds, input.n - 1)) << 3);
  sparse.columnMaxima(frame.column, frame.emaBonds, input.n);
  sparse.divideColumns(values, frame.emaBonds, frame.column, input.n);
}

/** bondShares_ij = emaBonds_ij / Σ_i emaBonds_ij. Matches epoch/math.rs `inplace_col_normalize_sparse`. */
function shareColumns(): void {
  sparse.columnSums(frame.column, frame.emaBonds, input.n);
  sparse.divideColumns(frame.bondShares, frame.emaBonds, frame.column, input.n);
}

function normaliseColumns(m: usize): void {
  sparse.columnSums(frame.column, m, input.n);
  sparse.divideColumns(sparse.values(m), m, frame.column, input.n);
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
