/** Field names: unknown ones are ignored, but one that spells a known field in another way would silently be left out. */
import { shown, YumaError } from "../errors.js";

/** Longest field name repeated in error details. */
const LONGEST_NAME = 60;

/** Two spellings of one name: case and separators do not count. */
function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The fields of a document by their folded names. */
export function spellings(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [folded(name), name]));
}

/** The field that `name` spells, rightly or not. */
export function spelt(known: ReadonlyMap<string, string>, name: string): string | undefined {
  return known.get(folded(name));
}

/** Throws UNKNOWN_FIELD where a field spells a known one in another way. `what` is the document: "a snapshot". */
export function refuseMisspelt(
  what: string,
  fields: Record<string, unknown>,
  fieldNames: ReadonlyMap<string, string>,
): void {
  for (const name of Object.keys(fields)) {
    const known = spelt(fieldNames, name);
    if (known !== undefined && known !== name) {
      throw new YumaError("UNKNOWN_FIELD", `${shown(name)} is not a field of ${what}; did you mean "${known}"?`, {
        field: name.slice(0, LONGEST_NAME),
        known,
      });
    }
  }
}
