/** Whether a signed call may be included in a block: its era, its nonce. Source: CheckMortality and CheckNonce. */

import type { Call } from "../calls/call.js";
import { LedgerError } from "../errors.js";
import type { Account } from "../state/codecs.js";
import type { State } from "../state/state.js";
import { Nonce } from "../state/system.js";

/** Why a signed call cannot be included: nonce used, nonce not yet due, signature not of this call here and now, era over. */
export const VALIDITY_ERRORS = [
  "InvalidTransaction.Stale",
  "InvalidTransaction.Future",
  "InvalidTransaction.BadProof",
  "InvalidTransaction.AncientBirthBlock",
] as const;

/** A call whose signature was found right. */
export interface CheckedCall {
  readonly signer: Account;
  readonly nonce: number;
  /** The first block it may no longer be in. */
  readonly deathBlock: number;
  readonly call: Call;
  /** As it was signed; recorded with the block. */
  readonly bytes: Uint8Array;
}

/** Why a call cannot be in the block under way, if it cannot. */
export function invalidity(
  state: State,
  blockNumber: number,
  { signer, nonce, deathBlock }: CheckedCall,
): LedgerError | undefined {
  const due = state.read(Nonce, signer);
  if (blockNumber >= deathBlock)
    return new LedgerError("InvalidTransaction.AncientBirthBlock", { deathBlock, blockNumber });
  if (nonce < due) return new LedgerError("InvalidTransaction.Stale", { nonce, due });
  if (nonce > due) return new LedgerError("InvalidTransaction.Future", { nonce, due });
  return undefined;
}
