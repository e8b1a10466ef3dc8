/** The page open for all tests of a describe: its command, a browser, and that neither complains. */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { BrowserName } from "./launch.js";
import { startWeb, type Visit, visit, type WebCommand } from "./page.js";

/** A browser started cold on a busy machine takes its time. */
const START_MS = 120_000;

/** What tests do with it. */
export interface OpenedPage extends Pick<Visit, "page" | "context" | "complaints"> {
  readonly url: string;
  /** What the first element says that a selector finds. */
  text(selector: string): Promise<string>;
  /** The verdict. */
  headline(): Promise<string>;
}

/** Opens the page before the tests and ends its command after them, with 0; after each, nothing must have gone wrong in it. */
export function openedPage(options: Parameters<typeof visit>[1] = {}, name: BrowserName = "chromium"): OpenedPage {
  let web: WebCommand;
  let seen: Visit;
  beforeAll(async () => {
    web = await startWeb();
    seen = await visit(web.url, options, name);
  }, START_MS);
  afterAll(async () => {
    await seen?.browser.close();
    expect(await web?.end()).toBe(0);
  });
  afterEach(() => expect(seen.complaints).toEqual([]));
  const text = (selector: string) => seen.page.locator(selector).first().innerText();
  return {
    get url() {
      return web.url;
    },
    get page() {
      return seen.page;
    },
    get context() {
      return seen.context;
    },
    get complaints() {
      return seen.complaints;
    },
    text,
    headline: () => text(".verdict h1 [role=status]"),
  };
}
