/** SCALE's integers and bool, little-endian, written in place: most of what a block encodes. Decoded by scale-ts. */
import * as scale from "scale-ts";
import { type Codec, createCodec } from "scale-ts";

/** A codec whose values all take as many bytes, and that can write them into bytes that are there. */
export interface FixedCodec<T> extends Codec<T> {
  readonly size: number;
  /** Writes a value from an offset on. */
  readonly put: (value: T, bytes: Uint8Array, at: number) => void;
}

/** A codec of a fixed size. */
export function fixed<T>(size: number, put: FixedCodec<T>["put"], dec: Codec<T>["dec"]): FixedCodec<T> {
  const enc = (value: T) => {
    const bytes = new Uint8Array(size);
    put(value, bytes, 0);
    return bytes;
  };
  return Object.assign(createCodec(enc, dec), { size, put });
}

// To ask a small array for its buffer, as a view of it does, costs more than all else of encoding it: hence bytes and words by hand.
const WORD = new BigUint64Array(1);
const WORD_BYTES = new Uint8Array(WORD.buffer);

function putU16(value: number, bytes: Uint8Array, at: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >> 8;
}

function putU32(value: number, bytes: Uint8Array, at: number): void {
  putU16(value, bytes, at);
  putU16(value >> 16, bytes, at + 2);
}

/** Writes 64 bits of an integer. */
function putWord(value: bigint, bytes: Uint8Array, at: number): void {
  WORD[0] = value;
  for (let k = 0; k < 8; k++) bytes[at + k] = WORD_BYTES[k]!;
}

function putWords(value: bigint, bytes: Uint8Array, at: number): void {
  putWord(value, bytes, at);
  putWord(value >> 64n, bytes, at + 8);
}

const LANE = 2 ** 32;

/** true or false. */
export const bool = fixed<boolean>(
  1,
  (value, bytes, at) => {
    bytes[at] = Number(value);
  },
  scale.bool.dec,
);
export const u8 = fixed<number>(
  1,
  (value, bytes, at) => {
    bytes[at] = value;
  },
  scale.u8.dec,
);
export const u16 = fixed(2, putU16, scale.u16.dec);
export const i16 = fixed(2, putU16, scale.i16.dec);
export const u32 = fixed(4, putU32, scale.u32.dec);
export const u64 = fixed(8, putWord, scale.u64.dec);
export const i64 = fixed(8, putWord, scale.i64.dec);
export const u128 = fixed(16, putWords, scale.u128.dec);
export const i128 = fixed(16, putWords, scale.i128.dec);

/** A u64 of which 53 bits are used, as a number. */
export const u53 = fixed<number>(
  8,
  (value, bytes, at) => {
    putU32(value % LANE, bytes, at);
    putU32(Math.floor(value / LANE), bytes, at + 4);
  },
  (from) => Number(scale.u64.dec(from)),
);

/** A u128 and an i64, one after the other. */
export const u128AndI64 = fixed<readonly [bigint, bigint]>(
  24,
  ([wide, narrow], bytes, at) => {
    putWords(wide, bytes, at);
    putWord(narrow, bytes, at + 16);
  },
  scale.Tuple(scale.u128, scale.i64).dec,
);
