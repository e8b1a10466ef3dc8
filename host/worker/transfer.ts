/** The buffers behind typed arrays, for messages that move rather than copy. */

/**
 * The distinct buffers of the typed arrays in `value`, in objects at any depth; rows of pairs are not searched. Empty ones are left out:
 * one moved away before is empty, and Node sends a message that moves it, but nobody can read that.
 */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (inner: unknown): void => {
    if (typeof inner !== "object" || inner === null) return;
    if (ArrayBuffer.isView(inner)) {
      if (inner.buffer instanceof ArrayBuffer) found.add(inner.buffer);
    } else if (inner instanceof ArrayBuffer) {
      found.add(inner);
    } else if (!Array.isArray(inner)) {
      Object.values(inner).forEach(visit);
    } else if (!Array.isArray(inner[0])) {
      inner.forEach(visit);
    }
  };
  visit(value);
  return [...found].filter(({ byteLength }) => byteLength > 0);
}
