/** The codecs of long lists, written in one piece: they are most of what an epoch changes, and scale-ts makes an object an element. */
import { type Codec, compact, createCodec, createDecoder } from "scale-ts";
import { PackedRow } from "../../marshal/packedRow.js";
import { vector } from "../../timelock/vector.js";
import { type Cursor, compactInteger } from "./codecs.js";
import { bool, u16, u64 } from "./integers.js";

/** Readonly lists: values are shared and never changed in place. */
export type List<T> = readonly T[];

/** Compact length, then the elements as they lie in memory: every host this runs on is little-endian. */
function joined(length: number, words: ArrayBufferView): Uint8Array {
  const head = compactInteger.enc(length);
  const out = new Uint8Array(head.length + words.byteLength);
  out.set(head);
  out.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), head.length);
  return out;
}

/** A list of elements that lie in a typed array. Decoded by scale-ts. */
function packed<T>(of: Codec<T>, words: (list: List<T>) => ArrayBufferView): Codec<List<T>> {
  const slow = vector(of) as unknown as Codec<List<T>>;
  return createCodec((list) => joined(list.length, words(list)), slow.dec);
}

/** true or false each. */
export const boolList = packed(bool, (list) => Uint8Array.from(list, Number));

/** u16 each. */
export const u16List = packed(u16, (list) => Uint16Array.from(list));

/** u64 each. */
export const u64List = packed(u64, (list) => BigUint64Array.from(list));

const PAIR_BYTES = 4;

/** A row of weights or bonds. */
export const packedRow: Codec<PackedRow> = createCodec(
  ({ words, length }) => joined(length, words),
  createDecoder((bytes) => {
    const from = bytes as Cursor;
    const size = PAIR_BYTES * Number(compact.dec(from));
    if (from.i + size > from.length) throw new Error("it ends too soon");
    const words = new Uint16Array(from.buffer.slice(from.i, from.i + size));
    from.i += size;
    return new PackedRow(words);
  }),
);
