/** What a page downloads, held to budgets: the entries as a bundler makes them of what was built, minified and gzipped. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { ROOT } from "./support/native.js";

/** Bytes gzipped of a file, or of an entry with all it imports. */
async function gzipped(path: string): Promise<number> {
  if (path.startsWith("dist/browser/")) return gzipSync(readFileSync(ROOT + path), { level: 9 }).length;
  const { outputFiles } = await build({
    entryPoints: [ROOT + path],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

it.each([
  ["yuma-kernel, with both kernels", "dist/host/index.js", 126_000],
  ["yuma-kernel/slim, without a kernel", "dist/host/slim.js", 45_000],
  ["yuma-kernel/worker, with both kernels", "dist/host/worker/index.js", 90_000],
  ["a worker's program", "dist/browser/yumaWorker.js", 46_000],
  ["all in one file for pages", "dist/browser/yuma.js", 132_000],
])("%s (%s) takes at most %i bytes", async (_name, path, budget) => {
  const bytes = await gzipped(path);
  expect(bytes).toBeLessThanOrEqual(budget);
  // A budget far above the size holds nothing.
  expect(bytes).toBeGreaterThan(budget * 0.8);
});
