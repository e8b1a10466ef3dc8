/** A storage item as data: the chain's name, the codecs of keys and value, and what reading an absent entry gives. */
import { type Codec, Tuple } from "scale-ts";
import type { FixedCodec } from "./integers.js";

/** What an entry is found by: hex text of an account, a small number, or a u64. */
export type Key = string | number | bigint;

/** A storage item of `keys.length` keys, 0 to 3. */
export interface Item<K extends readonly Key[], V> {
  /** The chain's pallet and item: "Balances.TotalIssuance". Unique. */
  readonly name: string;
  /** How many keys an entry has. */
  readonly depth: number;
  /** All keys, one after the other. */
  readonly keys: Codec<K>;
  /** The codec of each key. */
  readonly keyCodecs: readonly Codec<Key>[];
  /** The same, if all are of fixed size. */
  readonly fixedKeys: readonly FixedCodec<Key>[] | undefined;
  readonly value: Codec<Exclude<V, undefined>>;
  /** What reading an absent entry gives; undefined where the chain says None. */
  readonly initial: V;
  /** How the item's keys begin in the store: a byte of length, then the name. */
  readonly prefix: Uint8Array;
}

/** Any item, where its types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: an item is invariant in its types; no narrower type holds them all.
export type AnyItem = Item<any, any>;

type Codecs<K extends readonly Key[]> = { readonly [I in keyof K]: Codec<K[I]> };

/**
 * Declares an item: `item("SubtensorModule.Burn", [netuid], rao, 100_000_000n)`.
 *
 * @param initial  what reading an absent entry gives. Values are shared: none is ever changed in place.
 */
export function item<const K extends readonly Key[], V>(
  name: string,
  keys: Codecs<K>,
  value: Codec<V>,
  initial: NoInfer<V>,
): Item<K, V> {
  return declare(name, keys, value, initial);
}

/** Declares an item whose absent entries read as undefined. */
export function optionalItem<const K extends readonly Key[], V>(
  name: string,
  keys: Codecs<K>,
  value: Codec<V>,
): Item<K, V | undefined> {
  return declare<K, V | undefined>(name, keys, value as Codec<V | undefined>, undefined);
}

function declare<K extends readonly Key[], V>(name: string, keys: Codecs<K>, value: Codec<V>, initial: V): Item<K, V> {
  const text = new TextEncoder().encode(name);
  return {
    name,
    depth: keys.length,
    keyCodecs: keys as readonly Codec<Key>[],
    keys: Tuple(...(keys as readonly Codec<Key>[])) as unknown as Codec<K>,
    fixedKeys: (keys as readonly object[]).every((one) => "put" in one)
      ? (keys as unknown as readonly FixedCodec<Key>[])
      : undefined,
    value: value as Codec<Exclude<V, undefined>>,
    initial,
    prefix: Uint8Array.of(text.length, ...text),
  };
}

/** An entry's key in the store and in digests: the item's prefix, then the SCALE of its keys. */
export function entryKey(of: AnyItem, keys: readonly Key[]): Uint8Array {
  if (of.fixedKeys !== undefined) return fixedEntryKey(of.prefix, of.fixedKeys, keys);
  const tail = of.keys.enc(keys);
  const key = new Uint8Array(of.prefix.length + tail.length);
  key.set(of.prefix);
  key.set(tail, of.prefix.length);
  return key;
}

function fixedEntryKey(prefix: Uint8Array, codecs: readonly FixedCodec<Key>[], keys: readonly Key[]): Uint8Array {
  let size = prefix.length;
  for (let k = 0; k < codecs.length; k++) size += codecs[k]!.size;
  const key = new Uint8Array(size);
  key.set(prefix);
  let at = prefix.length;
  for (let k = 0; k < codecs.length; k++) {
    codecs[k]!.put(keys[k]!, key, at);
    at += codecs[k]!.size;
  }
  return key;
}

/** The name of the item an entry's key belongs to, and the bytes of its keys. */
export function splitKey(key: Uint8Array): { readonly name: string; readonly tail: Uint8Array } {
  const end = 1 + (key[0] ?? 0);
  return { name: new TextDecoder().decode(key.subarray(1, end)), tail: key.subarray(end) };
}
