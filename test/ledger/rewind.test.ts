/** Trying and going back: the ledger is where it was, to the digest, in memory and in the store, whatever happens on the way. */
import { describe, expect, it } from "vitest";
import { calls, createLedger, memoryStore, replayStore } from "../../host/ledger/index.js";
import { toHex } from "../../host/ledger/state/codecs.js";
import { changesBetween } from "../../host/ledger/state/compare.js";
import type { State } from "../../host/ledger/state/state.js";
import { ANN, accountOf, actor, BEN, type Crash, crashing, GENESIS, trustingLedger } from "../support/ledger.js";
import { rejectionOf } from "../support/refusal.js";

const TAO = 1_000_000_000n;
const pay = (amountRao: bigint) => calls.balances.transferKeepAlive({ to: BEN.address, amountRao });

/** Blocks 1 to count, each with a payment; their digests. */
async function grow(ledger: Awaited<ReturnType<typeof trustingLedger>>, count: number): Promise<string[]> {
  const digests: string[] = [];
  for (let k = 0; k < count; k++) {
    await ledger.submit(ledger.sign(ANN, pay(BigInt(ledger.height + 1))));
    digests.push((await ledger.produceBlock()).digest);
  }
  return digests;
}

describe("going back", () => {
  it("gives each block's digest and balance again, and what follows is what followed", async () => {
    const store = memoryStore();
    const ledger = await trustingLedger({ store });
    const genesis = ledger.digest;
    const digests = [genesis, ...(await grow(ledger, 6))];
    for (const height of [6, 4, 1, 0]) {
      await ledger.rewind(height);
      expect([ledger.height, ledger.digest]).toEqual([height, digests[height]]);
      expect(ledger.balanceRao(BEN.address)).toBe(TAO + BigInt((height * (height + 1)) / 2));
      expect(ledger.nextNonce(ANN.address)).toBe(height);
      expect(await ledger.record(height + 1)).toBeUndefined();
      expect(await replayStore(store, () => true)).toBe(height);
    }
    expect(await grow(ledger, 6)).toEqual(digests.slice(1));
  });

  it("undoes what is at hand, and is where applying all again would be, to every entry", async () => {
    const counted = memoryStore();
    let scans = 0;
    const iterator = counted.iterator.bind(counted);
    counted.iterator = ((...asked: Parameters<typeof iterator>) => {
      scans += 1;
      return iterator(...asked);
    }) as typeof counted.iterator;
    const [short, long] = [
      await trustingLedger({ store: counted, changesBytes: 1 << 24 }),
      await trustingLedger({ changesBytes: 0 }),
    ];
    const both = [short, long];
    const dies = calls.balances.transferAll({ to: BEN.address, keepAlive: false });
    const born = (at: number) => calls.balances.transferAllowDeath({ to: accountOf(100 + (at % 3)), amountRao: 600n });
    const play = async (blocks: number) => {
      for (let k = 0; k < blocks; k++) {
        for (const ledger of both) {
          const at = ledger.height;
          await ledger.submit(ledger.sign(ANN, born(at)));
          const dead = 100 + ((at + 2) % 3);
          await ledger.submit(ledger.sign(actor(dead), dies));
          await ledger.produceBlock();
          // Leaves a cell behind that holds nothing, where a way back finds something.
          ledger.dryRunAs(BEN.address, calls.balances.transferAllowDeath({ to: accountOf(dead), amountRao: 900n }));
        }
        expect(short.digest).toBe(long.digest);
      }
    };
    const entries = ({ state }: typeof short) =>
      [...(state as State).encoded()].map(([key, value]) => `${toHex(key)} ${toHex(value)}`).sort();
    await play(9);
    for (const height of [8, 5, 5, 2, 0]) {
      scans = 0;
      await Promise.all(both.map((ledger) => ledger.rewind(height)));
      expect(scans).toBe(0);
      expect([short.height, short.digest, short.changes(height + 1)]).toEqual([height, long.digest, undefined]);
      expect(entries(short)).toEqual(entries(long));
      await play(3);
    }
    // Opened anew nothing is at hand: all is applied again.
    const again = await createLedger({ store: counted, verifySignature: () => true, changesBytes: 1 << 24 });
    await Promise.all([again, long].map((ledger) => ledger.rewind(1)));
    expect(again.digest).toBe(long.digest);
    expect(await replayStore(counted, () => true)).toBe(1);
  });

  it("forgets what waits, and waits for the block under way", async () => {
    const ledger = await trustingLedger();
    await grow(ledger, 2);
    await ledger.submit(ledger.sign(ANN, pay(5n)));
    const block = ledger.produceBlock();
    const back = ledger.rewind(1);
    await ledger.submit(ledger.sign(ANN, pay(6n), { nonce: 3 }));
    expect((await block).height).toBe(3);
    await back;
    expect([ledger.height, ledger.waiting]).toEqual([1, 0]);
  });

  it.each([-1, 3, 0.5])("refuses a height of %d", async (height) => {
    const ledger = await trustingLedger();
    await grow(ledger, 2);
    expect((await rejectionOf(ledger.rewind(height))).code).toBe("BAD_VALUE");
    expect(ledger.height).toBe(2);
  });

  it.each<[Crash, number]>([
    ["before", 4],
    ["after", 2],
  ])("is whole or not at all where the store crashes %s the write", async (crash, left) => {
    const store = memoryStore();
    const ledger = await trustingLedger({ store: crashing(store, 6, crash) });
    await grow(ledger, 4);
    await expect(ledger.rewind(2)).rejects.toThrow("the power went");
    expect((await rejectionOf(ledger.produceBlock())).code).toBe("BAD_STATE");
    const again = await createLedger({ store, genesis: GENESIS, verifySignature: () => true });
    expect([again.height, await replayStore(store, () => true)]).toEqual([left, left]);
  });
});

