/** The kernel's static slots as words of 64 bits, little-endian as every host this runs on is. */

/** The words from where `begin` says. Growth of the memory empties what looked at it, and only then it is looked for anew. */
export function slotWords<K extends { readonly memory: WebAssembly.Memory }>(
  begin: (kernel: K) => number,
  bytes: number,
): (kernel: K) => BigUint64Array {
  const known = new WeakMap<K, BigUint64Array>();
  return (kernel) => {
    const words = known.get(kernel);
    if (words !== undefined && words.length > 0) return words;
    const made = new BigUint64Array(
      kernel.memory.buffer,
      begin(kernel) >>> 0,
      bytes / BigUint64Array.BYTES_PER_ELEMENT,
    );
    known.set(kernel, made);
    return made;
  };
}
