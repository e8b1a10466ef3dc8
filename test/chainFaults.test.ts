/** What can go wrong between a node and a verdict: every fault has its name, and none becomes a verdict. */
import { afterEach, describe, expect, it, test } from "vitest";
import { type ChainClient, clientOver, connect } from "../host/chain/client.js";
import { readMetagraph } from "../host/chain/metagraph.js";
import { chooseNetwork, NETWORKS } from "../host/chain/networks.js";
import { recording, replaying } from "../host/chain/transport/recorded.js";
import { networkError } from "../host/chain/transport/transport.js";
import { verifyEpoch } from "../host/chain/verify/verify.js";
import { type WatchEvent, watchEpochs } from "../host/chain/watch.js";
import { clientOf, NETUID, nodeOf, type Published, publishedEpochs, runtimeOf } from "./support/chain/epochs.js";
import { keyOf, scaleOf } from "./support/chain/items.js";
import { METAGRAPH, makeMetadata } from "./support/chain/metadata.js";
import { answering, type ServedNode, serve, type TestNode } from "./support/chain/node.js";
import { hotkeyOf } from "./support/chain/states.js";
import { encode } from "./support/chain/types.js";
import { rejectionOf } from "./support/refusal.js";

const [input, result] = publishedEpochs("epoch-small").find(([one]) => one.n === 8) as Published;
const BLOCK = input.currentBlock;
const BOUNDS = { timeoutMilliseconds: 400, mostAnswerBytes: 1 << 22 };

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** The refusal of a verification against a node spoilt in one way. */
async function refusalBy(spoil: (node: TestNode) => void, block?: number) {
  const node = nodeOf(input, result);
  spoil(node);
  return rejectionOf(verifyEpoch(clientOf(node), NETUID, { block }));
}

/** Sets a value in the state after one of the node's blocks: 1 is before the epoch's block, 2 after, 3 the head. */
function set(node: TestNode, at: number, item: string, args: (number | string)[], value: string): void {
  node.blocks[at]?.state.set(keyOf(item, ...args), value);
}

