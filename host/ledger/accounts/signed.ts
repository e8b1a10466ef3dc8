/**
 * Signed calls. The bytes are
 *
 *   0x84 · signer 32 · signature 64 · era · nonce compact · call
 *
 * and what is signed is all that follows the signature, the genesis digest 32 and the digest of the era's first block 32, or the
 * blake2b-256 of that where it is longer than 256 bytes. There is no tip, no metadata hash and no unsigned form.
 */
import { blake2b } from "@noble/hashes/blake2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { Bytes, type Codec, compact, enhanceCodec, Struct, u8 } from "scale-ts";
import { YumaError } from "../../errors.js";
import type { Call } from "../calls/call.js";
import { callCodec, checkNesting } from "../calls/index.js";
import { type Account, account, decode, fromHex } from "../state/codecs.js";
import { type Era, eraCodec } from "./era.js";
import type { Signer } from "./keys.js";

const VERSION = 0x84;
const HASHED_FROM_BYTES = 256;
const SIGNATURE_BYTES = 64;
/** Version, signer and signature: what the signature does not cover. */
const UNSIGNED_BYTES = 97;
const NO_SIGNATURE = new Uint8Array(SIGNATURE_BYTES);

/** The longest signed call. */
export const MOST_SIGNED_BYTES = 1_048_576;

/** A call and who signed it, taken apart but not verified. */
export interface SignedCall {
  readonly signer: Account;
  readonly signature: Uint8Array;
  readonly era: Era;
  readonly nonce: number;
  readonly call: Call;
}

const nonceCodec: Codec<number> = enhanceCodec(compact, (value: number) => value, Number);

const signedCodec = Struct({
  version: u8,
  signer: account,
  signature: Bytes(SIGNATURE_BYTES),
  era: eraCodec,
  nonce: nonceCodec,
  call: callCodec,
});

/** What a signature covers: the bytes after it, and both digests as hex text, of the genesis and of the block the era began at. */
export function payloadOf(signed: Uint8Array, genesis: string, birth: string): Uint8Array {
  const payload = concatBytes(signed.subarray(UNSIGNED_BYTES), fromHex(genesis), fromHex(birth));
  return payload.length > HASHED_FROM_BYTES ? blake2b(payload, { dkLen: 32 }) : payload;
}

/** A call's signed bytes. */
export function signCall(
  by: Signer,
  what: Pick<SignedCall, "call" | "era" | "nonce">,
  genesis: string,
  birth: string,
): Uint8Array {
  const unsigned = { version: VERSION, signer: by.account, signature: NO_SIGNATURE, ...what };
  const bytes = signedCodec.enc(unsigned);
  bytes.set(by.sign(payloadOf(bytes, genesis, birth)), UNSIGNED_BYTES - SIGNATURE_BYTES);
  return bytes;
}

/** Takes signed bytes apart. Throws BAD_BINARY for anything but the one encoding of a signed call. */
export function readSigned(bytes: unknown): SignedCall {
  if (!(bytes instanceof Uint8Array) || bytes.length > MOST_SIGNED_BYTES) {
    throw new YumaError("BAD_BINARY", `A signed call is at most ${MOST_SIGNED_BYTES} bytes.`, { reason: "length" });
  }
  if (bytes[0] !== VERSION) {
    throw new YumaError("BAD_BINARY", "Only signed calls are taken.", { reason: "version" });
  }
  const { version: _, ...signed } = decode(signedCodec, bytes, "The signed call");
  checkNesting(signed.call);
  return signed;
}
