/** What can be asked of a ledger that a node keeps, by clients that send no calls. */
import type { Explanation } from "../api/explain/types.js";
import { badAnswer, type Connection } from "../chain/transport/transport.js";
import type { BlockEvent } from "../ledger/events.js";
import type { Genesis } from "../ledger/genesis.js";
import type { epochSnapshot, Neuron } from "../ledger/reads.js";
import type { Subnet } from "../ledger/subnetReads.js";
import type { BlockAnswer, HeadAnswer, Method, Methods, NewBlock, NodeInfo } from "./contract.js";
import { errorOf } from "./failures.js";
import type { Subscriptions } from "./subscriptions.js";
import { fromWire } from "./wire.js";

/** A block that was just produced. */
export interface RemoteBlock extends Omit<NewBlock, "events"> {
  readonly events: readonly BlockEvent[];
}

/** A block that is stored. */
export interface StoredBlock extends Omit<BlockAnswer, "events"> {
  /** null of a block from before nodes kept them. */
  readonly events: readonly BlockEvent[] | null;
}

/** A ledger that a node keeps, to be read. Make one by `connectReader`. Every method may reject with NETWORK or TIMEOUT. */
export class LedgerReader {
  readonly #connection: Connection;
  readonly #subscriptions: Subscriptions;

  /** Use `connectReader`. */
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

  /** Calls a listener after each block, by WebSocket only. Returns what ends it. `onEnd` hears that the connection was cut. */
  async subscribe(listener: (block: RemoteBlock) => void, onEnd?: () => void): Promise<() => Promise<void>> {
    return this.#subscriptions.begin(this, listener, onEnd);
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    this.#subscriptions.forget();
    this.#connection.close();
  }
}

/** A trailing parameter that may be left out. */
export function optional<T>(value: T | undefined): [T?] {
  return value === undefined ? [] : [value];
}
