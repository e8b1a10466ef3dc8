/** A long run on disk, block by block from a seed and the height: whoever goes on with it does what was going to be done. */
import { createLedger, type Ledger } from "../../../host/ledger/ledger.js";
import type { Database } from "../../../host/ledger/store/store.js";
import { Draw } from "./draw.js";
import { drawGenerator } from "./generators/index.js";
import { genesisOf } from "./genesis.js";
import { signerAt } from "./world.js";

const ACCOUNTS = 200;
const CALLS_A_BLOCK = 20;

/** Begins the run in an empty store, or opens it where it stands. Signatures are taken on trust. */
export function openRun(store: Database): Promise<Ledger> {
  return createLedger({ store, genesis: genesisOf(ACCOUNTS), verifySignature: () => true });
}

/** The next block of the run; gives its height. */
export async function nextBlock(ledger: Ledger, seed: number): Promise<number> {
  const draw = new Draw(seed + Math.imul(ledger.height + 1, 0x9e3779b1));
  const world = { state: ledger.state, count: ACCOUNTS };
  for (let k = 0; k < CALLS_A_BLOCK; k++) {
    const { by, call } = drawGenerator(draw).make(draw, world);
    await ledger.submit(ledger.sign(signerAt(by), call));
  }
  return (await ledger.produceBlock()).height;
}
