/** Trying and going back: the ledger is where it was, to the digest, in memory and in the store, whatever happens on the way. */
import { describe, expect, it } from "vitest";
import { calls, createLedger, memoryStore, replayStore } from "../../host/ledger/index.js";
import { changesBetween } from "../../host/ledger/state/compare.js";
import type { State } from "../../host/ledger/state/state.js";
import { ANN, BEN, type Crash, crashing, GENESIS, trustingLedger } from "../support/ledger.js";
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
