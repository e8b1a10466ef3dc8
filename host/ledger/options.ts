/** What a ledger is opened with. */
import type { VerifySignature } from "./accounts/keys.js";
import type { Block } from "./block/next.js";
import type { Genesis } from "./genesis.js";
import type { Aside } from "./store/aside.js";
import type { Database } from "./store/store.js";

/** What a ledger is made of. */
export interface LedgerOptions {
  /** An abstract-level database that nothing else uses: `openStore(folder)`, `memoryStore()`, or one of your own. */
  readonly store: Database;
  /** Needed for an empty store. For one that is not, it must be the one the store began with, if it is given at all. */
  readonly genesis?: Genesis | undefined;
  /** How signatures are verified; by default sr25519 in this thread. It may ask a worker. */
  readonly verifySignature?: VerifySignature | undefined;
  /** What to keep beside each block, in the same write; `readAside` gives it back. By default nothing. */
  readonly keep?: ((block: Block) => Aside) | undefined;
  /** Memory for the changes of the last blocks, which `changes` gives and which make ways back short; by default 0. */
  readonly changesBytes?: number | undefined;
}
