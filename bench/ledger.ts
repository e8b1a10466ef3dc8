/**
 * `npm run build && node dist/bench/ledger.js`: what the ledger applies a second. Signatures are taken on trust in all rows but the ones
 * that are about them. Every row is a run of its own from the same genesis; the hash is the digest it ends with.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { signerOf, verifySr25519 } from "../host/ledger/accounts/keys.js";
import { applyBlock } from "../host/ledger/block/applyBlock.js";
import { beforeGenesis, type Head, headOf } from "../host/ledger/block/head.js";
import { recordOf } from "../host/ledger/block/record.js";
import type { CheckedCall } from "../host/ledger/block/validity.js";
import { checkGenesis, genesisState } from "../host/ledger/genesis.js";
import {
  calls,
  createLedger,
  type Database,
  memoryStore,
  openStore,
  type Signer,
  signatureWorkers,
} from "../host/ledger/index.js";
import { type Account, toHex } from "../host/ledger/state/codecs.js";
import { grouped } from "../host/units.js";
import { plainTable } from "./tables.js";

const ACCOUNTS = 10_000;
const TRANSFERS = 40_000;
const BLOCK_SIZES = [100, 1_000, 5_000];
const SIGNATURES = 400;
const EMPTY_BLOCKS = 2_000;

/** Account k: its number in the first bytes, scattered, zeros after. */
function accountAt(k: number): Account {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, Math.imul(k + 1, 0x9e3779b1));
  new DataView(bytes.buffer).setUint32(4, k);
  return toHex(bytes);
}

const accounts = Array.from({ length: ACCOUNTS }, (_, k) => accountAt(k));
const genesis = {
  schemaVersion: 1,
  name: "bench",
  balancesRao: Object.fromEntries(accounts.map((account) => [account, 1_000_000_000_000n])),
} as const;

/** Transfer k goes from account k to another far from it. */
const from = (k: number) => accounts[k % ACCOUNTS]!;
const payment = (k: number) =>
  calls.balances.transferKeepAlive({ to: accounts[(k * 7919 + 13) % ACCOUNTS]!, amountRao: BigInt(1000 + (k % 977)) });

/** Begins to time: gives calls a second by the clock, and microseconds of this process's CPU a call, which others disturb less. */
function stopwatch(): (count: number) => [perSecond: string, cpu: string] {
  const [began, before] = [performance.now(), process.cpuUsage()];
  return (count) => {
    const { user, system } = process.cpuUsage(before);
    const perSecond = (count * 1000) / (performance.now() - began);
    return [grouped(Math.round(perSecond)), grouped(Math.round((user + system) / count))];
  };
}

const row = (what: string, size: number | null, times: readonly string[], digest: string, note = "") => [
  what,
  size === null ? "" : grouped(size),
  ...times,
  note,
  digest.slice(2, 14),
];

/** The core alone: calls applied, changes encoded and hashed. */
function core(size: number): string[] {
  const checked = checkGenesis(genesis);
  const state = genesisState(checked);
  let head: Head = headOf(recordOf(beforeGenesis(checked), [], state.takeChanges()));
  const waiting = Array.from({ length: TRANSFERS }, (_, k): CheckedCall => {
    const bytes = new Uint8Array(145).fill(k);
    return { signer: from(k), nonce: Math.floor(k / ACCOUNTS), deathBlock: 2 ** 50, call: payment(k), bytes };
  });
  const time = stopwatch();
  for (let at = 0; at < TRANSFERS; at += size) {
    const { included } = applyBlock(state, head.digest, waiting.slice(at, at + size));
    if (included.length !== size) throw new Error("a transfer was left out");
    head = headOf(
      recordOf(
        head,
        included.map(({ bytes }) => bytes),
        state.takeChanges(),
      ),
    );
  }
  return row("transfers, state and digest", size, time(TRANSFERS), head.digest);
}

const trusting = (account: Account): Signer => ({ account, address: account, sign: () => new Uint8Array(64) });

/** The whole ledger: bytes taken apart, queued, applied, stored. Signing is not timed. */
async function whole(what: string, store: Database, size: number, bytes: () => string): Promise<string[]> {
  const ledger = await createLedger({ store, genesis, verifySignature: () => true });
  const signed = Array.from({ length: TRANSFERS }, (_, k) =>
    ledger.sign(trusting(from(k)), payment(k), { nonce: Math.floor(k / ACCOUNTS), mortalityBlocks: null }),
  );
  const time = stopwatch();
  for (let at = 0; at < TRANSFERS; at += size) {
    for (let k = at; k < at + size; k++) await ledger.submit(signed[k]!);
    if ((await ledger.produceBlock()).calls !== size) throw new Error("a transfer was left out");
  }
  const times = time(TRANSFERS);
  const { digest } = ledger;
  await ledger.close();
  return row(what, size, times, digest, bytes());
}

async function durable(size: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "yuma-bench-"));
  const used = () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  try {
    const perTransfer = () => `${grouped(Math.round(used() / TRANSFERS))} bytes on disk each`;
    return await whole("transfers, LevelDB, synced", openStore(folder), size, perTransfer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function emptyBlocks(): Promise<string[]> {
  const ledger = await createLedger({ store: memoryStore(), genesis });
  const time = stopwatch();
  for (let k = 0; k < EMPTY_BLOCKS; k++) await ledger.produceBlock();
  return row("empty blocks, in memory", null, time(EMPTY_BLOCKS), ledger.digest);
}

async function signatures(): Promise<string[][]> {
  const alice = signerOf("//Alice");
  const message = new Uint8Array(110).fill(1);
  const timed = async (what: string, work: () => unknown) => {
    const times = stopwatch();
    for (let k = 0; k < SIGNATURES; k++) await work();
    return row(what, null, times(SIGNATURES), "");
  };
  const signature = alice.sign(message);
  return [
    await timed("signatures made, one thread", () => alice.sign(message)),
    await timed("signatures checked, one thread", () => verifySr25519(message, signature, alice.account)),
    await overWorkers(message, signature, alice.account),
  ];
}

/** As many workers as processors, warmed up by one signature each. */
async function overWorkers(message: Uint8Array, signature: Uint8Array, account: Account): Promise<string[]> {
  const count = availableParallelism();
  const workers = signatureWorkers(count);
  const check = (times: number) =>
    Promise.all(Array.from({ length: times }, () => workers.verifySignature(message, signature, account)));
  await check(count);
  const times = stopwatch();
  await check(SIGNATURES);
  const taken = times(SIGNATURES);
  await workers.close();
  return row(`signatures checked, ${count} workers`, null, taken, "");
}

const columns = [
  { title: "what", words: true },
  { title: "a block" },
  { title: "a second" },
  { title: "CPU µs each" },
  { title: "", words: true },
  { title: "digest", words: true },
];
const rows: string[][] = [];
core(1_000);
for (const size of BLOCK_SIZES) rows.push(core(size));
for (const size of BLOCK_SIZES) {
  rows.push(await whole("transfers, whole ledger in memory", memoryStore(), size, () => ""));
}
for (const size of BLOCK_SIZES) rows.push(await durable(size));
rows.push(await emptyBlocks(), ...(await signatures()));
const title = `${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, ${grouped(ACCOUNTS)} accounts`;
console.log(plainTable({ title, columns, rows }));
