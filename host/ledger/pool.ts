/** Calls that wait for a block, in the order they came. An account's calls wait in the order of their nonces, without gaps. */

import type { CheckedCall } from "./block/validity.js";
import { LedgerError } from "./errors.js";
import type { Account } from "./state/codecs.js";
import type { ReadableState } from "./state/state.js";
import { Nonce } from "./state/system.js";

/** The waiting calls. */
export class Pool {
  #waiting: CheckedCall[] = [];
  readonly #next = new Map<Account, number>();

  /** How many wait. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Those that wait, in order. */
  get waiting(): readonly CheckedCall[] {
    return this.#waiting;
  }

  /** The nonce the account's next call must carry. */
  nextNonce(state: ReadableState, account: Account): number {
    return this.#next.get(account) ?? state.read(Nonce, account);
  }

  /** Lets a call wait. Throws CALL_REFUSED: Stale where its nonce is used or taken, Future where one before it is missing. */
  add(state: ReadableState, call: CheckedCall): void {
    const due = this.nextNonce(state, call.signer);
    const { nonce } = call;
    if (nonce < due) throw new LedgerError("InvalidTransaction.Stale", { nonce, due });
    if (nonce > due) throw new LedgerError("InvalidTransaction.Future", { nonce, due });
    this.#waiting.push(call);
    this.#next.set(call.signer, nonce + 1);
  }

  /** Takes all that wait. */
  take(): readonly CheckedCall[] {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#next.clear();
    return taken;
  }
}
