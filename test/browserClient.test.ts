/** The client in pages of both browsers, against a real node on another origin: over WebSocket and HTTP, and refused where the origin is not allowed. */
import { describe, expect, it } from "vitest";
import { signerOf } from "../host/ledger/index.js";
import { bundled, pageOf } from "./support/browser/bundle.js";
import { absentBrowser, BROWSERS, complaintsOf, launch } from "./support/browser/launch.js";
import { STRICT_POLICY, serve } from "./support/browser/serve.js";
import { served } from "./support/node.js";

/** What is in the page. */
declare const visit: (url: string, amountRao: string) => Promise<unknown>;

const POLICY = STRICT_POLICY.replace("connect-src 'self'", "connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*");
const BOB = signerOf("//Bob").address;

describe.each(BROWSERS)("in %s", (name) => {
  it.skipIf(absentBrowser(name) !== null)(
    "signs, sends, hears and reads; a page that is not allowed does nothing",
    async () => {
      const page = {
        "/index.html": pageOf("clientPage.js"),
        "/clientPage.js": await bundled("test/support/browser/clientPage.ts"),
      };
      const [allowed, stranger] = [await serve(page, POLICY), await serve(page, POLICY)];
      const { node, server } = await served({}, { allowedOrigins: [new URL(allowed.url).origin] });
      const webSocket = server.url.replace("http", "ws");
      const browser = await launch(name);
      try {
        const opened = async (url: string) => {
          const tab = await browser.newPage();
          const complaints = complaintsOf(tab);
          await tab.goto(url);
          await tab.waitForFunction(() => "visit" in globalThis);
          return { tab, complaints };
        };
        const { tab, complaints } = await opened(allowed.url);
        for (const [url, amountRao] of [
          [webSocket, "5"],
          [server.url, "7"],
        ] as const) {
          const before = node.ledger.balanceRao(BOB);
          const seen = await tab.evaluate(([at, rao]) => visit(at as string, rao as string), [url, amountRao]);
          const { digest } = node.ledger;
          expect(seen).toEqual({
            accepted: true,
            succeeded: true,
            digest,
            balance: String(before + BigInt(amountRao)),
            dayBlocks: 20,
            heard: url === webSocket ? [digest] : [],
          });
        }
        expect(complaints).toEqual([]);

        const { height } = node.ledger;
        const other = await opened(stranger.url);
        for (const url of [webSocket, server.url]) {
          await expect(other.tab.evaluate((at) => visit(at, "9"), url)).rejects.toThrow();
        }
        expect(node.ledger.height).toBe(height);
      } finally {
        await browser.close();
        await Promise.all([allowed.close(), stranger.close()]);
      }
    },
  );
});
