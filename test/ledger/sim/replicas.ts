/** Two replicas of a network, one on a store that fails: both must agree on every block, and every state must be sound. */
import { mortalEra } from "../../../host/ledger/accounts/era.js";
import { signCall } from "../../../host/ledger/accounts/signed.js";
import { LedgerError } from "../../../host/ledger/errors.js";
import type { BlockEvent } from "../../../host/ledger/events.js";
import { type Block, createLedger, type Ledger } from "../../../host/ledger/ledger.js";
import { memoryStore } from "../../../host/ledger/store/memory.js";
import { replayStore } from "../../../host/ledger/store/replay.js";
import type { Database } from "../../../host/ledger/store/store.js";
import { Books } from "./books.js";
import { genesisOf } from "./genesis.js";
import { type Broken, broken, Watch } from "./invariants.js";
import { type Crash, readWritten, type ScriptBlock, type ScriptCall } from "./script.js";
import { Touched } from "./touched.js";
import { count } from "./tour.js";
import { signerAt } from "./world.js";

/** Takes 64 zeros for a signature. */
const verifySignature = (_message: Uint8Array, signature: Uint8Array) => signature.every((byte) => byte === 0);

/** Once in so many blocks the whole state is looked at, between them what each block changed. */
const WHOLE_EVERY = 250;

/** What a simulation must not come to. `rule` names it. */
export class Unsound extends Error {
  constructor(
    readonly rule: string,
    how: string,
  ) {
    super(`${rule}: ${how}`);
  }
}

/** What was seen. */
export interface Seen {
  blocks: number;
  calls: number;
  restarts: number;
  /** Of how many subnets in how many blocks the books balanced exactly. */
  exact: number;
  /** How often each error was met, and each event reported. */
  readonly errors: Map<string, number>;
  readonly events: Map<string, number>;
}

/** A store that fails once at its next write when it is told to. */
class Failing {
  next: "before" | "after" | undefined;
  readonly disk: Database = memoryStore();

  readonly store: Database = {
    open: () => this.disk.open(),
    close: () => this.disk.close(),
    get: (key, coding) => this.disk.get(key, coding),
    iterator: (coding) => this.disk.iterator(coding),
    batch: async (operations, coding) => {
      const fails = this.next;
      this.next = undefined;
      if (fails === "before") throw new Error("the power went");
      await this.disk.batch(operations, coding);
      if (fails === "after") throw new Error("the power went");
    },
  };
}

/** The two replicas. */
export class Replicas {
  readonly seen: Seen = { blocks: 0, calls: 0, restarts: 0, exact: 0, errors: new Map(), events: new Map() };
  readonly #failing = new Failing();
  readonly #last = new Map<number, Uint8Array>();
  readonly #books: Books;
  readonly #watch: Watch;
  #shaky!: Ledger;

  private constructor(readonly steady: Ledger) {
    this.#books = new Books(steady.state);
    this.#watch = new Watch(steady.state);
  }

  /** Two replicas of a new network. */
  static async begin(accounts: number, rules?: number): Promise<Replicas> {
    const genesis = genesisOf(accounts, rules);
    const replicas = new Replicas(await createLedger({ store: memoryStore(), genesis, verifySignature }));
    replicas.#shaky = await createLedger({ store: replicas.#failing.store, genesis, verifySignature });
    return replicas;
  }

