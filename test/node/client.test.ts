/** The client against a node over the wire: what it gives is what the ledger in process gives. */
import { expect, it } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import type { RemoteBlock } from "../../host/client/reader.js";
import { fromWire, toWire } from "../../host/client/wire.js";
import { calls, signerOf } from "../../host/ledger/index.js";
import { FreeBalance } from "../../host/ledger/state/balances.js";
import { StakingHotkeys } from "../../host/ledger/state/staking.js";
import { Tempo } from "../../host/ledger/state/subnets.js";
import { BlockHash, Nonce } from "../../host/ledger/state/system.js";
import { served } from "../support/node.js";
import { rejectionOf } from "../support/refusal.js";

const TAO = 1_000_000_000n;
const [alice, bob, hot] = ["//Alice", "//Bob", "//Alice//hot"].map(signerOf) as [
  ReturnType<typeof signerOf>,
  ReturnType<typeof signerOf>,
  ReturnType<typeof signerOf>,
];
const pay = (amountRao: bigint) => calls.balances.transferKeepAlive({ to: bob.address, amountRao });

it("reads what the ledger in process reads, of a network with an epoch behind it", async () => {
  const { node, ledger } = await served();
  const sent = [
    calls.subnets.registerNetwork({ hotkey: hot.address }),
    calls.subnets.startCall({ netuid: 1 }),
    calls.staking.addStake({ hotkey: hot.address, netuid: 1, amountRao: 100n * TAO }),
  ];
  for (const call of sent) expect(await ledger.send(alice, call)).toMatchObject({ succeeded: true, error: null });
  const after = await ledger.toNextEpoch(1);
  const own = node.ledger;
  expect(after).toEqual({ height: own.height, digest: own.digest });
  expect(own.subnets()[0]?.epochs).toBe(1n);
  expect(await ledger.subnets()).toEqual(own.subnets());
  expect(await ledger.metagraph(1)).toEqual(own.metagraph(1));
  expect(await ledger.epochSnapshot(1)).toEqual(own.epochSnapshot(1));
  expect(await ledger.epochSnapshot(1, 5n)).toEqual(own.epochSnapshot(1, 5n));
  expect(await ledger.explain(1, 0)).toEqual(own.explain(1, 0));
  expect(await ledger.issuance()).toEqual(own.issuance());
  expect(await ledger.balanceRao(alice.address)).toBe(own.balanceRao(alice.address));
  expect(await ledger.stakeRao(hot.address, alice.address, 1)).toBe(own.stakeRao(hot.address, alice.address, 1));
  expect(await ledger.nextNonce(alice.address)).toBe(3);
  expect(await ledger.genesis()).toEqual(own.genesis);
  const { height, firstBlock, name } = await ledger.info();
  expect([height, firstBlock, name]).toEqual([own.height, 0, "devnet"]);
});

it("reads any item, typed, and pages through its entries", async () => {
  const { node, ledger } = await served({ blockTime: "manual" });
  await ledger.forward(1_203);
  const { state } = node.ledger;
  expect(await ledger.read(FreeBalance, alice.account)).toBe(100_000n * TAO);
  expect(await ledger.read(FreeBalance, hot.account)).toBe(0n);
  expect(await ledger.read(Tempo, 9)).toBe(360);
  expect(await ledger.read(StakingHotkeys, bob.account)).toEqual([]);
  expect(await ledger.entries(FreeBalance)).toEqual(state.entries(FreeBalance));
  const hashes = await ledger.entries(BlockHash);
  expect(hashes).toHaveLength(1_203);
  expect(hashes).toEqual(state.entries(BlockHash));
  expect(await ledger.entries(Nonce, alice.account)).toEqual([]);
  expect(await ledger.ask("ledger_state", "System.Number", [])).toEqual({ value: 1203, scale: "0xb304000000000000" });
});

