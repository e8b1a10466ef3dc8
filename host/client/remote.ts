/** A ledger that a node keeps, with the shape of the one in process: the same names and values, each a promise. */
import type { Explanation } from "../api/explain/types.js";
import { badAnswer, type Connection } from "../chain/transport/transport.js";
import { toAccount } from "../ledger/accounts/address.js";
import type { Signer } from "../ledger/accounts/keys.js";
import { type SignOptions, signAt } from "../ledger/accounts/signed.js";
import type { DryRun } from "../ledger/block/dryRun.js";
import type { Call } from "../ledger/calls/call.js";
import { callCodec, readCall } from "../ledger/calls/index.js";
import type { LedgerErrorName } from "../ledger/errors.js";
import type { BlockEvent, LedgerEvent } from "../ledger/events.js";
import type { Genesis } from "../ledger/genesis.js";
import type { epochSnapshot, Neuron } from "../ledger/reads.js";
import { decode, fromHex } from "../ledger/state/codecs.js";
import { type Item, type Key, splitKey } from "../ledger/state/item.js";
import type { Subnet } from "../ledger/subnetReads.js";
import {
  type BlockAnswer,
  type EntriesAnswer,
  type HeadAnswer,
  type Hex,
  type Method,
  type Methods,
  MOST_BLOCKS_AT_ONCE,
  type NewBlock,
  type NodeInfo,
  type ReceiptAnswer,
} from "./contract.js";
import { errorOf } from "./failures.js";
import { type RemoteGovernance, remoteGovernance } from "./governance.js";
import type { Subscriptions } from "./subscriptions.js";
import { fromWire, hexOf, toWire } from "./wire.js";

/** What became of a call. */
export interface Receipt extends Omit<ReceiptAnswer, "events" | "error"> {
  readonly error: LedgerErrorName | null;
  readonly events: readonly LedgerEvent[];
}

/** A block that was just produced. */
export interface RemoteBlock extends Omit<NewBlock, "events"> {
  readonly events: readonly BlockEvent[];
}

/** A block that is stored. */
export interface StoredBlock extends Omit<BlockAnswer, "events"> {
  /** null of a block from before nodes kept them. */
  readonly events: readonly BlockEvent[] | null;
}

/** A ledger that a node keeps. Make one by `connectLedger`. Every method may reject with NETWORK or TIMEOUT. */
export class RemoteLedger {
  readonly #connection: Connection;
  readonly #subscriptions: Subscriptions;
  /** Proposals, votes, voting power, delegators, parameters: the readers of `ledger.governance`. */
  readonly governance: RemoteGovernance = remoteGovernance(this);

  /** Use `connectLedger`. */
  constructor(connection: Connection, subscriptions: Subscriptions) {
    this.#connection = connection;
    this.#subscriptions = subscriptions;
  }

  /** Asks a method of the contract. Throws what the node threw: BAD_VALUE, CALL_REFUSED, LIMIT_EXCEEDED, … */
  async ask<M extends Method>(method: M, ...params: Methods[M]["params"]): Promise<Methods[M]["answer"]> {
    const [reply] = await this.#connection.send([{ method, params }]);
    if (reply === undefined) throw badAnswer(this.#connection.name, "nothing");
    if ("error" in reply) throw errorOf(this.#connection.name, method, reply.error);
    return reply.result as Methods[M]["answer"];
  }

  /** Who answers: name, genesis, last block, how blocks come. */
  info(): Promise<NodeInfo> {
    return this.ask("ledger_info");
  }

  /** The document the ledger began with. */
  async genesis(): Promise<Genesis> {
    return (await this.ask("ledger_genesis")) as Genesis;
  }

  /** Number and digest of the last block. */
  head(): Promise<HeadAnswer> {
    return this.ask("ledger_head");
  }

  /** A block, by default the last. Throws NO_BLOCK. */
  async block(height?: number): Promise<StoredBlock> {
    const answer = await this.ask("ledger_block", ...optional(height));
    return { ...answer, events: answer.events === null ? null : fromWire(answer.events) };
  }

  /** What a block reported. Throws NO_BLOCK, also of a block from before nodes kept that. */
  async events(height?: number): Promise<readonly BlockEvent[]> {
    return fromWire(await this.ask("ledger_events", ...optional(height)));
  }

  /** Free TAO of an account in rao. */
  async balanceRao(account: string): Promise<bigint> {
    return BigInt(await this.ask("ledger_balance", account));
  }

  /** A coldkey's stake with a hotkey on a subnet, rao of its alpha, or of TAO on the root. */
  async stakeRao(hotkey: string, coldkey: string, netuid: number): Promise<bigint> {
    return BigInt(await this.ask("ledger_stake", hotkey, coldkey, netuid));
  }

  /** The nonce an account's next call must carry, waiting calls counted. */
  async nextNonce(account: string): Promise<number> {
    return (await this.ask("ledger_account", account)).nonce;
  }

  /** The TAO that exists, in rao: as the chain accounts for it, and the sum of all free balances. */
  async issuance(): Promise<{ readonly totalRao: bigint; readonly balancesRao: bigint }> {
    return fromWire(await this.ask("ledger_issuance"));
  }

  /** The subnets there are, by netuid, with pool and schedule. */
  async subnets(): Promise<readonly Subnet[]> {
    return fromWire(await this.ask("ledger_subnets"), (name) => /^epochs$|Rao$|Bits$/.test(name));
  }

  /** The neurons of a subnet, by uid; none where it does not exist. */
  async metagraph(netuid: number): Promise<readonly Neuron[]> {
    return fromWire(await this.ask("ledger_metagraph", netuid), (name) => /^ip$|Rao$/.test(name));
  }

  /** A subnet's epoch as it would run on the present state, for `mechanismsEpoch`. */
  async epochSnapshot(netuid: number, emissionRao?: bigint): Promise<ReturnType<typeof epochSnapshot>> {
    const amount = emissionRao === undefined ? [] : [emissionRao.toString()];
    return fromWire(await this.ask("ledger_epochSnapshot", netuid, ...(amount as [string?])));
  }

  /** Why a uid's numbers in that epoch would be what they are, of one mechanism. */
  async explain(netuid: number, uid: number, mechid = 0): Promise<Explanation> {
    return fromWire(await this.ask("ledger_explain", netuid, uid, mechid), (name) => name === "raw");
  }

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

  /** Signs, submits and waits. A call that fails in its block is a receipt with `succeeded: false`, nothing thrown. */
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

  /** Calls a listener after each block, by WebSocket only. Returns what ends it. `onEnd` hears that the connection was cut. */
  async subscribe(listener: (block: RemoteBlock) => void, onEnd?: () => void): Promise<() => Promise<void>> {
    return this.#subscriptions.begin(this, listener, onEnd);
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

  /** Closes the connection. */
  async close(): Promise<void> {
    this.#subscriptions.forget();
    this.#connection.close();
  }
}

/** A trailing parameter that may be left out. */
function optional<T>(value: T | undefined): [T?] {
  return value === undefined ? [] : [value];
}
