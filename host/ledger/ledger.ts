/** The ledger: the pure core of `block/` with a store under it, signed calls before it, and readers around it. */
import type { Explanation } from "../api/explain/types.js";
import { YumaError } from "../errors.js";
import { integer, present, record, u16 } from "../marshal/values.js";
import { toAccount } from "./accounts/address.js";
import { type Signer, type VerifySignature, verifySr25519 } from "./accounts/keys.js";
import { type SignOptions, signAt } from "./accounts/signed.js";
import { admit, digestAt } from "./block/admit.js";
import { wayBack } from "./block/back.js";
import { type DryRun, dryRun } from "./block/dryRun.js";
import { beforeGenesis, type Head, headOf } from "./block/head.js";
import { type Block, followed, type NextBlock, produced } from "./block/next.js";
import { type BlockRecord, recordOf } from "./block/record.js";
import { readRao } from "./calls/arguments.js";
import type { Call } from "./calls/call.js";
import { readCall } from "./calls/index.js";
import { type CheckedGenesis, checkGenesis, type Genesis, genesisState } from "./genesis.js";
import { type Governance, governanceOf } from "./governanceReads.js";
import type { LedgerOptions } from "./options.js";
import { Pool } from "./pool.js";
import { epochSnapshot, explain, metagraph, type Neuron, stakeRao } from "./reads.js";
import { BalancesIssuance, FreeBalance, TotalIssuance } from "./state/balances.js";
import type { Change } from "./state/changes.js";
import { RecentChanges } from "./state/recentChanges.js";
import type { ReadableState, State } from "./state/state.js";
import { Nonce } from "./state/system.js";
import { keepAside } from "./store/aside.js";
import { type Database, readRecord, readStore, writeBack, writeBlock } from "./store/store.js";
import { type Subnet, subnets } from "./subnetReads.js";

export type { Block } from "./block/next.js";
export type { LedgerOptions } from "./options.js";

const readNetuid = (netuid: number) => u16("netuid", netuid);

/**
 * Opens a ledger: begins one in an empty store, or reads one back and verifies it.
 *
 * Throws BAD_VALUE for a wrong genesis, MISSING_FIELD for none where one is needed, BAD_STORE for a store that is damaged or of
 * another genesis.
 */
export async function createLedger(options: LedgerOptions): Promise<Ledger> {
  const { store, genesis } = record("options", options) as unknown as LedgerOptions;
  const checked = genesis === undefined ? undefined : checkGenesis(genesis);
  await present("store", store).open();
  const found = await readStore(store);
  if (found !== undefined) {
    if (checked !== undefined && checked.digest !== found.genesis.digest) {
      throw new YumaError("BAD_STORE", "The store began with another genesis.", { reason: "genesis" });
    }
    return new Ledger(options, found.genesis, found.state, headOf(found.head));
  }
  if (checked === undefined) {
    throw new YumaError("MISSING_FIELD", "An empty store needs a genesis.", { field: "genesis" });
  }
  const state = genesisState(checked);
  const changes = state.takeChanges();
  const first = recordOf(beforeGenesis(checked), [], changes);
  await writeBlock(store, first, changes, { genesis: checked });
  return new Ledger(options, checked, state, headOf(first));
}

/** An open ledger. Make one by `createLedger`. */
export class Ledger {
  readonly #store: Database;
  readonly #genesis: CheckedGenesis;
  #state: State;
  readonly #verify: VerifySignature;
  readonly #keepBeside: LedgerOptions["keep"];
  readonly #recent: RecentChanges;
  readonly #pool = new Pool();
  readonly #listeners = new Set<(block: Block) => void>();
  #head: Head;
  #last: Promise<unknown> = Promise.resolve();
  #lastSubmitted: Promise<unknown> = Promise.resolve();
  #broken = false;

  /** Use `createLedger`. */
  constructor(options: LedgerOptions, genesis: CheckedGenesis, state: State, head: Head) {
    this.#store = options.store;
    this.#genesis = genesis;
    this.#state = state;
    this.#head = head;
    this.#verify = options.verifySignature ?? verifySr25519;
    this.#keepBeside = options.keep;
    this.#recent = new RecentChanges(options.changesBytes ?? 0);
  }

