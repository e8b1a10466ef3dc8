/** Reading the lists and hashes of weight calls out of unknown JSON. */
import { array, refuse, u16, untyped } from "../../marshal/values.js";

const HEX_32_BYTES = /^0x[0-9a-fA-F]{64}$/;

/** 32 bytes as 0x and 64 hex digits, in lower case. */
export function hex32(where: string, value: unknown): string {
  if (typeof value !== "string" || !HEX_32_BYTES.test(value)) return refuse(where, "0x and 64 hex digits", value);
  return value.toLowerCase();
}

/** A list of u16, plain or typed. */
export function u16List(where: string, value: unknown): number[] {
  const list = array(where, untyped(where, value));
  return Array.from(list, (entry, i) => u16(`${where}[${i}]`, entry));
}

/** A list, each entry read by `read`. */
export function list<T>(where: string, value: unknown, read: (where: string, entry: unknown) => T): T[] {
  return Array.from(array(where, value), (entry, i) => read(`${where}[${i}]`, entry));
}
