/** Two builds of the kernel give the same bytes. Half a minute of compiling, and so apart from the other rules of the house. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./house/source.js";

it("two builds give the same bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "yuma-"));
  try {
    execFileSync(process.execPath, ["host/build/kernels.mjs", folder], { cwd: ROOT, stdio: "pipe" });
    const artefacts = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
    expect(artefacts.sort()).toEqual(["kernel.scalar.wasm", "kernel.wasi.wasm", "kernel.wasm", "selfTest.wasm"]);
    for (const artefact of artefacts) {
      const first = readFileSync(join(ROOT, "build", artefact));
      expect(readFileSync(join(folder, artefact)).equals(first), artefact).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000);
