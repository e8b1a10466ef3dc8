/** The codecs of long lists, written in one piece: they are most of what an epoch changes, and scale-ts makes an object an element. */
import { bool, type Codec, compact, createCodec, createDecoder, u16, u64, Vector } from "scale-ts";
import { PackedRow } from "../../marshal/packedRow.js";
import type { Cursor } from "./codecs.js";

/** Readonly lists: values are shared and never changed in place. */
export type List<T> = readonly T[];

/** A list of elements of `bytes` bytes each: compact length, then the elements as `put` writes them. Decoded by scale-ts. */
function packed<T>(of: Codec<T>, bytes: number, put: (view: DataView, at: number, value: T) => void): Codec<List<T>> {
  const slow = Vector(of) as unknown as Codec<List<T>>;
  return createCodec((list) => {
    const head = compact.enc(list.length);
    const out = new Uint8Array(head.length + bytes * list.length);
    out.set(head);
    const view = new DataView(out.buffer, head.length);
    for (let k = 0; k < list.length; k++) put(view, k * bytes, list[k] as T);
    return out;
  }, slow.dec);
}

/** true or false each. */
export const boolList = packed<boolean>(bool, 1, (view, at, value) => view.setUint8(at, value ? 1 : 0));

/** u16 each. */
export const u16List = packed<number>(u16, 2, (view, at, value) => view.setUint16(at, value, true));

/** u64 each. */
export const u64List = packed<bigint>(u64, 8, (view, at, value) => view.setBigUint64(at, value, true));

const PAIR_BYTES = 4;

/** A row of weights or bonds: compact length, then its words as they are; every host this runs on is little-endian. */
export const packedRow: Codec<PackedRow> = createCodec(
  ({ words, length }) => {
    const head = compact.enc(length);
    const out = new Uint8Array(head.length + words.byteLength);
    out.set(head);
    out.set(new Uint8Array(words.buffer, words.byteOffset, words.byteLength), head.length);
    return out;
  },
  createDecoder((bytes) => {
    const from = bytes as Cursor;
    const size = PAIR_BYTES * Number(compact.dec(from));
    if (from.i + size > from.length) throw new Error("it ends too soon");
    const words = new Uint16Array(from.buffer.slice(from.i, from.i + size));
    from.i += size;
    return new PackedRow(words);
  }),
);
