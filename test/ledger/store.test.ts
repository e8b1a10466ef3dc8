/** What is on disk: crashes at every write, reopening, damage, copies, replay, and LevelDB itself. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  calls,
  createLedger,
  type Database,
  exportStore,
  importStore,
  type Ledger,
  memoryStore,
  openStore,
  replayStore,
} from "../../host/ledger/index.js";
import { toHex } from "../../host/ledger/state/codecs.js";
import { ENCODING, writeBlock } from "../../host/ledger/store/store.js";
import { ANN, BEN, CLO, type Crash, crashing, GENESIS, ROOT } from "../support/ledger.js";
import { rejectionOf } from "../support/refusal.js";

const trust = () => true;
const open = (store: Database) => createLedger({ store, genesis: GENESIS, verifySignature: trust });
const reopen = (store: Database) => createLedger({ store, verifySignature: trust });

/** A block of three transfers, one of which fails. */
async function nextBlock(ledger: Ledger) {
  const pay = (to: string, amountRao: bigint) => calls.balances.transferAllowDeath({ to, amountRao });
  await ledger.submit(ledger.sign(ANN, pay(CLO.address, 1000n + BigInt(ledger.height))));
  await ledger.submit(ledger.sign(BEN, pay(ANN.address, 5n)));
  await ledger.submit(ledger.sign(CLO, pay(ROOT.address, 1n << 60n)));
  return ledger.produceBlock();
}

/** The digests of the first blocks of a ledger nothing happens to. */
async function undisturbed(blocks: number): Promise<string[]> {
  const ledger = await open(memoryStore());
  const digests = [ledger.digest];
  for (let k = 0; k < blocks; k++) digests.push((await nextBlock(ledger)).digest);
  return digests;
}

const BLOCKS = 6;

describe("a crash", () => {
  const cases = Array.from({ length: BLOCKS + 1 }, (_, k) => k + 1).flatMap((at) =>
    (["before", "after"] as const).map((crash): [number, Crash] => [at, crash]),
  );
  it.each(cases)("at write %i, %s it, leaves the last whole block", async (at, crash) => {
    const digests = await undisturbed(BLOCKS);
    const disk = memoryStore();
    const run = async () => {
      const ledger = await open(crashing(disk, at, crash));
      for (;;) {
        try {
          await nextBlock(ledger);
        } catch (error) {
          expect((await rejectionOf(ledger.produceBlock())).code).toBe("BAD_STATE");
          expect((await rejectionOf(ledger.submit(new Uint8Array()))).code).toBe("BAD_STATE");
          throw error;
        }
      }
    };
    await expect(run()).rejects.toThrow("the power went");
    // Write 1 is the genesis, so write k is block k − 1.
    const whole = at - 1 - (crash === "before" ? 1 : 0);
    const again = await open(disk);
    expect([again.height, again.digest]).toEqual([Math.max(whole, 0), digests[Math.max(whole, 0)]]);
    while (again.height < BLOCKS) await nextBlock(again);
    expect(again.digest).toBe(digests[BLOCKS]);
    expect(await replayStore(disk, trust)).toBe(BLOCKS);
  });
});

describe("a store", () => {
  const filled = async () => {
    const store = memoryStore();
    const ledger = await open(store);
    for (let k = 0; k < 3; k++) await nextBlock(ledger);
    return { store, digest: ledger.digest };
  };
  const pairs = async (store: Database) => {
    const out: [Uint8Array, Uint8Array][] = [];
    for await (const pair of store.iterator(ENCODING)) out.push(pair);
    return out;
  };

  it("reopens where it was, without its genesis or with it, and with no other", async () => {
    const { store, digest } = await filled();
    expect((await reopen(store)).digest).toBe(digest);
    expect((await open(store)).digest).toBe(digest);
    const other = { ...GENESIS, name: "other" };
    expect((await rejectionOf(createLedger({ store, genesis: other }))).code).toBe("BAD_STORE");
  });

  it("is found damaged, whichever bit of it flips", async () => {
    const { store } = await filled();
    for (const [key, value] of await pairs(store)) {
      for (const at of new Set([0, value.length >> 1, value.length - 1])) {
        const changed = value.slice();
        changed[at]! ^= 1;
        await store.batch([{ type: "put", key, value: changed }], ENCODING);
        const { code } = await rejectionOf(reopen(store));
        expect(code, `${toHex(key)} at ${at}`).toBe("BAD_STORE");
      }
      await store.batch([{ type: "put", key, value }], ENCODING);
    }
    await reopen(store);
  });

  it("is found damaged, whichever pair of it is missing", async () => {
    const { store } = await filled();
    for (const [key, value] of await pairs(store)) {
      await store.batch([{ type: "del", key }], ENCODING);
      expect((await rejectionOf(reopen(store))).code, toHex(key)).toBe("BAD_STORE");
      await store.batch([{ type: "put", key, value }], ENCODING);
    }
  });

  it("travels as text", async () => {
    const { store, digest } = await filled();
    const lines: string[] = [];
    for await (const line of exportStore(store)) lines.push(line);
    const copy = memoryStore();
    await importStore(copy, lines);
    expect((await reopen(copy)).digest).toBe(digest);
    expect(await pairs(copy)).toEqual(await pairs(store));
    expect((await rejectionOf(importStore(copy, lines))).code).toBe("BAD_STORE");
    for (const bad of [lines.slice(0, -1), ["{}", ...lines.slice(1)], [...lines, "[1,2]"], [...lines, "x"], []]) {
      expect((await rejectionOf(importStore(memoryStore(), bad))).code).toMatch(/^BAD_(STORE|VALUE|JSON)$/);
    }
  });

  it("is proved by replay where the parts only fit together", async () => {
    const { store } = await filled();
    const forged = memoryStore();
    await open(forged);
    const [, record] = (await pairs(store)).find(([key]) => key[0] === 0x62 && key.at(-1) === 1)!;
    const ledger = await reopen(forged);
    expect(ledger.height).toBe(0);
    // A block that claims no change: all its parts agree, but its calls do something.
    const { recordCodec, recordOf } = await import("../../host/ledger/block/record.js");
    const { headOf } = await import("../../host/ledger/block/head.js");
    const [, genesis] = (await pairs(store)).find(([key]) => key[0] === 0x62 && key.at(-1) === 0)!;
    const calls = recordCodec.dec(record.slice()).calls;
    await writeBlock(forged, recordOf(headOf(recordCodec.dec(genesis.slice())), calls, []), []);
    expect((await reopen(forged)).height).toBe(1);
    expect((await rejectionOf(replayStore(forged, trust))).details.height).toBe(1);
    expect(await replayStore(store, trust)).toBe(3);
  });
});

it("LevelDB keeps a ledger in a folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "yuma-ledger-"));
  try {
    const ledger = await open(openStore(folder));
    for (let k = 0; k < 3; k++) await nextBlock(ledger);
    await ledger.close();
    expect((await rejectionOf(ledger.produceBlock())).code).toBe("BAD_STATE");
    const again = await reopen(openStore(folder));
    expect([again.height, again.digest]).toEqual([3, (await undisturbed(3))[3]]);
    await again.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
