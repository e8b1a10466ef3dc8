/** Storage items by name: the key of an entry, and its value out of SCALE, both as the metadata says. */
import { YumaError } from "../../errors.js";
import type { Hex } from "../rpc.js";
import { fromHex, toHex } from "./hex.js";
import { type ChainMetadata, oneLine } from "./metadata.js";

/** An item of a pallet's storage. */
export interface StorageItem {
  /** As people write it: SubtensorModule.Weights. */
  readonly name: string;
  /** The key of an entry; accounts are ss58 text, u64 bigints, smaller integers numbers. */
  key(args: readonly unknown[]): Hex;
  /** The value; for none, the default, or null where the item has no default. Throws BAD_STORAGE. */
  decode(value: Hex | null): unknown;
  /** SCALE of a value; for those who make states up. */
  encode(value: unknown): Hex;
}

const items = new WeakMap<ChainMetadata, Map<string, StorageItem | null>>();

/** An item by pallet and name, or null where this runtime has none. */
export function storageItem(metadata: ChainMetadata, pallet: string, item: string): StorageItem | null {
  const known = items.get(metadata) ?? new Map<string, StorageItem | null>();
  items.set(metadata, known);
  const name = `${pallet}.${item}`;
  const made = known.get(name);
  if (made !== undefined) return made;
  const fresh = makeItem(metadata, pallet, item);
  known.set(name, fresh);
  return fresh;
}

function makeItem(metadata: ChainMetadata, pallet: string, item: string): StorageItem | null {
  const entry = metadata.unified.pallets.find((p) => p.name === pallet)?.storage?.items.find((i) => i.name === item);
  if (entry === undefined) return null;
  const name = `${pallet}.${item}`;
  const codec = metadata.builder.buildStorage(pallet, item);
  const fallback = entry.modifier === 1 ? entry.fallback : null;
  return {
    name,
    key(args) {
      if (args.length !== codec.len) {
        const text = `${name} has ${codec.len} keys in this runtime, not ${args.length}.`;
        throw new YumaError("BAD_METADATA", text, { item: name, keys: codec.len });
      }
      try {
        return codec.keys.enc(...args);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new YumaError("BAD_METADATA", `A key of ${name} cannot be made: ${oneLine(why)}.`, { item: name });
      }
    },
    decode(value) {
      const bytes = value ?? fallback;
      return bytes === null ? null : exactly(name, codec.value, bytes);
    },
    encode: (value) => toHex(codec.value.enc(value)),
  };
}

interface Codec {
  dec(bytes: Uint8Array): unknown;
  enc(value: unknown): Uint8Array;
}

/** A value of which every byte means something: written again it gives the same bytes. Throws BAD_STORAGE. */
export function exactly(name: string, codec: Codec, hex: Hex): unknown {
  let decoded: unknown;
  try {
    const bytes = fromHex(hex);
    decoded = codec.dec(bytes);
    const again = codec.enc(decoded);
    if (again.length === bytes.length && again.every((byte, i) => byte === bytes[i])) return decoded;
  } catch {
    // Told below.
  }
  const text = `The value of ${name} is not what the metadata says: ${hex.slice(0, 42)}${hex.length > 42 ? "…" : ""}.`;
  throw new YumaError("BAD_STORAGE", text, { item: name, value: hex.slice(0, 130) });
}
