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
    throw new YumaError("BAD_JSON", `${where} is not JSON: ${fault(text, cause)}.`, { where });
  }
}

/** A string literal, which is left alone, or an integer of 16 digits and more. */
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** JSON text whose integers of 16 digits and more are in quotes: a double would not keep them. */
export function quoteLongIntegers(text: string): string {
  return text.replace(LONG_INTEGER, (found) => (found.startsWith('"') ? found : `"${found}"`));
}

/** What is wrong, on one line: engines repeat pieces of the text, line breaks and all. */
function fault(text: string, cause: unknown): string {
  if (text.trim() === "") return "it is empty";
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message === "Unexpected end of JSON input") return "it ends too soon";
  const short = message
    .replace(/,? (\.\.\.)?".*is not valid JSON$/s, "")
    .replace(/ (in JSON|is not valid JSON)\b/, "")
    .replace(/position (\d+).*$/, (_all, position) => place(text, Number(position)))
    .replace(/[^\x20-\x7e]+/g, "?");
  return short.charAt(0).toLowerCase() + short.slice(1);
}

/** A position for people: line and column where there are lines. */
function place(text: string, position: number): string {
  const before = text.slice(0, position).split("\n");
  return before.length === 1
    ? `position ${position}`
    : `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
