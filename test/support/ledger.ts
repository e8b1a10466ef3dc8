/** Ledgers for tests: accounts without secrets whose signatures nobody checks, and stores that break on demand. */

import { toAddress } from "../../host/ledger/accounts/address.js";
import type { Signer } from "../../host/ledger/accounts/keys.js";
import type { CheckedCall } from "../../host/ledger/block/validity.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { createLedger, type LedgerOptions } from "../../host/ledger/ledger.js";
import type { Account } from "../../host/ledger/state/codecs.js";
import { memoryStore } from "../../host/ledger/store/memory.js";
import type { Database } from "../../host/ledger/store/store.js";

/** The account whose bytes are all alike. */
export const accountOf = (byte: number): Account => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;

/** A signer for that account that signs nothing. */
export function actor(byte: number): Signer {
  const account = accountOf(byte);
  return { account, address: toAddress(account), sign: () => new Uint8Array(64) };
}

/** Actors 1 to 4; the first is root. */
export const [ROOT, ANN, BEN, CLO] = [1, 2, 3, 4].map(actor) as [Signer, Signer, Signer, Signer];

/** A genesis with 1 TAO for each of the first three. */
export const GENESIS = {
  schemaVersion: 1,
  name: "test",
  balancesRao: { [ROOT.address]: 1_000_000_000n, [ANN.address]: 1_000_000_000n, [BEN.account]: "1000000000" },
  rootKey: ROOT.address,
} as const;

/** A ledger in memory that takes any signature for right. */
export function trustingLedger(options: Partial<LedgerOptions> = {}) {
  return createLedger({ store: memoryStore(), genesis: GENESIS, verifySignature: () => true, ...options });
}

/** A call as if signed, for the pure core. */
export function signedBy({ account }: Signer, nonce: number, call: Call): CheckedCall {
  return { signer: account, nonce, deathBlock: Number.MAX_SAFE_INTEGER, call, bytes: Uint8Array.of(nonce & 255) };
}

/** How a write ends that does not: nothing was written, or all was and nobody heard. */
export type Crash = "before" | "after";

/** A store that crashes at its k-th write, counted from 1. */
export function crashing(db: Database, at: number, crash: Crash): Database {
  let writes = 0;
  return {
    open: () => db.open(),
    close: () => db.close(),
    get: (key, coding) => db.get(key, coding),
    iterator: (coding) => db.iterator(coding),
    batch: async (operations, coding) => {
      writes += 1;
      if (writes === at && crash === "before") throw new Error("the power went");
      await db.batch(operations, coding);
      if (writes === at) throw new Error("the power went");
    },
  };
}
