/** Giving root dividends, claimed and to be claimed, to other keys. Source: subtensor staking/claim_root.rs. */
import { RootClaimable, RootClaimed } from "../state/claims.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";

const MAX_U128 = (1n << 128n) - 1n;

/** A hotkey and a coldkey. */
export interface KeyPair {
  readonly hotkey: Account;
  readonly coldkey: Account;
}

/** Adds what one pair has claimed of a subnet to what another has. */
export function moveClaimed(state: State, netuid: number, from: KeyPair, to: KeyPair): void {
  const movedBits = state.read(RootClaimed, netuid, from.hotkey, from.coldkey);
  state.remove(RootClaimed, netuid, from.hotkey, from.coldkey);
  const sumBits = movedBits + state.read(RootClaimed, netuid, to.hotkey, to.coldkey);
  if (sumBits > 0n) state.write(RootClaimed, netuid, to.hotkey, to.coldkey, sumBits < MAX_U128 ? sumBits : MAX_U128);
}

/** Moves a hotkey's rates, and what its stakers have claimed by them, to one that has no rates. */
export function moveClaims(state: State, from: Account, to: Account): void {
  const rates = state.read(RootClaimable, from);
  state.remove(RootClaimable, from);
  if (rates.length > 0) state.write(RootClaimable, to, rates);
  for (const [netuid] of rates) {
    for (const [[, , coldkey]] of state.entries(RootClaimed, netuid, from)) {
      moveClaimed(state, netuid, { hotkey: from, coldkey }, { hotkey: to, coldkey });
    }
  }
}
