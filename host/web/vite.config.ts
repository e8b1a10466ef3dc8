/** The page's build: static files with relative addresses into dist/web. `npx vite host/web` serves it while it is worked on. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { defineConfig, minifySync, type Plugin } from "vite";
import { CONTENT_SECURITY_POLICY } from "./csp.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const EXAMPLE = "example.json.gz";
const WORKER = "serviceWorker.js";
const OUT = at("../../dist/web");

/** The subnet of `yuma demo` with those outputs of the reference as recorded ones that a chain stores: bits it keeps to itself would take five kilobytes. */
function example(): Buffer {
  const read = (part: string) =>
    JSON.parse(gunzipSync(readFileSync(at(`../cli/demo/subnet-256.${part}.json.gz`))).toString());
  const { name: _, bonds: newBonds, ...outputs } = read("reference");
  const recorded = Object.fromEntries(Object.entries(outputs).filter(([name]) => !name.endsWith("Bits")));
  const { weights, bonds, ...rest } = read("snapshot");
  // The three long lists one after another, and few matches sought in blocks of this size, make the smallest file, by three per cent.
  return gzipSync(JSON.stringify({ weights, bonds, recorded: { bonds: newBonds, ...recorded }, ...rest }), {
    level: 9,
    memLevel: 6,
    strategy: constants.Z_FILTERED,
  });
}

/** Ships the example beside the page. */
const withExample: Plugin = {
  name: "example",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: EXAMPLE, source: example() });
  },
  configureServer({ middlewares }) {
    middlewares.use(`/${EXAMPLE}`, (_, response) => void response.end(example()));
  },
};

/** The page has its kernel in a file of its own; whatever asks for the inlined one gets that. */
const kernelBesideThePage: Plugin = {
  name: "kernel",
  enforce: "pre",
  async resolveId(source, importer) {
    if (!source.endsWith("/load/inlined.js") || importer === undefined) return null;
    return at("engine/kernel.ts");
  },
};

/** What reads the chain asks the package's entry for two functions, which would bring all others along. */
const entryInParts: Plugin = {
  name: "entry",
  enforce: "pre",
  async resolveId(source, importer) {
    const isEntry = source === "../../index.js" && importer?.replaceAll("\\", "/").includes("/host/chain/");
    return isEntry ? at("engine/yumaOfChain.ts") : null;
  },
};

/** What draws the page is asked for together with what starts its worker. */
const drawnAtOnce: Plugin = {
  name: "drawn",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle }) =>
      Object.values(bundle ?? {})
        .filter((chunk) => chunk.type === "chunk" && chunk.name === "show")
        .map(({ fileName }) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${fileName}` },
          injectTo: "head",
        })),
  },
};

/** For hosts that send no headers. */
const withPolicy: Plugin = {
  name: "policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
      injectTo: "head-prepend",
    },
  ],
};

/** Lists every file of the page for its service worker. */
const offline: Plugin = {
  name: "offline",
  apply: "build",
  closeBundle() {
    const files = readdirSync(OUT, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== WORKER)
      .map((entry) => relative(OUT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .sort();
    const digest = createHash("sha256");
    for (const file of files) digest.update(file).update(readFileSync(join(OUT, file)));
    const list = files.map((file) => (file === "index.html" ? "./" : `./${file}`));
    const text = readFileSync(at(WORKER), "utf8")
      .replace('"@FILES@"', list.map((file) => JSON.stringify(file)).join(", "))
      .replace("@CACHE@", `yuma-${digest.digest("hex").slice(0, 16)}`);
    writeFileSync(join(OUT, WORKER), minifySync(WORKER, text).code);
  },
};

export default defineConfig({
  root: at("."),
  base: "./",
  logLevel: "warn",
  plugins: [kernelBesideThePage, entryInParts, withExample, withPolicy, drawnAtOnce, offline],
  worker: {
    format: "es",
    rolldownOptions: { checks: { bundlerTimings: false, pluginTimings: false } },
    plugins: () => [kernelBesideThePage, entryInParts],
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { bundlerTimings: false, pluginTimings: false } },
  },
});
