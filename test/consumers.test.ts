/**
 * The package as published, in the hands of others: Node in an empty folder, pages built by esbuild and by Vite, and a page that is not built at
 * all. Each computes a published epoch, itself and in a worker, and must come to the published bytes.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as esbuild } from "esbuild";
import type { Browser } from "playwright-core";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageOf } from "./support/browser/bundle.js";
import { absentBrowser, complaintsOf, launch } from "./support/browser/launch.js";
import { type Content, serve } from "./support/browser/serve.js";
import { emptyConsumer } from "./support/package.js";
import { lines } from "./support/vectors.js";

/** Published: a subnet of 256 uids and its results. */
const [SNAPSHOT, RESULT] = ["cases", "results"].map((kind) => lines(`epoch-subnet.${kind}.jsonl.gz`)[0] as string);
const EXPECTED = { here: RESULT, there: RESULT, code: "BAD_VALUE" };

/** What every consumer does; `read` gives the snapshot. */
const program = (imports: string, read: string) => `${imports}
const json = (value) => JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? String(inner) : inner));
const snapshot = JSON.parse(${read});
const workers = createWorkers({ size: 1 });
const there = json(await workers.epoch(snapshot));
const { code } = await workers.epoch({ ...snapshot, kappa: -1 }).catch((error) => error);
await workers.dispose();
globalThis.told = { here: json(epoch(snapshot)), there, code };
`;
const BY_NAME = `import { epoch } from "yuma-kernel";\nimport { createWorkers } from "yuma-kernel/worker";`;
const BY_PATH = `import { createWorkers, epoch } from "./yuma/yuma.js";`;
const FETCHED = `await (await fetch("snapshot.json")).text()`;

const { folder, remove } = emptyConsumer();
afterAll(remove);
const packaged = (path: string) => join(folder, "node_modules/yuma-kernel", path);

describe("the package", () => {
  const manifest = JSON.parse(readFileSync(packaged("package.json"), "utf8")) as { exports: object };

  it("holds every file its exports name", () => {
    const named = (target: unknown): string[] =>
      typeof target === "string" ? [target] : Object.values(target as object).flatMap(named);
    const missing = named(manifest.exports).filter((path) => !existsSync(packaged(path.replace(/\*$/, ""))));
    expect(missing).toEqual([]);
    expect(named(manifest.exports).length).toBeGreaterThan(20);
  });

  it.each([
    ["browser", "dist/host/worker/index.js"],
    ["worker", "dist/host/worker/index.js"],
    ["node", "dist/host/worker/node.js"],
  ])("gives who asks under the condition %s %s", async (condition, path) => {
    const { metafile } = await esbuild({
      stdin: { contents: `export * from "yuma-kernel/worker"`, resolveDir: folder },
      conditions: [condition],
      platform: "neutral",
      format: "esm",
      bundle: true,
      metafile: true,
      write: false,
      external: ["node:*", "comlink", "comlink/*"],
    });
    const taken = Object.keys(metafile.inputs).map((input) => input.replace(/^.*yuma-kernel\//, ""));
    expect(taken).toContain(path);
  });
});

it("Node, in an empty folder", () => {
  writeFileSync(join(folder, "snapshot.json"), SNAPSHOT as string);
  const read = `readFileSync("snapshot.json", "utf8")`;
  const text = program(`import { readFileSync } from "node:fs";\n${BY_NAME}`, read);
  writeFileSync(join(folder, "consumer.mjs"), `${text}process.stdout.write(JSON.stringify(told));`);
  const { stdout, stderr } = spawnSync(process.execPath, ["consumer.mjs"], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(EXPECTED);
});

describe("pages", () => {
  const absent = absentBrowser("chromium");
  let browser: Browser;
  beforeAll(async () => {
    if (absent === null) browser = await launch("chromium");
  });
  afterAll(() => browser?.close());

  /** What the page at the root of `content` tells, and what it asked its server for. */
  async function told(content: Content): Promise<{ told: unknown; asked: string[]; complaints: string[] }> {
    const served = await serve({ "/snapshot.json": { text: SNAPSHOT as string }, ...(content as object) });
    const page = await browser.newPage();
    try {
      const complaints = complaintsOf(page);
      await page.goto(served.url);
      await page.waitForFunction(() => "told" in globalThis);
      return {
        told: await page.evaluate(() => (globalThis as unknown as { told: unknown }).told),
        asked: served.asked,
        complaints,
      };
    } finally {
      await page.close();
      await served.close();
    }
  }

  it.skipIf(absent !== null)("that are not built load two files", async () => {
    const { asked, ...rest } = await told({
      "/index.html": pageOf("consumer.js"),
      "/consumer.js": { text: program(BY_PATH, FETCHED) },
      "/yuma/": packaged("dist/browser"),
    });
    expect(rest).toEqual({ told: EXPECTED, complaints: [] });
    expect(asked.filter((path) => path.startsWith("/yuma/"))).toEqual(["/yuma/yuma.js", "/yuma/yumaWorker.js"]);
  });

  it.skipIf(absent !== null)("built by esbuild, the worker's program laid beside", async () => {
    const out = join(folder, "esbuild");
    writeFileSync(join(folder, "consumer.js"), program(BY_NAME, FETCHED));
    await esbuild({
      entryPoints: [join(folder, "consumer.js")],
      bundle: true,
      minify: true,
      format: "esm",
      outdir: out,
    });
    copyFileSync(packaged("dist/browser/yumaWorker.js"), join(out, "yumaWorker.js"));
    const { asked, ...rest } = await told({ "/index.html": pageOf("consumer.js"), "/": out });
    expect(rest).toEqual({ told: EXPECTED, complaints: [] });
    expect(asked).toContain("/yumaWorker.js");
  });

  it.skipIf(absent !== null)("built by Vite, which finds the worker itself, and a kernel by its address", async () => {
    const root = join(folder, "vite");
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, "index.html"), pageOf("./consumer.js").text);
    const imports = `${BY_NAME}
import { loadFrom } from "yuma-kernel/slim";
import address from "yuma-kernel/kernel.wasm?url";
const slim = await loadFrom(new URL(address, location.href));`;
    const text = program(imports, FETCHED).replace(
      "globalThis.told = {",
      "globalThis.told = { slim: json(slim.epoch(snapshot)),",
    );
    writeFileSync(join(root, "consumer.js"), text);
    await vite({ root, configFile: false, logLevel: "error", build: { target: "es2022", assetsInlineLimit: 0 } });
    const { told: found, complaints } = await told({ "/": join(root, "dist") });
    expect({ found, complaints }).toEqual({ found: { ...EXPECTED, slim: RESULT }, complaints: [] });
    expect(readdirSync(join(root, "dist/assets")).some((name) => /^yumaWorker-.*\.js$/.test(name))).toBe(true);
  });
});