it("counts a call that fails within another as a failure, before it is sent and after, and leaves the events the chain's", async () => {
  const { node, ledger } = await served();
  const { sudo, utility, subnets, weights } = calls;
  const nowhere = subnets.rootDissolveNetwork({ netuid: 9 });
  const carriers = [
    [sudo.sudo({ call: nowhere }), "SubtensorModule.SubnetNotExists"],
    [sudo.sudo({ call: utility.batch({ calls: [nowhere] }) }), "SubtensorModule.SubnetNotExists"],
    [utility.batch({ calls: [pay(TAO), pay(10n ** 18n)] }), "Token.FundsUnavailable"],
    [utility.batch({ calls: [sudo.sudo({ call: nowhere })] }), "SubtensorModule.SubnetNotExists"],
  ] as const;
  const passingOver = [
    [utility.forceBatch({ calls: [nowhere, pay(10n ** 18n), pay(TAO)] }), "BadOrigin"],
    [
      weights.batchSetWeights({ netuids: [9], weights: [[]], versionKeys: [0n] }),
      "SubtensorModule.CommitRevealEnabled",
    ],
  ] as const;
  for (const [call, error] of [...carriers, ...passingOver]) {
    // What goes on past a failed call is not stopped by it, and told of it afterwards.
    const isStopped = carriers.some(([carrier]) => carrier === call);
    const tried = { accepted: !isStopped, error: isStopped ? error : null };
    expect(await ledger.dryRunAs(alice.address, call)).toMatchObject(tried);
    expect(node.ledger.dryRunAs(alice.address, call)).toMatchObject(tried);
    const receipt = await ledger.send(alice, call);
    expect(receipt).toMatchObject({ succeeded: false, error });
    expect(receipt.events.at(-1)).toEqual({ name: "System.ExtrinsicSuccess" });
    expect(await ledger.ask("ledger_receipt", receipt.hash)).toEqual(toWire(receipt));
  }
  const well = await ledger.send(alice, sudo.sudo({ call: utility.batch({ calls: [] }) }));
  expect(well).toMatchObject({ succeeded: true, error: null });
});

it("submits, waits, and tells what failed", async () => {
  const { node, ledger } = await served();
  const receipt = await ledger.send(alice, pay(TAO));
  expect(receipt).toMatchObject({ height: 1, digest: node.ledger.digest, callIndex: 0, succeeded: true });
  expect(receipt.events).toContainEqual({
    name: "Balances.Transfer",
    from: alice.account,
    to: bob.account,
    amountRao: TAO,
  });
  expect(await ledger.ask("ledger_receipt", receipt.hash)).toEqual(toWire(receipt));
  const failed = await ledger.send(alice, pay(10n ** 18n));
  expect(failed).toMatchObject({ height: 2, succeeded: false, error: "Token.FundsUnavailable" });
  const { events, hashes, signed } = await ledger.block(2);
  expect(events?.at(-1)).toEqual({ callIndex: 0, event: failed.events.at(-1) });
  expect(hashes).toEqual([failed.hash]);
  // The very bytes again: the nonce is used.
  const replay = Buffer.from((signed[0] as string).slice(2), "hex");
  expect(await rejectionOf(ledger.submit(replay))).toMatchObject({
    code: "CALL_REFUSED",
    details: { error: "InvalidTransaction.Stale", nonce: 1, due: 2 },
  });
  expect((await rejectionOf(ledger.block(3))).code).toBe("NO_BLOCK");
});

it("waits for a block that does not come, until it is told to stop", async () => {
  const { node, ledger } = await served({ blockTime: "manual" });
  const signed = await ledger.sign(alice, pay(TAO));
  expect((await rejectionOf(ledger.submitAndWait(signed, 1))).code).toBe("TIMEOUT");
  expect(node.waiting).toBe(0);
  const next = ledger.submitAndWait(await ledger.sign(alice, pay(TAO)));
  const other = ledger.info();
  expect((await other).waitingCalls).toBeGreaterThan(0);
  while (node.ledger.waiting < 2) await ledger.head();
  expect(await ledger.produceBlock()).toMatchObject({ height: 1, calls: 2, refused: [] });
  expect(await next).toMatchObject({ callIndex: 1, succeeded: true });
});

it("tells before it happens what a call would do, and leaves no trace", async () => {
  const { node, ledger } = await served();
  const before = node.ledger.digest;
  const tried = await ledger.dryRun(await ledger.sign(alice, pay(TAO)));
  expect(tried).toEqual({
    accepted: true,
    error: null,
    height: 1,
    events: [
      { name: "Balances.Transfer", from: alice.account, to: bob.account, amountRao: TAO },
      { name: "System.ExtrinsicSuccess" },
    ],
    changes: [
      { item: "System.Nonce", keys: [alice.account], before: null, after: 1 },
      { item: "Balances.Free", keys: [bob.account], before: 100_000n * TAO, after: 100_001n * TAO },
      { item: "Balances.Free", keys: [alice.account], before: 100_000n * TAO, after: 99_999n * TAO },
    ],
  });
  expect(await ledger.dryRunAs(alice.address, pay(TAO))).toEqual(tried);
  expect(await ledger.dryRunAs(hot.address, pay(TAO))).toMatchObject({
    accepted: false,
    error: "Token.FundsUnavailable",
  });
  expect(node.ledger.digest).toBe(before);
  // What was foretold is what happens.
  const { events } = await ledger.send(alice, pay(TAO));
  expect(events).toEqual(tried.events);
  for (const { after, keys } of tried.changes.slice(1)) {
    expect(await ledger.balanceRao(keys[0] as string)).toBe(after);
  }
});

