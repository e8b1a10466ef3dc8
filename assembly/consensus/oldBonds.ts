/** K.9 Old bonds: the stored ones that still stand. */
import {
  BONDS_MASK_LAST_EPOCH,
  BONDS_MASK_LAST_UPDATE,
  FLAG_YUMA3,
  SCALAR_BONDS_MASK,
  SCALAR_CURRENT_BLOCK,
  SCALAR_LAST_MECHANISM_STEP_BLOCK,
  SCALAR_TEMPO,
} from "../contract";
import * as proportion from "../fixed/proportion";
import { u16At, u32At, u64At } from "../linear/array";
import * as sparse from "../linear/sparse";
import * as frame from "./frame";
import * as input from "./input";

/**
 * oldBonds = the stored bonds onto uids registered before the last epoch (older rules: see BONDS_MASK_*), in stored order: as b / 65535 under
 * Yuma 3, as the integer b under Yuma 2. A target ≥ n counts as registered at block 0 and stays in the row, because its
 * place in the row matters to liquid alpha. Matches run_epoch.rs `get_bonds_sparse_fixed_proportion`, `get_bonds_sparse`.
 */
export function maskBonds(): void {
  const byUpdate = input.scalar(SCALAR_BONDS_MASK) === BONDS_MASK_LAST_UPDATE;
  const lastEpoch = lastEpochBlock();
  const yuma3 = input.flag(FLAG_YUMA3);
  const values = sparse.values(frame.oldBonds);
  const uids = sparse.uids(frame.oldBonds);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    const since = byUpdate ? u64At(input.lastUpdate, i) : lastEpoch;
    const end = u32At(input.bondRows, i + 1);
    for (let e = u32At(input.bondRows, i); e < end; e++) {
      const j = u16At(input.bondUids, e);
      const registered = j < input.n ? u64At(input.blockAtRegistration, j) : 0;
      if (since <= registered) continue;
      const bond = u16At(input.bondValues, e);
      const bits = yuma3 ? proportion.fromU16(bond) : (<i64>bond) << 32;
      kept = sparse.push(values, uids, kept, j, bits);
    }
    sparse.endRow(frame.oldBonds, i, kept);
  }
}

/** The block after the last epoch; one tempo ago where none is recorded, and always under the older rule. */
export function lastEpochBlock(): u64 {
  const last = input.scalar(SCALAR_LAST_MECHANISM_STEP_BLOCK);
  if (last !== 0 && input.scalar(SCALAR_BONDS_MASK) === BONDS_MASK_LAST_EPOCH)
    return last === u64.MAX_VALUE ? last : last + 1;
  const block = input.scalar(SCALAR_CURRENT_BLOCK);
  const tempo = input.scalar(SCALAR_TEMPO);
  return block > tempo ? block - tempo : 0;
}
