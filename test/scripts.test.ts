/** Scripts for developers refuse what they do not understand, before they begin: a sentence that holds it, and exit code 2. */
import { expect, test } from "vitest";
import { run } from "./support/native.js";

test.each([
  ["test/fuzz", ["--seconds", "abc"], '--seconds takes a whole number, not "abc".\n'],
  ["test/fuzz", ["--runs", "-1"], "Option '--runs' argument is ambiguous"],
  ["test/mutation", ["--limit", "1.5"], '--limit takes a whole number, not "1.5".\n'],
  ["test/mutation", ["--file", "nosuch"], 'There is no mutation in files like "nosuch".\n'],
  ["test/ledger/sim", ["--blocks", "many"], '--blocks takes a whole number, not "many".\n'],
  ["bench", ["--only", "nosuch"], 'There is no case like "nosuch": n256-v64-dense-yuma3 is one.\n'],
  ["bench", ["--nosuch"], "Unknown option '--nosuch'"],
])("%s %s", (script, words, sentence) => {
  const { status, stdout, stderr } = run(process.execPath, [`dist/${script}/main.js`, ...words]);
  expect([status, stdout.toString()]).toEqual([2, ""]);
  expect(stderr).toContain(sentence);
});
