/** SHA-256: the platform's where it is there at once, ten times as fast; pages have only one that answers later. */
import { sha256 as inJavaScript } from "@noble/hashes/sha2.js";

// Asked for by name rather than imported, so that what is bundled for pages finds nothing it cannot load.
const crypto = globalThis.process?.getBuiltinModule?.("node:crypto");

/** The SHA-256 of some bytes. */
export const sha256: (bytes: Uint8Array) => Uint8Array =
  crypto === undefined ? inJavaScript : (bytes) => crypto.hash("sha256", bytes, "buffer");
