/** What is open, in Chromium: nothing, one document after another, what a link names. */
import { describe, expect, it } from "vitest";
import { toJson } from "../../host/json.js";
import type { EpochSnapshot } from "../../host/types.js";
import { absentBrowser } from "../support/browser/launch.js";
import { openedPage } from "../support/browser/openedPage.js";
import { drop, settled } from "../support/browser/page.js";
import { records } from "../support/vectors.js";

const absent = absentBrowser("chromium");
const [input] = records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz") as [EpochSnapshot];

describe.skipIf(absent !== null)("the page", () => {
  const seen = openedPage();
  const { text, headline } = seen;
  /** Opens the page anew under a link. */
  const visitLink = async (hash: string) => {
    await seen.page.goto("about:blank");
    await seen.page.goto(`${seen.url}${hash}`);
    await settled(seen.page);
  };
  /** The browser's own complaints about what it could not fetch. */
  const forgiveFetches = () => {
    const all = seen.complaints.splice(0);
    expect(all.filter((one) => !/404|ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT/.test(one))).toEqual([]);
  };

  it.each([
    ["#open=none.json", /HTTP status 404/],
    ["#node=ws://127.0.0.1:1&netuid=12", /127\.0\.0\.1:1/],
  ])("says that nothing is open where %s cannot be opened, and why", async (hash, reason) => {
    await visitLink(hash);
    expect(await headline()).toBe("Nothing is open");
    expect(await text("[role=alert]")).toMatch(reason);
    await seen.page.click("text=Example");
    await seen.page.waitForSelector("text=Agrees with what was recorded");
    expect(await seen.page.locator(".notice").count()).toBe(0);
    forgiveFetches();
  });

  it("follows a link that is put into its address, as on loading, and back", async () => {
    const { page } = seen;
    const put = (hash: string) =>
      page.evaluate((to) => {
        location.hash = to;
      }, hash);
    const kappa = page.locator(".slider output").first();
    await visitLink("");
    const before = await kappa.innerText();
    await put("#kappa=65535");
    await page.waitForSelector("td small");
    expect(await kappa.innerText()).not.toBe(before);
    await put(`#open=${seen.url}example.json.gz&kappa=65535`);
    await page.waitForSelector(".subject:not(:has-text('Example subnet'))");
    await page.waitForSelector("td small");
    await page.goBack();
    await page.waitForSelector(".subject:has-text('Example subnet')");
    await page.waitForSelector("td small");
    await put("");
    await page.waitForFunction(() => document.querySelector("td small") === null);
    expect(await kappa.innerText()).toBe(before);
  });

  it("keeps what it shows where a link is refused, and has that in its address", async () => {
    const { page } = seen;
    await visitLink("#kappa=60000");
    await page.waitForSelector("td small");
    const shown = page.url();
    for (const [hash, reason] of [
      ["#open=none.json", /HTTP status 404/],
      ["#kappa=x", /^kappa must be a whole number/],
      ["#uid=5&weights=3:1,3:2", /3/],
    ] as const) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.waitForSelector(".notice");
      expect(await text(".notice p")).toMatch(reason);
      await page.waitForURL(shown);
      expect(await text(".slider output")).toMatch(/^0\.9155/);
      await page.click("[aria-label='Close this message']");
    }
    forgiveFetches();
    await visitLink("#uid=5&weights=3:1,3:2");
    await page.waitForSelector(".notice");
    await page.waitForURL(seen.url);
  });

  it("shows no number of one document beneath the verdict of another", async () => {
    const { page } = seen;
    await page.waitForSelector(".plot path.line0");
    await page.waitForSelector(".tiles [data-place]");
    await page.waitForFunction(() => (document.querySelector(".heat canvas") as HTMLCanvasElement).width > 100);
    await page.evaluate(() => {
      const title = document.querySelector(".subject span");
      const seenAt = new MutationObserver(() => {
        if (!title?.textContent?.startsWith("subnet-")) return;
        seenAt.disconnect();
        const count = (selector: string) => document.querySelectorAll(selector).length;
        const words = (selector: string) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
        const { width } = document.querySelector(".heat canvas") as HTMLCanvasElement;
        const numbers = [count(".plot path"), count(".tiles [data-place]"), count(".forward tbody tr")];
        const told = [...words(".pictures .readout"), ...words(".forward .values li")];
        Object.assign(globalThis, { firstSeen: { numbers, width, told } });
      });
      seenAt.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await drop(page, "subnet.json", toJson(input));
    await page.waitForSelector(`.subject:has-text("${input.name}")`);
    const { numbers, width, told } = await page.evaluate(
      () => (globalThis as unknown as { firstSeen: { numbers: number[]; width: number; told: string[] } }).firstSeen,
    );
    expect(numbers).toEqual([0, 0, 0]);
    expect(width).toBe(300); // a canvas nobody painted
    expect(told).toHaveLength(5);
    for (const words of told) expect(words).toMatch(/Computing …$/);
    await page.waitForSelector(".plot path.line0");
    expect(await text(".emission .readout")).toMatch(/uids share it/);
    expect(await text(".heat .readout")).toMatch(/\d+ validators by \d+ uids\.$/);
  });
});
