/** The network as one function: sockets, POST, retries, fail-over, batches, bounds, and a session played again. */
import { afterEach, describe, expect, it, test } from "vitest";
import { batching } from "../host/chain/transport/batching.js";
import { failingOver } from "../host/chain/transport/failover.js";
import { overHttp } from "../host/chain/transport/http.js";
import { recording, replaying } from "../host/chain/transport/recorded.js";
import { pauseBefore, type Retries, retrying } from "../host/chain/transport/retrying.js";
import { overSocket } from "../host/chain/transport/socket.js";
import { type Connection, networkError, type RpcCall, type Transport } from "../host/chain/transport/transport.js";
import { YumaError } from "../host/errors.js";
import { type Answerer, type ServedNode, serve } from "./support/chain/node.js";
import { rejectionOf } from "./support/refusal.js";

const BOUNDS = { timeoutMilliseconds: 500, mostAnswerBytes: 10_000 };
const call = (...params: unknown[]): RpcCall => ({ method: "echo", params });

interface Frame {
  readonly id: number;
  readonly params: readonly unknown[];
}
/** Answers every call with its parameters. */
const echo: Answerer = (text) => {
  const parsed = JSON.parse(text) as Frame | Frame[];
  const one = ({ id, params }: Frame) => ({ jsonrpc: "2.0", id, result: params });
  return JSON.stringify(Array.isArray(parsed) ? parsed.map(one).reverse() : one(parsed));
};

