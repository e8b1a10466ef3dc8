/** A node: a ledger, what makes its blocks, and who waits for them. It knows no network; server.ts puts it on one. */
import type { Hex, NewBlock, ReceiptAnswer } from "../client/contract.js";
import { shown, YumaError } from "../errors.js";
import type { VerifySignature } from "../ledger/accounts/keys.js";
import { calls } from "../ledger/calls/index.js";
import type { Genesis } from "../ledger/genesis.js";
import { type Block, createLedger, type Ledger, type LedgerOptions } from "../ledger/ledger.js";
import { ROOT_NETUID } from "../ledger/rules/subnetChecks.js";
import { NetworksAdded, SubnetEpochIndex, Tempo } from "../ledger/state/subnets.js";
import type { Database } from "../ledger/store/store.js";
import { refuse } from "../marshal/values.js";
import { devSigner, FAUCET_SECRET } from "./dev.js";
import { type Limits, USUAL_LIMITS } from "./limits.js";
import { hashOfCall, keepEvents, newBlockOf, RecentBlocks, storedEvents, storedReceipt } from "./receipts.js";
import { takingTurns } from "./turns.js";

/** When blocks are made: every so many milliseconds, right after each call, or on demand only. */
export type BlockTime = number | "instant" | "manual";

/** The same; a follower makes none. */
export type NodeBlockTime = BlockTime | "follower";

/** Blocks whose events and receipts are kept at hand; those of all lie in the store. */
const KEPT_BLOCKS = 128;
const MOST_BLOCK_TIME = 3_600_000;
/** An epoch runs within the longest tempo, or is long overdue. */
const MOST_BLOCKS_TO_EPOCH = 65_536;

/** Memory for changes of the last blocks: to go back, and to say which key a follower finds otherwise. */
const KEPT_CHANGES_BYTES = 32 << 20;

/** What a node is made of. */
export interface NodeOptions {
  readonly store: Database;
  /** Needed for an empty store. */
  readonly genesis?: Genesis | undefined;
  readonly blockTime: BlockTime;
  /** Answers `dev_` methods: blocks on demand, the faucet. */
  readonly isDevnet: boolean;
  readonly verifySignature?: VerifySignature | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Hears of a failure after which no block can be made: the store is gone. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** Where a follower's blocks come from, as it last heard. */
export interface Source {
  readonly isReachable: boolean;
  /** The height there; null before it was heard of. */
  readonly height: number | null;
}

/** Somebody who waits for a call. */
interface Waiter {
  readonly hear: (receipt: ReceiptAnswer) => void;
  readonly giveUp: (why: YumaError) => void;
}

/** The same of any node, and a follower's source. */
export interface LedgerNodeOptions extends Omit<NodeOptions, "blockTime"> {
  readonly blockTime: NodeBlockTime;
  readonly source?: (() => Source) | undefined;
}

/** A node. Make one by `openNode`. */
export class LedgerNode {
  readonly blockTime: NodeBlockTime;
  readonly isDevnet: boolean;
  readonly limits: Limits;
  /** The document the ledger began with. */
  readonly genesis: Genesis;
  /** Where its blocks come from; undefined of a node that makes its own. */
  readonly source: (() => Source) | undefined;
  readonly #ledger: Ledger;
  readonly #store: Database;
  readonly #recent = new RecentBlocks(KEPT_BLOCKS);
  readonly #waiters = new Map<Hex, Set<Waiter>>();
  readonly #listeners = new Set<(block: NewBlock) => void>();
  readonly #onFailure: (error: unknown) => void;
  readonly #inTurns = takingTurns();
  #lastPaid: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isSoon = false;
  #isClosed = false;

