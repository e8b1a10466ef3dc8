/** A ledger that a node keeps, with the shape of the one in process: the same names and values, each a promise. */
import { toAccount } from "../ledger/accounts/address.js";
import type { Signer } from "../ledger/accounts/keys.js";
import { type SignOptions, signAt } from "../ledger/accounts/signed.js";
import type { DryRun } from "../ledger/block/dryRun.js";
import type { Call } from "../ledger/calls/call.js";
import { callCodec, readCall } from "../ledger/calls/index.js";
import type { LedgerErrorName } from "../ledger/errors.js";
import type { LedgerEvent } from "../ledger/events.js";
import { decode, fromHex } from "../ledger/state/codecs.js";
import { type Item, type Key, splitKey } from "../ledger/state/item.js";
import { type EntriesAnswer, type HeadAnswer, type Hex, MOST_BLOCKS_AT_ONCE, type ReceiptAnswer } from "./contract.js";
import { type RemoteGovernance, remoteGovernance } from "./governance.js";
import { LedgerReader, optional, type RemoteBlock } from "./reader.js";
import { fromWire, hexOf, toWire } from "./wire.js";

/** What became of a call. */
export interface Receipt extends Omit<ReceiptAnswer, "events" | "error"> {
  readonly error: LedgerErrorName | null;
  readonly events: readonly LedgerEvent[];
}

/** A ledger that a node keeps. Make one by `connectLedger`. Every method may reject with NETWORK or TIMEOUT. */
export class RemoteLedger extends LedgerReader {
  /** Proposals, votes, voting power, delegators, parameters: the readers of `ledger.governance`. */
  readonly governance: RemoteGovernance = remoteGovernance(this);

  /** The value of an item, or its initial one: `remote.read(FreeBalance, account)`. */
  async read<K extends readonly Key[], V>(item: Item<K, V>, ...keys: K): Promise<V> {
    const { scale } = await this.ask("ledger_state", item.name, toWire(keys) as readonly unknown[]);
    return scale === null ? item.initial : decode(item.value, fromHex(scale), `A value of ${item.name}`);
  }

  /** What is stored under the first keys given, as [all keys, value], in order of the keys. */
  async entries<K extends readonly Key[], V>(
    item: Item<K, V>,
    ...first: Partial<K>
  ): Promise<[K, Exclude<V, undefined>][]> {
    const found: [K, Exclude<V, undefined>][] = [];
    const wanted = toWire(first) as readonly unknown[];
    for (let after: Hex | null = null; ; ) {
      const { entries, next }: EntriesAnswer = await this.ask("ledger_entries", item.name, wanted, after);
      for (const { key, scale } of entries) {
        const keys = decode(item.keys, splitKey(fromHex(key)).tail, `A key of ${item.name}`);
        found.push([keys, decode(item.value, fromHex(scale), `A value of ${item.name}`)]);
      }
      if (next === null) return found;
      after = next;
    }
  }

  /** Signs a call for this ledger. The secret stays here; the node is asked for nonce and digests alone. */
  async sign(by: Signer, call: Call, options: SignOptions = {}): Promise<Uint8Array> {
    return signAt(by, readCall("call", call), await this.ask("ledger_signing", by.account), options);
  }

  /** Hands a signed call to the node, where it waits for a block. Throws BAD_BINARY, CALL_REFUSED. */
  submit(signed: Uint8Array): Promise<{ readonly hash: Hex }> {
    return this.ask("ledger_submit", hexOf(signed));
  }

  /** The same, and waits until a block has it or can have it no longer. Throws TIMEOUT after so many seconds, by default 30. */
  async submitAndWait(signed: Uint8Array, seconds?: number): Promise<Receipt> {
    return fromWire(await this.ask("ledger_submitAndWait", hexOf(signed), ...optional(seconds)));
  }

  /** Signs, submits and waits. A call that fails in its block, or a call within it, is a receipt with `succeeded: false`, nothing thrown. */
  async send(by: Signer, call: Call, options: SignOptions = {}): Promise<Receipt> {
    return this.submitAndWait(await this.sign(by, call, options));
  }

  /** What a signed call would do in the next block. */
  async dryRun(signed: Uint8Array): Promise<DryRun> {
    return fromWire(await this.ask("ledger_dryRun", hexOf(signed)));
  }

  /** The same of a call nobody has signed, as if this account had. */
  async dryRunAs(account: string, call: Call): Promise<DryRun> {
    const bytes = callCodec.enc(readCall("call", call));
    return fromWire(await this.ask("ledger_dryRunAs", toAccount("account", account), hexOf(bytes)));
  }

  /** On a devnet: pays an account from the faucet, and produces a block for it. */
  async faucet(account: string, amountRao: bigint): Promise<Receipt> {
    return fromWire(await this.ask("dev_faucet", account, amountRao.toString()));
  }

  /** On a devnet: produces a block of all that waits. */
  async produceBlock(): Promise<RemoteBlock> {
    return fromWire(await this.ask("dev_produce"));
  }

  /** On a devnet: produces so many blocks. */
  async forward(blocks: number): Promise<HeadAnswer> {
    for (let left = blocks; left > 0; left -= MOST_BLOCKS_AT_ONCE) {
      await this.ask("dev_produce", Math.min(left, MOST_BLOCKS_AT_ONCE));
    }
    return this.head();
  }

  /** On a devnet: produces blocks until the next epoch of a subnet has run. */
  toNextEpoch(netuid: number): Promise<HeadAnswer> {
    return this.ask("dev_toNextEpoch", netuid);
  }

  /** On a devnet: goes back to a block; those after it and the calls that wait are gone. */
  rewind(height: number): Promise<HeadAnswer> {
    return this.ask("dev_rewind", height);
  }
}
