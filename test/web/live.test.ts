/** Following a node: one of our own, block by block, and a chain's, as its epochs become final. */
import { describe, expect, it, onTestFinished } from "vitest";
import { mechanismsEpoch } from "../../host/index.js";
import { signerOf } from "../../host/ledger/index.js";
import { createEngine } from "../../host/web/engine/engine.js";
import { compareLedger } from "../../host/web/engine/live/compareLedger.js";
import type { Reading } from "../../host/web/engine/live/devnet.js";
import type { Given, Live } from "../../host/web/engine/types.js";
import { NETUID, nodeOf, type Published, publishedEpochs } from "../support/chain/epochs.js";
import { answering, serve } from "../support/chain/node.js";
import { served } from "../support/node.js";
import { rejectionOf } from "../support/refusal.js";
import { judge, smallSubnet, TEMPO, VALIDATORS } from "../support/smallSubnet.js";

const node = (url: string, netuid = 1): Given => ({ kind: "node", url, netuid });

/** An engine that follows a devnet of our own. */
async function following(protocol: "ws" | "http" = "ws") {
  const { ledger, server, node: ours } = await served({ genesis: smallSubnet(), blockTime: "manual" });
  const engine = createEngine();
  onTestFinished(() => engine.stop());
  const opened = await engine.open(node(server.url.replace("http", protocol)));
  const next = async (): Promise<Live> => (await engine.next()) ?? expect.fail("it ended");
  /** News until the last block is heard of. */
  const caughtUp = async () => {
    for (let news = await next(); ; news = await next()) if (news.block === ours.ledger.height) return news;
  };
  const weigh = async (secret: string, dave: number, eve: number) => {
    await ledger.submit(await ledger.sign(signerOf(secret), judge(dave, eve)));
    await ledger.produceBlock();
  };
  return { ledger, server, ours, engine, opened, next, caughtUp, weigh };
}

describe("a devnet", () => {
  it("shows the epoch as it would run now, then each that ran, which agrees", async () => {
    const { ledger, ours, engine, opened, next, caughtUp, weigh } = await following();
    expect(opened).toMatchObject({
      kind: "node",
      verdict: "unrecorded",
      n: 5,
      title: "Subnet 1 of small, as it would run after block 0",
    });
    await ledger.toNextEpoch(1);
    await caughtUp();
    await weigh(VALIDATORS[0], 3, 1);
    const weighed = await next();
    const foreseen = mechanismsEpoch(ours.ledger.epochSnapshot(1));
    expect(weighed.opened).toMatchObject({
      verdict: "unrecorded",
      numbers: { incentive: foreseen.mechanisms[0]?.incentive },
    });
    expect(engine.weightsOf(1, 0)).toEqual([
      [3, 65_535],
      [4, 21_845],
    ]);
    await weigh(VALIDATORS[1], 1, 1);
    await caughtUp();
    for (let left = TEMPO; left > 0; left--) {
      await ledger.produceBlock();
      const { told, opened: shown } = await caughtUp();
      if (told === null) {
        expect(shown, "nothing changed but the block").toBeNull();
        continue;
      }
      const neurons = ours.ledger.metagraph(1);
      expect(told).toBe(`The epoch of block ${ours.ledger.height} agrees.`);
      expect(shown).toMatchObject({
        verdict: "agrees",
        kind: "node",
        counts: { differs: 0, excluded: 5, equal: 40 },
      });
      expect(shown?.numbers.incentive).toEqual(neurons.map(({ incentive }) => incentive));
      expect(Math.max(...neurons.map(({ incentive }) => incentive))).toBeGreaterThan(30_000);
      return;
    }
    expect.fail("no epoch ran");
  });

  it("asked by http agrees, too, over blocks nobody saw in which nothing was called", async () => {
    const { ledger, ours, caughtUp } = await following("http");
    await ledger.toNextEpoch(1);
    expect(await caughtUp()).toMatchObject({
      told: `The epoch of block ${ours.ledger.height} agrees.`,
      opened: { verdict: "agrees", title: `Subnet 1 of small, the epoch of block ${ours.ledger.height}` },
    });
  });

  it("may be changed and brings on what it is, and stays what it is once it is followed no longer", async () => {
    const { ledger, engine, next, caughtUp, weigh } = await following();
    await ledger.toNextEpoch(1);
    await caughtUp();
    const before = engine.change({ kappa: 1_000 });
    await weigh(VALIDATORS[0], 1, 1);
    expect((await next()).opened).not.toBeNull();
    expect(engine.change({ kappa: 1_000 }).incentive).not.toEqual(before.incentive);
    const pending = engine.next();
    engine.stop();
    expect(await pending).toBeNull();
    expect(await engine.next()).toBeNull();
    expect((await engine.explain(1, 0)).explanation.uid).toBe(1);
  });

  it("that has no such subnet, or is not there, or may not be asked, is refused", async () => {
    const { server, engine } = await following();
    const { url } = server;
    expect(await rejectionOf(engine.open(node(url, 7)))).toMatchObject({
      code: "BAD_VALUE",
      details: { field: "netuid" },
    });
    for (const netuid of [-1, 65_536, Number.NaN])
      expect((await rejectionOf(engine.open(node(url, netuid)))).details.field, `${netuid}`).toBe("netuid");
    for (const bad of ["ftp://127.0.0.1", "ws://192.168.0.7:9944", "http://127.0.0.1.example.com", "nonsense"])
      expect((await rejectionOf(engine.open(node(bad)))).details.field, bad).toBe("url");
    expect(await rejectionOf(engine.open(node("http://127.0.0.1:1")))).toMatchObject({ code: "NETWORK" });
    engine.stop();
  });
});

