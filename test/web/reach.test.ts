/** The page for every hand and eye: pictures by keys, themes, several mechanisms, a phone's head. In Chromium. */
import { describe, expect, it } from "vitest";
import { toJson } from "../../host/json.js";
import type { EpochResult, EpochSnapshot, MechanismsResult, MechanismsSnapshot } from "../../host/types.js";
import { absentBrowser } from "../support/browser/launch.js";
import { openedPage } from "../support/browser/openedPage.js";
import { drop, settled } from "../support/browser/page.js";
import { records } from "../support/vectors.js";

const absent = absentBrowser("chromium");

describe.skipIf(absent !== null)("the page", () => {
  const seen = openedPage({ colorScheme: "light", viewport: { width: 360, height: 780 } });
  const { text } = seen;

  it("has a head of two by two buttons on a phone, none cut off", async () => {
    const boxes = await seen.page.locator(".opener > button").evaluateAll((buttons) =>
      buttons.map((button) => {
        const { left, right, top } = button.getBoundingClientRect();
        return { left, right, top, isCut: button.scrollWidth > button.clientWidth };
      }),
    );
    expect(boxes.map(({ isCut }) => isCut)).toEqual([false, false, false, false]);
    expect(new Set(boxes.map(({ top }) => top)).size).toBe(2);
    expect(new Set(boxes.map(({ left }) => left)).size).toBe(2);
    expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(360);
  });

  it("reads the heat map and the rankings by arrow keys, and explains by Enter", async () => {
    const { page } = seen;
    const map = page.locator(".map");
    await page.waitForFunction(() => (document.querySelector(".heat canvas") as HTMLCanvasElement).width > 100);
    const wordsAt = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return text(".heat .readout");
    };
    await map.focus();
    const first = await wordsAt("ArrowLeft");
    expect(first).toMatch(/^Validator \d+ on uid \d+: weight \d\.\d{5}/);
    const beside = await wordsAt("ArrowRight");
    const below = await wordsAt("ArrowDown");
    const [validator, uid] = [/^Validator \d+/, /on uid \d+/];
    expect(validator.exec(beside)?.[0]).toBe(validator.exec(first)?.[0]);
    expect(uid.exec(below)?.[0]).toBe(uid.exec(beside)?.[0]);
    expect(new Set([first, beside, below]).size).toBe(3);
    expect(await wordsAt("End", "ArrowRight")).toBe(await wordsAt());
    expect(await page.locator(".map .cell").count()).toBe(1);
    expect(await wordsAt("Home", "PageUp")).toBe(first);
    await page.keyboard.press("Enter");
    const told = uid.exec(first)?.[0].slice("on ".length);
    await page.waitForSelector(`text=Why ${told}`);
    await page.keyboard.press("Escape");
    expect(await map.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.locator(".ranking svg").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await text(".ranking .readout")).toMatch(/^uid \d+, number 1: /);
    await page.keyboard.press("ArrowRight");
    expect(await text(".ranking .readout")).toMatch(/^uid \d+, number 2: /);
    await page.keyboard.press("Tab");
    expect(await page.locator(".map .cell").count()).toBe(0);
  });

  it("reads who gets the emission by arrow keys, the largest part first, and by the pointer", async () => {
    const { page } = seen;
    const largest = await page.locator(".tiles [data-place='0']").innerText();
    const read = () => text(".emission .readout");
    expect(await read()).toMatch(new RegExp(`^\\d+ uids share it, the largest part is uid ${largest}’s\\.$`));
    await page.locator(".tiles").focus();
    await page.keyboard.press("ArrowRight");
    expect(await read()).toMatch(new RegExp(`^uid ${largest}, number 1: \\d+\\.\\d+ α, mostly as validator$`));
    const paid = await page.locator(".tiles [data-place]").count();
    await page.keyboard.press("End");
    expect(await read()).toMatch(new RegExp(`^uid \\d+, number ${paid}: `));
    await page.keyboard.press("ArrowDown");
    expect(await read()).toMatch(new RegExp(`, number ${paid}: `));
    const [last] = /\d+/.exec(await read()) ?? [];
    await page.keyboard.press("Enter");
    await page.waitForSelector(`text=Why uid ${last}`);
    await page.keyboard.press("Escape");
    expect(await page.locator(".tiles").evaluate((element) => element === document.activeElement)).toBe(true);
    await page.locator(".tiles [data-place='1']").hover();
    expect(await read()).toMatch(/, number 2: /);
    await page.keyboard.press("Tab");
    await page.mouse.move(0, 0);
    expect(await page.locator(".tiles .cell").count()).toBe(0);
  });

  it("tells validators from miners by what they are paid, also where no weight survived the clip", async () => {
    const { page } = seen;
    const published = records<EpochResult>("epoch-small.results.jsonl.gz").find(
      ({ emission, dividends, incentive }) =>
        emission.some((amount) => BigInt(amount) > 0n) && [...dividends, ...incentive].every((share) => share === 0),
    ) as EpochResult;
    const snapshot = records<EpochSnapshot>("epoch-small.cases.jsonl.gz").find(({ name }) => name === published.name);
    await drop(page, "small.json", toJson(snapshot));
    await page.waitForSelector(`.subject:has-text("${published.name}")`);
    const paid = (amounts: readonly (bigint | string)[]) => amounts.filter((amount) => BigInt(amount) > 0n).length;
    expect(paid(published.serverEmission)).toBe(0);
    await page.waitForFunction(
      (count) => document.querySelectorAll(".tiles [data-place]").length === count,
      paid(published.validatorEmission),
    );
    expect(await page.locator(".tiles .miners").count()).toBe(0);
    await page.locator(".tiles").focus();
    await page.keyboard.press("ArrowRight");
    expect(await text(".emission .readout")).toMatch(/mostly as validator$/);
    await page.click("text=Example");
    await page.waitForSelector(".subject:has-text('Example subnet')");
  });

  it("has words for a subnet of one uid", async () => {
    const { page } = seen;
    const results = records<EpochResult>("epoch-small.results.jsonl.gz");
    const one = records<EpochSnapshot>("epoch-small.cases.jsonl.gz").find(
      ({ n }, k) => n === 1 && results[k]?.emission.some((amount) => BigInt(amount) > 0n),
    );
    await drop(page, "one.json", toJson(one));
    await page.waitForSelector("text=uid 0 gets all of it.");
    for (const words of await page.locator(".pictures .readout").allInnerTexts())
      expect(words).not.toMatch(/\b1 \w+s\b|of 1 that/);
    await page.click("text=Example");
    await page.waitForSelector(".subject:has-text('Example subnet')");
  });

  it("leaves out tables that hold nothing", async () => {
    const { page } = seen;
    await page.locator(".metagraph .choice label", { hasText: "validators" }).click();
    await page.locator("button.who").first().click();
    await page.waitForSelector(".story section");
    await page.locator(".story summary").evaluateAll((all) => {
      for (const summary of all) (summary.parentElement as HTMLDetailsElement).open = true;
    });
    const rows = await page
      .locator(".story .rows table")
      .evaluateAll((tables) => tables.map((table) => table.querySelectorAll("tbody tr").length));
    expect(rows.length).toBeGreaterThan(0);
    expect(Math.min(...rows)).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await page.locator(".metagraph .choice label", { hasText: "all" }).click();
  });

  it("changes its theme, pixels and all, and remembers it", async () => {
    const { page } = seen;
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const pixel = () =>
      page.locator(".heat canvas").evaluate((canvas: HTMLCanvasElement) => {
        const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        const at = data.findIndex((value, k) => k % 4 === 3 && value === 255);
        return [...data.slice(at - 3, at)];
      });
    const light = [await paper(), await pixel()];
    await page.selectOption("select.theme", "dark");
    const dark = [await paper(), await pixel()];
    expect(dark[0]).not.toEqual(light[0]);
    expect(dark[1]).not.toEqual(light[1]);
    await page.reload();
    await settled(page);
    expect(await paper()).toEqual(dark[0]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.selectOption("select.theme", "light");
    expect(await paper()).toEqual(light[0]);
    await page.selectOption("select.theme", "system");
    expect(await paper()).toEqual(dark[0]);
  });

  it("shows the mechanism that is chosen, in table, steps, chart and pictures", async () => {
    const { page } = seen;
    const all = records<MechanismsResult>("mechanisms.results.jsonl.gz");
    const isTold = ({ mechanisms }: MechanismsResult) =>
      mechanisms.length > 1 && mechanisms.every(({ incentive }) => Math.max(...incentive) > 0);
    const result = all.find(isTold) as MechanismsResult;
    const snapshot = records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz").find(({ name }) => name === result.name);
    await drop(page, "subnet.json", toJson(snapshot));
    await page.waitForSelector("text=Mechanism");
    await page.click("th.incentive button");
    for (const [mechid, { incentive }] of result.mechanisms.entries()) {
      await page.selectOption(".metagraph select", String(mechid));
      const largest = Math.max(...incentive);
      const cell = page.locator("tbody tr:not(.gap)").first().locator("td[title]").nth(3);
      expect(await cell.getAttribute("title")).toBe(`${largest.toLocaleString("en")} of 65,535`);
      const uid = Number.parseInt(await text("tbody tr:not(.gap)"), 10);
      expect(incentive[uid]).toBe(largest);
      await page.locator("button.who").first().click();
      await page.waitForSelector(`text=Why uid ${uid}`);
      await page.waitForSelector(".story section");
      const share = new RegExp(`${(largest / 65_535).toFixed(3).slice(0, -1)}`);
      await page.locator(".story", { hasText: share }).waitFor();
      await page.keyboard.press("Escape");
      await page.locator(".forward .choice label", { hasText: "Incentive" }).click();
      // What cannot be moved yet takes no keys.
      await page.locator(".forward input[type=range]:enabled").focus();
      await page.keyboard.press("Home");
      await page
        .locator(".values li > span", { hasText: (largest / 65_535).toFixed(5) })
        .first()
        .waitFor();
    }
  });
});
