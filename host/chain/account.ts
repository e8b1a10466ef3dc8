/** Accounts: 32 bytes, written as ss58 or as hex. */
import { AccountId } from "@polkadot-api/substrate-bindings";
import { refuse } from "../marshal/values.js";
import { toHex } from "./metadata/hex.js";
import type { Hex } from "./rpc.js";

const address = AccountId();

/** The 32 bytes of an ss58 address as the kernel's tables have them; its network prefix does not matter. */
export function hexOfAccount(ss58: string): Hex {
  return toHex(address.enc(ss58));
}

/** The 32 bytes of an account as somebody wrote it: ss58, or 0x and 64 hex digits. Throws BAD_VALUE. */
export function readAccount(field: string, text: string): Hex {
  if (/^0x[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  try {
    return hexOfAccount(text);
  } catch {
    return refuse(field, "an ss58 address, or 0x and 64 hex digits", text);
  }
}
