/** What the ledger's benchmarks share: made-up accounts, a stopwatch, the pure core driven block by block, rows of the table. */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyBlock } from "../../host/ledger/block/applyBlock.js";
import { beforeGenesis, type Head, headOf } from "../../host/ledger/block/head.js";
import { recordOf } from "../../host/ledger/block/record.js";
import type { CheckedCall } from "../../host/ledger/block/validity.js";
import type { Call } from "../../host/ledger/calls/call.js";
import { checkGenesis, type Genesis, genesisState } from "../../host/ledger/genesis.js";
import { createLedger, type Database, openStore, type Signer } from "../../host/ledger/index.js";
import { type Account, toHex } from "../../host/ledger/state/codecs.js";
import type { State } from "../../host/ledger/state/state.js";
import { grouped } from "../../host/units.js";

/** As long as a signed transfer; its content is hashed, not read. */
const SIGNED_BYTES = 145;
const NEVER = 2 ** 50;

/** Account k: its number in the first bytes, scattered, zeros after. */
export function accountAt(k: number): Account {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, Math.imul(k + 1, 0x9e3779b1));
  new DataView(bytes.buffer).setUint32(4, k);
  return toHex(bytes);
}

/** The first accounts. */
export const accountsUpTo = (count: number): Account[] => Array.from({ length: count }, (_, k) => accountAt(k));

/** Signs by nothing, for ledgers that take signatures on trust. */
export const trusting = (account: Account): Signer => ({ account, address: account, sign: () => new Uint8Array(64) });

/** A call, its signature taken on trust. */
export function callOf(signer: Account, nonce: number, call: Call): CheckedCall {
  return { signer, nonce, deathBlock: NEVER, call, bytes: new Uint8Array(SIGNED_BYTES).fill(nonce) };
}

/** The pure core: a state and its head, moved by blocks that are encoded and digested but not stored. */
export class Core {
  readonly state: State;
  #head: Head;

  /** The genesis applied; `prepare` may write more into it. */
  constructor(genesis: Genesis, prepare: (state: State) => void = () => {}) {
    const checked = checkGenesis(genesis);
    this.state = genesisState(checked);
    prepare(this.state);
    this.#head = headOf(recordOf(beforeGenesis(checked), [], this.state.takeChanges()));
  }

  get digest(): string {
    return this.#head.digest;
  }

  /** One block of all these calls; throws unless every one succeeds. */
  block(calls: readonly CheckedCall[]): void {
    const { included, events } = applyBlock(this.state, this.#head.digest, calls);
    const failed = events.find(({ event }) => event.name === "System.ExtrinsicFailed");
    if (included.length !== calls.length || failed) throw new Error(`a call failed: ${JSON.stringify(failed?.event)}`);
    const bytes = included.map((call) => call.bytes);
    this.#head = headOf(recordOf(this.#head, bytes, this.state.takeChanges()));
  }

  /** All calls in blocks of a size. */
  blocks(calls: readonly CheckedCall[], size: number): void {
    for (let at = 0; at < calls.length; at += size) this.block(calls.slice(at, at + size));
  }
}

/** Calls that are signed, taken on trust, and sent. */
export interface Sent {
  readonly count: number;
  readonly from: (k: number) => Account;
  readonly nonceOf: (k: number) => number;
  readonly call: (k: number) => Call;
}

/** A whole ledger: bytes taken apart, queued, applied, stored, in blocks of a size. Signing is not timed. */
export async function whole(
  what: string,
  store: Database,
  genesis: Genesis,
  { count, from, nonceOf, call }: Sent,
  size: number,
  note: () => string = () => "",
): Promise<string[]> {
  const ledger = await createLedger({ store, genesis, verifySignature: () => true });
  const signed = Array.from({ length: count }, (_, k) =>
    ledger.sign(trusting(from(k)), call(k), { nonce: nonceOf(k), mortalityBlocks: null }),
  );
  const time = stopwatch();
  for (let at = 0; at < count; at += size) {
    for (let k = at; k < at + size; k++) await ledger.submit(signed[k]!);
    if ((await ledger.produceBlock()).calls !== size) throw new Error("a call was left out");
  }
  const times = time(count);
  const { digest } = ledger;
  await ledger.close();
  return row(what, size, times, digest, note());
}

/** The same, each block synced to disk. */
export async function durable(what: string, genesis: Genesis, sent: Sent, size: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "yuma-bench-"));
  const used = () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  try {
    const note = () => `${grouped(Math.round(used() / sent.count))} bytes on disk each`;
    return await whole(what, openStore(folder), genesis, sent, size, note);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Times in microseconds each, by the clock and of this process's CPU, which others on the machine disturb less. */
export interface Times {
  readonly clock: number;
  readonly cpu: number;
}

/** Begins to time; what it returns ends it. */
export function stopwatch(): (count: number) => Times {
  const [began, before] = [performance.now(), process.cpuUsage()];
  return (count) => {
    const { user, system } = process.cpuUsage(before);
    return { clock: ((performance.now() - began) * 1000) / count, cpu: (user + system) / count };
  };
}

/** One row: what, how many calls a block, times, a note, the digest it ends with. */
export function row(what: string, size: number | null, { clock, cpu }: Times, digest = "", note = ""): string[] {
  const perSecond = grouped(Math.round(1e6 / clock));
  return [what, size === null ? "" : grouped(size), perSecond, grouped(Math.round(cpu)), note, digest.slice(2, 14)];
}
