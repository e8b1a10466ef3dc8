/** The ledger in a page, its store IndexedDB: after the page is loaded anew it is where it was, and has the digests it has on Node. */
import { describe, expect, it } from "vitest";
import { createLedger, memoryStore } from "../host/ledger/index.js";
import { bundled, pageOf } from "./support/browser/bundle.js";
import { absentBrowser, BROWSERS, complaintsOf, launch } from "./support/browser/launch.js";
import { serve } from "./support/browser/serve.js";
import { beginHistory, GENESIS, goOn } from "./support/ledgerScript.js";

/** What is in the page. */
declare const play: (signed: readonly number[][], blocks: number) => Promise<unknown>;

/** The history's calls, and where it is on Node: in the beginning, after 20 blocks, and after another 15. */
async function onNode() {
  const ledger = await createLedger({ store: memoryStore(), genesis: GENESIS });
  const places: [number, string][] = [[ledger.height, ledger.digest]];
  const signed = await beginHistory(ledger);
  for (const blocks of [20, 15]) {
    await goOn(ledger, blocks);
    places.push([ledger.height, ledger.digest]);
  }
  await ledger.close();
  return { signed, places };
}

describe.each(BROWSERS)("in %s", (name) => {
  it.skipIf(absentBrowser(name) !== null)("begins, stops, and goes on after a reload", async () => {
    const { signed, places } = await onNode();
    const [start, middle, end] = places;
    const served = await serve({
      "/index.html": pageOf("ledgerPage.js"),
      "/ledgerPage.js": await bundled("test/support/browser/ledgerPage.ts"),
    });
    const browser = await launch(name);
    try {
      const page = await browser.newPage();
      const complaints = complaintsOf(page);
      const loaded = () => page.waitForFunction(() => "play" in globalThis);
      await page.goto(served.url);
      await loaded();
      expect(await page.evaluate((sent) => play(sent, 20), signed)).toEqual({ found: start, left: middle });
      await page.reload();
      await loaded();
      expect(await page.evaluate((sent) => play(sent, 15), signed)).toEqual({ found: middle, left: end });
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      await served.close();
    }
  });
});
