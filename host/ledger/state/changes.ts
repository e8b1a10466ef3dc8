/** From a journal of writes to the encoded changes of a block, their hash, and their effect on the state's checksum. */
import { sha256 } from "../sha256.js";
import { compare } from "./codecs.js";
import { type AnyItem, entryKey, type Key } from "./item.js";

/** Where a value is held. */
export interface Cell {
  /** undefined where nothing is stored. */
  value: unknown;
  /** Of the block under way, once it has written here. */
  noted: Noted | undefined;
}

/** A cell a block has written to: where it is, and what it held before. */
export interface Noted {
  readonly item: AnyItem;
  readonly keys: readonly Key[];
  readonly cell: Cell;
  readonly before: unknown;
}

/** An entry that is not what it was: encoded before and after, undefined where absent. */
export interface Change {
  readonly key: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
}

/** The entries that differ from what they were, in the order of their keys' bytes: by item, then by what follows its prefix. */
export function encodedChanges(noted: readonly Noted[]): Change[] {
  const byItem = new Map<AnyItem, Change[]>();
  for (const { item, keys, cell, before } of noted) {
    const after = cell.value;
    if (after === before) continue;
    const change = {
      key: entryKey(item, keys),
      before: before === undefined ? undefined : item.value.enc(before),
      after: after === undefined ? undefined : item.value.enc(after),
    };
    if (same(change.before, change.after)) continue;
    const others = byItem.get(item);
    if (others === undefined) byItem.set(item, [change]);
    else others.push(change);
  }
  const items = [...byItem].sort(([a], [b]) => compare(a.prefix, b.prefix));
  return items.flatMap(([{ prefix }, changes]) => changes.sort((a, b) => compare(a.key, b.key, prefix.length)));
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
