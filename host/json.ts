/** JSON as this project writes it: amounts and raw bits are bigints inside and decimal strings outside. */
import { YumaError } from "./errors.js";

/** JSON text with bigints as decimal strings. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? inner.toString() : inner), indent);
}

/** Parses JSON. Throws BAD_JSON naming `where` it came from. */
export function fromJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YumaError("BAD_JSON", `${where} is not JSON: ${reason}.`, { where });
  }
}
