/** Subnets for tests: calls are dispatched on the state alone, without the steps of a block, so that a test moves time itself. */

import { expect } from "vitest";
import type { Call } from "../../host/ledger/calls/call.js";
import { dispatch } from "../../host/ledger/calls/dispatch.js";
import { calls } from "../../host/ledger/calls/index.js";
import type { LedgerEvent } from "../../host/ledger/events.js";
import { checkGenesis, genesisState } from "../../host/ledger/genesis.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import type { State } from "../../host/ledger/state/state.js";
import { NetworkMinLockCost } from "../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../host/ledger/state/system.js";
import { accountOf, actor } from "./ledger.js";

export const TAO = 1_000_000_000n;

/** Actors 10 to 13 have 100,000 TAO each; their hotkeys are 30 to 33 and further up. */
export const [OWNER, OTHER, THIRD, POOR] = [10, 11, 12, 13].map(actor) as ReturnType<typeof actor>[] as [
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
];

/** A state in block 10 with three rich accounts and a poor one. */
export function richState(): State {
  const balancesRao = {
    [OWNER.address]: 100_000n * TAO,
    [OTHER.address]: 100_000n * TAO,
    [THIRD.address]: 100_000n * TAO,
    [POOR.address]: TAO,
  };
  const state = genesisState(checkGenesis({ schemaVersion: 1, name: "subnets", balancesRao }));
  state.write(BlockNumber, 10);
  return state;
}

/** The same with a started subnet of OWNER: netuid 1, hotkey 30, 1000 TAO in the pool. */
export function withSubnet(): State {
  const state = richState();
  expectWell(run(state, OWNER, calls.subnets.registerNetwork({ hotkey: accountOf(30) })));
  expectWell(run(state, OWNER, calls.subnets.startCall({ netuid: 1 })));
  return state;
}

/** What a call came to: its error, or null, and its events. */
export interface Outcome {
  readonly error: string | null;
  readonly events: readonly LedgerEvent[];
}

/** Carries out one call by an account, or by root. */
export function run(state: State, by: { readonly account: `0x${string}` } | "root", call: Call): Outcome {
  const events: LedgerEvent[] = [];
  const origin = by === "root" ? ({ kind: "root" } as const) : ({ kind: "signed", signer: by.account } as const);
  const failure = dispatch(state, events, origin, call);
  return { error: failure?.error ?? null, events };
}

/** The error of a call, which changes nothing if there is one; and the names of all there were. */
export function errorsOf() {
  const reached = new Set<string>();
  const errorOf = (state: State, by: Parameters<typeof run>[1], call: Call): string | null => {
    const mark = state.mark();
    const { error } = run(state, by, call);
    if (error === null) return null;
    expect(state.mark()).toBe(mark);
    reached.add(error);
    return error;
  };
  return { errorOf, reached };
}

/** Epochs of the subnet are at 369, 729, … (netuid 1, made in block 10), and the window before each is ten blocks: the first of them. */
export const FROZEN_BLOCK = 360;

/** Throws unless the call went well. */
export function expectWell({ error }: Outcome): void {
  if (error !== null) throw new Error(`The call failed: ${error}`);
}

/** Moves to a block. */
export function at(state: State, block: number): State {
  state.write(BlockNumber, block);
  return state;
}

/** All free TAO. */
export function allFree(state: State): bigint {
  return state.entries(FreeBalance).reduce((sum, [, rao]) => sum + rao, 0n);
}

/** The price of a subnet set low, so that many can be made. */
export function cheap(state: State): State {
  state.write(NetworkMinLockCost, TAO);
  return state;
}
