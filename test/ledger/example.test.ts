/** The networks in process that the README shows print what the README says. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOT } from "../house/source.js";

const readme = readFileSync(`${ROOT}README.md`, "utf8");

it.each([
  ["a subnet, its neurons, three epochs", "subnet"],
  ["a proposal, its votes, its enactment", "governance"],
])("%s: as printed in the README", (_what, name) => {
  const shown = readme.match(new RegExp(`^\\$ node test/examples/${name}\\.mjs\\n([^]*?)^\`\`\``, "m"))?.[1];
  const printed = execFileSync(process.execPath, [`test/examples/${name}.mjs`], { cwd: ROOT, encoding: "utf8" });
  expect(shown).toBeDefined();
  expect(printed).toBe(shown);
});
