/** Bytes and their hex, lower case with 0x. */
import type { Hex } from "../rpc.js";

/** The bytes of hex that is known to be hex. */
export function fromHex(hex: Hex): Uint8Array {
  const out = new Uint8Array((hex.length - 2) >> 1);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(hex.slice(2 * i + 2, 2 * i + 4), 16);
  return out;
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The hex of bytes. */
export function toHex(bytes: Uint8Array): Hex {
  let out = "0x";
  for (const byte of bytes) out += DIGITS[byte];
  return out;
}
