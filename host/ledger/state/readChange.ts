/** Changes of a state for people and programs: the item, its keys, the values before and after. */
import type { Change } from "./changes.js";
import { decode } from "./codecs.js";
import { type AnyItem, type Key, splitKey } from "./item.js";
import { ITEM_BY_NAME } from "./items.js";

/** An entry that is not what it was; null where nothing is stored. */
export interface StateChange {
  /** The chain's name: "Balances.Free". */
  readonly item: string;
  readonly keys: readonly Key[];
  readonly before: unknown;
  readonly after: unknown;
}

/** A change, decoded. */
export function readChange({ key, before, after }: Change): StateChange {
  const { item, keys } = readEntryKey(key);
  const value = (bytes: Uint8Array | undefined) =>
    bytes === undefined ? null : decode(item.value, bytes, `A value of ${item.name}`);
  return { item: item.name, keys, before: value(before), after: value(after) };
}

/** The item and the keys of an entry's key; the item is one of this ledger's. */
export function readEntryKey(key: Uint8Array): { readonly item: AnyItem; readonly keys: readonly Key[] } {
  const { name, tail } = splitKey(key);
  const item = ITEM_BY_NAME.get(name) as AnyItem;
  return { item, keys: decode(item.keys, tail, `A key of ${name}`) as readonly Key[] };
}
