/** K.7 Ranks and incentive: what the staked validators together grant each uid. */
import * as i32f32 from "../fixed/i32f32";
import { at, set, u16At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as vector from "../linear/vector";
import * as frame from "./frame";
import * as input from "./input";

/**
 * ranks_j = Σ_i activeStake_i · clipped_ij, each product floored, in row order; incentive = ranks normalised.
 * Matches epoch/math.rs `matmul_sparse`.
 */
export function rankUids(): void {
  const values = sparse.values(frame.clipped);
  const uids = sparse.uids(frame.clipped);
  memory.fill(frame.ranks, 0, (<usize>input.n) << 3);
  for (let i: u32 = 0; i < input.n; i++) {
    const stake = at(frame.activeStake, i);
    if (stake === 0) continue;
    const end = sparse.end(frame.clipped, i);
    for (let e = sparse.begin(frame.clipped, i); e < end; e++) {
      const j = u16At(uids, e);
      set(frame.ranks, j, i32f32.add(at(frame.ranks, j), i32f32.mul(stake, at(values, e))));
    }
  }
  vector.normalise(frame.incentive, frame.ranks, input.n);
}
