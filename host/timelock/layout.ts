/** The bytes of a timelocked ciphertext: a point, then lists of bytes, each behind its length as a little-endian u64. */
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { YumaError } from "../errors.js";

/** A ciphertext in parts. */
export interface Sealed {
  /** A compressed point of G2. */
  readonly u: Uint8Array;
  /** 32 bytes each. */
  readonly v: Uint8Array;
  readonly w: Uint8Array;
  /** The message under AES-256-GCM, its tag behind it. */
  readonly body: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
}

const POINT_BYTES = 96;
const HASH_BYTES = 32;
const NONCE_BYTES = 12;
/** Written, and passed over when read, as the chain does. */
const SUITE = utf8ToBytes("AES_GCM_");

/** The bytes of a ciphertext. */
export function sealedBytes({ u, v, w, body, nonce }: Sealed): Uint8Array {
  return concatBytes(u, listed(v), listed(w), listed(concatBytes(listed(body), listed(nonce))), listed(SUITE));
}

/** A ciphertext out of its bytes; what is behind it is passed over. Throws BAD_BINARY. */
export function sealedOf(bytes: Uint8Array): Sealed {
  const all = new Reader(bytes);
  const u = all.take(POINT_BYTES);
  const [v, w, inner] = [all.list(), all.list(), new Reader(all.list())];
  all.list();
  const [body, nonce] = [inner.list(), inner.list()];
  if (v.length !== HASH_BYTES || w.length !== HASH_BYTES || nonce.length !== NONCE_BYTES) throw malformed("length");
  return { u, v, w, body, nonce };
}

function listed(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true);
  return concatBytes(length, bytes);
}

function malformed(reason: string): YumaError {
  return new YumaError("BAD_BINARY", "These bytes are no timelocked ciphertext.", { reason });
}

/** Takes bytes from the front. */
class Reader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  take(count: number): Uint8Array {
    const end = this.#at + count;
    if (end > this.bytes.length) throw malformed("truncated");
    const part = this.bytes.slice(this.#at, end);
    this.#at = end;
    return part;
  }

  list(): Uint8Array {
    const length = this.take(8);
    return this.take(Number(new DataView(length.buffer).getBigUint64(0, true)));
  }
}
