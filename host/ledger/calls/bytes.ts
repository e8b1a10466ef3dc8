/** Arguments that are bytes of any length. */
import { refuse } from "../../marshal/values.js";
import { fromHex } from "../state/codecs.js";
import { bytes as bytesCodec } from "../state/values.js";
import type { Argument } from "./arguments.js";

const HEX = /^0x([0-9a-f]{2})*$/i;

/** Bytes, or "0x" and hex digits. */
export const bytes: Argument<Uint8Array, Uint8Array | string> = {
  codec: bytesCodec,
  read: (where, input) => {
    if (input instanceof Uint8Array) return Uint8Array.from(input);
    return typeof input === "string" && HEX.test(input) ? fromHex(input) : refuse(where, "bytes, or 0x-hex", input);
  },
};
