/**
 * Two builds of the kernel give the same bytes. Of the other artefacts the hashes written down in house/surface hold the builds of other
 * machines and days against this one's.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./house/source.js";

it("two builds give the same bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "yuma-"));
  try {
    execFileSync(process.execPath, ["host/build/kernels.mjs", folder, "release"], { cwd: ROOT, stdio: "pipe" });
    expect(readdirSync(folder).filter((name) => name.endsWith(".wasm"))).toEqual(["kernel.wasm"]);
    const first = readFileSync(join(ROOT, "build", "kernel.wasm"));
    expect(readFileSync(join(folder, "kernel.wasm")).equals(first)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000);
