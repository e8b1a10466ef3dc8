/** Views of the kernel's static slots, made once and again only where its memory has grown. */

/** A view from where `begin` says, `size` bytes or to the end. Growth of the memory detaches a view; the address stays. */
export function slotView<K extends { readonly memory: WebAssembly.Memory }>(
  begin: (kernel: K) => number,
  size?: number,
): (kernel: K) => DataView {
  const views = new WeakMap<K, DataView>();
  return (kernel) => {
    const known = views.get(kernel);
    if (known !== undefined && known.buffer === kernel.memory.buffer) return known;
    const made = new DataView(kernel.memory.buffer, begin(kernel) >>> 0, size);
    views.set(kernel, made);
    return made;
  };
}
