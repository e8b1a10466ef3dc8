/**
 * What a node can be asked: every method of its JSON-RPC, its parameters in order, and its answer as JSON has it. Amounts and all
 * other 64-bit integers are decimal strings, bytes are hex. Nodes and clients are compiled against this one file.
 */

/** Bytes as "0x" and hex digits. */
export type Hex = `0x${string}`;

/** JSON that mirrors a value of the ledger, its bigints as decimal strings. */
export type Wire = unknown;

/** Which block is the last. */
export interface HeadAnswer {
  readonly height: number;
  readonly digest: Hex;
}

/** Who answers. */
export interface NodeInfo extends HeadAnswer {
  /** The name in the genesis. */
  readonly name: string;
  /** The digest of the genesis's own block: what signatures are bound to. */
  readonly genesisDigest: Hex;
  readonly firstBlock: number;
  /** Milliseconds a block; "instant": a block follows on each call; "manual": on demand; "follower": as the leader does. */
  readonly blockTime: number | "instant" | "manual" | "follower";
  /** Whether `dev_` methods are answered. */
  readonly isDevnet: boolean;
  readonly waitingCalls: number;
  readonly version: string;
}

/** A block. */
export interface BlockAnswer extends HeadAnswer {
  readonly parentDigest: Hex;
  /** The hashes of its calls, in order: BLAKE2b-256 of the signed bytes. */
  readonly hashes: readonly Hex[];
  /** The calls as they were signed. */
  readonly signed: readonly Hex[];
  /** What it reported; null of a block from before nodes kept that. */
  readonly events: readonly Wire[] | null;
}

/** A block that was just produced, as subscribers hear of it. */
export interface NewBlock extends HeadAnswer {
  readonly calls: number;
  readonly hashes: readonly Hex[];
  readonly events: readonly Wire[];
  /** Calls that waited and can no longer be included, each with the chain's name of the error. */
  readonly refused: readonly { readonly hash: Hex; readonly error: string }[];
}

/** What became of a call. */
export interface ReceiptAnswer {
  readonly hash: Hex;
  /** Where it is included; null for one that was refused. */
  readonly height: number | null;
  readonly digest: Hex | null;
  readonly callIndex: number | null;
  /** Whether it did all of what it is for: a call of sudo or a batch only where every call in it did. */
  readonly succeeded: boolean;
  /** The chain's name of the error it failed with, or of the first within it. */
  readonly error: string | null;
  /** What it reported itself. */
  readonly events: readonly Wire[];
}

/** What signing a call takes. */
export interface SigningAnswer extends HeadAnswer {
  readonly genesisDigest: Hex;
  /** The nonce of the account's next call, waiting calls counted. */
  readonly nonce: number;
}

/** An entry of the state: the value as JSON, and as it is stored; null where none is. */
export interface StateAnswer {
  readonly value: Wire;
  readonly scale: Hex | null;
}

/** A stretch of an item's entries. */
export interface EntriesAnswer {
  readonly entries: readonly {
    readonly key: Hex;
    readonly keys: readonly Wire[];
    readonly value: Wire;
    readonly scale: Hex;
  }[];
  /** The last key, to ask on from; null at the end. */
  readonly next: Hex | null;
}

/** The methods: parameters in order, and the answer. A trailing parameter with ? may be left out. */
export interface Methods {
  ledger_info: { params: []; answer: NodeInfo };
  ledger_genesis: { params: []; answer: Wire };
  ledger_head: { params: []; answer: HeadAnswer };
  ledger_block: { params: [height?: number]; answer: BlockAnswer };
  ledger_events: { params: [height?: number]; answer: readonly Wire[] };
  ledger_records: { params: [from: number, limit?: number]; answer: { readonly records: readonly Hex[] } & HeadAnswer };
  ledger_changes: { params: [height: number]; answer: readonly (readonly [key: Hex, after: Hex | null])[] };
  ledger_receipt: { params: [hash: Hex]; answer: ReceiptAnswer | null };
  ledger_signing: { params: [account: string]; answer: SigningAnswer };
  ledger_submit: { params: [signed: Hex]; answer: { readonly hash: Hex } };
  ledger_submitAndWait: { params: [signed: Hex, seconds?: number]; answer: ReceiptAnswer };
  ledger_dryRun: { params: [signed: Hex]; answer: Wire };
  ledger_dryRunAs: { params: [account: string, call: Hex]; answer: Wire };
  ledger_balance: { params: [account: string]; answer: string };
  ledger_stake: { params: [hotkey: string, coldkey: string, netuid: number]; answer: string };
  ledger_account: { params: [account: string]; answer: { readonly nonce: number; readonly freeRao: string } };
  ledger_issuance: { params: []; answer: { readonly totalRao: string; readonly balancesRao: string } };
  ledger_subnets: { params: []; answer: Wire };
  ledger_metagraph: { params: [netuid: number]; answer: Wire };
  ledger_epochSnapshot: { params: [netuid: number, emissionRao?: string]; answer: Wire };
  ledger_explain: { params: [netuid: number, uid: number, mechid?: number]; answer: Wire };
  ledger_items: { params: []; answer: readonly { readonly name: string; readonly keys: number }[] };
  ledger_state: { params: [item: string, keys: readonly Wire[]]; answer: StateAnswer };
  ledger_entries: {
    params: [item: string, first: readonly Wire[], after?: Hex | null, limit?: number];
    answer: EntriesAnswer;
  };
  governance_proposals: { params: [from?: number]; answer: readonly Wire[] };
  governance_proposal: { params: [proposal: number]; answer: Wire };
  governance_votes: { params: [proposal: number, after?: string | null]; answer: readonly Wire[] };
  governance_power: { params: [coldkey: string, proposal?: number]; answer: Wire };
  governance_delegate: { params: [coldkey: string]; answer: string | null };
  governance_delegators: { params: [hotkey: string]; answer: readonly string[] };
  governance_parameters: { params: []; answer: Wire };
  ledger_subscribeBlocks: { params: []; answer: string };
  ledger_unsubscribeBlocks: { params: [subscription: string]; answer: boolean };
  dev_produce: { params: [count?: number]; answer: NewBlock };
  dev_toNextEpoch: { params: [netuid: number]; answer: HeadAnswer };
  dev_rewind: { params: [height: number]; answer: HeadAnswer };
  dev_faucet: { params: [account: string, amountRao: string]; answer: ReceiptAnswer };
}

/** The name of a method. */
export type Method = keyof Methods;

/** The method of the messages a subscription brings, with `{ subscription, block }`. */
export const BLOCK_NOTIFICATION = "ledger_newBlock";

/** The most blocks one `dev_produce` makes. */
export const MOST_BLOCKS_AT_ONCE = 1_000;

/** The most proposals one answer holds, and votes. */
export const MOST_PROPOSALS = 64;
export const MOST_VOTES = 1_000;

/** Codes of JSON-RPC errors; `data` holds `{ code, details }` of the YumaError. */
export const RPC_CODE = {
  notJson: -32_700,
  noRequest: -32_600,
  noMethod: -32_601,
  badParams: -32_602,
  internal: -32_603,
  other: -32_000,
  callRefused: -32_001,
  limitExceeded: -32_005,
} as const;
