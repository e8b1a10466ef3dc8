/**
 * Every published vector, answered in a page and in a worker of Chromium and of Firefox: the same bytes as published, by one
 * checksum a set, under a policy without eval. Node is held to the same checksums.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundled, pageOf } from "./support/browser/bundle.js";
import { absentBrowser, BROWSERS, complaintsOf, launch } from "./support/browser/launch.js";
import { type Served, serve } from "./support/browser/serve.js";
import { answersChecksum, checksumOf, SUBSETS, type Subset } from "./support/browser/subsets.js";
import { ROOT } from "./support/native.js";
import { lines } from "./support/vectors.js";

/** What is in the page. */
declare const answer: (place: string, subset: Subset) => Promise<string>;

const published = new Map<Subset, string>();
let served: Served;
beforeAll(async () => {
  for (const subset of SUBSETS) published.set(subset, await checksumOf(lines(subset.results)));
  served = await serve({
    "/index.html": pageOf("subsetsPage.js"),
    "/subsetsPage.js": await bundled("test/support/browser/subsetsPage.ts"),
    "/subsetsWorker.js": await bundled("test/support/browser/subsetsWorker.ts"),
    "/vectors/": `${ROOT}test/vectors`,
  });
});
afterAll(() => served.close());

describe("in Node", () => {
  it.each(SUBSETS)("$cases", async (subset) => {
    expect(await answersChecksum(subset, `${served.url}vectors/`)).toBe(published.get(subset));
  });
});

describe.each(BROWSERS)("in %s", (name) => {
  const absent = absentBrowser(name);
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    if (absent !== null) return;
    browser = await launch(name);
    page = await browser.newPage();
    complaints = complaintsOf(page);
    await page.goto(served.url);
    await page.waitForFunction(() => "answer" in globalThis);
  });
  afterAll(() => browser?.close());

  for (const place of ["page", "worker"]) {
    it.skipIf(absent !== null).each(SUBSETS)(`${place}: $cases`, async (subset) => {
      const found = await page.evaluate(([where, what]) => answer(where, what), [place, subset] as const);
      expect(found).toBe(published.get(subset));
    });
  }

  it.skipIf(absent !== null)("nothing went wrong on the way", () => {
    expect(complaints).toEqual([]);
  });
});