it("takes calls while a block is being written", async () => {
  const ledger = await trustingLedger();
  const block = ledger.produceBlock();
  await Promise.resolve();
  await ledger.submit(ledger.sign(ANN, pay(1n)));
  expect(ledger.dryRunAs(ANN.address, pay(1n)).accepted).toBe(true);
  await block;
  expect(ledger.waiting).toBe(1);
});

describe("trying", () => {
  it("counts the calls that wait, and takes every write back", async () => {
    const ledger = await trustingLedger();
    await grow(ledger, 1);
    const before = new Map([...(ledger.state as State).encoded()].map(([key, value]) => [key.join(), value.join()]));
    await ledger.submit(ledger.sign(ANN, pay(TAO / 2n)));
    const all = ledger.dryRunAs(ANN.address, pay(TAO / 2n));
    expect(all).toMatchObject({ accepted: false, error: "Token.FundsUnavailable", height: 2 });
    expect(all.changes).toEqual([{ item: "System.Nonce", keys: [ANN.account], before: 2, after: 3 }]);
    const signed = ledger.sign(ANN, pay(7n));
    expect(await ledger.dryRun(signed)).toMatchObject({ accepted: true });
    expect(await ledger.dryRun(ledger.sign(ANN, pay(7n), { nonce: 1 }))).toMatchObject({
      accepted: false,
      error: "InvalidTransaction.Stale",
      changes: [],
    });
    const after = new Map([...(ledger.state as State).encoded()].map(([key, value]) => [key.join(), value.join()]));
    expect(after).toEqual(before);
    // And what was tried is what happens.
    const foretold = await ledger.dryRun(signed);
    await ledger.submit(signed);
    const { events } = await ledger.produceBlock();
    expect(events.filter(({ callIndex }) => callIndex === 1).map(({ event }) => event)).toEqual(foretold.events);
  });
});

it("two states compared: what is gone, what is new, what is other", async () => {
  const [one, other] = [await trustingLedger(), await trustingLedger()];
  const same = one.state as State;
  expect(changesBetween(same, other.state as State)).toEqual([]);
  await grow(other, 1);
  const changes = changesBetween(same, other.state as State);
  expect(changes.some(({ before }) => before === undefined)).toBe(true);
  expect(changes.some(({ before, after }) => before !== undefined && after !== undefined)).toBe(true);
  const back = changesBetween(other.state as State, same);
  expect(back).toEqual(changes.map(({ key, before, after }) => ({ key, before: after, after: before })));
});
