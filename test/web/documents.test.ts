/** What is open, in Chromium: nothing, one document after another, what a link names. */
import { describe, expect, it } from "vitest";
import { absentBrowser } from "../support/browser/launch.js";
import { openedPage } from "../support/browser/openedPage.js";
import { settled } from "../support/browser/page.js";

const absent = absentBrowser("chromium");

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
});
