/** The JSON document of a key file: written as the ecosystem's wallets write it, read in the forms they have left. */
import { generateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { secretFromSeed } from "@scure/sr25519";
import { YumaError } from "../errors.js";
import { toAccount } from "../ledger/accounts/address.js";
import { type Signer, seedOf, signerWith } from "../ledger/accounts/keys.js";
import { type Account, fromHex, toHex } from "../ledger/state/codecs.js";
import { refuse } from "../marshal/values.js";

/** The only kind of key there is here: sr25519. */
const SR25519 = 1;
const SCALAR_BYTES = 32;
const SECRET_BYTES = 64;
const HIDDEN = "(not shown)";

/** A key and what it is made again from. Whoever holds it can sign; it has no form that is printed by accident. */
export interface Secret {
  readonly signer: Signer;
  /** The mnemonic, where it was made of one. */
  readonly phrase: string | undefined;
  /** The mini-secret, 32 bytes. */
  readonly seed: Uint8Array;
}

/** What a key file tells: whose key it is, and the key itself where the file has it. */
export interface KeyFile {
  readonly account: Account;
  readonly address: string;
  readonly signer: Signer | undefined;
}

/** How long a mnemonic may be, in words, and how many bits make it. */
export const MNEMONIC_BITS: Readonly<Record<number, number>> = { 12: 128, 15: 160, 18: 192, 21: 224, 24: 256 };

/** A fresh key of a mnemonic of so many words, from the system's randomness. Throws BAD_VALUE. */
export function freshSecret(words = 12): Secret {
  const bits = MNEMONIC_BITS[words] ?? refuse("words", `one of ${Object.keys(MNEMONIC_BITS).join(", ")}`, words);
  return secretOf(generateMnemonic(wordlist, bits));
}

/** The key of a mnemonic, or of "0x" and 64 hex digits of a seed. Throws BAD_VALUE, which never holds either. */
export function secretOf(text: string): Secret {
  const plain = text.trim().split(/\s+/).join(" ");
  const seed = seedOf(plain);
  return { signer: signerWith(secretFromSeed(seed)), phrase: plain.startsWith("0x") ? undefined : plain, seed };
}

/** The document of a whole key, for `coldkey` and `hotkeys/<name>`. It holds the secret in the clear. */
export function secretDocument({ signer, phrase, seed }: Secret): string {
  return JSON.stringify({
    accountId: signer.account,
    publicKey: signer.account,
    privateKey: toHex(schnorrkelBytes(secretFromSeed(seed))),
    ...(phrase === undefined ? {} : { secretPhrase: phrase }),
    secretSeed: toHex(seed),
    ss58Address: signer.address,
    cryptoType: SR25519,
  });
}

/** The document of a public key, for `coldkeypub.txt`. */
export function publicDocument({ account, address }: Pick<KeyFile, "account" | "address">): string {
  return JSON.stringify({ accountId: account, publicKey: account, ss58Address: address, cryptoType: SR25519 });
}

/**
 * Reads a document. Of what it holds the mnemonic goes first, then the seed, then the private key; without any, its address is a
 * public key. Throws BAD_KEYFILE with `details.reason` "json", "kind", "secret", "address" or "missing"; no secret is in it.
 */
export function readKeyDocument(bytes: Uint8Array): KeyFile {
  const fields = fieldsOf(bytes);
  if ((fields["cryptoType"] ?? SR25519) !== SR25519) {
    throw new YumaError("BAD_KEYFILE", "The key file holds a key that is not sr25519.", {
      reason: "kind",
      cryptoType: Number(fields["cryptoType"]),
    });
  }
  const signer = signerOfFields(fields);
  const named = fields["ss58Address"];
  if (signer === undefined) {
    if (named === undefined) throw new YumaError("BAD_KEYFILE", "The key file holds no key.", { reason: "missing" });
    return { account: accountOf(named), address: String(named), signer };
  }
  if (named !== undefined && accountOf(named) !== signer.account) {
    throw new YumaError("BAD_KEYFILE", "The key file's address is not that of its key.", { reason: "address" });
  }
  return { account: signer.account, address: signer.address, signer };
}

function fieldsOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
    }
  } catch {
    // What the parser says may quote the file, and the file may hold a secret.
  }
  throw new YumaError("BAD_KEYFILE", "The key file is not a JSON object.", { reason: "json" });
}

function signerOfFields(fields: Record<string, unknown>): Signer | undefined {
  const { secretPhrase, secretSeed, privateKey } = fields;
  try {
    if (typeof secretPhrase === "string") return secretOf(secretPhrase).signer;
    if (typeof secretSeed === "string") return secretOf(prefixed(secretSeed)).signer;
    if (typeof privateKey === "string") return signerWith(privateBytes(prefixed(privateKey)));
  } catch {
    throw new YumaError("BAD_KEYFILE", "The key file's secret is none of sr25519.", { reason: "secret" });
  }
  return undefined;
}

const prefixed = (hex: string) => (hex.startsWith("0x") ? hex : `0x${hex}`);

function privateBytes(hex: string): Uint8Array {
  if (!/^0x[0-9a-f]{128}$/i.test(hex)) return refuse("privateKey", `0x and ${2 * SECRET_BYTES} hex digits`, HIDDEN);
  return withScalar(fromHex(hex), (scalar) => scalar << 3n);
}

function accountOf(address: unknown): Account {
  try {
    return toAccount("ss58Address", address);
  } catch {
    throw new YumaError("BAD_KEYFILE", "The key file's address is none.", { reason: "address", address });
  }
}

/** The secret as schnorrkel writes it: the scalar itself, where the signing library keeps eight times it. */
function schnorrkelBytes(secret: Uint8Array): Uint8Array {
  return withScalar(secret, (scalar) => scalar >> 3n);
}

function withScalar(secret: Uint8Array, change: (scalar: bigint) => bigint): Uint8Array {
  const bytes = Uint8Array.from(secret);
  let scalar = 0n;
  for (let k = SCALAR_BYTES; k-- > 0; ) scalar = (scalar << 8n) | BigInt(bytes[k] ?? 0);
  scalar = change(scalar);
  for (let k = 0; k < SCALAR_BYTES; k++, scalar >>= 8n) bytes[k] = Number(scalar & 255n);
  return bytes;
}
