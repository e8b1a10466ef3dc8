/** K.1 Activity: a uid is active while its last weight change is no older than the cutoff. */
import { SCALAR_ACTIVITY_CUTOFF, SCALAR_CURRENT_BLOCK } from "../contract";
import { setU8, u64At } from "../linear/array";
import * as frame from "./frame";
import * as input from "./input";

/** active_i = lastUpdate_i + cutoff ≥ current block (the sum saturates). Matches run_epoch.rs `epoch_mechanism`, "Active". */
export function markActive(): void {
  const cutoff = input.scalar(SCALAR_ACTIVITY_CUTOFF);
  const block = input.scalar(SCALAR_CURRENT_BLOCK);
  for (let i: u32 = 0; i < input.n; i++) {
    const updated = u64At(input.lastUpdate, i);
    const until = updated > u64.MAX_VALUE - cutoff ? u64.MAX_VALUE : updated + cutoff;
    setU8(frame.active, i, until >= block ? 1 : 0);
  }
}
