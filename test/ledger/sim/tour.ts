/** A walk past all there is: blocks of many calls, every declared call as often as any other, on one state without a store; and what was met. */
import { applyBlock } from "../../../host/ledger/block/applyBlock.js";
import type { CheckedCall } from "../../../host/ledger/block/validity.js";
import { checkGenesis, genesisState } from "../../../host/ledger/genesis.js";
import type { Account } from "../../../host/ledger/state/codecs.js";
import type { State } from "../../../host/ledger/state/state.js";
import { Nonce } from "../../../host/ledger/state/system.js";
import { Draw } from "./draw.js";
import { drawAnyCall } from "./generators/calls.js";
import { drawGenerator } from "./generators/index.js";
import { genesisOf, rulesOfSeed } from "./genesis.js";
import { signerAt, type World } from "./world.js";

/** How long a tour is. */
export interface TourPlan {
  readonly seed: number;
  readonly blocks: number;
  readonly accounts: number;
  readonly callsABlock: number;
}

/** The names a tour met, and how often. */
export interface Met {
  readonly errors: Map<string, number>;
  readonly events: Map<string, number>;
}

/** Walks. */
export function tour({ seed, blocks, accounts, callsABlock }: TourPlan): Met {
  const draw = new Draw(seed);
  const state = genesisState(checkGenesis(genesisOf(accounts, rulesOfSeed(seed))));
  const world = { state, count: accounts };
  const met: Met = { errors: new Map(), events: new Map() };
  for (let k = 0; k < blocks; k++) {
    state.takeChanges();
    const calls = drawCalls(draw, world, callsABlock);
    const { events } = applyBlock(state, hashOf(draw), calls);
    for (const { event } of events) {
      count(met.events, event.name);
      if ("error" in event && event.error) count(met.errors, event.error);
    }
  }
  return met;
}

/** One more. */
export const count = (of: Map<string, number>, name: string) => void of.set(name, (of.get(name) ?? 0) + 1);

/** Calls of one block, each signer's nonces in order. */
function drawCalls(draw: Draw, world: World & { readonly state: State }, howMany: number): CheckedCall[] {
  const nonces = new Map<Account, number>();
  return Array.from({ length: howMany }, () => {
    const { by, call } = draw.oneIn(2) ? drawAnyCall(draw, world) : drawGenerator(draw).make(draw, world);
    const { account } = signerAt(by);
    const nonce = nonces.get(account) ?? world.state.read(Nonce, account);
    nonces.set(account, nonce + 1);
    return { signer: account, nonce, deathBlock: Number.MAX_SAFE_INTEGER, call, bytes: new Uint8Array() };
  });
}

function hashOf(draw: Draw): Account {
  const word = () =>
    draw
      .below(2 ** 32)
      .toString(16)
      .padStart(8, "0");
  return `0x${Array.from({ length: 8 }, word).join("")}`;
}
