/** Addresses: ss58 with prefix 42, in and out. */
import { blake2b } from "@noble/hashes/blake2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { base58 } from "@scure/base";
import { refuse } from "../../marshal/values.js";
import { type Account, fromHex, toHex } from "../state/codecs.js";

/** The network's ss58 prefix. */
export const SS58_PREFIX = 42;

const KEY_BYTES = 32;
const CHECK_BYTES = 2;
const LONGEST_ADDRESS = 64;
const CONTEXT = new TextEncoder().encode("SS58PRE");

/** The ss58 address of an account. */
export function toAddress(account: Account): string {
  const body = concatBytes(Uint8Array.of(SS58_PREFIX), fromHex(account));
  return base58.encode(concatBytes(body, checkOf(body)));
}

/** The account of an ss58 address with prefix 42, or of "0x" and 64 hex digits. Throws BAD_VALUE naming `where`. */
export function toAccount(where: string, input: unknown): Account {
  const wanted = `an ss58 address (prefix ${SS58_PREFIX}) or 0x and 64 hex digits`;
  if (typeof input !== "string" || input.length > LONGEST_ADDRESS + CHECK_BYTES) return refuse(where, wanted, input);
  if (/^0x[0-9a-f]{64}$/i.test(input)) return input.toLowerCase() as Account;
  const bytes = decoded(input);
  if (bytes?.length !== 1 + KEY_BYTES + CHECK_BYTES || bytes[0] !== SS58_PREFIX) return refuse(where, wanted, input);
  const body = bytes.subarray(0, 1 + KEY_BYTES);
  const check = checkOf(body);
  if (check.some((byte, k) => byte !== bytes[body.length + k])) {
    return refuse(where, `${wanted} whose checksum is right`, input);
  }
  return toHex(body.subarray(1));
}

function checkOf(body: Uint8Array): Uint8Array {
  return blake2b(concatBytes(CONTEXT, body), { dkLen: 64 }).subarray(0, CHECK_BYTES);
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return base58.decode(text);
  } catch {
    return undefined;
  }
}
