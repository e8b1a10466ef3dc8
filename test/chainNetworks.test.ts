/** Networks by name, the client that is made of one, and reading storage through it. */
import { afterEach, describe, expect, it, test } from "vitest";
import { clientOver, connect } from "../host/chain/client.js";
import { chooseNetwork, NETWORKS } from "../host/chain/networks.js";
import { ask, storageAt } from "../host/chain/rpc.js";
import type { RpcCall, Transport } from "../host/chain/transport/transport.js";
import { type Answerer, serve } from "./support/chain/node.js";
import { refusalOf, rejectionOf } from "./support/refusal.js";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const call = (...params: unknown[]): RpcCall => ({ method: "echo", params });
/** Answers every call of a batch with its parameters. */
const echo: Answerer = (text) =>
  JSON.stringify(
    (JSON.parse(text) as { id: number; params: unknown }[]).map(({ id, params }) => ({ id, result: params })),
  );

describe("networks", () => {
  it("are chosen by flags, then the environment, then the default", () => {
    const environment = { YUMA_NETWORK: "test", YUMA_ENDPOINT: "" };
    expect(chooseNetwork().name).toBe("finney");
    expect(chooseNetwork({}, environment).name).toBe("test");
    expect(chooseNetwork({ network: "local" }, environment)).toBe(NETWORKS.get("local"));
    expect(chooseNetwork({ network: "ws://a.example:1" }).endpoints).toEqual(["ws://a.example:1"]);
    expect(chooseNetwork({ endpoints: ["wss://a.example", "https://b.example"] }, environment)).toMatchObject({
      name: "custom",
      endpoints: ["wss://a.example", "https://b.example"],
      genesisHash: null,
    });
    const own = chooseNetwork({}, { YUMA_ENDPOINT: "ws://a.example,ws://b.example", YUMA_NETWORK: "finney" });
    expect(own).toMatchObject({ name: "finney", endpoints: ["ws://a.example", "ws://b.example"] });
    expect(own.genesisHash).toBe(NETWORKS.get("finney")?.genesisHash);
  });

  it.each([
    [{ network: "nowhere" }],
    [{ network: "ftp://a.example" }],
    [{ endpoints: ["not a url"] }],
    [{ endpoints: ["file:///etc"] }],
    [{ network: "__proto__" }],
  ])("refuse %j", (choice) => {
    expect(refusalOf(() => chooseNetwork(choice)).code).toBe("USAGE");
  });
});

test("a client counts its round trips and puts it all together", async () => {
  const node = await serve(echo);
  const client = connect({ endpoints: ["ws://127.0.0.1:1", node.ws], retries: { attempts: 0 } });
  open.push(node, client);
  expect(await ask(client, [call(1), call(2)])).toEqual([[1], [2]]);
  expect(client.traffic).toEqual({ roundTrips: 1, calls: 2 });
  expect(client.endpoint()).toBe(node.ws);
});

describe("storage", () => {
  const network = chooseNetwork({ network: "local" });
  const over = (send: Transport) => clientOver(network, { name: "made", send, close: () => {} });
  const wanted = [
    { hash: "0xaa", key: "0x01" },
    { hash: "0xbb", key: "0x01" },
    { hash: "0xaa", key: "0x02" },
  ];

  it("of two blocks is one round trip", async () => {
    const client = over(async (calls) =>
      calls.map(({ params }) => ({
        result: [
          { block: params[1], changes: (params[0] as string[]).map((key) => [key, key === "0x02" ? null : params[1]]) },
        ],
      })),
    );
    expect(await storageAt(client, wanted)).toEqual(["0xaa", "0xbb", null]);
    expect(client.traffic.roundTrips).toBe(1);
  });

  it("is asked key by key where the node knows no other way", async () => {
    const client = over(async (calls) =>
      calls.map(({ method, params }) =>
        method === "state_getStorage"
          ? { result: params[0] === "0x02" ? null : (params[1] as string) }
          : { error: { code: -32601, message: "Method not found" } },
      ),
    );
    expect(await storageAt(client, wanted)).toEqual(["0xaa", "0xbb", null]);
  });

  it.each([
    ["a key left out", [{ changes: [] }]],
    ["no list", null],
    ["no changes", [{}]],
    [
      "no hex",
      [
        {
          changes: [
            ["0x01", "zz"],
            ["0x02", null],
          ],
        },
      ],
    ],
    [
      "a number",
      [
        {
          changes: [
            ["0x01", 7],
            ["0x02", null],
          ],
        },
      ],
    ],
  ])("with %s is refused", async (_, result) => {
    const client = over(async (calls) => calls.map(() => ({ result })));
    expect((await rejectionOf(storageAt(client, wanted))).code).toBe("BAD_ANSWER");
  });
});
