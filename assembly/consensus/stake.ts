/** K.2 Stake: alpha plus weighted root TAO, cut by the threshold, normalised over the subnet. */
import { ERROR_STAKE, SCALAR_OWNER_UID, SCALAR_STAKE_THRESHOLD, SCALAR_TAO_WEIGHT } from "../contract";
import * as int128 from "../fixed/int128";
import * as share from "../fixed/share";
import { set, setU64, u64At } from "../linear/array";
import { fractionOfTotal, isPlain, taoWeight, totalStake, wholeTotal } from "../linear/totalStake";
import { check } from "../trap";
import * as frame from "./frame";
import * as input from "./input";

const I64F64_SHIFT: u32 = 4;

// One I64F64 each.
const TOTAL = memory.data(16);
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
  sumStake();
  if (int128.isZero(SUM)) {
    memory.fill(frame.stake, 0, (<usize>input.n) << 3);
    return;
  }
  share.prepare(SUM);
  const n = input.n;
  const counted = frame.stake64;
  const stake = frame.stake;
  for (let i: u32 = 0; i < n; i++) set(stake, i, share.shareOf(wide(counted, i)));
}

/** Totals, what counts of them, and SUM of that. */
function sumStake(): void {
  const weight = taoWeight(input.scalar(SCALAR_TAO_WEIGHT));
  const threshold = input.scalar(SCALAR_STAKE_THRESHOLD);
  const owner = input.scalar(SCALAR_OWNER_UID);
  const n = input.n;
  let sumLow: u64 = 0;
  let sumHigh: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const alpha = u64At(input.alphaStake, i);
    const tao = u64At(input.taoStake, i);
    if ((alpha | tao) === 0) {
      // Most uids of many subnets.
      setTotal(i, 0, 0);
      int128.set(wide(frame.stake64, i), 0, 0);
      continue;
    }
    let low = fractionOfTotal(tao, weight);
    let high = wholeTotal(alpha, tao, weight);
    if (!isPlain(alpha, tao)) {
      totalStake(TOTAL, alpha, tao, weight);
      low = load<u64>(TOTAL);
      high = load<u64>(TOTAL, 8);
    }
    setTotal(i, low, high);
    if (high < threshold && <u64>i !== owner) {
      low = 0;
      high = 0;
    }
    int128.set(wide(frame.stake64, i), low, high);
    sumLow += low;
    sumHigh += high + u64(sumLow < low);
    check(<i64>sumHigh >= 0, ERROR_STAKE, i);
  }
  int128.set(SUM, sumLow, sumHigh);
}

/** Stores a total and its whole rao. */
function setTotal(i: u32, low: u64, high: u64): void {
  setU64(frame.rawStake, i, high);
  int128.set(wide(frame.totalStake, i), low, high);
}
