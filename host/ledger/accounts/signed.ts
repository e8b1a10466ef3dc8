/**
 * Signed calls. The bytes are
 *
 *   0x84 · signer 32 · signature 64 · era · nonce compact · call
 *
 * and what is signed is all that follows the signature, the genesis digest 32 and the digest of the era's first block 32, or the
 * blake2b-256 of that where it is longer than 256 bytes. There is no tip, no metadata hash and no unsigned form.
 */
import { blake2b } from "@noble/hashes/blake2.js";
import { type Codec, enhanceCodec } from "scale-ts";
import { YumaError } from "../../errors.js";
import type { Call } from "../calls/call.js";
import { callCodec, checkNesting } from "../calls/index.js";
import { type Account, compactInteger, decode, putHex, struct, toHex } from "../state/codecs.js";
import { type Era, eraCodec, IMMORTAL, mortalEra } from "./era.js";
import type { Signer } from "./keys.js";

const VERSION = 0x84;
const HASHED_FROM_BYTES = 256;
const SIGNATURE_BYTES = 64;
/** Version, signer and signature: what the signature does not cover. */
const UNSIGNED_BYTES = 97;
const SIGNER_AT = 1;
const SIGNATURE_AT = UNSIGNED_BYTES - SIGNATURE_BYTES;
const DIGEST_BYTES = 32;

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

const nonceCodec: Codec<number> = enhanceCodec(compactInteger, (value: number) => value, Number);

/** What the signature covers of the bytes. */
const coveredCodec = struct<Pick<SignedCall, "era" | "nonce" | "call">>({
  era: eraCodec,
  nonce: nonceCodec,
  call: callCodec,
});

/** What a signature covers: the bytes after it, and both digests as hex text, of the genesis and of the block the era began at. */
export function payloadOf(signed: Uint8Array, genesis: string, birth: string): Uint8Array {
  const covered = signed.length - UNSIGNED_BYTES;
  const payload = new Uint8Array(covered + 2 * DIGEST_BYTES);
  payload.set(signed.subarray(UNSIGNED_BYTES));
  putHex(genesis, payload, covered);
  putHex(birth, payload, covered + DIGEST_BYTES);
  return payload.length > HASHED_FROM_BYTES ? blake2b(payload, { dkLen: 32 }) : payload;
}

/** A call's signed bytes. */
export function signCall(
  by: Signer,
  what: Pick<SignedCall, "call" | "era" | "nonce">,
  genesis: string,
  birth: string,
): Uint8Array {
  const covered = coveredCodec.enc(what);
  const bytes = new Uint8Array(UNSIGNED_BYTES + covered.length);
  bytes[0] = VERSION;
  putHex(by.account, bytes, SIGNER_AT);
  bytes.set(covered, UNSIGNED_BYTES);
  bytes.set(by.sign(payloadOf(bytes, genesis, birth)), SIGNATURE_AT);
  return bytes;
}

/** Where a ledger stands as far as signing is concerned. */
export interface SigningPoint {
  readonly genesisDigest: string;
  readonly digest: string;
  readonly height: number;
  /** The next nonce of the signer. */
  readonly nonce: number;
}

/** How a call is signed; both have their usual values. */
export interface SignOptions {
  /** By default the next one, waiting calls counted. */
  readonly nonce?: number | undefined;
  /** For how many blocks at least it is valid, rounded up to a power of two from 4 to 2048; null for ever. Usually 64. */
  readonly mortalityBlocks?: number | null | undefined;
}

/** How long a call is valid for unless it says otherwise. */
const USUAL_PERIOD_BLOCKS = 64;

/** Signs a call for the ledger that stands there. */
export function signAt(by: Signer, call: Call, at: SigningPoint, options: SignOptions): Uint8Array {
  const { nonce = at.nonce, mortalityBlocks = USUAL_PERIOD_BLOCKS } = options;
  if (mortalityBlocks === null) return signCall(by, { call, era: IMMORTAL, nonce }, at.genesisDigest, at.genesisDigest);
  return signCall(by, { call, era: mortalEra(mortalityBlocks, at.height), nonce }, at.genesisDigest, at.digest);
}

/** Takes signed bytes apart. Throws BAD_BINARY for anything but the one encoding of a signed call. */
export function readSigned(bytes: unknown): SignedCall {
  if (!(bytes instanceof Uint8Array) || bytes.length > MOST_SIGNED_BYTES) {
    throw new YumaError("BAD_BINARY", `A signed call is at most ${MOST_SIGNED_BYTES} bytes.`, { reason: "length" });
  }
  if (bytes[0] !== VERSION) {
    throw new YumaError("BAD_BINARY", "Only signed calls are taken.", { reason: "version" });
  }
  if (bytes.length < UNSIGNED_BYTES) {
    throw new YumaError("BAD_BINARY", "A signed call has a signer and a signature.", { reason: "length" });
  }
  const { era, nonce, call } = decode(coveredCodec, bytes.subarray(UNSIGNED_BYTES), "The signed call");
  checkNesting(call);
  const signer = toHex(bytes.subarray(SIGNER_AT, SIGNATURE_AT));
  return { signer, signature: new Uint8Array(bytes.subarray(SIGNATURE_AT, UNSIGNED_BYTES)), era, nonce, call };
}
