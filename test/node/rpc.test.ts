/** JSON-RPC as the specification has it, and what a node refuses of it. */

import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { METHODS } from "../../host/node/methods.js";
import { post, type Served, served } from "../support/node.js";

const request = (method: string, params?: unknown, id: unknown = 1) =>
  JSON.stringify({ jsonrpc: "2.0", id, method, ...(params === undefined ? {} : { params }) });
const ask = async ({ server }: Served, body: string) => (await post(server.url, body)).json();

it("others have their turn between the blocks of a long row, in memory, too", async () => {
  const { node, server } = await served({ blockTime: "manual" });
  let [turns, isDone] = [0, false];
  const turn = () => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const made = Promise.all([node.produce(400), node.produce(400)]);
  const { status } = await fetch(`${server.url}/health`);
  expect([status, node.ledger.height < 800]).toEqual([200, true]);
  await made;
  isDone = true;
  expect(turns).toBeGreaterThan(5);
});

describe("frames", () => {
  it("answer one with one, a batch with a list, notifications with nothing", async () => {
    const node = await served({ blockTime: "manual" });
    const { digest } = node.node.ledger;
    const head = { jsonrpc: "2.0", id: "a", result: { height: 0, digest } };
    expect(await ask(node, request("ledger_head", undefined, "a"))).toEqual(head);
    expect(await ask(node, `[${request("ledger_head", [], "a")}]`)).toEqual([head]);
    expect(await ask(node, `[${request("ledger_head", {}, "a")},1]`)).toMatchObject([
      head,
      { error: { code: -32600 } },
    ]);
    const quiet = await post(node.server.url, '{"jsonrpc":"2.0","method":"dev_produce"}');
    expect([quiet.status, await quiet.text(), node.node.ledger.height]).toEqual([204, "", 1]);
  });

  const REFUSED: readonly (readonly [body: string, code: number, id: number | null])[] = [
    ["{", -32700, null],
    ["[]", -32600, null],
    ["null", -32600, null],
    ['"x"', -32600, null],
    ['{"id":7}', -32600, 7],
    ['{"jsonrpc":"2.0","id":{},"method":"ledger_head"}', -32600, null],
    [request("ledger_heads"), -32601, 1],
    [request("__proto__"), -32601, 1],
    [request("ledger_head", [1]), -32602, 1],
    [request("ledger_head", "x"), -32602, 1],
    [request("ledger_balance", { acount: "x" }), -32602, 1],
    [request("ledger_balance"), -32602, 1],
    [request("ledger_balance", ["5x"]), -32602, 1],
    [request("ledger_submit", ["0x1"]), -32602, 1],
    [request("ledger_submit", ["0x84"]), -32602, 1],
    [request("ledger_state", ["Balances.Free", []]), -32602, 1],
    [request("ledger_state", ["nothing", []]), -32602, 1],
    [request("ledger_metagraph", [65_536]), -32602, 1],
    [request("ledger_explain", [1, 0]), -32602, 1],
    [request("ledger_block", [-1]), -32602, 1],
    [request("ledger_block", [5]), -32000, 1],
    [request("dev_produce", [1_001]), -32602, 1],
    [request("dev_produce", [0]), -32602, 1],
    [request("dev_toNextEpoch", [3]), -32602, 1],
    [request("dev_toNextEpoch", [0]), -32602, 1],
    [request("ledger_epochSnapshot", [5]), -32602, 1],
    [request("ledger_subscribeBlocks"), -32602, 1],
    [request("ledger_entries", ["Balances.Free", [], "0x00"]), -32602, 1],
  ];

  it("refuse what is none, each by its code", async () => {
    const node = await served();
    for (const [body, code, id] of REFUSED) {
      expect([body, await ask(node, body)]).toMatchObject([body, { jsonrpc: "2.0", id, error: { code } }]);
    }
    expect(node.node.ledger.height).toBe(0);
  });

  it("take parameters by their names", async () => {
    const node = await served();
    const answer = await ask(node, request("ledger_entries", { item: "Balances.Free", first: [], limit: 2 }));
    expect(answer.result.entries).toHaveLength(2);
    expect(answer.result.next).toBe(answer.result.entries[1].key);
  });
});

it("every method has as many names as it takes, and the document tells of it", async () => {
  const { readFileSync } = await import("node:fs");
  const readme = readFileSync(new URL("../../host/node/README.md", import.meta.url), "utf8");
  for (const [method, { names }] of Object.entries(METHODS)) {
    expect(readme, method).toContain(`\`${method}\``);
    for (const name of names) expect(readme, `${method} ${name}`).toContain(`\`${name}`);
  }
});

