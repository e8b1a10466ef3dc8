// Build step: makes single files of the workers' programs and of what pages load without a bundler. A worker of a page reads no
// import maps, so its program must be one file without imports, beside the module that starts it; on Node one file starts faster.
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dist = new URL("../../dist/", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, dist));

/** Bundles and minifies one file. */
const bundle = (from, to, platform = "browser") =>
  build({
    entryPoints: [at(from)],
    outfile: at(to),
    allowOverwrite: true,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform,
    mainFields: ["module", "main"],
    logLevel: "warning",
  });

mkdirSync(new URL("browser/", dist), { recursive: true });
await Promise.all([
  bundle("host/worker/yumaWorker.js", "host/worker/yumaWorker.js"),
  bundle("host/worker/nodeProgram.js", "host/worker/nodeProgram.js", "node"),
  bundle("host/browser.js", "browser/yuma.js"),
]);
copyFileSync(at("host/worker/yumaWorker.js"), at("browser/yumaWorker.js"));
