/** The coldkeys that stake on the root, numbered, and those of them whose dividends a block claims. Source: subtensor staking/claim_root.rs. */
import { NumRootClaim } from "../state/claims.js";
import { type Account, fromHex } from "../state/codecs.js";
import { NumStakingColdkeys, StakingColdkeys, StakingColdkeysByIndex, StakingHotkeys } from "../state/staking.js";
import type { State } from "../state/state.js";
import { claimRoot } from "./claims.js";
import { attempt, type RuleContext } from "./context.js";
import { saturatedU64 } from "./integers.js";
import { stakeOf } from "./stake.js";
import { ROOT_NETUID } from "./subnetChecks.js";

const HASH_BYTES = 32;
const STEP_BYTES = 8;

/** Numbers a coldkey, unless it has a number. */
export function addRootStaker(state: State, coldkey: Account): void {
  if (state.has(StakingColdkeys, coldkey)) return;
  const n = state.read(NumStakingColdkeys);
  state.write(StakingColdkeysByIndex, n, coldkey);
  state.write(StakingColdkeys, coldkey, n);
  state.write(NumStakingColdkeys, n + 1n);
}

/** Takes the number of a coldkey without root stake; the last one gets it. */
export function removeRootStaker(context: RuleContext, coldkey: Account): void {
  const { state } = context;
  const staked = (hotkey: Account) => stakeOf(context, hotkey, coldkey, ROOT_NETUID) > 0n;
  if (state.read(StakingHotkeys, coldkey).some(staked)) return;
  const place = state.read(StakingColdkeys, coldkey);
  if (place === undefined) return;
  state.remove(StakingColdkeys, coldkey);
  const last = saturatedU64(state.read(NumStakingColdkeys) - 1n);
  const moved = place === last ? undefined : state.read(StakingColdkeysByIndex, last);
  state.remove(StakingColdkeysByIndex, moved === undefined ? place : last);
  if (moved !== undefined) {
    state.write(StakingColdkeysByIndex, place, moved);
    state.write(StakingColdkeys, moved, place);
  }
  state.write(NumStakingColdkeys, last);
}

/** Claims for the coldkeys the digest of the block before points at; a claim that fails is left out. */
export function claimForBlock(context: RuleContext, parentDigest: Account): void {
  const { state } = context;
  for (const place of claimants(parentDigest, state.read(NumRootClaim), state.read(NumStakingColdkeys))) {
    const coldkey = state.read(StakingColdkeysByIndex, place);
    if (coldkey !== undefined) attempt(context, (within) => claimRoot(within, coldkey));
  }
}

/** k numbers below n, ascending without repetition: each the one before plus eight bytes of the hash, big-endian, mod n. */
export function claimants(hash: Account, k: bigint, n: bigint): bigint[] {
  if (n === 0n) return [];
  const bytes = new DataView(Uint8Array.from(fromHex(hash)).buffer);
  const chosen = new Set<bigint>();
  let last = bytes.getBigUint64(0);
  for (let i = 0; BigInt(i) < k; i++) {
    last = saturatedU64(last + bytes.getBigUint64((i * STEP_BYTES) % HASH_BYTES)) % n;
    chosen.add(last);
  }
  return [...chosen].sort((a, b) => (a < b ? -1 : 1));
}
