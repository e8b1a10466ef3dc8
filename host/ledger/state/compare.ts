/** What makes of one state another, entry by entry. */
import type { Change } from "./changes.js";
import { compare, toHex } from "./codecs.js";
import type { State } from "./state.js";

/** The entries in which two states differ, before in the first and after in the second, in the order of their keys' bytes. */
export function changesBetween(from: State, to: State): Change[] {
  const wanted = new Map([...to.encoded()].map(([key, value]) => [toHex(key), [key, value] as const]));
  const changes: Change[] = [];
  for (const [key, before] of from.encoded()) {
    const name = toHex(key);
    const after = wanted.get(name)?.[1];
    wanted.delete(name);
    if (after === undefined || compare(before, after) !== 0) changes.push({ key, before, after });
  }
  for (const [key, after] of wanted.values()) changes.push({ key, before: undefined, after });
  return changes.sort((a, b) => compare(a.key, b.key));
}
