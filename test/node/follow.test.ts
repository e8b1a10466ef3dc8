/** Followers: every digest alike, caught up after a pause, refused at the first difference with the key that differs. */
import { expect, it, onTestFinished } from "vitest";
import { calls, memoryStore, replayStore, signerOf } from "../../host/ledger/index.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import type { State } from "../../host/ledger/state/state.js";
import type { Database } from "../../host/ledger/store/store.js";
import { openFollower } from "../../host/node/follow.js";
import { serveNode } from "../../host/node/server.js";
import { clientOf, type Served, served } from "../support/node.js";
import { rejectionOf } from "../support/refusal.js";

const TAO = 1_000_000_000n;
const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")] as const;
const pay = (amountRao: bigint) => calls.balances.transferKeepAlive({ to: bob.address, amountRao });
const webSocket = ({ server }: Served) => server.url.replace("http", "ws");

async function follower(leader: Served, store: Database = memoryStore()) {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const { node, stop } = await openFollower({ store, leader: webSocket(leader), onFailure: fail });
  const close = async () => {
    await stop();
    await node.close();
  };
  onTestFinished(close);
  const at = (height: number) =>
    new Promise<string>((resolve) => {
      const check = () => node.ledger.height >= height && resolve(node.ledger.digest);
      node.subscribe(check);
      check();
    });
  return { node, close, at, failed };
}

it("takes over a network as it is built, and catches up after it was away", async () => {
  const leader = await served();
  await leader.ledger.send(alice, calls.subnets.registerNetwork({ hotkey: bob.address }));
  await leader.ledger.forward(20);
  const store = memoryStore();
  const first = await follower(leader, store);
  expect(await first.at(21)).toBe(leader.node.ledger.digest);
  await leader.ledger.send(alice, pay(TAO));
  expect(await first.at(22)).toBe(leader.node.ledger.digest);
  expect(first.node.ledger.subnets()).toEqual(leader.node.ledger.subnets());
  await first.close();
  await leader.ledger.forward(600);
  const again = await follower(leader, store);
  expect(again.node.ledger.height).toBeGreaterThanOrEqual(22);
  expect(await again.at(622)).toBe(leader.node.ledger.digest);
  expect(await replayStore(store)).toBe(622);
});

it("is served like any node, and takes no calls", async () => {
  const leader = await served();
  await leader.ledger.send(alice, pay(TAO));
  const { node, at } = await follower(leader);
  await at(1);
  const server = await serveNode(node, { port: 0 });
  onTestFinished(() => server.close());
  const client = clientOf(server);
  expect(await client.info()).toMatchObject({
    blockTime: "follower",
    isDevnet: false,
    digest: leader.node.ledger.digest,
  });
  expect(await client.events(1)).toEqual(await leader.ledger.events(1));
  const signed = await client.sign(alice, pay(TAO));
  expect((await rejectionOf(client.submit(signed))).code).toBe("BAD_STATE");
});

it("tells of its leader: how far it is, and that it is gone", async () => {
  const leader = await served();
  await leader.ledger.forward(3);
  const { node, at } = await follower(leader);
  await at(3);
  const server = await serveNode(node, { port: 0 });
  onTestFinished(() => server.close());
  const told = async () => ({
    health: await (await fetch(`${server.url}/health`)).json(),
    metrics: await (await fetch(`${server.url}/metrics`)).text(),
  });
  const { health, metrics } = await told();
  expect(health).toMatchObject({ status: "ok", height: 3, leader: { isReachable: true, height: 3 } });
  expect(metrics).toContain("yuma_leader_height 3\n");
  expect(metrics).toContain("yuma_leader_reachable 1\n");
  await leader.server.close();
  while ((await told()).health.leader.isReachable) await new Promise((resolve) => setTimeout(resolve, 20));
  const after = await told();
  expect(after.health).toMatchObject({ status: "ok", height: 3, leader: { isReachable: false, height: 3 } });
  expect(after.metrics).toContain("yuma_leader_reachable 0\n");
});

it("refuses the first block that comes out otherwise, and says which key", async () => {
  const leader = await served();
  const store = memoryStore();
  const { at, failed, node } = await follower(leader, store);
  await leader.ledger.send(alice, pay(TAO));
  const digest = await at(1);
  // The leader's hand slips: bob has a rao that no call gave him.
  const state = leader.node.ledger.state as State;
  state.write(FreeBalance, bob.account, state.read(FreeBalance, bob.account) + 1n);
  await leader.ledger.forward(2);
  expect(await failed).toMatchObject({
    code: "DIVERGED",
    message: `Block 2 differs from the leader's, first in Balances.Free[${bob.account}].`,
    details: {
      height: 2,
      item: "Balances.Free",
      keys: [bob.account],
      ownValue: null,
      leaderValue: String(100_001n * TAO + 1n),
    },
  });
  expect([node.ledger.height, node.ledger.digest]).toEqual([1, digest]);
  expect(await replayStore(store)).toBe(1);
});

it("refuses a leader that went back and another way", async () => {
  const leader = await served();
  const { at, failed } = await follower(leader);
  await leader.ledger.send(alice, pay(1n));
  await leader.ledger.send(alice, pay(2n));
  await at(2);
  await leader.ledger.rewind(1);
  await leader.ledger.send(alice, pay(3n));
  expect(await failed).toMatchObject({ code: "DIVERGED", details: { height: 2 } });
});

it("refuses a store of another network, and a leader that is not there", async () => {
  const [one, other] = [
    await served(),
    await served({ genesis: { schemaVersion: 1, name: "other", balancesRao: {} } }),
  ];
  const store = memoryStore();
  const { close } = await follower(one, store);
  await close();
  const onFailure = () => undefined;
  const wrong = openFollower({ store, leader: webSocket(other), onFailure });
  expect((await rejectionOf(wrong)).code).toBe("BAD_STORE");
  const nobody = openFollower({ store: memoryStore(), leader: "ws://127.0.0.1:9", onFailure });
  expect((await rejectionOf(nobody)).code).toBe("NETWORK");
});
