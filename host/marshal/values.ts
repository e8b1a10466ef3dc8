/** Reading single values and flat arrays out of unknown JSON, with errors that name the field and the value. */
import { shown, YumaError } from "../errors.js";

/** The largest u64. */
export const MAX_U64 = (1n << 64n) - 1n;
const DECIMAL = /^(0|[1-9][0-9]*)$/;
const SIGNED_DECIMAL = /^(0|-?[1-9][0-9]*)$/;
const LONGEST_DECIMAL = 20;
const LONGEST_DETAIL = 60;

/** Throws BAD_VALUE: `<where> must be <wanted>, not <value>.` */
export function refuse(where: string, wanted: string, value: unknown): never {
  throw new YumaError("BAD_VALUE", `${where} must be ${wanted}, not ${shown(value)}.`, {
    field: where,
    value: plain(value),
  });
}

/** The value, unless the field is missing: MISSING_FIELD. */
export function present<T>(where: string, value: T): Exclude<T, undefined> {
  if (value === undefined) throw new YumaError("MISSING_FIELD", `${where} is missing.`, { field: where });
  return value as Exclude<T, undefined>;
}

/** A JSON object: no array, no null. */
export function record(where: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(where, "a JSON object", value);
  return value as Record<string, unknown>;
}

/** A u64 from a bigint, a decimal string or a safe integer. */
export function u64(where: string, value: unknown): bigint {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === "string" && value.length <= LONGEST_DECIMAL && DECIMAL.test(value)) {
    const parsed = BigInt(value);
    if (parsed <= MAX_U64) return parsed;
  }
  if (typeof value === "bigint" && value >= 0n && value <= MAX_U64) return value;
  if (typeof value === "number" && Number.isInteger(value) && value > Number.MAX_SAFE_INTEGER && value <= 2 ** 64) {
    return refuse(where, "a decimal string in quotes, because a number above 2^53 − 1 loses digits", value);
  }
  return refuse(where, "an integer from 0 to 2^64 − 1 (a decimal string, or a number up to 2^53 − 1)", value);
}

/** A signed 64-bit integer, such as raw I32F32 bits, from a bigint, a decimal string or a safe integer. */
export function i64(where: string, value: unknown): bigint {
  const isText = typeof value === "string" && value.length <= LONGEST_DECIMAL && SIGNED_DECIMAL.test(value);
  if (isText || typeof value === "bigint" || Number.isSafeInteger(value)) {
    const parsed = BigInt(value as string | bigint | number);
    if (BigInt.asIntN(64, parsed) === parsed) return parsed;
  }
  return refuse(where, "an integer from −2^63 to 2^63 − 1 (a decimal string, or a number up to 2^53 − 1)", value);
}

/** An integer in [low, high]. */
export function integer(where: string, value: unknown, low: number, high: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high) {
    return refuse(where, integerFrom(low, high, value), value);
  }
  return value;
}

/** What a value should have been; of a bigint in range, whose digits say nothing of what is wrong with it, that too. */
export function integerFrom(low: number, high: number, value: unknown): string {
  const wanted = `an integer from ${low} to ${high}`;
  return typeof value === "bigint" && value >= low && value <= high ? `${wanted}, a number and no bigint` : wanted;
}

/** A u16. */
export function u16(where: string, value: unknown): number {
  return integer(where, value, 0, 65535);
}

/** An array, of one entry a uid where `n` is given. */
export function array(where: string, value: unknown, n?: number): readonly unknown[] {
  if (!Array.isArray(value)) return refuse(where, "an array", value);
  if (n !== undefined && value.length !== n) {
    throw new YumaError("BAD_LENGTH", `${where} must have one entry a uid, ${n}, but has ${value.length}.`, {
      field: where,
      expected: n,
      length: value.length,
    });
  }
  return value;
}

/** The same of numbers, which may stand in a typed array. */
function numbers(where: string, value: unknown, n: number): readonly unknown[] {
  return array(where, untyped(where, value), n);
}

/** A typed array as a plain one, all else as it is. Of a buffer that was moved away there are no entries: BAD_VALUE. */
export function untyped(where: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return value;
  try {
    return Array.from(value as unknown as ArrayLike<unknown>);
  } catch {
    throw new YumaError("BAD_VALUE", `${where} holds nothing any more: its buffer was moved away.`, { field: where });
  }
}

/** One u64 a uid; null, where `absent` is given, stands for that. */
export function u64Array(where: string, value: unknown, n: number, absent?: bigint): BigUint64Array {
  const from = numbers(where, value, n);
  const out = new BigUint64Array(n);
  for (let i = 0; i < n; i++) {
    const one = from[i];
    // The common case makes no text for an error.
    if (typeof one === "bigint" && one >= 0n && one <= MAX_U64) out[i] = one;
    else out[i] = absent !== undefined && one === null ? absent : u64(`${where}[${i}]`, one);
  }
  return out;
}

/** One signed 64-bit integer a uid. */
export function i64Array(where: string, value: unknown, n: number): BigInt64Array {
  return BigInt64Array.from(numbers(where, value, n), (entry, i) => i64(`${where}[${i}]`, entry));
}

/** One u16 a uid. */
export function u16Array(where: string, value: unknown, n: number): Uint16Array {
  return Uint16Array.from(numbers(where, value, n), (entry, i) => u16(`${where}[${i}]`, entry));
}

/** One flag a uid, as 0 or 1. */
export function flags(where: string, value: unknown, n: number): Uint8Array {
  return Uint8Array.from(array(where, value, n), (entry, i) =>
    typeof entry === "boolean" ? Number(entry) : Number(flag(`${where}[${i}]`, entry)),
  );
}

/** true or false, nothing that resembles them. */
export function flag(where: string, value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse(where, "true or false", value);
}

/** The value as it may stand in error details: plain values as they are, bigints as decimal strings, all else as a short text. */
export function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "string") return value.length > LONGEST_DETAIL ? `${value.slice(0, LONGEST_DETAIL)}…` : value;
  if (typeof value === "bigint") return shown(value);
  return value === null || typeof value === "boolean" ? value : shown(value);
}
