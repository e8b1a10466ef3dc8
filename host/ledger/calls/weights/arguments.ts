/** The arguments of weight calls. */
import { Bytes, type Codec, compact, enhanceCodec, Tuple, u8, u16, u64 } from "scale-ts";
import { hex32 } from "../../../api/weights/fields.js";
import { YumaError } from "../../../errors.js";
import { array, integer, u16 as readU16, u64 as readU64, refuse } from "../../../marshal/values.js";
import { vector } from "../../../timelock/vector.js";
import { type Account, hash as hashCodec } from "../../state/codecs.js";
import type { Argument } from "../arguments.js";

/** The most bytes of a timelocked commit. */
const MOST_COMMIT_BYTES = 5000;

const narrow = (most: bigint) => (value: number | bigint) => {
  if (BigInt(value) > most)
    throw new YumaError("BAD_BINARY", "A compact number is too large.", { value: String(value) });
  return value;
};
const compactU16: Codec<number> = enhanceCodec(
  compact,
  (value: number) => value,
  (value) => Number(narrow(0xffffn)(value)),
);
const compactU64: Codec<bigint> = enhanceCodec(
  compact,
  (value: bigint) => value,
  (value) => BigInt(narrow((1n << 64n) - 1n)(value)),
);

/** A list of something. */
export function listOf<V, I = V>({ codec, read }: Argument<V, I>): Argument<readonly V[], readonly I[]> {
  return {
    codec: vector(codec) as unknown as Codec<readonly V[]>,
    read: (where, input) => Array.from(array(where, input), (one, k) => read(`${where}[${k}]`, one)),
  };
}

/** A subnet, or any other u16. */
export const number16: Argument<number> = { codec: u16, read: readU16 };

/** A mechanism. */
export const mechanism: Argument<number> = { codec: u8, read: (where, input) => integer(where, input, 0, 255) };

/** A u64 that is no amount. */
export const number64: Argument<bigint, bigint | number | string> = { codec: u64, read: readU64 };

/** The same numbers in SCALE's compact form. */
export const compact16: Argument<number> = { codec: compactU16, read: readU16 };
export const compact64: Argument<bigint> = { codec: compactU64, read: readU64 };

/** A hash, "0x" and 64 hex digits. */
export const hash: Argument<Account, string> = {
  codec: hashCodec,
  read: (where, input) => hex32(where, input) as Account,
};

/** A weight of a batch: uid and value. */
export const compactPair: Argument<readonly [number, number]> = {
  codec: Tuple(compactU16, compactU16) as unknown as Codec<readonly [number, number]>,
  read: (where, input) => {
    const pair = array(where, input, 2);
    return [readU16(`${where}[0]`, pair[0]), readU16(`${where}[1]`, pair[1])];
  },
};

/** A timelocked commit: at most 5000 bytes. */
export const ciphertext: Argument<Uint8Array> = {
  codec: enhanceCodec(
    Bytes(),
    (bytes: Uint8Array) => bytes,
    (bytes) => {
      if (bytes.length <= MOST_COMMIT_BYTES) return bytes;
      throw new YumaError("BAD_BINARY", `A commit has at most ${MOST_COMMIT_BYTES} bytes.`, { bytes: bytes.length });
    },
  ),
  read: (where, input) =>
    input instanceof Uint8Array && input.length <= MOST_COMMIT_BYTES
      ? Uint8Array.from(input)
      : refuse(where, `at most ${MOST_COMMIT_BYTES} bytes`, input),
};