it("hears of each block until it has heard enough", async () => {
  const { node, ledger } = await served({ blockTime: "manual" });
  const heard: RemoteBlock[] = [];
  const own: string[] = [];
  node.subscribe(({ digest }) => own.push(digest));
  const end = await ledger.subscribe((block) => heard.push(block));
  await ledger.forward(3);
  await ledger.submit(await ledger.sign(alice, pay(7n)));
  await ledger.produceBlock();
  await end();
  await ledger.forward(2);
  expect(heard.map(({ digest }) => digest)).toEqual(own.slice(0, 4));
  expect(heard[3]?.events).toEqual(await ledger.events(4));
});

it("pays out of the faucet, many at once, each in turn", async () => {
  const { ledger } = await served();
  const paid = await Promise.all(Array.from({ length: 5 }, () => ledger.faucet(hot.address, TAO)));
  expect(paid.every(({ succeeded }) => succeeded)).toBe(true);
  expect(await ledger.balanceRao(hot.address)).toBe(5n * TAO);
});

it("goes back to a block, and forgets what came after it", async () => {
  const { node, ledger } = await served();
  const first = await ledger.send(alice, pay(1n));
  const second = await ledger.send(alice, pay(2n));
  expect(await ledger.rewind(1)).toEqual({ height: 1, digest: first.digest });
  expect(await ledger.ask("ledger_receipt", second.hash)).toBeNull();
  expect((await rejectionOf(ledger.block(2))).code).toBe("NO_BLOCK");
  expect(await ledger.ask("ledger_receipt", first.hash)).not.toBeNull();
  expect((await rejectionOf(ledger.rewind(2))).code).toBe("BAD_VALUE");
  expect(await ledger.send(alice, pay(2n))).toMatchObject({ height: 2, digest: node.ledger.digest });
});

it("refuses what only a devnet does elsewhere", async () => {
  const { ledger } = await served({ isDevnet: false });
  for (const asked of [
    ledger.produceBlock(),
    ledger.faucet(hot.address, TAO),
    ledger.toNextEpoch(1),
    ledger.rewind(0),
  ]) {
    expect((await rejectionOf(asked)).code).toBe("BAD_STATE");
  }
});

it("speaks HTTP as well, without subscriptions", async () => {
  const { server, node } = await served();
  const ledger = connectLedger(server.url);
  expect(await ledger.send(alice, pay(TAO))).toMatchObject({ succeeded: true });
  expect((await ledger.head()).digest).toBe(node.ledger.digest);
  expect((await rejectionOf(ledger.subscribe(() => undefined))).code).toBe("BAD_VALUE");
  await ledger.close();
  expect(() => connectLedger("ftp://127.0.0.1")).toThrow(expect.objectContaining({ code: "BAD_VALUE" }));
});

it("has an end of its own for each subscriber when the node goes", async () => {
  const { server, ledger } = await served();
  const ended = new Promise<void>((resolve) => void ledger.subscribe(() => undefined, resolve));
  await ledger.head();
  await server.close();
  await ended;
  expect((await rejectionOf(ledger.head())).code).toBe("NETWORK");
});

it("makes blocks by the clock where it is asked to", async () => {
  const { ledger } = await served({ blockTime: 5 });
  const heard: number[] = [];
  await new Promise<void>((resolve) => {
    void ledger.subscribe(({ height }) => {
      heard.push(height);
      if (heard.length === 3) resolve();
    });
  });
  expect(heard.slice(1, 3)).toEqual([heard[0]! + 1, heard[0]! + 2]);
});

it("carries bigints and bytes at any depth", () => {
  const value = { aRao: [1n, [-2n]], text: "12a", none: null, n: 3, bytes: Uint8Array.of(1, 255) };
  expect(toWire(value)).toEqual({ aRao: ["1", ["-2"]], text: "12a", none: null, n: 3, bytes: "0x01ff" });
  expect(fromWire(toWire(value))).toEqual({ ...value, bytes: "0x01ff" });
  expect(fromWire({ symbol: "12", aRao: ["5"] }, (name) => name.endsWith("Rao"))).toEqual({ symbol: "12", aRao: [5n] });
});