describe("a node", () => {
  it("of another network", async () => {
    const node = nodeOf(input, result);
    const client = clientOver(NETWORKS.get("finney") as never, node.connection());
    const error = await rejectionOf(verifyEpoch(client, NETUID));
    expect(error).toMatchObject({ code: "WRONG_NETWORK", details: { genesisHash: node.blocks[0]?.hash } });
  });

  it("that no longer keeps the state", async () => {
    const error = await refusalBy((node) => {
      node.prunedBelow = BLOCK;
    });
    expect(error.code).toBe("PRUNED_STATE");
    expect(error.message).toContain("archive");
  });

  it("that refuses", async () => {
    const error = await refusalBy((node) => {
      node.tamper = (call, reply) =>
        call.method === "state_queryStorageAt"
          ? { error: { code: 429, message: "too many \u001b[31mrequests\u009b[2J" } }
          : reply;
    });
    expect(error).toMatchObject({ code: "RPC_ERROR", details: { rpcCode: 429, method: "state_queryStorageAt" } });
    expect(error.message).toMatch(/too many \?\[31mrequests\?\[2J\.$/);
  });

  it("without the storage query still serves", async () => {
    const node = nodeOf(input, result);
    node.missing.add("state_queryStorageAt");
    expect((await verifyEpoch(clientOf(node), NETUID)).verdict).toBe("agrees");
  });

  it("that passes one block off as another", async () => {
    const error = await refusalBy((node) => {
      node.tamper = (call, reply) => (call.method === "chain_getHeader" ? { result: node.blocks[3]?.header } : reply);
    });
    expect(error.code).toBe("BAD_ANSWER");
  });

  it.each([
    ["number", "0x"],
    ["parentHash", "0x00"],
    ["stateRoot", null],
    ["digest", {}],
  ])("with a header whose %s is %j", async (field, value) => {
    const error = await refusalBy((node) => {
      node.tamper = (call, reply) =>
        call.method === "chain_getHeader" ? { result: { ...(node.blocks[2]?.header ?? {}), [field]: value } } : reply;
    });
    expect(error.code).toBe("BAD_ANSWER");
  });

  it("whose metadata is another version's", async () => {
    const error = await refusalBy((node) => {
      const other = { 15: makeMetadata({ format: 15, specVersion: 432 }) };
      for (const block of node.blocks) (block as { runtime: unknown }).runtime = { specVersion: 425, metadata: other };
    });
    expect(error).toMatchObject({ code: "BAD_ANSWER" });
  });

  it("whose metadata is broken", async () => {
    const error = await refusalBy((node) => {
      const broken = { 15: makeMetadata({ format: 15, specVersion: 425 }).slice(0, 3000) };
      for (const block of node.blocks) (block as { runtime: unknown }).runtime = { specVersion: 425, metadata: broken };
    });
    expect(error.code).toBe("BAD_METADATA");
  });

  it("whose runtime lacks what an epoch needs", async () => {
    const error = await refusalBy((node) => {
      const less = { 15: makeMetadata({ format: 15, specVersion: 425, without: ["Kappa"] }) };
      for (const block of node.blocks) (block as { runtime: unknown }).runtime = { specVersion: 425, metadata: less };
    });
    expect(error).toMatchObject({ code: "BAD_METADATA", details: { item: "SubtensorModule.Kappa" } });
  });

  it.each([
    ["Tempo", [NETUID], "0x01"],
    ["Weights", [NETUID, 0], "0x0c0000"],
    ["LastUpdate", [NETUID], "0xffffffff"],
    ["ValidatorPermit", [NETUID], "0x0402"],
  ] as const)("with malformed %s", async (item, args, value) => {
    const error = await refusalBy((node) => set(node, 1, item, [...args], value));
    expect(error).toMatchObject({ code: "BAD_STORAGE", details: { item: `SubtensorModule.${item}` } });
  });

  it("with malformed events", async () => {
    const error = await refusalBy((node) => {
      const state = node.blocks[2]?.state as Map<string, string>;
      for (const [key, value] of state)
        if (key.endsWith("80d41e5e16056765bc8461851072c9d7")) state.set(key, `${value.slice(0, -2)}`);
    });
    expect(error).toMatchObject({ code: "BAD_STORAGE", details: { item: "System.Events" } });
  });
});

describe("a block", () => {
  it("that is not there", async () => {
    expect((await refusalBy(() => {}, BLOCK + 500)).code).toBe("NO_BLOCK");
  });

  it("without an epoch of the subnet", async () => {
    const error = await refusalBy(() => {}, BLOCK + 1);
    expect(error.code).toBe("NO_BLOCK");
    expect(error.message).toContain(`its last was in block ${BLOCK}`);
  });

  it("of a subnet that ran none", async () => {
    const node = nodeOf(input, result);
    expect((await rejectionOf(verifyEpoch(clientOf(node), NETUID + 1))).code).toBe("NO_BLOCK");
    expect((await rejectionOf(verifyEpoch(clientOf(node), NETUID + 1, { block: BLOCK }))).code).toBe("NO_BLOCK");
  });

  it("whose slot was skipped is noted", async () => {
    const node = nodeOf(input, result);
    set(node, 3, "LastEpochBlock", [NETUID], scaleOf("LastEpochBlock", BLOCK + 1));
    expect((await verifyEpoch(clientOf(node), NETUID)).notes[0]).toContain("skipped");
  });
});

describe("an unknown spec version", () => {
  it("is refused, and may be overridden at the price of proof", async () => {
    const node = nodeOf(input, result, {}, runtimeOf(430));
    const error = await rejectionOf(verifyEpoch(clientOf(node), NETUID));
    expect(error).toMatchObject({ code: "UNKNOWN_RULES", details: { specVersion: 430 } });
    const verification = await verifyEpoch(clientOf(node), NETUID, { assumeSpec: 425 });
    expect(verification).toMatchObject({ verdict: "agrees", proved: false, specVersion: 430 });
    expect(verification.unproved).toEqual(["the rules of spec version 425 were taken for those of 430"]);
  });
});

describe("over the wire", () => {
  async function served(
    spoil: (answer: (text: string) => string | null) => (text: string) => string | null,
  ): Promise<ServedNode> {
    const node = await serve(spoil(answering(nodeOf(input, result))));
    open.push(node);
    return node;
  }
  function clientAt(url: string, attempts: number): ChainClient {
    const sleep = async () => {};
    const client = connect({ endpoints: [url], bounds: BOUNDS, retries: { attempts, sleep, random: () => 0 } });
    open.push(client);
    return client;
  }

  it.each(["http", "ws"] as const)("%s: all is well", async (kind) => {
    const node = await served((answer) => answer);
    const { verdict, traffic } = await verifyEpoch(clientAt(node[kind], 0), NETUID);
    expect({ verdict, roundTrips: traffic.roundTrips }).toEqual({ verdict: "agrees", roundTrips: 10 });
  });

  it("a connection cut mid-read is opened again, or named", async () => {
    let messages = 0;
    let cut = () => {};
    const node = await served((answer) => (text) => {
      messages++;
      if (messages % 7 !== 0) return answer(text);
      cut();
      return null;
    });
    cut = node.cut;
    expect((await rejectionOf(verifyEpoch(clientAt(node.ws, 0), NETUID))).code).toBe("NETWORK");
    expect((await verifyEpoch(clientAt(node.ws, 3), NETUID)).verdict).toBe("agrees");
  });

  it.each(["http", "ws"] as const)("%s: a node that falls silent is given up", async (kind) => {
    let messages = 0;
    const node = await served((answer) => (text) => (messages++ > 4 ? null : answer(text)));
    expect((await rejectionOf(verifyEpoch(clientAt(node[kind], 0), NETUID))).code).toBe("TIMEOUT");
  });

  it.each(["http", "ws"] as const)("%s: a huge answer is not read", async (kind) => {
    const node = await served((answer) => (text) => `${answer(text)}${" ".repeat(1 << 23)}`);
    expect((await rejectionOf(verifyEpoch(clientAt(node[kind], 0), NETUID))).code).toBe("ANSWER_TOO_LARGE");
  });

  it("the next endpoint serves when the first is down", async () => {
    const node = await served((answer) => answer);
    const client = connect({ endpoints: ["ws://127.0.0.1:1", node.ws], bounds: BOUNDS, retries: { attempts: 0 } });
    open.push(client);
    expect((await verifyEpoch(client, NETUID)).verdict).toBe("agrees");
  });
});

test("a recorded session verifies again without a node", async () => {
  const node = nodeOf(input, result);
  const recorder = recording(node.connection().send);
  const network = chooseNetwork({ network: "local" });
  await verifyEpoch(clientOver(network, { ...node.connection(), send: recorder.send }), NETUID);
  const session = JSON.parse(JSON.stringify(recorder.session()));
  const again = await verifyEpoch(clientOver(network, replaying(session)), NETUID);
  expect(again.verdict).toBe("agrees");
});

describe("watching", () => {
  it("reports each epoch once, failures too", async () => {
    const node = nodeOf(input, result);
    const { send } = node.connection();
    let isDown = false;
    const flaky = clientOver(
      chooseNetwork({ network: "local" }),
      { ...node.connection(), send: (calls) => (isDown ? Promise.reject(networkError("It", "down")) : send(calls)) },
      { retries: { attempts: 0 } },
    );
    const stop = new AbortController();
    let looks = 0;
    const sleep = async () => {
      looks++;
      isDown = looks === 2;
      // A new epoch whose state is gone by the time it is looked at.
      if (looks === 4) node.prunedBelow = BLOCK + 1;
      if (looks === 4) set(node, 3, "LastMechansimStepBlock", [NETUID], scaleOf("LastMechansimStepBlock", BLOCK + 1));
      if (looks > 6) stop.abort();
    };
    const events: WatchEvent[] = [];
    for await (const event of watchEpochs(flaky, NETUID, { sleep, signal: stop.signal })) events.push(event);
    expect(events.map((event) => (event.kind === "verified" ? event.verification.verdict : event.error.code))).toEqual([
      "agrees",
      "NETWORK",
      "PRUNED_STATE",
    ]);
  });

  it("ends when there is nothing to watch", async () => {
    const node = nodeOf(input, result);
    const watch = watchEpochs(clientOf(node), NETUID + 1);
    expect((await rejectionOf(watch.next())).code).toBe("NO_BLOCK");
  });
});

describe("the metagraph", () => {
  const asked = `SubnetInfoRuntimeApi_get_selective_metagraph 0x0c00${"08"}${"0800"}${"3400"}`;

  it("is what the runtime says", async () => {
    const node = nodeOf(input, result);
    const value = [NETUID, 360, [hotkeyOf(0)], [65535]];
    node.runtimeCalls.set(asked, `0x${encode(METAGRAPH, value)}`);
    const metagraph = await readMetagraph(clientOf(node), NETUID, { fields: [8, 52] });
    expect(metagraph).toMatchObject({ netuid: NETUID, block: BLOCK + 1, specVersion: 425 });
    expect(metagraph.fields).toMatchObject({ tempo: 360, incentives: [65535] });
  });

  it("of no subnet, and of a runtime that does not describe it", async () => {
    const node = nodeOf(input, result);
    node.runtimeCalls.set(asked, "0x00");
    expect((await rejectionOf(readMetagraph(clientOf(node), NETUID, { fields: [8, 52] }))).code).toBe("NO_BLOCK");
    const old = nodeOf(input, result, {}, runtimeOf(425, 14));
    expect((await rejectionOf(readMetagraph(clientOf(old), NETUID))).code).toBe("BAD_METADATA");
  });
});
