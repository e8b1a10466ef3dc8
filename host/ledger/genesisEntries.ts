/** Entries of the state that a genesis brings as they are stored: keys and values in hex, as `genesisFromSnapshot` makes them. */
import { shown } from "../errors.js";
import { refuse } from "../marshal/values.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "./state/balances.js";
import { decode, fromHex, toHex } from "./state/codecs.js";
import { type AnyItem, type Key, splitKey } from "./state/item.js";
import { ITEM_BY_NAME } from "./state/items.js";
import { ChosenRules } from "./state/rules.js";
import type { State } from "./state/state.js";
import { BlockHash, BlockNumber } from "./state/system.js";

/** What the genesis's own fields say. */
const WITHHELD: ReadonlySet<AnyItem> = new Set<AnyItem>([
  ...[FreeBalance, BalancesIssuance, TotalIssuance, BlockNumber, BlockHash, ChosenRules],
]);

interface Entry {
  readonly item: AnyItem;
  readonly keys: readonly Key[];
  readonly value: unknown;
}

/** The entries in order of their keys. Throws BAD_VALUE where one is none, naming it. */
export function readEntries(entries: Readonly<Record<string, unknown>>): [key: string, value: string][] {
  const found = Object.entries(entries).map(([key, value]): [string, string] => {
    if (typeof value !== "string") return refuse(`entries[${shown(key)}]`, "bytes in hex", value);
    entryOf(key, value);
    return [key, value];
  });
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Writes read entries into a state. */
export function writeEntries(state: State, entries: Readonly<Record<string, unknown>>): void {
  for (const [key, text] of Object.entries(entries)) {
    const { item, keys, value } = entryOf(key, text as string);
    state.write(item, ...keys, value);
  }
}

/** A state's entries as a genesis has them, without what its own fields say. */
export function entriesOf(state: State): Record<string, string> {
  const all = [...state.encoded()].map(([key, value]) => [toHex(key), toHex(value)] as const);
  return Object.fromEntries(
    all.filter(([key]) => !WITHHELD.has(itemOf(key) as AnyItem)).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function entryOf(key: string, text: string): Entry {
  const where = `entries[${shown(key)}]`;
  if (!isHex(key) || !isHex(text)) return refuse(where, "0x and hex digits", text);
  const item = itemOf(key);
  if (item === undefined || WITHHELD.has(item)) return refuse(where, "an item a genesis may bring", key);
  const keys = decode(item.keys, splitKey(fromHex(key)).tail, where) as readonly Key[];
  return { item, keys, value: decode(item.value, fromHex(text), where) };
}

function itemOf(key: string): AnyItem | undefined {
  return ITEM_BY_NAME.get(splitKey(fromHex(key)).name);
}

function isHex(text: string): boolean {
  return /^0x(?:[0-9a-f]{2})*$/.test(text);
}
