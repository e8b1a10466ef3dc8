/** The browsers the other tests rely on: they start, the policy is in force in them, and what goes wrong in a page is seen. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absentBrowser, BROWSERS, complaintsOf, launch, programOf } from "./support/browser/launch.js";
import { type Served, STRICT_POLICY, serve } from "./support/browser/serve.js";
import { ROOT } from "./support/native.js";

/** A page that tells what it may do. */
const PROGRAM = `
const may = (what) => { try { what(); return true; } catch { return false; } };
const bytes = await (await fetch("kernel.wasm")).arrayBuffer();
globalThis.told = {
  evaluates: may(() => new Function("return 1")()),
  compiles: may(() => new WebAssembly.Module(bytes)),
  bytes: bytes.byteLength,
};
`;
const PAGE =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="program.js"></script>';

let served: Served;
beforeAll(async () => {
  served = await serve({
    "/index.html": { text: PAGE },
    "/program.js": { text: PROGRAM },
    "/kernel.wasm": `${ROOT}build/kernel.wasm`,
    "/vectors/": `${ROOT}test/vectors`,
  });
});
afterAll(() => served.close());

describe.each(BROWSERS)("%s", (name) => {
  const absent = absentBrowser(name);

  it.skipIf(absent !== null)("keeps to the policy: no eval, WebAssembly allowed", async () => {
    const browser = await launch(name);
    try {
      const page = await browser.newPage();
      const complaints = complaintsOf(page);
      await page.goto(served.url);
      await page.waitForFunction(() => "told" in globalThis);
      const told = await page.evaluate(() => (globalThis as unknown as { told: unknown }).told);
      const { length } = readFileSync(`${ROOT}build/kernel.wasm`);
      expect(told).toEqual({ evaluates: false, compiles: true, bytes: length });
      const before = complaints.length;
      await page.evaluate(() => fetch("https://example.invalid/").catch(() => {}));
      await page.evaluate(() => fetch("nothing.json"));
      expect(complaints.length).toBeGreaterThan(before);
    } finally {
      await browser.close();
    }
  });
});

describe("the server", () => {
  const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, served.url), init);

  it("serves files and folders with their types, under the policy", async () => {
    const page = await ask("/");
    expect(page.headers.get("content-security-policy")).toBe(STRICT_POLICY);
    expect([page.status, page.headers.get("content-type"), await page.text()]).toEqual([
      200,
      "text/html; charset=utf-8",
      PAGE,
    ]);
    const wasm = await ask("/kernel.wasm");
    expect(wasm.headers.get("content-type")).toBe("application/wasm");
    expect(Buffer.from(await wasm.arrayBuffer()).equals(readFileSync(`${ROOT}build/kernel.wasm`))).toBe(true);
    expect((await ask("/vectors/fixed.txt.gz")).status).toBe(200);
  });

  it("serves nothing else", async () => {
    const paths = [
      "/vectors/../package.json",
      "/vectors/%2e%2e/README.md",
      "/vectors/..%2fREADME.md",
      "/vectors/",
      "/none",
      "/%00",
      "/%zz",
    ];
    for (const path of paths) expect((await ask(path)).status).toBe(404);
    expect((await ask("/kernel.wasm", { method: "POST" })).status).toBe(405);
  });
});

describe("a program", () => {
  it("named by the environment comes first, and must be one", () => {
    const before = process.env.YUMA_CHROMIUM;
    try {
      process.env.YUMA_CHROMIUM = process.execPath;
      expect(programOf("chromium")).toBe(process.execPath);
      process.env.YUMA_CHROMIUM = "/nowhere/chromium";
      expect(programOf("chromium")).toBe(null);
    } finally {
      if (before === undefined) delete process.env.YUMA_CHROMIUM;
      else process.env.YUMA_CHROMIUM = before;
    }
  });
});
