/** Mutations that change nothing anyone can see. They are listed, with the reasons, in README.md beside this file. */
import { readFileSync } from "node:fs";
import { PROJECT } from "../support/root.js";
import { type Mutation, mutationsOf } from "./sites.js";

const SEPARATOR = " ¦ ";
const LONGEST = 80;

/** What a mutation does, on one line. */
export function changeOf({ from, to }: Mutation): string {
  const short = (text: string) => text.replace(/\s+/g, " ").slice(0, LONGEST);
  return `${short(from)} → ${to === ";" ? "(gone)" : short(to)}`;
}

/** A place and a change, as the list has them: the file, the text of the line, what is done there. */
function keyOf(file: string, line: string, change: string): string {
  return [file, line.trim(), change.trim()].join(SEPARATOR);
}

/** Reads the code blocks of the README: a line `file ¦ text of the line`, and below it its changes, indented. */
function readList(): Set<string> {
  const text = readFileSync(new URL("test/mutation/README.md", PROJECT), "utf8");
  const keys = new Set<string>();
  for (const [, block = ""] of text.matchAll(/```text\n([\s\S]*?)```/g)) {
    let [file, line] = ["", ""];
    for (const entry of block.split("\n")) {
      if (entry.startsWith("    ")) keys.add(keyOf(file, line, entry));
      else [file = "", line = ""] = entry.split(SEPARATOR);
    }
  }
  return keys;
}

/** All of them. */
export const EQUIVALENT: ReadonlySet<string> = readList();

/** The mutation's own keys: what is done to such a line, and, where a file has several places for that, which of them it is: `(2 of 4)`. */
export function keysIn(mutation: Mutation, text: string): readonly string[] {
  const lines = text.split("\n");
  const key = (of: Mutation) => keyOf(of.file, lines[of.line - 1] ?? "", changeOf(of));
  const own = key(mutation);
  const places = placesOf(mutation.file, text).filter((other) => key(other) === own);
  if (places.length === 1) return [own];
  const nth = places.findIndex(({ start, end }) => start === mutation.start && end === mutation.end);
  return [own, `${own} (${nth + 1} of ${places.length})`];
}

/** Whether a mutation is known to change nothing. */
export function isEquivalent(mutation: Mutation, text: string): boolean {
  return keysIn(mutation, text).some((key) => EQUIVALENT.has(key));
}

let last: { readonly text: string; readonly places: readonly Mutation[] } | undefined;

/** All mutations of a file; the last one's are kept. */
function placesOf(file: string, text: string): readonly Mutation[] {
  if (last?.text !== text) last = { text, places: mutationsOf(file, text) };
  return last.places;
}
