/** SCALE's lists, read no further than there are bytes. */
import { type Codec, compact, createCodec, createDecoder, Vector } from "scale-ts";

/**
 * A list of elements of at least a byte each. scale-ts makes room for as many as the first bytes claim before it reads one: a few bytes of a
 * stranger's would cost seconds and hundreds of megabytes. Here the first that is missing ends it, with a RangeError.
 */
export function vector<T>(of: Codec<T>): Codec<T[]> {
  return createCodec(
    Vector(of).enc,
    createDecoder((bytes) => {
      const count = Number(compact.dec(bytes));
      const list: T[] = [];
      for (let k = 0; k < count; k++) list.push(of.dec(bytes));
      return list;
    }),
  );
}
