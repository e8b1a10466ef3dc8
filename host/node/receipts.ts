/** What blocks reported and what became of calls: kept in the store beside each block, the last blocks at hand too. */
import { blake2b } from "@noble/hashes/blake2.js";
import type { Hex, NewBlock, ReceiptAnswer } from "../client/contract.js";
import { bytesOf, hexOf, toWire } from "../client/wire.js";
import { digestOf } from "../ledger/block/record.js";
import type { LedgerEvent } from "../ledger/events.js";
import type { Block, Ledger } from "../ledger/ledger.js";
import { errorAmong } from "../ledger/outcome.js";
import { type Aside, readAside, readNamed } from "../ledger/store/aside.js";
import type { Database } from "../ledger/store/store.js";

/** A call's hash: BLAKE2b-256 of its signed bytes, as on the chain. */
export function hashOfCall(signed: Uint8Array): Hex {
  return hexOf(blake2b(signed, { dkLen: 32 }));
}

/** A block as subscribers hear of it. */
export function newBlockOf({ height, digest, calls, signed, events, refused }: Block): NewBlock {
  return {
    height,
    digest: digest as Hex,
    calls,
    hashes: signed.map(hashOfCall),
    events: toWire(events) as readonly unknown[],
    refused: refused.map(({ call, error }) => ({ hash: hashOfCall(call.bytes), error: error.error })),
  };
}

/** The receipts of a block's calls: those in it, and those that can be in none any more. */
export function receiptsOf({ height, digest, hashes, events, refused }: NewBlock): ReceiptAnswer[] {
  const own: unknown[][] = hashes.map(() => []);
  for (const { callIndex, event } of events as readonly { callIndex: number | null; event: unknown }[]) {
    if (callIndex !== null) own[callIndex]?.push(event);
  }
  const included = hashes.map((hash, callIndex): ReceiptAnswer => {
    const told = own[callIndex] ?? [];
    const error = errorAmong(told as readonly LedgerEvent[]);
    return { hash, height, digest, callIndex, succeeded: error === null, error, events: told };
  });
  const outside = refused.map(({ hash, error }): ReceiptAnswer => {
    return { hash, height: null, digest: null, callIndex: null, succeeded: false, error, events: [] };
  });
  return [...included, ...outside];
}

/** What is kept beside a block: its events as the wire has them, found by the hashes of its calls. */
export function keepEvents({ events, signed }: Block): Aside {
  const kept = new TextEncoder().encode(JSON.stringify(toWire(events)));
  return { kept, names: signed.map((bytes) => bytesOf("hash", hashOfCall(bytes))) };
}

/** What a stored block reported; undefined where there is none, or it is from before events were kept. */
export async function storedEvents(store: Database, height: number): Promise<readonly unknown[] | undefined> {
  const kept = await readAside(store, height);
  return kept === undefined ? undefined : JSON.parse(new TextDecoder().decode(kept));
}

/** The receipt of a call in a stored block; undefined where no block there is has it, or it is from before events were kept. */
export async function storedReceipt(store: Database, ledger: Ledger, hash: Hex): Promise<ReceiptAnswer | undefined> {
  const height = await readNamed(store, bytesOf("hash", hash));
  const record = height === undefined || height > ledger.height ? undefined : await ledger.record(height);
  const events = record === undefined ? undefined : await storedEvents(store, record.height);
  if (record === undefined || events === undefined) return undefined;
  const hashes = record.calls.map(hashOfCall);
  const { height: at } = record;
  const block = { height: at, digest: digestOf(record), calls: hashes.length, hashes, events, refused: [] };
  return receiptsOf(block).find((receipt) => receipt.hash === hash);
}

/** The last blocks as they were told, by height, and the receipts in them. */
export class RecentBlocks {
  readonly #most: number;
  readonly #blocks = new Map<number, NewBlock>();
  readonly #receipts = new Map<Hex, ReceiptAnswer>();

  /** Keeps so many blocks. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Adds a block, and drops the oldest where there are too many. Gives the receipts of its calls. */
  add(block: NewBlock): readonly ReceiptAnswer[] {
    this.#blocks.set(block.height, block);
    const receipts = receiptsOf(block);
    for (const receipt of receipts) this.#receipts.set(receipt.hash, receipt);
    if (this.#blocks.size > this.#most) this.#drop(this.#blocks.keys().next().value as number);
    return receipts;
  }

  /** A block that is still kept. */
  block(height: number): NewBlock | undefined {
    return this.#blocks.get(height);
  }

  /** What became of a call in a block that is still kept. */
  receipt(hash: Hex): ReceiptAnswer | undefined {
    return this.#receipts.get(hash);
  }

  /** Forgets what came after a block. */
  dropAfter(height: number): void {
    for (const known of [...this.#blocks.keys()]) if (known > height) this.#drop(known);
  }

  #drop(height: number): void {
    const { hashes = [], refused = [] } = this.#blocks.get(height) ?? {};
    for (const hash of [...hashes, ...refused.map((one) => one.hash)]) this.#receipts.delete(hash);
    this.#blocks.delete(height);
  }
}