  /** The number of the last block; 0 after the genesis. */
  get height(): number {
    return this.#head.height;
  }

  /** The digest of the last block. */
  get digest(): string {
    return this.#head.digest;
  }

  /** How many calls wait for a block. */
  get waiting(): number {
    return this.#pool.size;
  }

  /** The digest of the genesis's own block, which every signature covers. */
  get genesisDigest(): string {
    return digestAt(this.#state, this.#head, 0) as string;
  }

  /** The document this ledger began with, in its one form. */
  get genesis(): Genesis {
    return JSON.parse(this.#genesis.text) as Genesis;
  }

  /** The state after the last block, for reading: `ledger.state.read(FreeBalance, account)`. */
  get state(): ReadableState {
    return this.#state;
  }

  /** Free TAO of an account in rao; 0 where there is no account. */
  balanceRao(account: string): bigint {
    return this.#state.read(FreeBalance, toAccount("account", account));
  }

  /** A coldkey's stake with a hotkey on a subnet, rao of its alpha, or of TAO on the root. */
  stakeRao(hotkey: string, coldkey: string, netuid: number): bigint {
    return stakeRao(this.#state, toAccount("hotkey", hotkey), toAccount("coldkey", coldkey), readNetuid(netuid));
  }

  /** The neurons of a subnet, by uid; none where it does not exist. */
  metagraph(netuid: number): readonly Neuron[] {
    return metagraph(this.#state, readNetuid(netuid));
  }

  /** A subnet's epoch as it would run on the present state, for `mechanismsEpoch`; by default with the emission that waits. */
  epochSnapshot(netuid: number, emissionRao?: bigint): ReturnType<typeof epochSnapshot> {
    const amountRao = emissionRao === undefined ? undefined : readRao("emissionRao", emissionRao);
    return epochSnapshot(this.#state, readNetuid(netuid), amountRao);
  }

  /** Why a uid's numbers in that epoch would be what they are, of one mechanism. */
  explain(netuid: number, uid: number, mechid = 0): Explanation {
    return explain(this.#state, readNetuid(netuid), uid, mechid);
  }

  /** The subnets there are, by netuid, with pool and schedule. */
  subnets(): readonly Subnet[] {
    return subnets(this.#state);
  }

  /** A block as it is stored: its header and its calls, as they were signed; undefined where there is none. */
  async record(height: number): Promise<BlockRecord | undefined> {
    // The last block is known while it is being stored.
    if (height === this.height) await this.#last;
    return readRecord(this.#store, height);
  }

  /** What a block changed, encoded; undefined where it is not at hand. */
  changes(height: number): readonly Change[] | undefined {
    return this.#recent.of(height);
  }

  /** Proposals, votes, voting power, delegators. */
  get governance(): Governance {
    return governanceOf(this.#state);
  }

  /** The nonce an account's next call must carry, waiting calls counted. */
  nextNonce(account: string): number {
    return this.#pool.nextNonce(this.#state, toAccount("account", account));
  }

  /** The TAO that exists, in rao: as the chain accounts for it, and the sum of all free balances. */
  issuance(): { readonly totalRao: bigint; readonly balancesRao: bigint } {
    return { totalRao: this.#state.read(TotalIssuance), balancesRao: this.#state.read(BalancesIssuance) };
  }

  /** Signs a call for this ledger: `ledger.sign(alice, calls.balances.transferAll({ to, keepAlive: true }))`. */
  sign(by: Signer, call: Call, options: SignOptions = {}): Uint8Array {
    const { genesisDigest, digest, height } = this;
    return signAt(
      by,
      readCall("call", call),
      { genesisDigest, digest, height, nonce: this.nextNonce(by.account) },
      options,
    );
  }

  /**
   * Verifies a signed call and lets it wait for the next block. Whether it succeeds there its events tell. Calls wait in the
   * order they are submitted, also where several are being verified at a time.
   *
   * Throws BAD_BINARY, or CALL_REFUSED with `details.error`: InvalidTransaction.BadProof, .AncientBirthBlock, .Stale, .Future.
   */
  async submit(signed: Uint8Array): Promise<void> {
    this.#usable();
    const admitted = admit(signed, this.#state, this.#head, this.#verify);
    // Whoever fails is heard of in turn, not at once.
    admitted.catch(() => undefined);
    const added = this.#lastSubmitted.then(async () => this.#pool.add(this.#state, await admitted));
    this.#lastSubmitted = added.catch(() => undefined);
    return added;
  }

  /** What a signed call would do in the next block, after those that wait. Throws as `submit` does where it is none. */
  async dryRun(signed: Uint8Array): Promise<DryRun> {
    this.#usable();
    const call = await admit(signed, this.#state, this.#head, this.#verify);
    return dryRun(this.#state, this.#head.digest, this.#pool.waiting, () => call);
  }

  /** The same of a call that nobody has signed, as if this account had. */
  dryRunAs(account: string, call: Call): DryRun {
    this.#usable();
    const unsigned = { signer: toAccount("account", account), call: readCall("call", call), bytes: new Uint8Array() };
    return dryRun(this.#state, this.#head.digest, this.#pool.waiting, (state) => ({
      ...unsigned,
      nonce: state.read(Nonce, unsigned.signer),
      deathBlock: Number.MAX_SAFE_INTEGER,
    }));
  }

  /**
   * Produces a block of all that waits and stores it; when the promise is kept the block is on disk.
   *
   * Whatever is thrown, the store has the block whole or not at all. A defect of a call takes the block back and leaves the
   * ledger as it was. If the store fails, this ledger is done (BAD_STATE from then on): open it anew.
   */
  produceBlock(): Promise<Block> {
    return this.#inTurn(async () => this.#keep(produced(this.#state, this.#head, this.#pool.take())));
  }

  /** Takes over the next block of another ledger, as `record` gives it. Throws DIVERGED where it does not come out alike here. */
  follow(record: BlockRecord): Promise<Block> {
    return this.#inTurn(async () => this.#keep(await followed(this.#state, this.#head, record, this.#verify)));
  }

  /** Calls a listener after each block is stored. Returns what ends it. */
  subscribe(listener: (block: Block) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Goes back to a block: those after it are gone, and so is what waits. What is at hand of `changesBytes` is undone; from further
   * on the blocks up to there are applied again, which takes its time. Throws BAD_VALUE for a height that was not reached. If the store fails, this ledger is done, as with a block.
   */
  rewind(height: number): Promise<void> {
    return this.#inTurn(() => this.#rewind(height));
  }

  /** Waits for the block under way and closes the store. */
  async close(): Promise<void> {
    await this.#last;
    this.#broken = true;
    await this.#store.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      this.#usable();
      return work();
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #keep({ events, refused, record, changes }: NextBlock): Promise<Block> {
    this.#head = headOf(record);
    const { height, digest } = this.#head;
    const block = { height, digest, calls: record.calls.length, signed: record.calls, events, refused, changes };
    const aside = this.#keepBeside === undefined ? [] : keepAside(height, this.#keepBeside(block));
    await this.#written(writeBlock(this.#store, record, changes, { aside }));
    this.#recent.add(height, changes);
    for (const listener of this.#listeners) listener(block);
    return block;
  }

  /** A write that fails ends the ledger; while it is under way calls are taken as ever. */
  async #written(write: Promise<void>): Promise<void> {
    await write.catch((error) => {
      this.#broken = true;
      throw error;
    });
  }

  async #rewind(given: number): Promise<void> {
    const height = integer("height", given, this.#genesis.firstBlock, this.height);
    const [store, genesis, state, head, recent] = [this.#store, this.#genesis, this.#state, this.#head, this.#recent];
    const back = await wayBack({ store, genesis, state, head, recent }, height);
    await this.#written(writeBack(store, head.height, height, back.changes));
    [this.#state, this.#head] = [back.arrive(), back.head];
    recent.dropAfter(height);
    this.#pool.take();
  }

  #usable(): void {
    if (this.#broken) throw new YumaError("BAD_STATE", "The ledger is closed, or its store failed: open it anew.", {});
  }
}