  /** Plays a block on both. Throws Unsound. */
  async play({ calls, crash }: ScriptBlock): Promise<Block> {
    const signed = [];
    for (const one of calls) {
      const bytes = this.#signed(one);
      signed.push(bytes);
      const outcomes = [await this.#outcome(this.steady, bytes), await this.#outcome(this.#shaky, bytes)];
      if (outcomes[0] !== outcomes[1])
        throw new Unsound("replicasAgree", `a call was met with ${outcomes.join(" and ")}`);
      if (outcomes[0] !== "") count(this.seen.errors, outcomes[0]!);
    }
    const block = await this.#produced(this.steady);
    await this.#produceShaky(signed, crash);
    if (this.#shaky.digest !== block.digest)
      throw new Unsound("replicasAgree", `block ${block.height} has two digests`);
    this.#audit(block);
    this.seen.blocks += 1;
    this.seen.calls += block.calls;
    for (const event of block.events) this.#countEvent(event);
    for (const { error } of block.refused) count(this.seen.errors, error.error);
    return block;
  }

  #audit({ height, events, changes }: Block): void {
    const touched = changes.map((change) => new Touched(change));
    const { wrong, exact } = this.#books.audit(this.steady.state, events, touched);
    if (wrong !== undefined) throw new Unsound("booksBalance", `${wrong} in block ${height}`);
    this.seen.exact += exact;
    const found = this.#watch.follow(touched) ?? (height % WHOLE_EVERY === 0 ? this.#brokenAnywhere() : undefined);
    if (found) throw new Unsound(found.rule, `${found.how} after block ${height}`);
  }

  #brokenAnywhere(): Broken | undefined {
    if (!this.#books.addUp(this.steady.state))
      return { rule: "booksBalance", how: "the sums kept are not the state's" };
    return broken(this.steady.state);
  }

  /** Looks at the whole state, and applies every stored block again. Throws Unsound. */
  async finish(): Promise<void> {
    const found = this.#brokenAnywhere();
    if (found) throw new Unsound(found.rule, `${found.how} in the end`);
    await this.#replay();
  }

  async #replay(): Promise<void> {
    const height = await replayStore(this.#failing.store, verifySignature).catch((error: Error) => {
      throw new Unsound("replayAgrees", error.message);
    });
    if (height !== this.steady.height) throw new Unsound("replayAgrees", `${height} blocks`);
  }

  #signed({ by, call, oddity }: ScriptCall): Uint8Array {
    const ledger = this.steady;
    const signer = signerAt(by);
    const nonce = ledger.nextNonce(signer.account);
    if (oddity === "again") return this.#last.get(by) ?? new Uint8Array(1);
    if (oddity === "eraToCome") {
      const what = { call: readWritten(call), era: mortalEra(64, ledger.height + 40), nonce };
      return signCall(signer, what, ledger.digest, ledger.digest);
    }
    const shift = oddity === "nonceAhead" ? 1 + (by % 3) : oddity === "nonceUsed" && nonce > 0 ? -1 : 0;
    const mortalityBlocks = by % 5 === 0 ? 4 : by % 7 === 0 ? null : 64;
    const bytes = ledger.sign(signer, readWritten(call), { nonce: nonce + shift, mortalityBlocks });
    if (oddity === "signature") bytes[40] = 1;
    if (oddity === "bytes") return bytes.subarray(0, bytes.length - 1);
    this.#last.set(by, bytes);
    return bytes;
  }

  async #produceShaky(signed: readonly Uint8Array[], crash: Crash | undefined): Promise<void> {
    if (crash === undefined) {
      await this.#produced(this.#shaky);
      return;
    }
    this.seen.restarts += 1;
    if (crash === "reopen") {
      await this.#reopen();
    } else {
      this.#failing.next = crash;
      await this.#shaky.produceBlock().then(
        () => Promise.reject(new Unsound("crashesAreTold", "a block whose store failed was reported")),
        () => this.#reopen(),
      );
      if (crash === "after") return;
    }
    for (const bytes of signed) await this.#outcome(this.#shaky, bytes);
    await this.#produced(this.#shaky);
  }

  async #reopen(): Promise<void> {
    this.#shaky = await createLedger({ store: this.#failing.store, verifySignature }).catch((error: Error) => {
      throw new Unsound("storesReopen", error.message);
    });
  }

  /** A block; what is thrown there is a defect of a call or a step. */
  #produced(ledger: Ledger): Promise<Block> {
    return ledger.produceBlock().catch((error: Error) => {
      throw new Unsound("noDefects", error.stack ?? error.message);
    });
  }

  /** The chain's name of the error a submitted call is met with, or the code; empty where it waits. */
  async #outcome(ledger: Ledger, bytes: Uint8Array): Promise<string> {
    try {
      await ledger.submit(bytes);
      return "";
    } catch (error) {
      if (error instanceof LedgerError) return error.error;
      const { code } = error as { readonly code?: string };
      if (code === "BAD_BINARY") return code;
      throw new Unsound("noDefects", (error as Error).stack ?? String(error));
    }
  }

  #countEvent({ event }: BlockEvent): void {
    count(this.seen.events, event.name);
    if ("error" in event && event.error) count(this.seen.errors, event.error);
  }
}
