/** Mutations that change nothing anyone can see. They are listed, with the reasons, in README.md beside this file. */
import { readFileSync } from "node:fs";
import { PROJECT } from "../support/root.js";
import type { Mutation } from "./sites.js";

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

/** The mutation's own key, given the text of its file. */
export function keyIn(mutation: Mutation, text: string): string {
  return keyOf(mutation.file, text.split("\n")[mutation.line - 1] ?? "", changeOf(mutation));
}

/** Whether a mutation is known to change nothing. */
export function isEquivalent(mutation: Mutation, text: string): boolean {
  return EQUIVALENT.has(keyIn(mutation, text));
}
