/** Keys for tests of swaps: a network of the root and one subnet, whose owner has a hotkey with two stakers. */
import { expect } from "vitest";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import { applyBlock } from "../../host/ledger/block/applyBlock.js";
import type { Call } from "../../host/ledger/calls/call.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import { ledgerKernel } from "../../host/ledger/kernel.js";
import { increaseStake } from "../../host/ledger/rules/stake.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import { IsNetworkMember, Keys, Uids } from "../../host/ledger/state/neurons.js";
import { AlphaV2, OwnedHotkeys, Owner } from "../../host/ledger/state/staking.js";
import type { State } from "../../host/ledger/state/state.js";
import { NetworksAdded, SubnetOwner, SubnetOwnerHotkey, Tempo } from "../../host/ledger/state/subnets.js";
import { BlockNumber, Nonce } from "../../host/ledger/state/system.js";
import { accountOf, actor, signedBy } from "./ledger.js";

/** In rao. */
export const TAO = 1_000_000_000n;
/** The root key; the coldkey, another that stakes to its hotkey, and one that has nothing. */
export const [ROOT, COLD, OTHER, FRESH] = [1, 2, 3, 4].map(actor) as [Signer, Signer, Signer, Signer];
/** Hotkeys; only the first is anybody's. */
export const [HOT, NEW, THIRD, CHILD, PARENT] = [17, 18, 19, 20, 21].map(accountOf) as [
  Account,
  Account,
  Account,
  Account,
  Account,
];
/** The block under way. */
export const BLOCK = 10_000;

/** Root and subnet 1; COLD owns HOT, which is uid 5 of subnet 1 and has stake of COLD and OTHER on both. */
export function fresh(): State {
  const balancesRao = { [ROOT.address]: TAO, [COLD.address]: TAO, [OTHER.address]: TAO };
  const state = genesisState(checkGenesis({ schemaVersion: 1, name: "", balancesRao, rootKey: ROOT.address }));
  state.write(BlockNumber, BLOCK - 1);
  for (const netuid of [0, 1]) {
    state.write(NetworksAdded, netuid, true);
    // No epoch comes between.
    state.write(Tempo, netuid, 0);
  }
  own(state, HOT, COLD.account);
  state.write(IsNetworkMember, HOT, 1, true);
  state.write(Uids, 1, HOT, 5);
  state.write(Keys, 1, 5, HOT);
  state.write(SubnetOwner, 1, COLD.account);
  state.write(SubnetOwnerHotkey, 1, HOT);
  for (const [coldkey, rao] of [
    [COLD.account, 700n],
    [OTHER.account, 301n],
  ] as const) {
    for (const netuid of [0, 1]) increaseStake(contextOf(state), HOT, coldkey, netuid, rao);
  }
  return state;
}

/** What rules are given. */
export const contextOf = (state: State) => ({ state, kernel: ledgerKernel(), emit: () => undefined });

function own(state: State, hotkey: Account, coldkey: Account): void {
  state.write(Owner, hotkey, coldkey);
  state.write(OwnedHotkeys, coldkey, [...state.read(OwnedHotkeys, coldkey), hotkey]);
}

/** The events of one call, in a block of its own. */
export function eventsOf(state: State, by: Signer, call: Call): readonly LedgerEvent[] {
  const { events, refused } = applyBlock(state, accountOf(0), [signedBy(by, state.read(Nonce, by.account), call)]);
  expect(refused).toEqual([]);
  return events.filter(({ callIndex }) => callIndex === 0).map(({ event }) => event);
}

/** The error of a call; one that fails changes nothing but the nonce and the block. */
export function errorOf(state: State, by: Signer, call: Call, reached?: Set<string>): string | null {
  const before = balances(state);
  const shares = state.entries(AlphaV2);
  const events = eventsOf(state, by, call);
  const failed = events.flatMap((event) => ("error" in event && event.error ? [event.error] : []));
  if (failed[0] === undefined) return null;
  expect([balances(state), state.entries(AlphaV2)]).toEqual([before, shares]);
  reached?.add(failed[0]);
  return failed[0];
}

const balances = (state: State) => state.entries(FreeBalance);
/** A name of the pallet. */
export const S = (name: string) => `SubtensorModule.${name}`;
