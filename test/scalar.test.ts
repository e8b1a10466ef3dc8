/** The kernel compiles and agrees without SIMD, where the general path is the only one. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATH_FUSED, PATH_GENERAL, REFUSED_UNASKED } from "../assembly/contract.js";
import { runEpoch } from "../host/api/epoch.js";
import { compile, instantiate, type Kernel } from "../host/load/kernel.js";
import type { EpochSnapshot } from "../host/types.js";
import { counters, onPath } from "./support/paths.js";
import { plain } from "./support/plain.js";
import { pairs } from "./support/vectors.js";

const folder = mkdtempSync(join(tmpdir(), "yuma-"));
const out = join(folder, "kernel");
let kernel: Kernel;

beforeAll(() => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const asc = ["node_modules/assemblyscript/bin/asc.js", "assembly/index.ts", "--target", "release"];
  const outputs = ["--disable", "simd", "-o", `${out}.wasm`, "-t", `${out}.wat`];
  execFileSync(process.execPath, [...asc, ...outputs], { cwd: root, stdio: "pipe" });
  kernel = instantiate(compile(new Uint8Array(readFileSync(`${out}.wasm`))));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

test("no vector instruction is left", () => {
  expect(readFileSync(`${out}.wat`, "utf8")).not.toMatch(/v128|f64x2|i32x4/);
});

test("vectors are equal, whatever path is asked for", () => {
  const all = [...pairs<EpochSnapshot, unknown>("epoch-subnet"), ...pairs<EpochSnapshot, unknown>("epoch-small")];
  for (const [snapshot, expected] of all) {
    expect(plain(onPath(kernel, PATH_FUSED, () => runEpoch(kernel, snapshot)))).toEqual(expected);
    expect(kernel.exports.epochPathTaken()).toBe(PATH_GENERAL);
  }
  expect(counters(kernel).refusal).toBe(REFUSED_UNASKED);
});
