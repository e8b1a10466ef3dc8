/** The full proof of a store: every recorded block applied again from the genesis, every digest compared. */
import { YumaError } from "../../errors.js";
import { type VerifySignature, verifySr25519 } from "../accounts/keys.js";
import { admit } from "../block/admit.js";
import { applyBlock } from "../block/applyBlock.js";
import { beforeGenesis, type Head, headOf } from "../block/head.js";
import { type BlockRecord, digestOf, recordOf } from "../block/record.js";
import type { CheckedCall } from "../block/validity.js";
import { type CheckedGenesis, genesisState } from "../genesis.js";
import type { State } from "../state/state.js";
import { type Database, readRecords, readStore } from "./store.js";

/**
 * Replays a store and gives the height reached. Proves that each block's changes are what its calls do, where opening proves
 * only that they hang together. Takes as long as the ledger's life, signatures included.
 *
 * @param verifySignature  by default sr25519
 *
 * Throws BAD_STORE at the first block that comes out otherwise.
 */
export async function replayStore(db: Database, verifySignature: VerifySignature = verifySr25519): Promise<number> {
  const stored = await readStore(db);
  if (stored === undefined) throw new YumaError("BAD_STORE", "The store is empty.", { reason: "empty" });
  return (await replay(db, stored.genesis, verifySignature)).head.height;
}

/** Where a replay came to. */
export interface Replayed {
  readonly state: State;
  readonly head: Head;
}

/** Applies the recorded blocks again, up to a height, and gives the state after the last. Throws BAD_STORE where one differs. */
export async function replay(
  db: Database,
  genesis: CheckedGenesis,
  verifySignature: VerifySignature,
  upTo: number = Number.POSITIVE_INFINITY,
): Promise<Replayed> {
  const state = genesisState(genesis);
  let head: Head = beforeGenesis(genesis);
  for await (const record of readRecords(db)) {
    if (record.height > upTo) break;
    if (record.height > genesis.firstBlock) await replayBlock(state, head, record, verifySignature);
    const again = recordOf(head, record.calls, state.takeChanges());
    if (digestOf(again) !== digestOf(record)) differs(record.height);
    head = headOf(again);
  }
  return { state, head };
}

async function replayBlock(state: State, head: Head, record: BlockRecord, verify: VerifySignature): Promise<void> {
  const calls: CheckedCall[] = [];
  for (const bytes of record.calls) {
    calls.push(await admit(bytes, state, head, verify).catch(() => differs(record.height)));
  }
  if (applyBlock(state, head.digest, calls).refused.length > 0) differs(record.height);
}

function differs(height: number): never {
  throw new YumaError("BAD_STORE", `Block ${height}, applied again, comes out otherwise.`, { height });
}
