/** K.1 Activity: a uid is active while its last weight change is no older than the cutoff. */
import { SCALAR_ACTIVITY_CUTOFF, SCALAR_CURRENT_BLOCK } from "../contract";
import { setU8, u64At } from "../linear/array";
import * as frame from "./frame";
import * as input from "./input";

/** active_i = lastUpdate_i + cutoff ≥ current block (the sum saturates). Matches run_epoch.rs `epoch_mechanism`, "Active". */
export function markActive(): void {
  const cutoff = input.scalar(SCALAR_ACTIVITY_CUTOFF);
  const block = input.scalar(SCALAR_CURRENT_BLOCK);
  const since = block > cutoff ? block - cutoff : 0;
  const lastUpdate = input.lastUpdate;
  const active = frame.active;
  const n = input.n;
  for (let i: u32 = 0; i < n; i++) setU8(active, i, u8(u64At(lastUpdate, i) >= since));
}
