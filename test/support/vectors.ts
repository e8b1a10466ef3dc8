/**
 * Reads the expected values. What the project ships lies in test/vectors; the largest sets and the real chain data may
 * lie in ../shared, which a plain clone does not have.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const SHIPPED = new URL("../vectors/", import.meta.url);
const SHARED = new URL("../../../shared/", import.meta.url);

function read(url: URL): string {
  return gunzipSync(readFileSync(fileURLToPath(url))).toString("utf8");
}

/** The non-empty lines of a shipped file; a missing file throws. */
export function lines(file: string): string[] {
  return read(new URL(file, SHIPPED)).split("\n").filter(Boolean);
}

/** The JSON objects of a shipped JSON-lines file. */
export function records<T>(file: string): T[] {
  return lines(file).map((line) => JSON.parse(line) as T);
}

/** The JSON objects of a JSON-lines file under ../shared, or null where that folder is absent. */
export function sharedRecords<T>(file: string): T[] | null {
  const url = new URL(file, SHARED);
  if (!existsSync(fileURLToPath(url))) return null;
  return read(url)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
