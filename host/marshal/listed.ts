/** Out of typed arrays. */

/** The entries in a plain array. `Array.from` would walk them by an iterator, an object an entry. */
export function listed<T>(from: { readonly length: number; readonly [k: number]: T }): T[] {
  const list = new Array<T>(from.length);
  for (let k = 0; k < from.length; k++) list[k] = from[k]!;
  return list;
}
