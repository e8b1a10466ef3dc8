/** Accounts: 32 bytes, written as ss58 or as hex. */
import { AccountId } from "@polkadot-api/substrate-bindings";
import { refuse } from "../marshal/values.js";
import { toHex } from "./metadata/hex.js";
import type { Hex } from "./rpc.js";

const address = AccountId();

const ADDRESS = "an ss58 address";

/** The 32 bytes of an ss58 address as the kernel's tables have them; its network prefix does not matter. Throws BAD_VALUE. */
export function hexOfAccount(ss58: string): Hex {
  return decoded("account", ADDRESS, ss58);
}

/** The 32 bytes of an account as somebody wrote it: ss58, or 0x and 64 hex digits. Throws BAD_VALUE. */
export function readAccount(field: string, text: string): Hex {
  if (text === undefined) return refuse("readAccount", "given a field's name and then the account", field);
  if (/^0x[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  return decoded(field, `${ADDRESS}, or 0x and 64 hex digits`, text);
}

function decoded(field: string, wanted: string, text: string): Hex {
  try {
    return toHex(address.enc(text));
  } catch {
    return refuse(field, wanted, text);
  }
}
