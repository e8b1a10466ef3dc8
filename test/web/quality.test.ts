/** What the page must be besides right: small, reachable for everybody, of use without a network, steady while it loads. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absentBrowser, complaintsOf, launch } from "../support/browser/launch.js";
import { settled, startWeb, type Visit, visit, type WebCommand } from "../support/browser/page.js";
import { PROJECT } from "../support/root.js";

const START_MS = 120_000;
const FOLDER = fileURLToPath(new URL("dist/web/", PROJECT));
const absent = absentBrowser("chromium");

describe("the page's size", () => {
  const gzipped = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("kernel.scalar"))
    .map(({ name, parentPath }) => ({
      name,
      bytes: gzipSync(readFileSync(`${parentPath}/${name}`), { level: 9 }).length,
    }));
  const sum = (passes: (name: string) => boolean) =>
    gzipped.filter(({ name }) => passes(name)).reduce((total, { bytes }) => total + bytes, 0);

  it("is below 200 kB gzipped with everything: the kernel, the example, what reads a chain's metadata and follows nodes", () => {
    expect(sum(() => true)).toBeLessThan(200_000);
  });

  it("is below 32 kB for what draws it", () => {
    expect(sum((name) => /^(index|given|show).*\.(js|css|html)$/.test(name))).toBeLessThan(32_000);
  });
});

describe.skipIf(absent !== null)("in Chromium", () => {
  let web: WebCommand;
  beforeAll(async () => {
    web = await startWeb();
  }, START_MS);
  afterAll(() => web?.end());

  const violations = async (page: Page) => {
    await page.evaluate(axe.source);
    const { violations: found } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  };

  it.each(["light", "dark"] as const)(
    "has no fault that axe-core finds, %s, an explanation open",
    async (colorScheme) => {
      const { browser, page }: Visit = await visit(web.url, { colorScheme });
      try {
        await page.locator("button.who").first().click();
        await page.waitForSelector(".story section");
        expect(await violations(page)).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );

  it("asks for less than 155 kB gzipped on a first visit, kernel, example and charts", async () => {
    const browser = await launch("chromium");
    try {
      // A service worker fetches the rest as well, behind the page.
      const context = await browser.newContext({ serviceWorkers: "block" });
      const page = await context.newPage();
      const asked = new Set<string>();
      page.on("request", (request) => asked.add(new URL(request.url()).pathname.slice(1) || "index.html"));
      await page.goto(web.url);
      await page.waitForSelector(".plot path");
      const bytes = [...asked].map((path) => gzipSync(readFileSync(`${FOLDER}${path}`), { level: 9 }).length);
      expect(asked).toContain("example.json.gz");
      expect(bytes.reduce((total, one) => total + one, 0)).toBeLessThan(155_000);
    } finally {
      await browser.close();
    }
  });

  it("says so where its worker cannot be had", async () => {
    const browser = await launch("chromium");
    try {
      const page = await browser.newPage();
      await page.route(/worker-.*\.js$/, (route) => route.abort());
      await page.goto(web.url);
      await page.waitForSelector("text=The page's worker failed: its program could not be loaded.");
      await page.click("text=Example");
      await settled(page);
      expect(await page.locator("[role=alert]").innerText()).toContain("The page's worker failed");
    } finally {
      await browser.close();
    }
  });

  it("works without a network once it was loaded, under another address, too", async () => {
    const { browser, context, page } = await visit(web.url);
    try {
      await page.evaluate(() => navigator.serviceWorker.ready);
      await context.setOffline(true);
      await page.goto(`${web.url}#kappa=60000`);
      await page.reload();
      await settled(page);
      await page.waitForSelector("td small");
      expect(await page.locator(".verdict h1 [role=status]").innerText()).toBe("Agrees with what was recorded");
    } finally {
      await browser.close();
    }
  });

  it("is no wider than a phone, and does not shift while it loads", async () => {
    const browser = await launch("chromium");
    try {
      for (const width of [360, 768, 1440]) {
        const page = await browser.newPage({ viewport: { width, height: 800 } });
        const complaints = complaintsOf(page);
        await page.addInitScript(() => {
          const held = globalThis as unknown as { shift: number };
          held.shift = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) held.shift += (entry as unknown as { value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
        });
        await page.goto(web.url);
        await settled(page);
        await page.waitForTimeout(100);
        const { shift, over } = await page.evaluate(() => ({
          shift: (globalThis as unknown as { shift: number }).shift,
          over: document.documentElement.scrollWidth - innerWidth,
        }));
        expect(over, `${width}`).toBeLessThanOrEqual(0);
        expect(shift, `${width}`).toBeLessThan(0.1);
        expect(complaints).toEqual([]);
        await page.close();
      }
    } finally {
      await browser.close();
    }
  });
});
