/** K.2 Stake: alpha plus weighted root TAO, cut by the threshold, normalised over the subnet. */
import { ERROR_STAKE, SCALAR_OWNER_UID, SCALAR_STAKE_THRESHOLD, SCALAR_TAO_WEIGHT } from "../contract";
import * as i64f64 from "../fixed/i64f64";
import * as int128 from "../fixed/int128";
import * as share from "../fixed/share";
import { set, setU64, u64At } from "../linear/array";
import { taoWeight, totalStake } from "../linear/totalStake";
import { check } from "../trap";
import * as frame from "./frame";
import * as input from "./input";

const I64F64_SHIFT: u32 = 4;

// One I64F64 each.
const TAO_WEIGHT = memory.data(16);
const SUM = memory.data(16);

/** Address of uid i's entry in a vector of I64F64. */
function wide(vector: usize, i: u32): usize {
  return vector + ((<usize>i) << I64F64_SHIFT);
}

/**
 * total_i = alpha_i + tao_i · w in I64F64, w = taoWeight / (2^64 − 1) with 32 fraction bits; below the threshold (and
 * not the owner) it counts as 0; stake_i = total_i / Σ total, floored to I32F32.
 *
 * Traps with ERROR_STAKE where the stakes sum to 2^63 rao or more: no chain state can (the supply is below 2^55), and
 * the reference would wrap. Matches stake_utils.rs `get_stake_weights_for_network` and run_epoch.rs, "Stake".
 */
export function weighStake(): void {
  taoWeight(TAO_WEIGHT, input.scalar(SCALAR_TAO_WEIGHT));
  const threshold = input.scalar(SCALAR_STAKE_THRESHOLD);
  const owner = input.scalar(SCALAR_OWNER_UID);
  i64f64.fromU64(SUM, 0);
  for (let i: u32 = 0; i < input.n; i++) {
    const total = wide(frame.totalStake, i);
    const counted = wide(frame.stake64, i);
    const alpha = u64At(input.alphaStake, i);
    const tao = u64At(input.taoStake, i);
    if ((alpha | tao) === 0) {
      // Most uids of many subnets.
      setU64(frame.rawStake, i, 0);
      int128.set(total, 0, 0);
      int128.set(counted, 0, 0);
      continue;
    }
    totalStake(total, alpha, tao, TAO_WEIGHT);
    const rao = i64f64.toU64(total);
    setU64(frame.rawStake, i, rao);
    if (rao < threshold && <u64>i !== owner) i64f64.fromU64(counted, 0);
    else int128.copy(counted, total);
    check(i64f64.checkedAdd(SUM, SUM, counted), ERROR_STAKE, i);
  }
  const nothing = int128.isZero(SUM);
  if (!nothing) share.prepare(SUM);
  for (let i: u32 = 0; i < input.n; i++) {
    const counted = wide(frame.stake64, i);
    set(frame.stake, i, nothing || int128.isZero(counted) ? 0 : share.shareOf(counted));
  }
}