describe("bounds", () => {
  it("of a batch, of a second, of a body, of types", async () => {
    const node = await served({ limits: { mostBatch: 3, mostRequestsASecond: 6, mostRequestBytes: 2_000 } });
    const batch = (size: number) => `[${Array.from({ length: size }, (_, id) => request("ledger_head", [], id))}]`;
    expect(await ask(node, batch(3))).toHaveLength(3);
    const tooMany = { code: -32005, data: { code: "LIMIT_EXCEEDED", details: { limit: "mostBatch", mostBatch: 3 } } };
    expect(await ask(node, batch(4))).toMatchObject({ id: null, error: tooMany });
    const large = await post(node.server.url, " ".repeat(2_001));
    const limit = { limit: "mostRequestBytes", mostRequestBytes: 2_000 };
    expect([large.status, await large.json()]).toMatchObject([413, { id: null, error: { data: { details: limit } } }]);
    const text = await post(node.server.url, "{}", { "content-type": "text/plain" });
    expect([text.status, await text.json()]).toMatchObject([415, { id: null, error: { code: -32600 } }]);
    await ask(node, batch(3));
    expect(await ask(node, batch(1))).toMatchObject({ error: { data: { details: { limit: "mostRequestsASecond" } } } });
  });

  it("of subscriptions, of waiting calls, of waiting requests", async () => {
    const { ledger, node } = await served({
      blockTime: "manual",
      verifySignature: () => true,
      limits: { mostSubscriptions: 1, mostWaitingCalls: 1, mostWaiting: 0 },
    });
    const { calls } = await import("../../host/ledger/index.js");
    const { ANN } = await import("../support/ledger.js");
    const limit = { code: "LIMIT_EXCEEDED" };
    await ledger.subscribe(() => undefined);
    await expect(ledger.subscribe(() => undefined)).rejects.toMatchObject(limit);
    const signed = await ledger.sign(ANN, calls.utility.batch({ calls: [] }));
    await expect(ledger.submitAndWait(signed)).rejects.toMatchObject(limit);
    await ledger.submit(signed);
    const next = await ledger.sign(ANN, calls.utility.batch({ calls: [] }));
    await expect(ledger.submit(next)).rejects.toMatchObject(limit);
    expect(node.ledger.waiting).toBe(1);
  });
});

describe("origins", () => {
  const origin = "http://localhost:5173";
  const opened = (url: string, headers: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url.replace("http", "ws"), { headers });
      socket.on("open", () => {
        socket.close();
        resolve("open");
      });
      socket.on("error", ({ message }) => resolve(message));
    });

  it("that are not allowed may neither post nor open sockets", async () => {
    const { server } = await served();
    expect((await post(server.url, request("ledger_head"), { origin })).status).toBe(403);
    expect(await opened(server.url, { origin })).toContain("403");
    expect(await opened(server.url, { host: "evil.example" })).toContain("403");
    expect(await opened(server.url, {})).toBe("open");
  });

  it("that are allowed may, and are told so", async () => {
    const { server } = await served({}, { allowedOrigins: [origin] });
    const answer = await post(server.url, request("ledger_head"), { origin });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    expect(await opened(server.url, { origin })).toBe("open");
    expect((await post(server.url, request("ledger_head"), { origin: `${origin}4` })).status).toBe(403);
    const asked = { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" };
    const preflight = await fetch(server.url, { method: "OPTIONS", headers: asked });
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, origin]);
  });
});

it("whoever comes to the wrong door is told of the right one", async () => {
  const { server } = await served();
  for (const [path, status] of [
    ["/", 426],
    ["/nothing", 404],
  ] as const) {
    const answer = await fetch(server.url + path);
    expect([answer.status, await answer.json()]).toEqual([status, { error: expect.stringContaining("/health") }]);
  }
});

it("what is not there is named as such, and the genesis reports nothing", async () => {
  const { ledger } = await served();
  for (const asked of [ledger.explain(1, 0), ledger.epochSnapshot(9)]) {
    await expect(asked).rejects.toMatchObject({ code: "BAD_VALUE", details: { field: "netuid" } });
  }
  const cut = ledger.ask("ledger_dryRunAs", (await ledger.info()).genesisDigest, "0x0503");
  await expect(cut).rejects.toMatchObject({
    code: "BAD_BINARY",
    message: "The call cannot be decoded: it ends too soon.",
  });
  expect([await ledger.events(0), (await ledger.block(0)).events]).toEqual([[], []]);
});

it("health, metrics and log tell what happened, parameters left out", async () => {
  const node = await served({ blockTime: "manual" });
  await ask(node, request("dev_produce", [2]));
  await ask(node, request("ledger_balance", ["SECRET"]));
  expect(await (await fetch(`${node.server.url}/health`)).json()).toEqual({
    status: "ok",
    height: 2,
    digest: node.node.ledger.digest,
  });
  const metrics = await (await fetch(`${node.server.url}/metrics`)).text();
  expect(metrics).toContain("yuma_height 2\n");
  expect(metrics).toContain("yuma_blocks_total 2\n");
  expect(metrics).toContain('yuma_rpc_requests_total{method="ledger_balance",code="-32602"} 1\n');
  const log = node.lines.map((line) => JSON.parse(line));
  expect(log.filter(({ msg }) => msg === "block").map(({ height }) => height)).toEqual([1, 2]);
  expect(node.lines.join("")).not.toContain("SECRET");
});
