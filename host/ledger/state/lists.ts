/** The codecs of long lists, written in one piece: they are most of what an epoch changes, and scale-ts makes an object an element. */
import { bool, type Codec, compact, createCodec, Tuple, u16, u64, Vector } from "scale-ts";

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

/** A row of weights or bonds in stored order: uid, and value over 65535. */
export const pairList = packed<readonly [uid: number, value: number]>(
  Tuple(u16, u16) as unknown as Codec<readonly [uid: number, value: number]>,
  4,
  (view, at, [uid, value]) => {
    view.setUint16(at, uid, true);
    view.setUint16(at + 2, value, true);
  },
);
