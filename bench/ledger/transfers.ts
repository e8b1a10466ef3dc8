/** Transfers among ten thousand accounts: by the pure core, by the whole ledger, and onto disk; and blocks without a call. */
import { calls, createLedger, memoryStore } from "../../host/ledger/index.js";
import { accountsUpTo, Core, callOf, durable, row, type Sent, stopwatch, whole } from "./world.js";

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

const sent: Sent = { count: TRANSFERS, from, nonceOf, call: payment };

/** Bytes taken apart, queued, applied, kept in memory. */
export const memoryTransfers = (size: number) =>
  whole("transfers, whole ledger in memory", memoryStore(), genesis, sent, size);

/** The same, each block synced to disk. */
export const durableTransfers = (size: number) => durable("transfers, LevelDB, synced", genesis, sent, size);

/** Blocks of a network that has accounts and nothing else. */
export async function emptyBlocks(): Promise<string[]> {
  const ledger = await createLedger({ store: memoryStore(), genesis });
  const time = stopwatch();
  for (let k = 0; k < EMPTY_BLOCKS; k++) await ledger.produceBlock();
  return row("empty blocks, in memory", null, time(EMPTY_BLOCKS), ledger.digest);
}
