/**
 * yuma-kernel/worker in browsers, on the program the package ships, in a page and in a worker: one module shared by a pool, batches with
 * progress, transfer, cancellation, failures. Answers are held to the published bytes.
 */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundled, pageOf } from "./support/browser/bundle.js";
import { absentBrowser, BROWSERS, launch } from "./support/browser/launch.js";
import { type Served, STRICT_POLICY, serve } from "./support/browser/serve.js";
import { checksumOf } from "./support/browser/subsets.js";
import { ROOT } from "./support/native.js";
import { vectorExchange } from "./support/streams.js";
import { lines } from "./support/vectors.js";

/** What is in the page. */
declare const check: (place: string, name: string) => Promise<unknown>;

const SEVERAL_HANG =
  "Firefox 153 now and then never asks for the programs of several workers made in a worker, plain ones included";

const results = (set: string) => lines(`${set}.results.jsonl.gz`);
const traced = vectorExchange("epoch-traced");

let served: Served;
beforeAll(async () => {
  served = await serve({
    "/index.html": pageOf("workersPage.js"),
    "/workersPage.js": await bundled("test/support/browser/workersPage.ts"),
    "/yumaWorker.js": `${ROOT}dist/browser/yumaWorker.js`,
    "/strictWorker.js": {
      text: readFileSync(`${ROOT}dist/browser/yumaWorker.js`),
      policy: STRICT_POLICY.replace(" 'wasm-unsafe-eval'", ""),
    },
    "/broken.js": { text: "throw new Error('broken on purpose')" },
    "/records": { text: traced.snapshots },
    "/vectors/": `${ROOT}test/vectors`,
  });
});
afterAll(() => served.close());

async function opened(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => "check" in globalThis);
  return page;
}

describe.each(BROWSERS)("%s", (name) => {
  const absent = absentBrowser(name);
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    if (absent !== null) return;
    browser = await launch(name);
    page = await opened(browser);
  });
  afterAll(() => browser?.close());

  describe.skipIf(absent !== null).each(["page", "worker"])("in a %s", (place) => {
    const hangs = name === "firefox" && place === "worker" && SEVERAL_HANG;
    if (hangs && absent === null)
      process.stderr.write(`firefox, several workers of a worker: not run: ${SEVERAL_HANG}\n`);
    /** Workers one after another hang more rarely still: three pages, of which a defect of ours would fail each. */
    const patience = hangs ? { retry: 2, timeout: 30_000 } : {};
    beforeEach(async () => {
      if (!hangs) return;
      await page.close();
      page = await opened(browser);
    });
    const told = (what: string) => page.evaluate(([where, which]) => check(where, which), [place, what] as const);

    it.skipIf(hangs)("three workers answer a batch in order, and share one module", async () => {
      const checksum = await checksumOf(results("epoch-small").slice(0, 300));
      const counts = { told: 300, started: 3, modules: 3 };
      expect(await told("batch")).toEqual({ checksum, ...counts, isInOrder: true, isShared: true });
    });

    it.skipIf(hangs)("workers started as the package does it, one a processor, answer as published", async () => {
      const checksum = await checksumOf([...results("epoch-subnet"), ...results("epoch-traced")]);
      expect(await told("subnets")).toEqual({ checksum, size: expect.any(Number) });
    });

    it("records are copied, or moved where the caller allows it", patience, async () => {
      const digest = await checksumOf([new Uint8Array(traced.results).join()]);
      expect(await told("records")).toEqual({ digests: [digest, digest], left: [true, 0] });
    });

    it("a signal stops a job that runs and drops one that waits; nobody else is harmed", patience, async () => {
      const checksum = await checksumOf(results("epoch-subnet").slice(0, 1));
      expect(await told("cancelled")).toEqual({
        reasons: ["enough", "enough"],
        checksums: [checksum, checksum],
        started: 2,
      });
    });

    it("refusals arrive whole, and workers that cannot be had say so", patience, async () => {
      expect(await told("refused")).toEqual([
        expect.objectContaining({ code: "BAD_VALUE", details: expect.objectContaining({ value: 65536 }) }),
        expect.objectContaining({ code: "WORKER_FAILED" }),
        expect.objectContaining({ code: "WORKER_FAILED", message: expect.stringContaining("broken on purpose") }),
        // Chromium reads a compiled kernel whatever the policy, Firefox only where compiling is allowed.
        name === "firefox"
          ? expect.objectContaining({ code: "WORKER_FAILED", message: expect.stringContaining("wasm-unsafe-eval") })
          : expect.objectContaining({ code: "BAD_VALUE" }),
      ]);
    });
  });
});
