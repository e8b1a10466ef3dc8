/**
 * Reads the expected values. What the project ships lies in test/vectors; the largest sets and the real chain data may
 * lie in ../shared, which a plain clone does not have.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { PROJECT } from "./root.js";

const SHIPPED = new URL("test/vectors/", PROJECT);
const SHARED = new URL("../shared/", PROJECT);

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

/** The JSON document in a file under ../shared, or null where that folder is absent. */
export function sharedJson<T>(file: string): T | null {
  const url = new URL(file, SHARED);
  return existsSync(fileURLToPath(url)) ? (JSON.parse(read(url)) as T) : null;
}

/** The unpacked bytes of a file under ../shared, or null where that folder is absent. */
export function sharedBytes(file: string): Uint8Array | null {
  const url = new URL(file, SHARED);
  return existsSync(fileURLToPath(url)) ? gunzipSync(readFileSync(fileURLToPath(url))) : null;
}

/** Cases and results of a shipped set, line by line. */
export function pairs<Case, Result>(set: string): [Case, Result][] {
  return zip(set, records<Case>(`${set}.cases.jsonl.gz`), records<Result>(`${set}.results.jsonl.gz`));
}

/** Whether a folder ../shared is there, and is the one that is meant. */
export const hasShared = existsSync(fileURLToPath(new URL("vectors/FORMAT.md", SHARED)));

/** Two files under ../shared, line by line, or null where that folder is absent. A file missing from it throws. */
export function sharedPairs<Case, Result>(cases: string, results: string): [Case, Result][] | null {
  if (!hasShared) return null;
  const [from, to] = [sharedRecords<Case>(cases), sharedRecords<Result>(results)];
  if (from === null || to === null) throw new Error(`../shared is there, but ${from ? results : cases} is not in it`);
  return zip(cases, from, to);
}

function zip<Case, Result>(name: string, cases: readonly Case[], results: readonly Result[]): [Case, Result][] {
  if (cases.length !== results.length) throw new Error(`${name}: ${cases.length} cases, ${results.length} results`);
  return cases.map((one, line) => [one, results[line] as Result]);
}
