/**
 * `npm run build && node dist/bench/ledger.js [TEXT]`: what the ledger applies a second, all rows or those of a group whose name contains
 * the text. Signatures are taken on trust in all rows but the ones that are about them. Every row is a run of its own from the same genesis; the
 * hash is the digest it ends with.
 */
import { cpus } from "node:os";
import { coreStakeCalls, durableStakeCalls, largeBlocks, smallNetwork } from "./ledger/network.js";
import { signatures } from "./ledger/signatures.js";
import { coreTransfers, durableTransfers, emptyBlocks, memoryTransfers } from "./ledger/transfers.js";
import { plainTable } from "./tables.js";

type Rows = () => string[][] | Promise<string[][]>;

const BLOCK_SIZES = [100, 1_000, 5_000];
const STAKE_BLOCK_SIZES = [100, 1_000];

async function each<T>(list: readonly T[], of: (one: T) => string[] | Promise<string[]>): Promise<string[][]> {
  const rows: string[][] = [];
  for (const one of list) rows.push(await of(one));
  return rows;
}

const GROUPS: Readonly<Record<string, Rows>> = {
  "core transfers": () => {
    coreTransfers(1_000); // to warm up
    return each(BLOCK_SIZES, coreTransfers);
  },
  "memory transfers": () => each(BLOCK_SIZES, memoryTransfers),
  "durable transfers": () => each(BLOCK_SIZES, durableTransfers),
  stake: () => {
    coreStakeCalls(1_000); // to warm up
    return each(STAKE_BLOCK_SIZES, coreStakeCalls);
  },
  "durable stake": () => each(STAKE_BLOCK_SIZES, durableStakeCalls),
  empty: async () => [await emptyBlocks()],
  large: () => [largeBlocks()],
  small: () => each([false, true], smallNetwork),
  signatures,
};

const columns = [
  { title: "what", words: true },
  { title: "a block" },
  { title: "a second" },
  { title: "CPU µs each" },
  { title: "", words: true },
  { title: "digest", words: true },
];
const wanted = process.argv[2] ?? "";
const rows: string[][] = [];
for (const [name, measure] of Object.entries(GROUPS)) if (name.includes(wanted)) rows.push(...(await measure()));
console.log(plainTable({ title: `${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`, columns, rows }));
