/**
 * The emission gate: a Hill function that thins out shares below a bar θ. Written from its published description alone: which
 * quotient saturates, and how the power is taken at its ends, is our reading. `safePow` gives 2^31 − 1 wherever the exponential
 * fails, be its exponent very negative: at h = 3 a share some thousand times above the bar would be lost.
 */
import * as int128 from "../fixed/int128";
import * as u64f64 from "../fixed/u64f64";
import {
  BLOCK_CURRENT,
  BLOCK_GATE_BAR,
  BLOCK_GATE_EXPONENT,
  BLOCK_GATE_QUANTILE,
  BLOCK_GATE_RANK,
  BLOCK_GATE_RULE,
  GATE_RANK,
  SUBNET_GATED_SHARE,
  SUBNET_SHARE,
} from "./contract";
import { copy, normalise } from "./normalise";
import * as table from "./table";

/** Blocks from one look at the bar to the next. */
const REFRESH_BLOCKS: u64 = 360;

// U64F64.
const candidate = memory.data(16);
const next = memory.data(16);
const sum = memory.data(16);
const one = memory.data(16);
const power = memory.data(16);

/**
 * gated share ← share / (1 + (θ / share)^h), normalised; the share itself where nothing would be left. U64F64;
 * θ/share saturates, the power is `safePow`. θ is looked for anew where the block is a multiple of 360, or there is none; only where no share is positive there is none still.
 */
export function gateShares(): void {
  const bar = table.scalar(BLOCK_GATE_BAR);
  if (int128.isZero(bar) || table.whole(BLOCK_CURRENT) % REFRESH_BLOCKS === 0) refreshBar(bar);
  for (let i: u32 = 0; i < table.count; i++) thin(table.wide(SUBNET_GATED_SHARE, i), table.wide(SUBNET_SHARE, i), bar);
  if (!normalise(SUBNET_GATED_SHARE, SUBNET_GATED_SHARE)) copy(SUBNET_GATED_SHARE, SUBNET_SHARE);
}

/** out ← share / (1 + (bar / share)^h); 0 stays 0. */
function thin(out: usize, share: usize, bar: usize): void {
  if (int128.isZero(share)) {
    int128.set(out, 0, 0);
    return;
  }
  u64f64.one(one);
  u64f64.div(power, bar, share);
  u64f64.safePow(power, power, table.scalar(BLOCK_GATE_EXPONENT));
  u64f64.add(power, one, power);
  u64f64.safeDiv(out, share, power);
}

/**
 * bar ← by rank N > 0: the N-th largest positive share, or the smallest where there are fewer; otherwise the share at which the sum
 * from the largest down first reaches the quantile, or the smallest where it never does. Kept where no share is positive.
 */
function refreshBar(bar: usize): void {
  const rank = table.whole(BLOCK_GATE_RULE) === GATE_RANK ? table.whole(BLOCK_GATE_RANK) : 0;
  int128.set(sum, 0, 0);
  int128.set(candidate, u64.MAX_VALUE, u64.MAX_VALUE);
  let seen: u64 = 0;
  let isFound = false;
  while (!isFound) {
    let equals = nextBelow();
    if (equals === 0) break;
    seen += equals;
    int128.copy(candidate, next);
    for (; equals > 0; equals--) u64f64.add(sum, sum, candidate);
    isFound = rank > 0 ? seen >= rank : !int128.less(sum, table.scalar(BLOCK_GATE_QUANTILE), false);
  }
  if (seen > 0) int128.copy(bar, candidate);
}

/** next ← the largest positive share below `candidate`; how many subnets have it, 0 if none is left. */
function nextBelow(): u64 {
  let equals: u64 = 0;
  int128.set(next, 0, 0);
  for (let i: u32 = 0; i < table.count; i++) {
    const share = table.wide(SUBNET_SHARE, i);
    if (int128.isZero(share) || !int128.less(share, candidate, false)) continue;
    if (int128.less(next, share, false)) {
      int128.copy(next, share);
      equals = 0;
    }
    if (int128.equal(next, share)) equals++;
  }
  return equals;
}