describe("what an epoch left", () => {
  const readings = async (): Promise<[Reading, Reading]> => {
    const { ledger, node: ours } = await served({ genesis: smallSubnet(), blockTime: "manual" });
    await ledger.toNextEpoch(1);
    for (const secret of VALIDATORS) await ledger.submit(await ledger.sign(signerOf(secret), judge(2, 1)));
    await ledger.forward(TEMPO - 1);
    const read = (): Reading => ({
      height: ours.ledger.height,
      snapshot: ours.ledger.epochSnapshot(1),
      neurons: ours.ledger.metagraph(1),
    });
    const before = read();
    await ledger.produceBlock();
    return [before, read()];
  };

  it("differs where it is off by the least, is not compared where what it read was not seen", async () => {
    const [before, now] = await readings();
    const ran = now.height;
    expect(compareLedger(before, now, ran)).toMatchObject({ snapshot: { currentBlock: ran } });
    const fields = [
      "incentive",
      "consensus",
      "dividends",
      "validatorTrust",
      "stakeWeight",
      "active",
      "validatorPermit",
    ] as const;
    for (const field of fields) {
      const neurons = now.neurons.map((one) => ({ ...one, [field]: one.uid === 3 ? flipped(one[field]) : one[field] }));
      const spoilt = compareLedger(before, { ...now, neurons }, ran);
      const wrong =
        typeof spoilt === "string" ? [] : spoilt.fields.filter(({ outcomes }) => outcomes.includes("differs"));
      expect(wrong.map((report) => [report.field, report.findings.map(({ uid }) => uid)])).toEqual([[field, [3]]]);
      expect(compareLedger({ ...before, height: before.height - 1 }, { ...now, neurons }, ran)).toMatch(
        /cannot be compared/,
      );
    }
    expect(compareLedger({ ...before, height: before.height - 1 }, now, ran)).toMatchObject({
      notes: [expect.any(String)],
    });
    const fewer = { ...now, snapshot: { ...now.snapshot, n: 4 } };
    expect(compareLedger(before, fewer, ran)).toMatch(/uids are gone/);
  });
});

const flipped = (value: boolean | number) => (typeof value === "boolean" ? !value : value ^ 1);

describe("a chain's node", () => {
  const [one, result] = publishedEpochs("epoch-small").find(([epoch]) => epoch.n === 8) as Published;

  it.each(["ws", "http"] as const)("has its last epoch verified by %s", async (protocol) => {
    const served = await serve(answering(nodeOf(one, result)));
    onTestFinished(() => served.close());
    const engine = createEngine();
    const opened = await engine.open(node(served[protocol], NETUID));
    expect(opened).toMatchObject({ kind: "bundle", verdict: "agrees", title: expect.stringContaining(`${NETUID}`) });
    expect(opened.numbers.consensus).toEqual(result.consensus);
    const pending = engine.next();
    engine.stop();
    expect(await pending).toBeNull();
  });

  it("that lies is found out, and one without the subnet refused", async () => {
    const consensus = result.consensus.map((value, uid) => (uid === 5 ? value ^ 1 : value));
    const served = await serve(answering(nodeOf(one, { ...result, consensus })));
    onTestFinished(() => served.close());
    const engine = createEngine();
    const opened = await engine.open(node(served.ws, NETUID));
    expect(opened).toMatchObject({ verdict: "differs", counts: { differs: 1 } });
    expect(await rejectionOf(engine.open(node(served.ws, NETUID + 1)))).toMatchObject({ code: "NO_BLOCK" });
    engine.stop();
  });
});
