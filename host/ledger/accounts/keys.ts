/** sr25519 keys: from a seed, a mnemonic, a derivation path such as //Alice; signing and verifying. */
import { blake2b } from "@noble/hashes/blake2.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { mnemonicToEntropy, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { getPublicKey, HDKD, secretFromSeed, sign, verify } from "@scure/sr25519";
import { str, u64 } from "scale-ts";
import { refuse } from "../../marshal/values.js";
import { type Account, fromHex, toHex } from "../state/codecs.js";
import { toAddress } from "./address.js";

/** The published phrase of development keys. Anyone can sign with its keys. */
export const DEV_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

const SEED_BYTES = 32;
const CODE_BYTES = 32;
const PBKDF2_ROUNDS = 2048;

/** A key that can sign. The secret stays in the closure. */
export interface Signer {
  readonly account: Account;
  /** The ss58 address. */
  readonly address: string;
  /** The sr25519 signature of a message, 64 bytes; every call gives another, all are valid. */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/**
 * The key of a secret: "0x" and 64 hex digits of a mini-secret seed, or a mnemonic of 12 to 24 English words; either may be
 * followed by hard (//name) and soft (/name) junctions and a mnemonic by ///password. Nothing before the junctions stands for
 * the development phrase: "//Alice". Throws BAD_VALUE, which never holds the secret.
 */
export function signerOf(secret: string): Signer {
  const [, base = "", path = "", password = ""] = /^([^/]*)((?:\/\/?[^/]+)*)(?:\/\/\/(.*))?$/.exec(secret) ?? [];
  if (base + path + password === "") return refuse("secret", SECRET_WANTED, HIDDEN);
  let key: Uint8Array = secretFromSeed(seedOf(base.trim() === "" ? DEV_PHRASE : base.trim(), password));
  for (const [, hard, name = ""] of path.matchAll(/\/(\/?)([^/]+)/g)) {
    const code = chainCode(name);
    key = hard ? HDKD.secretHard(key, code) : HDKD.secretSoft(key, code);
  }
  return signerWith(key);
}

const SECRET_WANTED = "0x and 64 hex digits, or a mnemonic, with junctions (//hard/soft)";
const HIDDEN = "(not shown)";

/** The signer of an sr25519 secret key: 64 bytes as @scure/sr25519 has them, the scalar times eight and the nonce. */
export function signerWith(key: Uint8Array): Signer {
  const account = toHex(getPublicKey(key));
  return { account, address: toAddress(account), sign: (message) => sign(key, message) };
}

/**
 * The mini-secret, 32 bytes: the seed itself, or the first half of PBKDF2-SHA512 of the mnemonic's entropy, as substrate-bip39
 * has it. Throws BAD_VALUE, which never holds the secret.
 */
export function seedOf(base: string, password = ""): Uint8Array {
  if (/^0x[0-9a-f]{64}$/i.test(base)) return fromHex(base);
  const phrase = base.split(/\s+/).join(" ");
  if (!validateMnemonic(phrase, wordlist)) return refuse("secret", SECRET_WANTED, HIDDEN);
  const salt = `mnemonic${password.normalize("NFKD")}`;
  const derived = pbkdf2(sha512, mnemonicToEntropy(phrase, wordlist), salt, { c: PBKDF2_ROUNDS, dkLen: 64 });
  return derived.subarray(0, SEED_BYTES);
}

/** A junction's chain code: SCALE of the number or text, zero-padded to 32 bytes, or its blake2b-256 if longer. */
function chainCode(name: string): Uint8Array {
  const encoded = /^\d+$/.test(name) && BigInt(name) < 1n << 64n ? u64.enc(BigInt(name)) : str.enc(name);
  if (encoded.length > CODE_BYTES) return blake2b(encoded, { dkLen: CODE_BYTES });
  const code = new Uint8Array(CODE_BYTES);
  code.set(encoded);
  return code;
}

/** Whether a signature of a message is the account's. Malformed ones are not. */
export type VerifySignature = (
  message: Uint8Array,
  signature: Uint8Array,
  account: Account,
) => boolean | Promise<boolean>;

/** Verifies by sr25519 with the substrate context. */
export const verifySr25519: VerifySignature = (message, signature, account) => {
  try {
    return verify(message, signature, fromHex(account));
  } catch {
    return false;
  }
};
