/** The TAO meant for each subnet: subnets switched off get none, and their part goes to the others. */
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import * as u96f32 from "../fixed/u96f32";
import {
  BLOCK_EMISSION,
  SUBNET_FLAG_EMISSION,
  SUBNET_GATED_SHARE,
  SUBNET_PAID_SHARE,
  SUBNET_TAO_EMISSION,
} from "./contract";
import * as table from "./table";

/** U64F64. */
const emission = memory.data(16);
const enabled = memory.data(16);

/**
 * paid share ← share / Σ enabled shares where some subnet is switched off (0 for those, and for all where the sum is 0), else the
 * share as it is; TAO ← block emission · paid share, U64F64, floored to U96F32 rao.
 * Matches subnet_emissions.rs `get_subnet_block_emissions`.
 */
export function taoEmission(): void {
  let isPartial = false;
  int128.set(enabled, 0, 0);
  for (let i: u32 = 0; i < table.count; i++) {
    if (table.has(SUBNET_FLAG_EMISSION, i)) u64f64.add(enabled, enabled, table.wide(SUBNET_GATED_SHARE, i));
    else isPartial = true;
  }
  u64f64.fromU64(emission, table.whole(BLOCK_EMISSION));
  for (let i: u32 = 0; i < table.count; i++) {
    const paid = table.wide(SUBNET_PAID_SHARE, i);
    const share = table.wide(SUBNET_GATED_SHARE, i);
    if (!isPartial) int128.copy(paid, share);
    else if (table.has(SUBNET_FLAG_EMISSION, i)) u64f64.safeDiv(paid, share, enabled);
    else int128.set(paid, 0, 0);
    const tao = table.wide(SUBNET_TAO_EMISSION, i);
    u64f64.mul(tao, emission, paid);
    u96f32.fromU64F64(tao, tao);
  }
}
