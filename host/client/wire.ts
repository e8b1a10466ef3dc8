/** Values of the ledger as JSON, and back: bigints are decimal strings, bytes are hex. */

import { fromHex, toHex } from "../ledger/state/codecs.js";
import { refuse } from "../marshal/values.js";
import type { Hex } from "./contract.js";

const INTEGER = /^-?\d+$/;

/** A value with bigints as decimal strings, bytes as hex and all that can be walked as a list, at any depth. */
export function toWire(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return toHex(value);
  if (typeof value !== "object" || value === null) return value;
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, toWire);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toWire(inner)]));
}

/**
 * The same value back: decimal strings are bigints.
 *
 * @param isInteger  whether a field of this name may be one; by default any. Elements of lists go by the list's name.
 */
export function fromWire<T>(value: unknown, isInteger: (name: string) => boolean = () => true): T {
  const read = (name: string, inner: unknown): unknown => {
    if (typeof inner === "string") return INTEGER.test(inner) && isInteger(name) ? BigInt(inner) : inner;
    if (Array.isArray(inner)) return inner.map((element) => read(name, element));
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, element]) => [key, read(key, element)]));
  };
  return read("", value) as T;
}

/** Bytes of hex that came from outside. Throws BAD_VALUE naming `where`. */
export function bytesOf(where: string, input: unknown): Uint8Array {
  if (typeof input !== "string" || !/^0x(?:[0-9a-f]{2})*$/i.test(input))
    return refuse(where, "0x and hex digits", input);
  return fromHex(input.toLowerCase());
}

/** Bytes as hex. */
export const hexOf = (bytes: Uint8Array): Hex => toHex(bytes);