const open: (ServedNode | Connection)[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
async function served(answer: Answerer): Promise<ServedNode> {
  const node = await serve(answer);
  open.push(node);
  return node;
}
function kept(connection: Connection): Connection {
  open.push(connection);
  return connection;
}

const KINDS = [
  ["WebSocket", (node: ServedNode) => kept(overSocket(node.ws, BOUNDS))],
  ["HTTP", (node: ServedNode) => kept(overHttp(node.http, BOUNDS))],
] as const;

describe.each(KINDS)("over %s", (_, over) => {
  it("answers one call and many, in the order asked", async () => {
    const { send } = over(await served(echo));
    expect(await send([call(1)])).toEqual([{ result: [1] }]);
    expect(await send([call("a"), call("b"), call("c")])).toEqual([
      { result: ["a"] },
      { result: ["b"] },
      { result: ["c"] },
    ]);
    const both = await Promise.all([send([call(1), call(2)]), send([call(3)])]);
    expect(both).toEqual([[{ result: [1] }, { result: [2] }], [{ result: [3] }]]);
  });

  it("hands on a node's own error", async () => {
    const refuse: Answerer = (text) =>
      JSON.stringify({
        jsonrpc: "2.0",
        id: (JSON.parse(text) as Frame).id,
        error: { code: -1, message: "no", data: "why" },
      });
    const { send } = over(await served(refuse));
    expect(await send([call()])).toEqual([{ error: { code: -1, message: "no: why" } }]);
  });

  it("gives a slow node up", async () => {
    const { send } = over(await served(() => null));
    expect((await rejectionOf(send([call()]))).code).toBe("TIMEOUT");
  });

  it("does not read a huge answer", async () => {
    const { send } = over(await served((text) => echo(text.replace("[1]", `["${"x".repeat(20_000)}"]`))));
    expect((await rejectionOf(send([call(1)]))).code).toBe("ANSWER_TOO_LARGE");
  });

  it.each([
    ["no JSON", "<html>"],
    ["no object", "7"],
    ["another number", '{"jsonrpc":"2.0","id":999,"result":1}'],
    ["no number", '{"jsonrpc":"2.0","result":1}'],
    ["neither result nor error", '{"jsonrpc":"2.0","id":1}'],
    ["an error without words", '{"jsonrpc":"2.0","id":1,"error":{}}'],
  ])("refuses an answer with %s", async (_what, text) => {
    const { send } = over(await served(() => text));
    const { code } = await rejectionOf(send([call()]));
    // A socket passes over replies to calls nobody made, and waits.
    expect(["BAD_ANSWER", "TIMEOUT"]).toContain(code);
    if (text !== '{"jsonrpc":"2.0","id":999,"result":1}') expect(code).toBe("BAD_ANSWER");
  });

  it("says that nobody is there", async () => {
    const node = await serve(echo);
    await node.close();
    const { send } = over(node);
    expect((await rejectionOf(send([call()]))).code).toBe("NETWORK");
  });

  it("is closed when it is closed", async () => {
    const connection = over(await served(echo));
    await connection.send([call()]);
    connection.close();
    expect((await rejectionOf(connection.send([call()]))).code).toBe("NETWORK");
  });
});

test("a socket that is cut fails those who wait, and is opened again", async () => {
  let isSilent = true;
  const node = await served((text) => (isSilent ? null : echo(text)));
  const { send } = kept(overSocket(node.ws, { ...BOUNDS, timeoutMilliseconds: 20_000 }));
  const waiting = rejectionOf(send([call(1)]));
  await new Promise((resolve) => setTimeout(resolve, 100));
  node.cut();
  expect((await waiting).code).toBe("NETWORK");
  isSilent = false;
  expect(await send([call(2)])).toEqual([{ result: [2] }]);
});

test("an HTTP error is the network's", async () => {
  const node = await served(echo);
  const { send } = kept(overHttp(`${node.http.replace("127.0.0.1", "localhost.invalid")}/`, BOUNDS));
  expect(["NETWORK", "TIMEOUT"]).toContain((await rejectionOf(send([call()]))).code);
});

/** A transport that fails so many times first. */
function failing(times: number, error: Error): { send: Transport; tries: () => number } {
  let tries = 0;
  return {
    send: async (calls) => {
      if (tries++ < times) throw error;
      return calls.map(({ params }) => ({ result: params }));
    },
    tries: () => tries,
  };
}

describe("retries", () => {
  const slept: number[] = [];
  const retries: Retries = {
    attempts: 3,
    baseMilliseconds: 100,
    mostMilliseconds: 250,
    random: () => 0.5,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  };

  it("wait longer each time, up to a bound, and spread", async () => {
    slept.length = 0;
    const flaky = failing(3, networkError("x", "y"));
    expect(await retrying(flaky.send, retries)([call(1)])).toEqual([{ result: [1] }]);
    expect(slept).toEqual([75, 150, 187]);
    expect(pauseBefore(1, { ...retries, random: () => 0 })).toBe(50);
    expect(pauseBefore(9, { ...retries, random: () => 0.999 })).toBe(249);
  });

  it("are bounded", async () => {
    const dead = failing(99, networkError("x", "y"));
    const { code, message, details } = await rejectionOf(retrying(dead.send, retries)([call()]));
    expect([code, message]).toEqual(["NETWORK", "x cannot be reached: y, 4 times over."]);
    expect([details.attempts, dead.tries()]).toEqual([4, 4]);
    const once = retrying(dead.send, { ...retries, attempts: 0 });
    expect((await rejectionOf(once([call()]))).message).toBe("x cannot be reached: y.");
  });

  it("are for what may pass", async () => {
    const wrong = failing(99, new YumaError("BAD_ANSWER", "No."));
    expect((await rejectionOf(retrying(wrong.send, retries)([call()]))).code).toBe("BAD_ANSWER");
    expect(wrong.tries()).toBe(1);
  });
});

describe("fail-over", () => {
  const named = (name: string, send: Transport): Connection => ({ name, send, close: () => {} });

  it("takes the next endpoint and stays with it", async () => {
    const first = failing(99, networkError("first", "down"));
    const second = failing(0, new Error());
    const both = failingOver([named("first", first.send), named("second", second.send)]);
    expect(await both.send([call(1)])).toEqual([{ result: [1] }]);
    await both.send([call(2)]);
    expect([both.name, first.tries(), second.tries()]).toEqual(["second", 1, 2]);
  });

  it("comes round, and ends when all have failed", async () => {
    const first = failing(1, networkError("first", "down"));
    const second = failing(9, networkError("second", "down"));
    const both = failingOver([named("first", first.send), named("second", second.send)]);
    expect((await rejectionOf(both.send([call()]))).details.endpoint).toBe("second");
    expect(await both.send([call(3)])).toEqual([{ result: [3] }]);
  });
});

describe("batches", () => {
  it("are no larger than allowed", async () => {
    const sizes: number[] = [];
    const send = batching(async (calls) => {
      sizes.push(calls.length);
      return calls.map(({ params }) => ({ result: params }));
    }, 3);
    const replies = await send(Array.from({ length: 8 }, (_, i) => call(i)));
    expect(replies).toEqual(Array.from({ length: 8 }, (_, i) => ({ result: [i] })));
    expect(sizes).toEqual([3, 3, 2]);
    expect(await send([])).toEqual([]);
  });

  it.each(KINDS)("become single calls for a node that takes none, over %s", async (_, over) => {
    let batches = 0;
    const { send } = over(
      await served((text) => {
        if (!text.startsWith("[")) return echo(text);
        batches++;
        return '{"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"Batched requests are not supported"}}';
      }),
    );
    const patient = batching(send);
    for (let i = 0; i < 2; i++) expect(await patient([call(1), call(2)])).toEqual([{ result: [1] }, { result: [2] }]);
    expect(batches).toBe(1);
  });
});

test("a session is played again without a network", async () => {
  let n = 0;
  const { send, session } = recording(async (calls) => calls.map(() => ({ result: n++ })));
  await send([call("head")]);
  await send([call("head"), call("other")]);
  const saved = JSON.parse(JSON.stringify(session()));
  const again = replaying(saved);
  expect(await again.send([call("head")])).toEqual([{ result: 0 }]);
  expect(await again.send([call("other"), call("head"), call("head")])).toEqual([
    { result: 2 },
    { result: 1 },
    { result: 1 },
  ]);
  expect((await rejectionOf(again.send([call("new")]))).code).toBe("NETWORK");
  expect((await rejectionOf(again.send([{ method: "toString", params: [] }]))).code).toBe("NETWORK");
});
