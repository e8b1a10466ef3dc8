/** The README keeps its word: the quick start is two commands, and its example runs as printed. */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOT } from "./house/source.js";

const readme = readFileSync(`${ROOT}README.md`, "utf8");

/** The code blocks of a language under a heading. */
function blocks(heading: string, language: string): string[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1] ?? "",
  );
}

it("the quick start is one block of two commands, both npm scripts", () => {
  const found = blocks("Quick start", "sh");
  expect(found).toHaveLength(1);
  const commands = (found[0] ?? "").split("\n").filter((line) => line.trim() && !/^\s*(#|git clone |cd )/.test(line));
  expect(commands).toEqual(["npm run demo", "npm test"]);
});

it("the example prints an epoch, an explanation and a study of kappa", () => {
  const example = blocks("In a program", "js")[0] ?? "";
  const file = `${ROOT}dist/readmeExample.mjs`;
  writeFileSync(file, example);
  try {
    const printed = execFileSync(process.execPath, [file], { cwd: ROOT, encoding: "utf8" });
    const lines = printed.trim().split("\n");
    expect(printed).toContain("Consensus on this uid: ");
    expect(lines.filter((line) => /^(32767|45875|58982) /.test(line))).toHaveLength(3);
  } finally {
    rmSync(file);
  }
});
