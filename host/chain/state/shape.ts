/** What decoded values must look like. A runtime that changed a type is noticed here, not in a wrong result. */
import { shown, YumaError } from "../../errors.js";
import type { Pair } from "../../types.js";

/** Reads a decoded value or throws BAD_STORAGE naming the item. */
export type Shape<T> = (item: string, value: unknown) => T;

function refuse(item: string, wanted: string, value: unknown): never {
  const text = `${item} holds ${shown(value)} where ${wanted} is expected.`;
  throw new YumaError("BAD_STORAGE", text, { item, value: shown(value) });
}

function whole(low: number, high: number, wanted: string): Shape<number> {
  return (item, value) =>
    typeof value === "number" && Number.isInteger(value) && value >= low && value <= high
      ? value
      : refuse(item, wanted, value);
}

/** A u8. */
export const u8 = whole(0, 255, "a u8");
/** A u16; per-u16 wrappers decode alike. */
export const u16 = whole(0, 65535, "a u16");
/** A u32. */
export const u32 = whole(0, 2 ** 32 - 1, "a u32");
/** An i16. */
export const i16 = whole(-32768, 32767, "an i16");

/** A u64, whatever it is wrapped in. */
export const u64: Shape<bigint> = (item, value) =>
  typeof value === "bigint" && value >= 0n && value < 1n << 64n ? value : refuse(item, "a u64", value);

/** Raw bits of a binary fixed-point number; a record of one field decodes as that field. */
export const bits: Shape<bigint> = (item, value) =>
  typeof value === "bigint" ? value : refuse(item, "a fixed-point number", value);

/** A flag. */
export const flag: Shape<boolean> = (item, value) =>
  typeof value === "boolean" ? value : refuse(item, "true or false", value);

/** An account as ss58 text. */
export const account: Shape<string> = (item, value) =>
  typeof value === "string" && /^[1-9A-HJ-NP-Za-km-z]{40,60}$/.test(value) ? value : refuse(item, "an account", value);

/** 32 bytes as 0x and lower-case hex digits. */
export const hash32: Shape<string> = (item, value) =>
  typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value) ? value : refuse(item, "a hash", value);

/** The name of an enum's variant. */
export const variant: Shape<string> = (item, value) => {
  const type = (value as { type?: unknown } | null)?.type;
  return typeof type === "string" ? type : refuse(item, "a variant", value);
};

/** A list. */
export function list<T>(entry: Shape<T>): Shape<T[]> {
  return (item, value) => (Array.isArray(value) ? value.map((one) => entry(item, one)) : refuse(item, "a list", value));
}

/** A tuple. */
export function tuple<T extends unknown[]>(...entries: { [K in keyof T]: Shape<T[K]> }): Shape<T> {
  return (item, value) => {
    if (!Array.isArray(value) || value.length !== entries.length) {
      return refuse(item, `a tuple of ${entries.length}`, value);
    }
    return entries.map((entry, i) => (entry as Shape<unknown>)(item, value[i])) as T;
  };
}

/** Anything. */
export const any: Shape<unknown> = (_item, value) => value;

/** A value or null. */
export function orNull<T>(inner: Shape<T>): Shape<T | null> {
  return (item, value) => (value === null || value === undefined ? null : inner(item, value));
}

/** A stored row of [uid, u16]. */
export const row: Shape<Pair[]> = list(tuple<[number, number]>(u16, u16));
