/** What others rely on, held by snapshots: the ABI, the exports, the sizes, the very bytes. `npx vitest -u` renews them. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import * as contract from "../../assembly/contract.js";
import * as entry from "../../host/index.js";
import * as slim from "../../host/slim.js";
import { ROOT } from "./source.js";

const MOST_KERNEL_BYTES = 40_000;

const wasm = readFileSync(`${ROOT}build/kernel.wasm`);

it("the kernel imports nothing", () => {
  expect(WebAssembly.Module.imports(new WebAssembly.Module(wasm))).toEqual([]);
});

it("the ABI is the one written down", async () => {
  await expect(readFileSync(`${ROOT}build/kernel.d.ts`, "utf8")).toMatchFileSnapshot("./surface/abi.d.ts.txt");
  const numbers = Object.entries(contract).map(([name, value]) => `${name} = ${value}\n`);
  await expect(numbers.sort().join("")).toMatchFileSnapshot("./surface/contract.txt");
});

it("the package exports what is written down", async () => {
  const names = (module: object) => Object.keys(module).sort().join("\n");
  await expect(`yuma-kernel\n\n${names(entry)}\n\nyuma-kernel/slim\n\n${names(slim)}\n`).toMatchFileSnapshot(
    "./surface/exports.txt",
  );
});

it("the kernel is the one written down, and small", async () => {
  const sha256 = createHash("sha256").update(wasm).digest("hex");
  const text = `bytes  ${wasm.length}\ngzip   ${gzipSync(wasm, { level: 9 }).length}\nsha256 ${sha256}\n`;
  await expect(text).toMatchFileSnapshot("./surface/kernel.txt");
  expect(wasm.length).toBeLessThan(MOST_KERNEL_BYTES);
});

it("two builds give the same bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "yuma-"));
  try {
    const out = join(folder, "kernel.wasm");
    execFileSync(
      process.execPath,
      ["node_modules/assemblyscript/bin/asc.js", "assembly/index.ts", "--target", "release", "-o", out],
      {
        cwd: ROOT,
        stdio: "pipe",
      },
    );
    expect(readFileSync(out).equals(wasm)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
