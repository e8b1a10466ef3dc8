/** From a journal of writes to the encoded changes of a block, their hash, and their effect on the state's checksum. */
import { sha256 } from "@noble/hashes/sha2.js";
import { compare } from "./codecs.js";
import { type AnyItem, entryKey, type Key } from "./item.js";

/** One line of the journal. */
export interface Write {
  readonly item: AnyItem;
  readonly keys: readonly Key[];
  /** The map that holds the value, and its key there. */
  readonly leaf: Map<Key, unknown>;
  readonly last: Key;
  /** What was stored before, if anything. */
  readonly before: unknown;
}

/** An entry that is not what it was: encoded before and after, undefined where absent. */
export interface Change {
  readonly key: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** The entries that differ from what they were before the first write, in the order of their keys' bytes. */
export function changesOf(journal: readonly Write[]): Change[] {
  const seen = new Map<Map<Key, unknown>, Set<Key>>();
  const changes: Change[] = [];
  for (const { item, keys, leaf, last, before } of journal) {
    let known = seen.get(leaf);
    if (known === undefined) {
      known = new Set();
      seen.set(leaf, known);
    }
    if (known.has(last)) continue;
    known.add(last);
    const after = leaf.get(last);
    if (after === before) continue;
    const change = {
      key: entryKey(item, keys),
      before: before === undefined ? undefined : item.value.enc(before),
      after: after === undefined ? undefined : item.value.enc(after),
    };
    if (!same(change.before, change.after)) changes.push(change);
  }
  return changes.sort((a, b) => compare(a.key, b.key));
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && compare(a, b) === 0;
}

/** SHA-256 of (length of key u32, key, 0) or (length of key u32, key, 1, length of value u32, value) of each change in order. */
export function hashOf(changes: readonly Change[]): Uint8Array {
  let size = 0;
  for (const { key, after } of changes) size += 5 + key.length + (after === undefined ? 0 : 4 + after.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (part: Uint8Array) => {
    view.setUint32(at, part.length, true);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  };
  for (const { key, after } of changes) {
    put(key);
    bytes[at++] = after === undefined ? 0 : 1;
    if (after !== undefined) put(after);
  }
  return sha256(bytes);
}
