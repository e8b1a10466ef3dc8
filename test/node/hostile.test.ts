/** A node among enemies: whatever is thrown at it, it goes on answering, and makes no block it would not make anyway. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { calls, signerOf } from "../../host/ledger/index.js";
import { METHODS } from "../../host/node/methods.js";
import { post, type Served, served } from "../support/node.js";
import { rejectionOf } from "../support/refusal.js";

const SEED = Number(process.env.FC_SEED ?? 20261129);
const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")] as const;
const pay = calls.balances.transferKeepAlive({ to: bob.address, amountRao: 1n });

/** Still there, and where it was. */
async function expectUnmoved({ server, node }: Served, height = 0): Promise<void> {
  const health = (await (await fetch(`${server.url}/health`)).json()) as object;
  expect(health).toEqual({ status: "ok", height, digest: node.ledger.digest });
}

function open({ server }: Served, options: object = {}): WebSocket {
  const socket = new WebSocket(server.url.replace("http", "ws"), options);
  socket.on("error", () => undefined);
  onTestFinished(() => socket.terminate());
  return socket;
}

it("closes a socket that sends too much, or bytes", async () => {
  const node = await served({ limits: { mostRequestBytes: 10_000 } });
  for (const [message, code] of [
    ["x".repeat(10_001), 1009],
    [Buffer.from([1, 2]), 1008],
  ] as const) {
    const socket = open(node);
    await once(socket, "open");
    socket.send(message);
    expect((await once(socket, "close"))[0]).toBe(code);
  }
  await expectUnmoved(node);
});

it("cuts sockets that are half open: those that never ask, those that never end, those that never answer", async () => {
  const node = await served({ limits: { idleMilliseconds: 400 } });
  const beginnings = [
    "",
    "POST / HT",
    "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{",
  ];
  const halves = Array.from({ length: 60 }, (_, k): Socket => {
    const socket = connect(node.server.port, "127.0.0.1", () => socket.write(beginnings[k % 3] as string));
    socket.on("error", () => undefined);
    socket.resume();
    return socket;
  });
  const deaf = open(node, { autoPong: false });
  await once(deaf, "open");
  await expectUnmoved(node);
  await Promise.all([once(deaf, "close"), ...halves.map((socket) => once(socket, "close"))]);
  await expectUnmoved(node);
});

it("serves ten thousand subscriptions, and no more than it allows", async () => {
  const each = 100;
  const node = await served({
    blockTime: "manual",
    limits: { mostSubscriptions: each, mostRequestsASecond: 1_000_000 },
  });
  const batch = JSON.stringify(
    Array.from({ length: each }, (_, id) => ({ jsonrpc: "2.0", id, method: "ledger_subscribeBlocks" })),
  );
  let heard = 0;
  let all: () => void = () => undefined;
  const whole = new Promise<void>((resolve) => {
    all = resolve;
  });
  const sockets = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const socket = open(node);
      await once(socket, "open");
      socket.send(batch);
      await once(socket, "message");
      socket.on("message", () => {
        heard += 1;
        if (heard === 10_000) all();
      });
      return socket;
    }),
  );
  await node.ledger.produceBlock();
  await whole;
  const first = sockets[0] as WebSocket;
  first.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ledger_subscribeBlocks" }));
  const [refused] = (await once(first, "message")) as [Buffer];
  expect(JSON.parse(refused.toString())).toMatchObject({ error: { code: -32005 } });
  for (const socket of sockets) socket.terminate();
  await expectUnmoved(node, 1);
});

it("takes no forged, foreign, replayed or cut call", async () => {
  const node = await served({ blockTime: "manual" });
  const other = await served({ genesis: { schemaVersion: 1, name: "other", balancesRao: {} } });
  const signed = await node.ledger.sign(alice, pay);
  const refused = async (bytes: Uint8Array, error: string) => {
    const { code, details } = await rejectionOf(node.ledger.submit(bytes));
    expect([code, details.error]).toEqual(["CALL_REFUSED", error]);
  };
  // The signer, the signature, the receiver: a bit of each.
  for (const at of [1, 40, signed.length - 5]) {
    await refused(
      signed.map((byte, k) => (k === at ? byte ^ 1 : byte)),
      "InvalidTransaction.BadProof",
    );
  }
  await refused(await other.ledger.sign(alice, pay), "InvalidTransaction.BadProof");
  await refused(await node.ledger.sign(alice, pay, { nonce: 7 }), "InvalidTransaction.Future");
  for (const length of [0, 1, 96, signed.length - 1]) {
    expect((await rejectionOf(node.ledger.submit(signed.subarray(0, length)))).code).toBe("BAD_BINARY");
  }
  await node.ledger.submit(signed);
  await refused(signed, "InvalidTransaction.Stale");
  await node.ledger.produceBlock();
  await refused(signed, "InvalidTransaction.Stale");
  await expectUnmoved(node, 1);
});

it(`answers any text and any parameters by the rules (seed ${SEED})`, async () => {
  const node = await served({ isDevnet: false, limits: { mostRequestsASecond: 1_000_000 } });
  const id = fc.constantFrom(1, "a", null, undefined, {}, 1.5);
  const quick = Object.keys(METHODS).filter((name) => name !== "ledger_submitAndWait");
  const request = fc.record({
    jsonrpc: fc.constantFrom("2.0", "1.0", undefined),
    id,
    method: fc.oneof(fc.constantFrom(...quick), fc.string()),
    params: fc.oneof(
      fc.array(fc.jsonValue(), { maxLength: 4 }),
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.jsonValue(),
    ),
  });
  const text = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    request.map((value) => JSON.stringify(value)),
    fc.array(request, { maxLength: 5 }).map((value) => JSON.stringify(value)),
    fc.nat(20_000).map((depth) => "[".repeat(depth)),
  );
  for (const body of fc.sample(text, { numRuns: 400, seed: SEED })) {
    const answer = await post(node.server.url, body);
    const got = await answer.text();
    if (answer.status === 204 || answer.status === 400) continue;
    expect([body, answer.status]).toEqual([body, 200]);
    for (const one of [JSON.parse(got)].flat()) {
      expect([body, one.jsonrpc, "error" in one || "result" in one]).toEqual([body, "2.0", true]);
      // Nothing that anybody can send is a defect.
      expect([body, one.error?.code]).not.toEqual([body, -32603]);
    }
  }
  await expectUnmoved(node);
});
