/** The page's flows in Firefox: what is opened and refused, explained, changed and looked ahead, its policy in force, its console silent. */
import { describe, expect, it } from "vitest";
import { toJson } from "../../host/json.js";
import type { EpochResult, EpochSnapshot } from "../../host/types.js";
import { absentBrowser } from "../support/browser/launch.js";
import { openedPage } from "../support/browser/openedPage.js";
import { drop, settled } from "../support/browser/page.js";
import { records } from "../support/vectors.js";

const absent = absentBrowser("firefox");
const [input] = records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz") as [EpochSnapshot];
const [published] = records<EpochResult>("epoch-subnet.results.jsonl.gz") as [EpochResult];

describe.skipIf(absent !== null)("the page in Firefox", () => {
  const seen = openedPage({}, "firefox");
  const { text, headline } = seen;

  it("opens the example, and a dropped file, and both agree", async () => {
    expect(await headline()).toBe("Agrees with what was recorded");
    expect(await text(".reason")).toContain("3,072 values of 12 outputs recomputed, all equal to the last bit.");
    await drop(seen.page, "subnet.json", toJson({ ...input, name: "dropped", recorded: published }));
    await seen.page.waitForSelector("text=dropped");
    expect(await headline()).toBe("Agrees with what was recorded");
  });

  it("says what is wrong with a bad file, and keeps what was open", async () => {
    await drop(seen.page, "bad.json", toJson({ ...input, kappa: 70_000 }));
    await seen.page.waitForSelector("text=/kappa must be an integer from 0 to 65535, not 70000/");
    expect(await text("[role=alert]")).toContain("“dropped” is still open");
    await seen.page.click("[aria-label='Close this message']");
  });

  it("explains a uid, and its median is drawn", async () => {
    const { page } = seen;
    await page.fill('input[type="search"]', "146");
    await page.locator("button.who").first().click();
    await page.waitForSelector(".explain .clip svg");
    expect(await text(".explain h2")).toBe("Why uid 146");
    await page.keyboard.press("Escape");
    expect(await page.locator(".explain").count()).toBe(0);
    await page.fill('input[type="search"]', "");
  });

  it("recomputes what is changed, looks ahead under it, paints, and takes it back", async () => {
    const { page } = seen;
    await page.click("th.consensus button");
    const cell = () => text("tbody tr:not(.gap) td:nth-child(4)");
    const before = await cell();
    await page.locator(".slider input").first().focus();
    await page.keyboard.press("End");
    await page.waitForSelector("td small");
    expect((await cell()).split(/\s+/)[0]).not.toBe(before);
    await page.waitForSelector(".plot path.before", { state: "attached" });
    const painted = await page.locator(".heat canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return data.filter((_, k) => k % 4 === 3).filter((alpha) => alpha > 0).length;
    });
    expect(painted).toBeGreaterThan(1_000);
    await page.click("text=Reset");
    await page.waitForFunction(() => document.querySelector("td small") === null);
    expect(await cell()).toBe(before);
  });

  it("opens an address with a change in it", async () => {
    const { page } = seen;
    await page.goto("about:blank");
    await page.goto(`${seen.url}#kappa=60000`);
    await settled(page);
    await page.waitForSelector("td small");
    expect(await text(".slider.moved output")).toBe("0.9155");
  });

  it("is under its policy: an inline script is refused", async () => {
    const { page, complaints } = seen;
    expect(complaints).toEqual([]);
    const refused = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
          document.head.append(
            Object.assign(document.createElement("script"), { textContent: "window.hasRun = true" }),
          );
        }),
    );
    expect(refused).toBe("script-src-elem");
    expect(await page.evaluate(() => "hasRun" in window)).toBe(false);
    // That the browser says so on the console is what was asked for.
    await page.waitForTimeout(100);
    expect(complaints.filter((complaint) => !/blocked an inline script/.test(complaint))).toEqual([]);
    complaints.length = 0;
  });
});
