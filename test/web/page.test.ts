/** The page, clicked through in Chromium: what it opens, what it refuses, that its policy holds and its console stays silent. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { toJson } from "../../host/json.js";
import type { EpochResult, EpochSnapshot } from "../../host/types.js";
import { absentBrowser } from "../support/browser/launch.js";
import { openedPage } from "../support/browser/openedPage.js";
import { drop, pick, settled } from "../support/browser/page.js";
import { records } from "../support/vectors.js";

const absent = absentBrowser("chromium");
const [input] = records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz") as [EpochSnapshot];
const [published] = records<EpochResult>("epoch-subnet.results.jsonl.gz") as [EpochResult];

describe.skipIf(absent !== null)("the page", () => {
  const seen = openedPage();
  const { text, headline } = seen;
  const firstRow = () => text("tbody tr:not(.gap)");

  it("opens the example on the first visit, and it agrees", async () => {
    expect(await headline()).toBe("Agrees with what was recorded");
    expect(await text(".reason")).toContain("3,072 values of 12 outputs recomputed, all equal to the last bit.");
    expect(await seen.page.locator(".fields li.agrees").count()).toBe(12);
  });

  it("sorts and filters", async () => {
    const { page } = seen;
    await page.click("th.stakeWeight button");
    const largest = published.stakeWeight.indexOf(Math.max(...published.stakeWeight));
    await drop(page, "subnet.json", toJson({ ...input, recorded: published }));
    await settled(page);
    expect(Number.parseInt(await firstRow(), 10)).toBe(largest);
    expect(await page.locator("th.stakeWeight").getAttribute("aria-sort")).toBe("descending");
    await page.fill('input[type="search"]', "7, 20-22");
    expect(await text(".metagraph .bar p")).toBe("4 of 256 uids");
    await page.fill('input[type="search"]', "nobody");
    expect(await text(".empty")).toContain("No uid");
    await page.fill('input[type="search"]', "");
    await page.click("th.emission button");
  });

  it("scrolls to the last of its rows, few of them in the document", async () => {
    const { page } = seen;
    await page.click("th.uid button");
    const uids = async () => (await page.locator("button.who").allTextContents()).map(Number);
    const scrollTo = async (part: number, uid: number) => {
      await page.locator(".metagraph .frame").evaluate((frame, to) => frame.scrollTo(0, to * frame.scrollHeight), part);
      await page.getByRole("button", { name: `Explain uid ${uid}`, exact: true }).waitFor();
      const [first = 0, ...others] = await uids();
      expect(others).toEqual(others.map((_, k) => first + 1 + k));
      expect(others.length).toBeLessThan(100);
    };
    await scrollTo(1, 255);
    await scrollTo(0.5, 128);
    await scrollTo(0, 0);
    await page.click("th.emission button");
  });

  it("takes a dropped file and marks the one value that differs", async () => {
    const { page } = seen;
    const incentive = published.incentive.map((value, uid) => (uid === 146 ? value ^ 1 : value));
    await drop(page, "spoilt.json", toJson({ ...input, name: "spoilt", recorded: { ...published, incentive } }));
    await page.waitForSelector("text=Differs in 1 value");
    await page.click("text=differences");
    expect(await text(".metagraph .bar p")).toBe("1 of 256 uids");
    expect(await page.locator("td.differs").count()).toBe(1);
    expect(Number.parseInt(await firstRow(), 10)).toBe(146);
  });

  it("compares recorded outputs that come alone with what is open", async () => {
    await pick(seen.page, "results.json.gz", gzipSync(toJson(published)));
    expect(await headline()).toBe("Agrees with what was recorded");
  });

  it("says what is wrong with a bad file, by its field, and keeps what was open", async () => {
    const { page } = seen;
    const before = await firstRow();
    const bad: [string, string, RegExp][] = [
      ["row.json", toJson({ ...input, kappa: 70_000 }), /kappa must be an integer from 0 to 65535, not 70000/],
      [
        "length.json",
        toJson({ ...input, recorded: { incentive: [1] } }),
        /recorded\.incentive must have one entry a uid, 256/,
      ],
      ["none.json", "{", /none\.json is not JSON/],
      ["other.json", "{}", /lastUpdate is missing/],
    ];
    for (const [name, content, sentence] of bad) {
      await drop(page, name, content);
      await page.waitForFunction(
        ([source]) => new RegExp(source as string).test(document.querySelector("[role=alert]")?.textContent ?? ""),
        [sentence.source],
      );
      expect(await text("[role=alert]"), name).toMatch(/is still open/);
      expect(await firstRow(), name).toBe(before);
    }
    await page.click("[aria-label='Close this message']");
    expect(await page.locator(".notice").count()).toBe(0);
  });

  it("refuses a file of more than 100 MB", async () => {
    const { page } = seen;
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('input[type="file"]');
      if (input) {
        Object.defineProperty(input, "files", {
          configurable: true,
          value: [new File([new Uint8Array(100_000_001)], "large.json")],
        });
        input.dispatchEvent(new Event("change"));
      }
    });
    await page.waitForSelector("text=large.json is 100,000,001 bytes");
    expect(await headline()).toBe("Agrees with what was recorded");
  });

  it("explains the uid that is clicked, draws its median, and gives the focus back", async () => {
    const { page } = seen;
    await page.locator(".metagraph .choice label", { hasText: "all" }).click();
    await page.fill('input[type="search"]', "146");
    const who = page.locator("button.who").first();
    await who.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".explain .clip svg");
    expect(await text(".explain h2")).toBe("Why uid 146");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("explained");
    expect(await page.locator(".clip svg").getAttribute("aria-label")).toMatch(/of the voting stake give uid 146 more/);
    await page.locator(".story summary").nth(1).click();
    await page.locator(".story .across button.link").first().click();
    await page.waitForSelector("text=/^Why uid (?!146)/");
    await page.keyboard.press("Escape");
    expect(await page.locator(".explain").count()).toBe(0);
    expect(await who.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.fill('input[type="search"]', "");
  });

  it("draws who gets the emission and who weighs whom, and explains what is clicked there", async () => {
    const { page } = seen;
    const paid = published.emission.filter((amount) => BigInt(amount) > 0n).length;
    expect(await page.locator(".tiles [data-place]").count()).toBe(paid);
    const painted = () =>
      page.locator(".heat canvas").evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
        return data.filter((_, k) => k % 4 === 3).filter((alpha) => alpha > 0).length;
      });
    const weights = await painted();
    await page.click("text=Clipped away");
    await page.waitForTimeout(50);
    const clipped = await painted();
    expect(weights).toBeGreaterThan(1000);
    expect(clipped).toBeGreaterThan(0);
    expect(clipped).toBeLessThan(weights);
    await page.locator(".heat canvas").hover({ position: { x: 5, y: 5 } });
    expect(await text(".heat .readout")).toMatch(/^Validator \d+ on uid \d+: weight/);
    await page.locator(".tiles [data-place]").first().click();
    await page.waitForSelector(".explain");
    await page.keyboard.press("Escape");
  });

  it("recomputes at once what is changed, keeps what was, shares it as a link, and takes it back", async () => {
    const { page } = seen;
    await page.click("text=Example");
    await settled(page);
    await page.click("th.consensus button");
    const cell = () => text("tbody tr:not(.gap) td:nth-child(4)");
    const before = await cell();
    await page.locator(".slider input").first().focus();
    await page.keyboard.press("End");
    await page.waitForSelector("td small");
    await page.waitForURL(/#kappa=65535$/);
    const after = await cell();
    expect(after.split(/\s+/)).toHaveLength(2);
    const other = await seen.context.newPage();
    await other.goto(page.url());
    await other.waitForSelector("td small");
    await other.click("th.consensus button");
    expect(await other.locator("tbody tr:not(.gap) td:nth-child(4)").first().innerText()).toBe(after);
    await other.close();
    const [saved] = await Promise.all([page.waitForEvent("download"), page.click("text=Save")]);
    expect(saved.suggestedFilename()).toBe("epoch.json");
    const kept = readFileSync(await saved.path(), "utf8");
    await page.click("text=Reset");
    await page.waitForFunction(() => document.querySelector("td small") === null);
    expect(await cell()).toBe(before);
    await page.waitForURL(seen.url);
    await drop(page, "epoch.json", kept);
    await page.waitForSelector("text=Example subnet, changed");
    expect(await headline()).toBe("Computed");
    const ofKept = page.locator("tbody tr:not(.gap) td:nth-child(4)").first();
    expect(await ofKept.innerText()).toBe(after.split(/\s+/)[0]);
  });

  it("looks ahead: a chart with its values at the cursor, as a table, under a change and without", async () => {
    const { page } = seen;
    const svg = page.locator(".plot svg");
    const path = (kind: string) => page.locator(`.plot path${kind}`);
    await drop(page, "subnet.json", toJson(input));
    await page.waitForSelector(`.subject:has-text("${input.name}")`);
    await page.waitForSelector(".plot path.line5");
    await page.locator(".forward input[type=range]").focus();
    await page.keyboard.press("Home");
    const largest = (Math.max(...published.dividends) / 65_535).toFixed(5);
    await page.locator(".values li > span", { hasText: largest }).waitFor();
    expect(await path(".before").count()).toBe(0);
    expect(await text(".forward .slider output")).toMatch(/^1 of 30, block/);
    await page.keyboard.press("End");
    expect(await page.locator(".forward input[type=range]").getAttribute("aria-valuetext")).toMatch(
      /^Epoch 30: uid \d+/,
    );
    await page.click("text=As a table");
    expect(await page.locator(".forward tbody tr").count()).toBe(30);
    await page.locator(".forward .choice label", { hasText: "Bonds" }).click();
    await page.waitForFunction(() =>
      /^Bonds of uid \d+ over 30/.test(document.querySelector(".plot svg")?.ariaLabel ?? ""),
    );
    const before = await path(".line0").getAttribute("d");
    await page.locator(".slider input").first().focus();
    await page.keyboard.press("End");
    await page.waitForSelector(".plot path.before");
    expect(await path(".before.line0").getAttribute("d")).not.toBe(await path(".line0").nth(1).getAttribute("d"));
    await page.selectOption(".forward .filters select >> nth=1", "10");
    await page.waitForFunction(() => document.querySelectorAll(".forward tbody tr").length === 10);
    await page.click("text=Reset");
    await page.waitForFunction(() => document.querySelector(".plot path.before") === null);
    await page.selectOption(".forward .filters select >> nth=1", "30");
    await page.waitForFunction(() => document.querySelectorAll(".forward tbody tr").length === 30);
    expect(await path(".line0").getAttribute("d")).toBe(before);
    await svg.hover({ position: { x: 1, y: 50 } });
    expect(await text(".forward .slider output")).toMatch(/^1 of 30/);
  });

  it("asks nobody but its own server", async () => {
    const asked: string[] = [];
    seen.page.on("request", (request) => asked.push(new URL(request.url()).origin));
    await seen.page.reload();
    await settled(seen.page);
    expect(new Set(asked)).toEqual(new Set([new URL(seen.url).origin]));
  });
});
