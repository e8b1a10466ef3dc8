/** Items of the state by their names, for clients that have nothing but JSON. */
import type { Codec } from "scale-ts";
import type { EntriesAnswer, Hex, StateAnswer } from "../client/contract.js";
import { bytesOf, hexOf, toWire } from "../client/wire.js";
import { toAccount } from "../ledger/accounts/address.js";
import { type AnyItem, entryKey, type Key } from "../ledger/state/item.js";
import { ITEM_BY_NAME } from "../ledger/state/items.js";
import type { ReadableState } from "../ledger/state/state.js";
import { array, integer, refuse, u64 } from "../marshal/values.js";

const MOST_ENTRIES = 1_000;
const MOST_KEY_BYTES = 64;
const ACCOUNT_BYTES = 32;

/** The item of a name. Throws BAD_VALUE. */
export function itemOf(name: unknown): AnyItem {
  return (typeof name === "string" && ITEM_BY_NAME.get(name)) || refuse("item", "the name of an item", name);
}

/** One entry: the value, or the initial one with `scale: null`. */
export function readState(state: ReadableState, name: unknown, input: unknown): StateAnswer {
  const item = itemOf(name);
  const keys = readKeys(item, input, item.depth, item.depth);
  const value: unknown = state.read(item, ...keys);
  return {
    value: value === undefined ? null : toWire(value),
    scale: state.has(item, ...keys) ? hexOf(item.value.enc(value)) : null,
  };
}

/** Entries under the first keys given, in order, after the entry whose key is `after`, at most `limit`. */
export function readEntries(
  state: ReadableState,
  name: unknown,
  first: unknown,
  after: unknown = null,
  limit: unknown = MOST_ENTRIES,
): EntriesAnswer {
  const item = itemOf(name);
  const most = integer("limit", limit, 1, MOST_ENTRIES);
  const all = state.entries(item, ...readKeys(item, first, 0, item.depth)) as [Key[], unknown][];
  const from = after === null ? 0 : placeAfter(item, all, hexOf(bytesOf("after", after)));
  const entries = all.slice(from, from + most).map(([keys, value]) => ({
    key: hexOf(entryKey(item, keys)),
    keys: toWire(keys) as readonly unknown[],
    value: toWire(value),
    scale: hexOf(item.value.enc(value)),
  }));
  return { entries, next: from + most < all.length ? (entries.at(-1)?.key ?? null) : null };
}

/** Where to go on. The entry may be gone by now; then it is the first that comes after it. */
function placeAfter(item: AnyItem, all: readonly [Key[], unknown][], after: Hex): number {
  const exact = all.findIndex(([keys]) => hexOf(entryKey(item, keys)) === after);
  return exact >= 0 ? exact + 1 : refuse("after", "the key of an entry that is there", after);
}

function readKeys(item: AnyItem, input: unknown, least: number, most: number): Key[] {
  const given = array("keys", input);
  if (given.length < least || given.length > most) {
    return refuse(
      "keys",
      least === most ? `${most} keys of ${item.name}` : `up to ${most} keys of ${item.name}`,
      input,
    );
  }
  return given.map((key, k) => readKey(`keys[${k}]`, item.keyCodecs[k] as Codec<Key>, key));
}

/** A key by the codec it has in the item: an account, a whole number, or a text. */
function readKey(where: string, codec: Codec<Key>, input: unknown): Key {
  const zero = codec.dec(new Uint8Array(MOST_KEY_BYTES));
  const { length } = codec.enc(zero);
  if (typeof zero === "number") return integer(where, input, 0, Math.min(256 ** length - 1, Number.MAX_SAFE_INTEGER));
  if (typeof zero === "bigint") return u64(where, input);
  if (length === ACCOUNT_BYTES) return toAccount(where, input);
  return typeof input === "string" ? input : refuse(where, "a text", input);
}
