/**
 * Timelock encryption: a message that whoever knows a round's signature can read, and nobody before. A fresh AES key is sealed by identity-based
 * encryption to the round (Boneh and Franklin's FullIdent, pairing in BLS12-381), the message by the key (AES-256-GCM).
 *
 * Source: ideal-lab5/timelock at 5416406c, which the chain and the ecosystem's SDK use; the layout is arkworks' compressed one.
 */
import { gcm } from "@noble/ciphers/aes.js";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, randomBytes } from "@noble/hashes/utils.js";
import { YumaError } from "../errors.js";
import { record } from "../marshal/values.js";
import type { U64 } from "../types.js";
import { pointOfRound, QUICKNET } from "./beacon.js";
import { type Sealed, sealedBytes, sealedOf } from "./layout.js";
import { bytesOf, pointOf } from "./points.js";

const { G1, G2, fields, pairing } = bls12_381;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** The bytes of randomness a seal takes: key, sigma, nonce. */
export const ENTROPY_BYTES = 2 * KEY_BYTES + NONCE_BYTES;

/** How to seal. */
export interface SealOptions {
  /** Of the beacon, 96 bytes; default: quicknet's. */
  readonly publicKey?: Uint8Array;
  /** 76 bytes that nobody else knows; default: the platform's randomness. The same ones give the same ciphertext. */
  readonly entropy?: Uint8Array;
}

/**
 * Seals a message to a round of a beacon.
 *
 * @returns the ciphertext: 244 bytes and the message's. Throws BAD_VALUE for a message that is no bytes, a round that is no u64, a key that is
 * no point, too little entropy.
 */
export function seal(message: Uint8Array, round: U64, options: SealOptions = {}): Uint8Array {
  record("options", options);
  const plain = bytesOf("message", message);
  const publicKey = pointOf("publicKey", G2.Point, options.publicKey ?? QUICKNET.publicKey);
  const entropy = bytesOf("entropy", options.entropy ?? randomBytes(ENTROPY_BYTES));
  if (entropy.length !== ENTROPY_BYTES) {
    throw new YumaError("BAD_VALUE", `entropy must have ${ENTROPY_BYTES} bytes, not ${entropy.length}.`, {
      field: "entropy",
      bytes: entropy.length,
    });
  }
  const key = entropy.slice(0, KEY_BYTES);
  const sigma = entropy.slice(KEY_BYTES, 2 * KEY_BYTES);
  const nonce = entropy.slice(2 * KEY_BYTES);
  const r = scalarOf(sigma, key);
  const shared = pairing(pointOfRound(round), publicKey.multiply(r));
  return sealedBytes({
    u: G2.Point.BASE.multiply(r).toBytes(),
    v: xor(sigma, hashOfPairing(shared)),
    w: xor(key, sha256(sigma)),
    body: gcm(key, nonce).encrypt(plain),
    nonce,
  });
}

/**
 * Opens a ciphertext with the signature of its round (48 bytes).
 *
 * Throws BAD_BINARY for bytes that are no ciphertext, or that this signature does not open, and BAD_VALUE for a signature that is no point. Some 30 ms.
 */
export function open(ciphertext: Uint8Array, signature: Uint8Array): Uint8Array {
  const made = pointOf("signature", G1.Point, signature);
  const sealed = sealedOf(bytesOf("ciphertext", ciphertext));
  const key = keyOf(sealed, made);
  try {
    return gcm(key, sealed.nonce).decrypt(sealed.body);
  } catch {
    throw notOpened("body");
  }
}

/** The key under the seal. The seal is made anew and must be the same, or the signature is not the round's, or the ciphertext was touched. */
function keyOf({ u, v, w }: Sealed, signature: InstanceType<typeof G1.Point>): Uint8Array {
  const point = pointOf("u", G2.Point, u);
  if (point.is0() || signature.is0()) throw notOpened("seal");
  const sigma = xor(v, hashOfPairing(pairing(signature, point)));
  const key = xor(w, sha256(sigma));
  if (!G2.Point.BASE.multiply(scalarOf(sigma, key)).equals(point)) throw notOpened("seal");
  return key;
}

function notOpened(reason: string): YumaError {
  return new YumaError("BAD_BINARY", "This signature does not open this ciphertext.", { reason });
}

/** sha-256 of sigma and key, as a number modulo the group's order. */
function scalarOf(sigma: Uint8Array, key: Uint8Array): bigint {
  const bytes = sha256(concatBytes(sigma, key));
  return fields.Fr.create(bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
}

/** sha-256 of an element of the pairing's group: its twelve coordinates, each 48 bytes little-endian, lowest power first. */
function hashOfPairing(element: ReturnType<typeof pairing>): Uint8Array {
  const halves = [element.c0, element.c1];
  const coordinates = halves.flatMap(({ c0, c1, c2 }) => [c0, c1, c2]).flatMap(({ c0, c1 }) => [c0, c1]);
  return sha256(concatBytes(...coordinates.map((number) => fields.Fp.toBytes(number).reverse())));
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, k) => byte ^ (other[k] ?? 0));
}
