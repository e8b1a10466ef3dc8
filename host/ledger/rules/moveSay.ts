/** What governance has of a coldkey, given to another: its delegation, its proposals with their deposits, and running votes. */
import type { Account } from "../state/codecs.js";
import { Agenda, Delegations, Heirs, LatestSnapshot, type Proposal, Proposals } from "../state/governance.js";
import type { ReadableState, State } from "../state/state.js";
import { BlockNumber } from "../state/system.js";

/** Gives a coldkey's say to the one it is swapped to. */
export function moveSay(state: State, from: Account, to: Account): void {
  const hotkey = state.read(Delegations, from);
  state.remove(Delegations, from);
  if (hotkey !== undefined && !state.has(Delegations, to)) state.write(Delegations, to, hotkey);
  for (const [[, id]] of state.entries(Agenda)) {
    const live = state.read(Proposals, id) as Proposal;
    if (live.proposer === from) state.write(Proposals, id, { ...live, proposer: to });
  }
  // The first heir stays: whoever uses the old key again cannot give away what it had.
  if (!state.has(LatestSnapshot) || state.has(Heirs, from)) return;
  state.write(Heirs, from, { coldkey: to, swappedAt: state.read(BlockNumber) });
}

/** Who votes with what a coldkey had in a block: itself, or whom it has been swapped to since, however often. */
export function heirOf(state: ReadableState, coldkey: Account, block: number): Account {
  let [heir, since] = [coldkey, block];
  for (;;) {
    const next = state.read(Heirs, heir);
    if (next === undefined || next.swappedAt < since) return heir;
    [heir, since] = [next.coldkey, next.swappedAt + 1];
  }
}
