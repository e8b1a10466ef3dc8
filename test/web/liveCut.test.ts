/** Following a node that goes on and is cut off: each new epoch arrives, what was missed is made up for, an outage is told of and survived. */
import { describe, expect, it, onTestFinished } from "vitest";
import { signerOf } from "../../host/ledger/index.js";
import { createEngine } from "../../host/web/engine/engine.js";
import { followChain } from "../../host/web/engine/live/chain.js";
import type { News } from "../../host/web/engine/live/news.js";
import type { Live } from "../../host/web/engine/types.js";
import { NETUID, nodeOf, type Published, publishedEpochs, runtimeOf } from "../support/chain/epochs.js";
import { answering, serve, type TestNode } from "../support/chain/node.js";
import { statesOf } from "../support/chain/states.js";
import { lineTo } from "../support/line.js";
import { served } from "../support/node.js";
import { judge, smallSubnet, VALIDATORS } from "../support/smallSubnet.js";

/** Two published epochs with room for two blocks between them. */
function twoEpochs(): [Published, Published] {
  const all = publishedEpochs("epoch-small").filter(([{ n }]) => n >= 5);
  const [first] = all.sort(([a], [b]) => a.currentBlock - b.currentBlock) as [Published];
  const second = all.find(([{ currentBlock }]) => currentBlock > first[0].currentBlock + 2);
  return [first, second ?? expect.fail("all published epochs ran in one block")];
}

/** Another epoch on a node, as the first one was put there. */
function goOn(node: TestNode, [input, result]: Published): void {
  const { before, after } = statesOf(input, result, { netuid: NETUID });
  const block = input.currentBlock;
  node.add(block - 1, before, runtimeOf(425));
  node.add(block, after, runtimeOf(425));
  node.add(block + 1, after, runtimeOf(425));
}

describe("a chain's node", () => {
  const [first, second] = twoEpochs();

  /** Follows a node that has run the first epoch; `down` cuts it off at every question. */
  const following = async () => {
    const node = nodeOf(...first);
    const state = { down: false };
    const honest = answering(node);
    const server = await serve((text) => {
      if (!state.down) return honest(text);
      server.cut();
      return null;
    });
    onTestFinished(() => server.close());
    const ending = new AbortController();
    const news = followChain({ url: server.ws, netuid: NETUID, signal: ending.signal, everyMilliseconds: 20 });
    onTestFinished(() => ending.abort());
    const next = async (): Promise<News> => (await news.next()).value ?? expect.fail("it ended");
    return { node, server, state, next, ending, news };
  };
  const agreed = ([{ currentBlock }, { consensus }]: Published) => ({
    block: currentBlock,
    told: `The epoch of block ${currentBlock} agrees.`,
    subject: { kind: "bundle", result: { consensus } },
  });

  it("has its second epoch verified when that is final, and is asked no more once nobody listens", async () => {
    const { node, next, ending, news } = await following();
    expect(await next()).toMatchObject(agreed(first));
    const pending = next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    goOn(node, second);
    expect(await pending).toMatchObject(agreed(second));
    ending.abort();
    expect((await news.next()).done).toBe(true);
    const asked = node.log.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(node.log.length).toBe(asked);
  });

  it("that is cut off is asked anew, and one that stays away is told of once, and found again", async () => {
    const { node, server, state, next } = await following();
    await next();
    server.cut();
    goOn(node, second);
    expect(await next()).toMatchObject(agreed(second));
    state.down = true;
    server.cut();
    const outage = await next();
    expect(outage).toMatchObject({ block: second[0].currentBlock, subject: null });
    expect(outage.told).toMatch(/cannot be reached/);
    const [third] = publishedEpochs("epoch-small").filter(([one]) => one.currentBlock > second[0].currentBlock + 2);
    state.down = false;
    goOn(node, third ?? expect.fail("there is no later epoch"));
    expect(await next()).toMatchObject(agreed(third as Published));
  });
});

describe("a devnet", () => {
  it("that is cut off is heard again: blocks in between are seen, an outage is told of once and survived", async () => {
    const { ledger, server, node } = await served({ genesis: smallSubnet(), blockTime: "manual" });
    const line = await lineTo(server.url.replace("http", "ws"));
    const engine = createEngine();
    onTestFinished(() => engine.stop());
    await engine.open({ kind: "node", url: line.url, netuid: 1 });
    const next = async (): Promise<Live> => (await engine.next()) ?? expect.fail("it ended");
    const caughtUp = async () => {
      for (let news = await next(); ; news = await next()) if (news.block === node.ledger.height) return news;
    };
    await ledger.toNextEpoch(1); // which gives the validators their permits
    await caughtUp();
    line.cut();
    for (const secret of VALIDATORS) await ledger.submit(await ledger.sign(signerOf(secret), judge(3, 1)));
    await ledger.produceBlock();
    expect((await caughtUp()).opened).toMatchObject({ verdict: "unrecorded" });
    line.isDead = true;
    line.cut();
    expect(await next()).toMatchObject({ told: expect.stringMatching(/cannot be reached/), opened: null });
    await ledger.toNextEpoch(1);
    line.isDead = false;
    const found = await caughtUp();
    expect(found.told).toMatch(/^The epoch of block \d+ agrees\.$/);
    expect(found.opened).not.toBeNull();
  });
});
