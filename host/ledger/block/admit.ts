/** From signed bytes to a call that may wait for a block: taken apart, its era found, its signature verified. */
import { birthOf, deathOf } from "../accounts/era.js";
import type { VerifySignature } from "../accounts/keys.js";
import { payloadOf, readSigned } from "../accounts/signed.js";
import { ensure } from "../errors.js";
import type { Account } from "../state/codecs.js";
import type { ReadableState } from "../state/state.js";
import { BlockHash } from "../state/system.js";
import type { Head } from "./head.js";
import type { CheckedCall } from "./validity.js";

/** A block's digest, of the head and of those the state remembers; 0 is the genesis, whatever number its block has. */
export function digestAt(state: ReadableState, head: Head, height: number): Account | undefined {
  if (height === head.height) return head.digest;
  // Before the first block nobody has noted the genesis's digest: it is the head's.
  return state.read(BlockHash, height) ?? (height === 0 ? head.digest : undefined);
}

/**
 * Admits signed bytes on top of a head.
 *
 * Throws BAD_BINARY for what is no signed call, and CALL_REFUSED: AncientBirthBlock when the era began at a block that is not
 * known, BadProof when the signature is not the signer's of this call, on this network, in this era. A call whose era is over is seen as
 * of a later era and therefore BadProof, as on the chain.
 */
export async function admit(
  bytes: Uint8Array,
  state: ReadableState,
  head: Head,
  verifySignature: VerifySignature,
): Promise<CheckedCall> {
  const { signer, signature, era, nonce, call } = readSigned(bytes);
  const birth = birthOf(era, head.height + 1);
  const genesisDigest = digestAt(state, head, 0);
  const birthDigest = digestAt(state, head, birth);
  ensure(genesisDigest !== undefined && birthDigest !== undefined, "InvalidTransaction.AncientBirthBlock", { birth });
  const payload = payloadOf(bytes, genesisDigest, birthDigest);
  const isGenuine = await verifySignature(payload, signature, signer);
  ensure(isGenuine, "InvalidTransaction.BadProof", { signer });
  return { signer, nonce, deathBlock: deathOf(era, birth), call, bytes: new Uint8Array(bytes) };
}
