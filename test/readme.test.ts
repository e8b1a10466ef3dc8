/** The README keeps its word: the quick start is two commands, and its example runs as printed. */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOT } from "./house/source.js";

/** The code blocks of a language under a heading. */
function blocks(heading: string, language: string, file = "README.md"): string[] {
  const text = readFileSync(`${ROOT}${file}`, "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
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

/** What a program prints, run beside the built package. */
function printedBy(example: string): string {
  const file = `${ROOT}dist/readmeExample.mjs`;
  writeFileSync(file, example);
  try {
    return execFileSync(process.execPath, [file], { cwd: ROOT, encoding: "utf8" });
  } finally {
    rmSync(file);
  }
}

it("the example prints an epoch, an explanation and a study of kappa", () => {
  const printed = printedBy(blocks("In a program", "js")[0] ?? "");
  const lines = printed.trim().split("\n");
  expect(printed).toContain("Consensus on this uid: ");
  expect(lines.filter((line) => /^(32767|45875|58982) /.test(line))).toHaveLength(3);
});

it("the host's example has weights accepted, refused and committed", () => {
  const lines = printedBy(blocks("Before weights are sent", "js", "host/README.md")[0] ?? "").split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "true [ [ 2, 65535 ], [ 1, 21845 ] ]",
    "[ [ 2, 65535 ], [ 1, 21845 ] ]",
    "SettingWeightsTooFast",
  ]);
  expect(lines.filter((line) => line.startsWith("fails SettingWeightsTooFast"))).toHaveLength(1);
  expect(lines.at(-2)).toBe("true 5000360n");
});

it("the host's example of timelocked weights opens what it sealed", () => {
  expect(printedBy(blocks("Before weights are sent", "js", "host/README.md")[1] ?? "")).toBe(
    "[ 100, 50 ] 1692806364\n",
  );
});
