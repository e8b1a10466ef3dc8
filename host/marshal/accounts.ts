/** Accounts: 32 bytes, written as "0x" and 64 hex digits, so that their texts order as their bytes do. */
import { YumaError } from "../errors.js";
import { refuse } from "./values.js";

/** A hotkey or coldkey: "0x" and 64 hex digits. Answers have them in lower case. */
export type AccountId = string;

const HEX = /^0x[0-9a-f]{64}$/i;

/** The coldkey of a hotkey nobody owns: 32 zero bytes. */
export const ZERO_ACCOUNT: AccountId = `0x${"0".repeat(64)}`;

/** An account, in lower case. */
export function account(where: string, value: unknown): AccountId {
  if (typeof value !== "string" || !HEX.test(value)) {
    return refuse(where, 'an account of 32 bytes, "0x" and 64 hex digits', value);
  }
  return value.toLowerCase();
}

/** Throws DUPLICATE_ACCOUNT, saying where the account stands a second time. */
export function duplicate(where: string, name: AccountId): never {
  throw new YumaError("DUPLICATE_ACCOUNT", `${where} names an account a second time: ${name}.`, {
    field: where,
    account: name,
  });
}
