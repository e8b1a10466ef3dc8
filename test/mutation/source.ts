/** The project's files, read once. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PROJECT } from "../support/root.js";

export const ROOT = fileURLToPath(PROJECT);

const files = new Map<string, string | null>();

/** The text of a project file, or of a library file by its full path; null where there is none. */
export function sourceOf(path: string): string | null {
  let text = files.get(path);
  if (text === undefined) {
    const full = path.startsWith("/") ? path : `${ROOT}${path}`;
    text = existsSync(full) ? readFileSync(full, "utf8") : null;
    files.set(path, text);
  }
  return text;
}
