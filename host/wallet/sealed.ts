/**
 * The encryption of key files: `$NACL` · nonce 24 · secretbox (XSalsa20-Poly1305), its key by Argon2i 1.3 of the password with
 * libsodium's "sensitive" limits (8 passes over 512 MiB) and a salt that never changes. Source: PROTOCOL.md H.7.
 */
import { YumaError } from "../errors.js";
import { fromHex } from "../ledger/state/codecs.js";

const MAGIC = new TextEncoder().encode("$NACL");
const SALT = fromHex("0x137183dff15a09bc9c90b5518739e9b1");
const PASSES = 8;
const MEMORY_BYTES = 512 * 1024 * 1024;
const KEY_BYTES = 32;
const NONCE_BYTES = 24;
const BOX_AT = MAGIC.length + NONCE_BYTES;
const MAC_BYTES = 16;

/** How a key file is kept. `ansible` and `fernet` are of early releases and are recognised, not read. */
export type Sealing = "none" | "nacl" | "ansible" | "fernet";

const MARKS: readonly (readonly [string, Sealing])[] = [
  ["$NACL", "nacl"],
  ["$ANSIBLE_VAULT", "ansible"],
  ["gAAAAA", "fernet"],
];

/** How the bytes of a key file are kept, by how they begin. */
export function sealingOf(bytes: Uint8Array): Sealing {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 16));
  return MARKS.find(([mark]) => head.startsWith(mark))?.[1] ?? "none";
}

/** libsodium is loaded by those who need it alone: it is larger than all the rest together. */
async function sodium() {
  const { default: library } = await import("libsodium-wrappers-sumo");
  await library.ready;
  return library;
}

type Sodium = Awaited<ReturnType<typeof sodium>>;

/** Takes some seconds and 512 MiB: that is its purpose. */
function keyOf(library: Sodium, password: string): Uint8Array {
  const { crypto_pwhash_ALG_ARGON2I13: argon2i } = library;
  return library.crypto_pwhash(KEY_BYTES, password, SALT, PASSES, MEMORY_BYTES, argon2i);
}

/** The bytes encrypted with a password under a fresh nonce. */
export async function seal(bytes: Uint8Array, password: string): Promise<Uint8Array> {
  const library = await sodium();
  const nonce = library.randombytes_buf(NONCE_BYTES);
  const key = keyOf(library, password);
  const box = library.crypto_secretbox_easy(bytes, nonce, key);
  library.memzero(key);
  const sealed = new Uint8Array(BOX_AT + box.length);
  sealed.set(MAGIC);
  sealed.set(nonce, MAGIC.length);
  sealed.set(box, BOX_AT);
  return sealed;
}

/** What `seal` encrypted. Throws BAD_KEYFILE with `details.reason` "password" for a wrong one, or for bytes that are damaged. */
export async function unseal(sealed: Uint8Array, password: string): Promise<Uint8Array> {
  if (sealingOf(sealed) !== "nacl" || sealed.length < BOX_AT + MAC_BYTES) {
    throw new YumaError("BAD_KEYFILE", "The key file is cut short.", { reason: "length" });
  }
  const library = await sodium();
  const key = keyOf(library, password);
  try {
    return library.crypto_secretbox_open_easy(sealed.subarray(BOX_AT), sealed.subarray(MAGIC.length, BOX_AT), key);
  } catch {
    throw new YumaError("BAD_KEYFILE", "The password is wrong, or the key file is damaged.", { reason: "password" });
  } finally {
    library.memzero(key);
  }
}