  /** Use `openNode`. */
  constructor(ledger: Ledger, options: LedgerNodeOptions) {
    this.#ledger = ledger;
    this.genesis = ledger.genesis;
    this.source = options.source;
    this.#store = options.store;
    this.blockTime = options.blockTime;
    this.isDevnet = options.isDevnet;
    this.limits = { ...USUAL_LIMITS, ...options.limits };
    this.#onFailure = options.onFailure ?? (() => undefined);
    ledger.subscribe((block) => this.#tell(block));
    this.#schedule();
  }

  /** The ledger, for reading. */
  get ledger(): Ledger {
    return this.#ledger;
  }

  /** How many requests wait for a call to be included. */
  get waiting(): number {
    let count = 0;
    for (const waiters of this.#waiters.values()) count += waiters.size;
    return count;
  }

  /** Calls a listener with each block. Returns what ends it. */
  subscribe(listener: (block: NewBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What a block reported; undefined where there is no such block, or it is from before events were kept. */
  async events(height: number): Promise<readonly unknown[] | undefined> {
    if (height > this.#ledger.height) return undefined;
    // The genesis reports nothing.
    if (height === (this.genesis.firstBlock ?? 0)) return [];
    await this.#ledger.record(height);
    return this.#recent.block(height)?.events ?? storedEvents(this.#store, height);
  }

  /** What became of a call in any block there is; of one that none can have any more, for a while. */
  async receipt(hash: Hex): Promise<ReceiptAnswer | undefined> {
    return this.#recent.receipt(hash) ?? storedReceipt(this.#store, this.#ledger, hash);
  }

  /** Lets a signed call wait for a block. Throws as `Ledger.submit` does, and LIMIT_EXCEEDED where too many wait. */
  async submit(signed: Uint8Array): Promise<Hex> {
    if (this.blockTime === "follower")
      throw new YumaError("BAD_STATE", "A follower takes no calls; its leader does.", {});
    const { mostWaitingCalls } = this.limits;
    if (this.#ledger.waiting >= mostWaitingCalls) {
      throw new YumaError("LIMIT_EXCEEDED", `${mostWaitingCalls} calls wait for a block already.`, {
        mostWaitingCalls,
      });
    }
    await this.#ledger.submit(signed);
    if (this.blockTime === "instant") this.#produceSoon();
    return hashOfCall(signed);
  }

  /** The same, and waits until a block has the call or can have it no longer. Throws TIMEOUT. */
  async submitAndWait(signed: Uint8Array, seconds: number): Promise<ReceiptAnswer> {
    const { mostWaiting } = this.limits;
    if (this.waiting >= mostWaiting) {
      throw new YumaError("LIMIT_EXCEEDED", `${mostWaiting} requests wait for a block already.`, { mostWaiting });
    }
    const hash = hashOfCall(signed);
    const { waiter, heard } = waiterFor();
    const waiters = this.#waiters.get(hash) ?? new Set();
    this.#waiters.set(hash, waiters.add(waiter));
    const late = new YumaError("TIMEOUT", `No block had the call within ${seconds} s.`, { hash, seconds });
    const timer = setTimeout(() => waiter.giveUp(late), seconds * 1_000);
    try {
      await this.submit(signed);
      return await heard;
    } finally {
      clearTimeout(timer);
      waiters.delete(waiter);
      if (waiters.size === 0) this.#waiters.delete(hash);
    }
  }

  /** Produces blocks now, and gives the last. */
  async produce(count: number): Promise<NewBlock> {
    this.#onlyOnDevnets();
    for (let left = count; left > 1; left--) await this.#inTurns(this.#produce());
    const { height } = await this.#produce();
    return this.#recent.block(height) as NewBlock;
  }

  /** Produces blocks until the epoch counter of a subnet moves. Throws BAD_VALUE for a subnet that has no epochs. */
  async toNextEpoch(netuid: number): Promise<void> {
    this.#onlyOnDevnets();
    const { state } = this.#ledger;
    const hasEpochs = netuid !== ROOT_NETUID && state.read(NetworksAdded, netuid) && state.read(Tempo, netuid) > 0;
    if (!hasEpochs) refuse("netuid", "a subnet with epochs", netuid);
    const epoch = state.read(SubnetEpochIndex, netuid);
    for (let left = MOST_BLOCKS_TO_EPOCH; left > 0; left--) {
      await this.#inTurns(this.#produce());
      if (state.read(SubnetEpochIndex, netuid) !== epoch) return;
    }
    throw new YumaError("BAD_STATE", `Subnet ${netuid} has had no epoch in ${MOST_BLOCKS_TO_EPOCH} blocks.`, {
      netuid,
    });
  }

  /** Goes back to a block. What waited is gone, and so is what came after it. */
  async rewind(height: number): Promise<void> {
    this.#onlyOnDevnets();
    await this.#ledger.rewind(height);
    this.#recent.dropAfter(this.#ledger.height);
  }

  /** Pays an account out of the faucet's, in a block of its own. */
  async faucet(to: string, amountRao: bigint): Promise<ReceiptAnswer> {
    this.#onlyOnDevnets();
    const call = calls.balances.transferKeepAlive({ to, amountRao });
    // One after the other, each with the nonce after the one before.
    const paid = this.#lastPaid.then(async () => {
      const signed = this.#ledger.sign(devSigner(FAUCET_SECRET), call);
      await this.#ledger.submit(signed);
      await this.#produce();
      return this.#recent.receipt(hashOfCall(signed)) as ReceiptAnswer;
    });
    this.#lastPaid = paid.catch(() => undefined);
    return paid;
  }

  /** Ends production. Who waits for a call hears so. */
  retire(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const why = new YumaError("BAD_STATE", "The node is closing.", {});
    for (const waiters of this.#waiters.values()) for (const { giveUp } of waiters) giveUp(why);
  }

  /** Retires, waits for the block under way and closes the store. */
  async close(): Promise<void> {
    this.retire();
    await this.#ledger.close();
  }

  #onlyOnDevnets(): void {
    if (!this.isDevnet) throw new YumaError("BAD_STATE", "Only a devnet does that.", {});
  }

  async #produce(): Promise<Block> {
    try {
      return await this.#ledger.produceBlock();
    } catch (error) {
      if (!this.#isClosed) this.#onFailure(error);
      throw error;
    }
  }

  /** One block for all calls that came meanwhile. */
  #produceSoon(): void {
    if (this.#isSoon) return;
    this.#isSoon = true;
    setImmediate(() => {
      this.#isSoon = false;
      if (!this.#isClosed) this.#produce().catch(() => undefined);
    });
  }

  #schedule(): void {
    if (typeof this.blockTime !== "number" || this.#isClosed) return;
    this.#timer = setTimeout(async () => {
      await this.#produce().then(
        () => this.#schedule(),
        () => undefined,
      );
    }, this.blockTime);
  }

  #tell(block: Block): void {
    const told = newBlockOf(block);
    for (const receipt of this.#recent.add(told)) {
      for (const waiter of this.#waiters.get(receipt.hash) ?? []) waiter.hear(receipt);
    }
    for (const listener of this.#listeners) listener(told);
  }
}

function waiterFor(): { readonly waiter: Waiter; readonly heard: Promise<ReceiptAnswer> } {
  let waiter: Waiter | undefined;
  const heard = new Promise<ReceiptAnswer>((hear, giveUp) => {
    waiter = { hear, giveUp };
  });
  // Whoever never comes to wait need not hear of it.
  heard.catch(() => undefined);
  return { waiter: waiter as unknown as Waiter, heard };
}

/**
 * Opens a node over a store.
 *
 * Throws BAD_VALUE for a block time that is none, and as `createLedger` does.
 */
export async function openNode(options: NodeOptions): Promise<LedgerNode> {
  const { blockTime, store, genesis, verifySignature } = options;
  const isInterval = typeof blockTime === "number" && Number.isInteger(blockTime) && blockTime > 0;
  if (!(isInterval && blockTime <= MOST_BLOCK_TIME) && blockTime !== "instant" && blockTime !== "manual") {
    refuse("blockTime", `1 to ${MOST_BLOCK_TIME} milliseconds, "instant" or "manual"`, shown(blockTime));
  }
  return new LedgerNode(await nodeLedger({ store, genesis, verifySignature }), options);
}

/** A ledger that keeps what a node is asked for later. Throws as `createLedger` does. */
export function nodeLedger(options: Omit<LedgerOptions, "keep" | "changesBytes">): Promise<Ledger> {
  return createLedger({ ...options, keep: keepEvents, changesBytes: KEPT_CHANGES_BYTES });
}
