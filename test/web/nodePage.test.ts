/** The page connected to nodes, in Chromium: a devnet as a process, followed block by block, and a node of a chain. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import { signerOf } from "../../host/ledger/index.js";
import { absentBrowser } from "../support/browser/launch.js";
import { openedPage } from "../support/browser/openedPage.js";
import { NETUID, nodeOf, type Published, publishedEpochs } from "../support/chain/epochs.js";
import { answering, serve } from "../support/chain/node.js";
import { startDevnet } from "../support/devnet.js";
import { judge, smallSubnet, VALIDATORS } from "../support/smallSubnet.js";

const absent = absentBrowser("chromium");

describe.skipIf(absent !== null)("the page connected", () => {
  const seen = openedPage();
  const { text, headline } = seen;
  const connect = async (url: string, netuid: number) => {
    const { page } = seen;
    await page.click("text=Connect");
    await page.fill('dialog[open] input[type="url"]', url);
    await page.fill('dialog[open] input[type="number"]', String(netuid));
    await page.click('dialog[open] button[type="submit"]');
  };

  /** A devnet that answers pages of ours. */
  const devnet = async (): Promise<string> => {
    const folder = mkdtempSync(join(tmpdir(), "page-"));
    const file = join(folder, "genesis.json");
    writeFileSync(file, JSON.stringify(smallSubnet()));
    const origin = new URL(seen.url).origin;
    const { child, printed } = await startDevnet("--genesis", file, "--block-time", "manual", "--allow-origin", origin);
    onTestFinished(() => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    });
    return printed.webSocket;
  };

  it("follows a devnet: weights as they are set, epochs as they run, a change kept, and an end", async () => {
    const { page } = seen;
    const url = await devnet();
    const ledger = connectLedger(url);
    onTestFinished(() => ledger.close());
    await connect(url, 1);
    await page.waitForSelector("text=Subnet 1 of small, as it would run after block 0");
    expect(await headline()).toBe("Computed");
    await page.waitForURL(`${seen.url}#node=${url}&netuid=1`);
    await ledger.toNextEpoch(1);
    await page.waitForSelector("text=/The epoch of block \\d+ agrees/");
    expect(await headline()).toBe("Agrees with the node");
    for (const secret of VALIDATORS) await ledger.submit(await ledger.sign(signerOf(secret), judge(3, 1)));
    const { height } = await ledger.produceBlock();
    await page.waitForSelector(`text=as it would run after block ${height}`);
    await page.click("th.incentive button");
    const row = () => text("tbody tr:not(.gap)");
    await page.waitForFunction(() => /0\.75000/.test(document.querySelector("tbody tr:not(.gap)")?.textContent ?? ""));
    expect(Number.parseInt(await row(), 10)).toBe(3);
    await page.locator(".slider input").first().focus();
    await page.keyboard.press("Home");
    await page.waitForSelector("table.tall");
    const ran = await ledger.toNextEpoch(1);
    await page.waitForSelector(`text=The epoch of block ${ran.height} agrees`);
    expect(await text(".live .block")).toBe(`, block ${ran.height}`);
    expect(await page.locator("table.tall").count()).toBe(1);
    expect(await text(".reason")).toContain("are of your change");
    await page.click("text=Stop");
    await page.waitForSelector("text=Followed subnet 1");
    await ledger.produceBlock();
    await page.click("text=Reset");
    await page.waitForFunction(() => document.querySelector("table.tall") === null);
    expect(await text(".live .block")).toBe(`, block ${ran.height}`);
    await page.click("text=Example");
    await page.waitForFunction(() => document.querySelector(".live") === null);
  });

  it("verifies the last epoch of a chain's node, named in the address, too", async () => {
    const [one, result] = publishedEpochs("epoch-small").find(([epoch]) => epoch.n === 8) as Published;
    const served = await serve(answering(nodeOf(one, result)));
    onTestFinished(() => served.close());
    await connect(served.ws, NETUID);
    await seen.page.waitForSelector("text=Agrees with the chain");
    expect(await text(".live")).toContain(`Following subnet ${NETUID} on ${served.ws}`);
    const address = `${seen.url}#node=${served.ws}&netuid=${NETUID}`;
    await seen.page.waitForURL(address);
    await seen.page.goto("about:blank");
    await seen.page.goto(address);
    await seen.page.waitForSelector("text=Agrees with the chain");
    await seen.page.click("text=Stop");
  });

  it("keeps what was open where a node cannot be followed, and says why", async () => {
    const { page } = seen;
    const url = await devnet();
    await connect(url, 9);
    await page.waitForSelector("text=/netuid must be a subnet/");
    expect(await text("[role=alert]")).toContain("is still open");
    await connect("ws://192.168.0.7:9944", 1);
    await page.waitForSelector("text=This page connects to wss: and https:");
    expect(await headline()).toBe("Agrees with the chain");
  });
});
