/** The SCALE codecs of keys and values, and the types they decode to. Fixed-size integers are little-endian. */
import { concatBytes } from "@noble/hashes/utils.js";
import { type Codec, compact, createCodec, createDecoder } from "scale-ts";
import { YumaError } from "../../errors.js";
import { type FixedCodec, fixed, u16, u32, u53, u64 } from "./integers.js";

/** An account: its 32 bytes as "0x" and 64 lower-case hex digits, so that the order of strings is the order of bytes. */
export type Account = `0x${string}`;

const ACCOUNT_BYTES = 32;
const DIGITS = new TextEncoder().encode("0123456789abcdef");
const ASCII = new TextDecoder();
const ACCOUNT_TEXT = new TextEncoder().encode(`0x${"00".repeat(ACCOUNT_BYTES)}`);

/** Bytes as "0x" and lower-case hex digits; made in one piece, since a text joined digit by digit is put together at its first use. */
export function toHex(bytes: Uint8Array): Account {
  const text = bytes.length === ACCOUNT_BYTES ? ACCOUNT_TEXT : new Uint8Array(2 + 2 * bytes.length);
  text[0] = ACCOUNT_TEXT[0]!;
  text[1] = ACCOUNT_TEXT[1]!;
  for (let k = 0; k < bytes.length; k++) {
    text[2 * k + 2] = DIGITS[bytes[k]! >> 4]!;
    text[2 * k + 3] = DIGITS[bytes[k]! & 15]!;
  }
  return ASCII.decode(text) as Account;
}

/** The value of a hex digit by its character code. */
const NIBBLE = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);

/** Bytes of "0x" and hex digits; the text is known to be well formed. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length - 2) >> 1);
  putHex(text, bytes, 0);
  return bytes;
}

/** The same, into bytes from an offset on. */
export function putHex(text: string, bytes: Uint8Array, at: number): void {
  for (let k = 2; k < text.length; k += 2) {
    bytes[at + (k >> 1) - 1] = (NIBBLE[text.charCodeAt(k)]! << 4) | NIBBLE[text.charCodeAt(k + 1)]!;
  }
}

/** What a decoder reads from: bytes, and how far it has come. */
export type Cursor = Uint8Array & { i: number };

/** n raw bytes as hex text. */
export function hexBytes(n: number): FixedCodec<Account> {
  const take = createDecoder((bytes) => {
    const cursor = bytes as Cursor;
    const text = toHex(new Uint8Array(cursor.buffer, cursor.i, n));
    cursor.i += n;
    return text;
  });
  return fixed(n, putHex, take);
}

/** An account, 32 raw bytes. */
export const account = hexBytes(ACCOUNT_BYTES);

/** A 32-byte digest or hash, as hex text. */
export const hash = hexBytes(ACCOUNT_BYTES);

/** A subnet, u16. */
export const netuid = u16;

/** A neuron of a subnet, u16. */
export const uid = u16;

/** An amount of TAO or of alpha in rao, u64. */
export const rao = u64;

/** A block's number. */
export const blockNumber = u53;

/** A count of an account's calls, u32. */
export const nonce = u32;

/** The compact integers below this take at most four bytes, and are numbers on the way. */
const SHORT_COMPACT = 2 ** 30;

/** An integer in SCALE's compact form. */
export const compactInteger: Codec<number | bigint> = createCodec((value) => {
  if (value >= SHORT_COMPACT) return compact.enc(value);
  const short = Number(value);
  const word = short * 4;
  if (short < 2 ** 6) return Uint8Array.of(word);
  if (short < 2 ** 14) return Uint8Array.of(word | 1, word >> 8);
  return Uint8Array.of(word | 2, word >> 8, word >> 16, word / 2 ** 24);
}, compact.dec);

/** Values one after the other under their names: SCALE's struct, with less made along the way. */
export function struct<T extends object>(fields: { readonly [N in keyof T]: Codec<T[N]> }): Codec<T> {
  const parts = Object.entries(fields) as [keyof T & string, Codec<unknown>][];
  return createCodec(
    (values) => concatBytes(...parts.map(([name, codec]) => codec.enc(values[name]))),
    createDecoder((bytes) => {
      const values: Partial<Record<string, unknown>> = {};
      for (const [name, codec] of parts) values[name] = codec.dec(bytes);
      return values as T;
    }),
  );
}

/** Decodes the whole of some bytes. Throws BAD_BINARY, naming `what`, unless they are the one encoding of a value. */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array, what: string): T {
  let value: T;
  try {
    // Decoders read a view's whole buffer, hence the copy; a Buffer's slice would be none.
    value = codec.dec(new Uint8Array(bytes));
    if (compare(codec.enc(value), bytes) !== 0) throw new Error("it has another encoding");
  } catch (cause) {
    if (cause instanceof YumaError) throw cause;
    // Reading past the end is a RangeError in every engine, in other words.
    const why = cause instanceof RangeError ? "it ends too soon" : reasonOf(cause);
    throw new YumaError("BAD_BINARY", `${what} cannot be decoded: ${why}.`, { bytes: bytes.length });
  }
  return value;
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

/** Orders bytes as memcmp does, the shorter first where one begins the other; `from` where they are known to be alike so far. */
export function compare(a: Uint8Array, b: Uint8Array, from = 0): number {
  const end = Math.min(a.length, b.length);
  for (let k = from; k < end; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return a.length - b.length;
}
