/** K.9 Liquid alpha: the moving average of bonds with an α of its own for each pair. */
import {
  FLAG_LIQUID_ALPHA,
  FLAG_PREVIOUS_CONSENSUS,
  FLAG_YUMA3,
  LIQUID_AUTO,
  LIQUID_PREVIOUS,
  SCALAR_ALPHA_HIGH,
  SCALAR_ALPHA_LOW,
  SCALAR_ALPHA_SIGMOID_STEEPNESS,
  SCALAR_BONDS_PENALTY,
  SCALAR_LIQUID_CONSENSUS,
} from "../contract";
import * as i32f32 from "../fixed/i32f32";
import * as proportion from "../fixed/proportion";
import { at, set, u16At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as vector from "../linear/vector";
import * as frame from "./frame";
import * as input from "./input";
import { alphaSigmoid, sigmoidSlope } from "./sigmoid";

const FULL_PENALTY: u64 = 65535;

/** Whether this epoch runs with liquid alpha: it is switched on and some consensus differs from zero. */
export function isLiquid(): bool {
  return vector.anyNonZero(frame.liquidConsensus, input.n);
}

/**
 * liquidConsensus = the consensus the sigmoid sees: the current one, or the stored one of the last epoch over 65535.
 * `auto` takes the previous one under full bonds penalty; where none is stored the current one serves. All zero where
 * liquid alpha is off; only Yuma 3 honours it.
 */
export function chooseLiquidConsensus(): void {
  if (!input.flag(FLAG_YUMA3) || !input.flag(FLAG_LIQUID_ALPHA)) {
    memory.fill(frame.liquidConsensus, 0, (<usize>input.n) << 3);
    return;
  }
  for (let j: u32 = 0; j < input.n; j++) set(frame.liquidConsensus, j, liquidConsensusOf(j));
}

/** The consensus on uid j the sigmoid sees, where liquid alpha is on. */
export function liquidConsensusOf(j: u32): i64 {
  return seesPrevious() ? proportion.fromU16(u16At(input.previousConsensus, j)) : at(frame.consensus, j);
}

/** Whether that is the stored consensus of the last epoch. */
export function seesPrevious(): bool {
  const mode = input.scalar(SCALAR_LIQUID_CONSENSUS);
  const full = input.scalar(SCALAR_BONDS_PENALTY) === FULL_PENALTY;
  const wanted = mode === LIQUID_PREVIOUS || (mode === LIQUID_AUTO && full);
  return wanted && input.flag(FLAG_PREVIOUS_CONSENSUS);
}

/**
 * emaBonds_ij = min(1, (1 − α_ij)·oldBonds_ij + max(0, α_ij·w_ij)) for the entries of bondWeights, keeping those > 0 in
 * their order; an old bond without a fresh weight is gone. alphas holds α_ij by entry of bondWeights.
 *
 * The sigmoid sees a weight or an old bond only where its uid exceeds all uids before it in its row, and 0 elsewhere:
 * the reference walks rows with a cursor that assumes ascending order. The average itself sees every value.
 * Matches run_epoch.rs `compute_liquid_alpha_values_sparse` and epoch/math.rs `mat_ema_alpha_sparse`.
 */
export function averageBondsLiquid(): void {
  const values = sparse.values(frame.bondWeights);
  const uids = sparse.uids(frame.bondWeights);
  const outValues = sparse.values(frame.emaBonds);
  const outUids = sparse.uids(frame.emaBonds);
  const low = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_LOW));
  const high = proportion.fromU16(<u32>input.scalar(SCALAR_ALPHA_HIGH));
  const slope = sigmoidSlope((<i64>input.scalar(SCALAR_ALPHA_SIGMOID_STEEPNESS)) << 32);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    spreadOldRow(i, true);
    let reached: i32 = -1;
    const end = sparse.end(frame.bondWeights, i);
    for (let e = sparse.begin(frame.bondWeights, i); e < end; e++) {
      const j = u16At(uids, e);
      const weight = at(values, e);
      const seen = <i32>j > reached ? weight : 0;
      reached = max(reached, <i32>j);
      const bond = at(frame.rowB, j);
      const alpha = alphaSigmoid(at(frame.liquidConsensus, j), seen, bond, low, high, slope);
      set(frame.alphas, e, alpha);
      const decayed = i32f32.mul(i32f32.sub(i32f32.ONE, alpha), at(frame.rowA, j));
      const gained = max<i64>(i32f32.mul(alpha, weight), 0);
      const bits = min(i32f32.add(decayed, gained), i32f32.ONE);
      if (bits > 0) kept = sparse.push(outValues, outUids, kept, j, bits);
    }
    sparse.endRow(frame.emaBonds, i, kept);
    spreadOldRow(i, false);
  }
}

/** Writes old row i out densely, or clears it: rowA every bond, rowB those the cursor of the reference sees. */
function spreadOldRow(i: u32, write: bool): void {
  const values = sparse.values(frame.oldBonds);
  const uids = sparse.uids(frame.oldBonds);
  const end = sparse.end(frame.oldBonds, i);
  let reached: i32 = -1;
  for (let e = sparse.begin(frame.oldBonds, i); e < end; e++) {
    const j = u16At(uids, e);
    const visible = <i32>j > reached;
    reached = max(reached, <i32>j);
    if (j >= input.n) continue;
    set(frame.rowA, j, write ? at(values, e) : 0);
    set(frame.rowB, j, write && visible ? at(values, e) : 0);
  }
}
