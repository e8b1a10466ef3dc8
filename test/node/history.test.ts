/** What a node can be asked of blocks long past: after many others, after a restart, after a way back, from damaged stores. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { calls, createLedger, type Database, memoryStore, openStore, signerOf } from "../../host/ledger/index.js";
import { ENCODING } from "../../host/ledger/store/store.js";
import { devGenesis } from "../../host/node/dev.js";
import { served } from "../support/node.js";
import { rejectionOf } from "../support/refusal.js";

const TAO = 1_000_000_000n;
/** More than are at hand. */
const MANY = 150;
const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")] as const;
const pay = (amountRao: bigint) => calls.balances.transferKeepAlive({ to: bob.address, amountRao });

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "history-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

it("events and receipts of any block, whatever came after it and whatever the node was stopped by", async () => {
  const data = folder();
  const first = await served({ store: openStore(data) });
  const paid = await first.ledger.send(alice, pay(TAO));
  const failed = await first.ledger.send(alice, pay(10n ** 18n));
  const events = [await first.ledger.events(1), await first.ledger.events(2)];
  expect(events[0]).toContainEqual({ callIndex: 0, event: paid.events[0] });
  await first.ledger.forward(MANY);
  await first.server.close();

  const { ledger, node } = await served({ store: openStore(data), genesis: undefined });
  for (const height of [1, 2]) {
    expect(await ledger.events(height)).toEqual(events[height - 1]);
    expect((await ledger.block(height)).events).toEqual(events[height - 1]);
  }
  const receiptOf = (hash: `0x${string}`) => ledger.ask("ledger_receipt", hash);
  for (const receipt of [paid, failed]) {
    expect(await receiptOf(receipt.hash)).toMatchObject({
      height: receipt.height,
      digest: receipt.digest,
      succeeded: receipt.succeeded,
      error: receipt.error,
    });
  }
  expect(await receiptOf(`0x${"ab".repeat(32)}`)).toBeNull();
  expect((await rejectionOf(ledger.events(MANY + 3))).code).toBe("NO_BLOCK");

  // Back to before the second: it is as if it had never been, also once another block stands in its place.
  await ledger.rewind(1);
  expect([await receiptOf(failed.hash), (await rejectionOf(ledger.events(2))).code]).toEqual([null, "NO_BLOCK"]);
  await ledger.produceBlock();
  expect([await receiptOf(failed.hash), await ledger.events(2)]).toEqual([null, []]);
  expect(await receiptOf(paid.hash)).not.toBeNull();
  expect(node.ledger.height).toBe(2);
});

/** A store whose first block has a payment, and which some others follow. */
async function paidStore(): Promise<{ store: Database; hash: `0x${string}` }> {
  const store = memoryStore();
  const { ledger } = await served({ store });
  const { hash } = await ledger.send(alice, pay(TAO));
  await ledger.forward(MANY);
  return { store, hash };
}

const beside = (height: number) => Uint8Array.of(0x6e, 0, 0, 0, 0, 0, 0, 0, height);

it("events that are damaged are refused, and those that are not there are null", async () => {
  const { store, hash } = await paidStore();
  const { ledger } = await served({ store, genesis: undefined });
  const kept = (await store.get(beside(1), ENCODING)) as Uint8Array;
  for (const at of [0, 8, kept.length - 1]) {
    const changed = kept.slice();
    changed[at]! ^= 1;
    await store.batch([{ type: "put", key: beside(1), value: changed }], ENCODING);
    expect([(await rejectionOf(ledger.events(1))).code, (await rejectionOf(ledger.block(1))).code]).toEqual([
      "BAD_STORE",
      "BAD_STORE",
    ]);
  }
  await store.batch([{ type: "del", key: beside(1) }], ENCODING);
  expect((await ledger.block(1)).events).toBeNull();
  expect((await rejectionOf(ledger.events(1))).code).toBe("NO_BLOCK");
  expect(await ledger.ask("ledger_receipt", hash)).toBeNull();
});

it("a block that is known and still being stored is waited for", async () => {
  const store = memoryStore();
  const batch = store.batch.bind(store) as (...asked: unknown[]) => Promise<void>;
  let release: () => void = () => undefined;
  let gate = Promise.resolve();
  store.batch = (async (...asked: unknown[]) => {
    await gate;
    return batch(...asked);
  }) as typeof store.batch;
  const { ledger, node } = await served({ store, blockTime: "manual" });
  gate = new Promise((resolve) => {
    release = resolve;
  });
  const produced = ledger.produceBlock();
  while ((await ledger.head()).height < 1) await new Promise((resolve) => setImmediate(resolve));
  const asked = Promise.all([ledger.block(1), ledger.events(1), ledger.ask("ledger_records", 1)]);
  await ledger.head();
  release();
  const [block, events, { records }] = await asked;
  expect([block.digest, block.events, events, records.length]).toEqual([node.ledger.digest, [], [], 1]);
  await produced;
});

it("a ledger in process keeps none unless it is asked to", async () => {
  const store = memoryStore();
  const own = await createLedger({ store, genesis: devGenesis() });
  await own.produceBlock();
  expect(await store.get(beside(1), ENCODING)).toBeUndefined();
  const { ledger } = await served({ store, genesis: undefined });
  expect((await ledger.block(1)).events).toBeNull();
  await ledger.produceBlock();
  expect((await ledger.block(2)).events).toEqual([]);
});
