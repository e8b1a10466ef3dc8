/** Transfers among ten thousand accounts: by the pure core, by the whole ledger, and onto disk; and blocks without a call. */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calls, createLedger, type Database, memoryStore, openStore } from "../../host/ledger/index.js";
import { grouped } from "../../host/units.js";
import { accountsUpTo, Core, callOf, row, stopwatch, trusting } from "./world.js";

const TRANSFERS = 40_000;
const EMPTY_BLOCKS = 2_000;

const accounts = accountsUpTo(10_000);
const genesis = {
  schemaVersion: 1,
  name: "bench",
  balancesRao: Object.fromEntries(accounts.map((account) => [account, 1_000_000_000_000n])),
} as const;

/** Transfer k goes from account k to another far from it. */
const from = (k: number) => accounts[k % accounts.length]!;
const nonceOf = (k: number) => Math.floor(k / accounts.length);
const payment = (k: number) =>
  calls.balances.transferKeepAlive({
    to: accounts[(k * 7919 + 13) % accounts.length]!,
    amountRao: BigInt(1000 + (k % 977)),
  });

/** Calls applied, changes encoded and hashed. */
export function coreTransfers(size: number): string[] {
  const core = new Core(genesis);
  const waiting = Array.from({ length: TRANSFERS }, (_, k) => callOf(from(k), nonceOf(k), payment(k)));
  const time = stopwatch();
  core.blocks(waiting, size);
  return row("transfers, state and digest", size, time(TRANSFERS), core.digest);
}

/** Bytes taken apart, queued, applied, kept in memory. */
export const memoryTransfers = (size: number) =>
  whole("transfers, whole ledger in memory", memoryStore(), size, () => "");

/** The same, each block synced to disk. */
export async function durableTransfers(size: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "yuma-bench-"));
  const used = () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  try {
    const perTransfer = () => `${grouped(Math.round(used() / TRANSFERS))} bytes on disk each`;
    return await whole("transfers, LevelDB, synced", openStore(folder), size, perTransfer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Signing is not timed. */
async function whole(what: string, store: Database, size: number, note: () => string): Promise<string[]> {
  const ledger = await createLedger({ store, genesis, verifySignature: () => true });
  const signed = Array.from({ length: TRANSFERS }, (_, k) =>
    ledger.sign(trusting(from(k)), payment(k), { nonce: nonceOf(k), mortalityBlocks: null }),
  );
  const time = stopwatch();
  for (let at = 0; at < TRANSFERS; at += size) {
    for (let k = at; k < at + size; k++) await ledger.submit(signed[k]!);
    if ((await ledger.produceBlock()).calls !== size) throw new Error("a transfer was left out");
  }
  const times = time(TRANSFERS);
  const { digest } = ledger;
  await ledger.close();
  return row(what, size, times, digest, note());
}

/** Blocks of a network that has accounts and nothing else. */
export async function emptyBlocks(): Promise<string[]> {
  const ledger = await createLedger({ store: memoryStore(), genesis });
  const time = stopwatch();
  for (let k = 0; k < EMPTY_BLOCKS; k++) await ledger.produceBlock();
  return row("empty blocks, in memory", null, time(EMPTY_BLOCKS), ledger.digest);
}
