/** The network in process that the README shows prints what the README says. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOT } from "../house/source.js";

it("a subnet, its neurons, three epochs: as printed in the README", () => {
  const readme = readFileSync(`${ROOT}README.md`, "utf8");
  const shown = readme.match(/^\$ node test\/examples\/subnet\.mjs\n([\s\S]*?)^```/m)?.[1];
  const printed = execFileSync(process.execPath, ["test/examples/subnet.mjs"], { cwd: ROOT, encoding: "utf8" });
  expect(printed).toBe(shown);
});
