/** The SCALE codecs of keys and values, and the types they decode to. Fixed-size integers are little-endian. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { Bytes, type Codec, createCodec, enhanceCodec, u16, u32, u64 } from "scale-ts";
import { YumaError } from "../../errors.js";

/** An account: its 32 bytes as "0x" and 64 lower-case hex digits, so that the order of strings is the order of bytes. */
export type Account = `0x${string}`;

const ACCOUNT_BYTES = 32;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes as "0x" and lower-case hex digits. */
export function toHex(bytes: Uint8Array): Account {
  let text = "0x";
  for (let k = 0; k < bytes.length; k++) text += HEX[bytes[k]!];
  return text as Account;
}

/** Bytes of "0x" and hex digits; the text is known to be well formed. */
export function fromHex(text: string): Uint8Array {
  return hexToBytes(text.slice(2));
}

/** n raw bytes as hex text. */
export function hexBytes(n: number): Codec<Account> {
  return enhanceCodec(Bytes(n), fromHex, toHex);
}

const SCRATCH = new DataView(new ArrayBuffer(8));

/** A codec whose encoder makes one object instead of three: integers are most of what a block encodes. */
function quick<T>(slow: Codec<T>, put: (view: DataView, value: T) => void, bytes: number): Codec<T> {
  const scratch = new Uint8Array(SCRATCH.buffer, 0, bytes);
  return createCodec((value) => {
    put(SCRATCH, value);
    return scratch.slice();
  }, slow.dec);
}

/** An account, 32 raw bytes. */
export const account: Codec<Account> = hexBytes(ACCOUNT_BYTES);

/** A 32-byte digest or hash, as hex text. */
export const hash: Codec<Account> = hexBytes(ACCOUNT_BYTES);

/** A subnet, u16. */
export const netuid: Codec<number> = quick(u16, (view, value) => view.setUint16(0, value, true), 2);

/** A neuron of a subnet, u16. */
export const uid: Codec<number> = netuid;

/** An amount of TAO or of alpha in rao, u64. */
export const rao: Codec<bigint> = quick(u64, (view, value) => view.setBigUint64(0, value, true), 8);

/** A block's number: u64, of which 53 bits are used. */
export const blockNumber: Codec<number> = enhanceCodec(rao, BigInt, Number);

/** A count of an account's calls, u32. */
export const nonce: Codec<number> = u32;

/** Decodes the whole of some bytes. Throws BAD_BINARY, naming `what`, unless they are the one encoding of a value. */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array, what: string): T {
  let value: T;
  try {
    // Decoders read a view's whole buffer, hence the copy; a Buffer's slice would be none.
    value = codec.dec(Uint8Array.from(bytes));
    if (compare(codec.enc(value), bytes) !== 0) throw new Error("it has another encoding");
  } catch (cause) {
    if (cause instanceof YumaError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new YumaError("BAD_BINARY", `${what} cannot be decoded: ${why}.`, { bytes: bytes.length });
  }
  return value;
}

/** Orders bytes as memcmp does, the shorter first where one begins the other. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const end = Math.min(a.length, b.length);
  for (let k = 0; k < end; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return a.length - b.length;
}
