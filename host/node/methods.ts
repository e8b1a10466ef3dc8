/** The methods of the contract: what each does with its parameters, which come from anybody and are checked here. */
import type { Hex, Methods, NodeInfo } from "../client/contract.js";
import { MOST_BLOCKS_AT_ONCE } from "../client/contract.js";
import { bytesOf, hexOf, toWire } from "../client/wire.js";
import { YumaError } from "../errors.js";
import { toAccount } from "../ledger/accounts/address.js";
import { digestOf, recordCodec } from "../ledger/block/record.js";
import { callCodec, checkNesting } from "../ledger/calls/index.js";
import { decode } from "../ledger/state/codecs.js";
import { ITEMS } from "../ledger/state/items.js";
import { integer, refuse, u16, u64 } from "../marshal/values.js";
import { GOVERNANCE_METHODS } from "./governanceMethods.js";
import type { Asked, Handlers, Listener } from "./handlers.js";
import type { LedgerNode } from "./node.js";
import { hashOfCall } from "./receipts.js";
import { readEntries, readState } from "./stateReads.js";

const USUAL_SECONDS = 30;
const MOST_SECONDS = 600;
const MOST_RECORDS = 256;
const MOST_RECORDS_BYTES = 8 << 20;

/** All methods. */
export const METHODS: Handlers = {
  ...GOVERNANCE_METHODS,
  ledger_info: { names: [], answer: info },
  ledger_genesis: { names: [], answer: ({ node }) => node.genesis },
  ledger_head: { names: [], answer: ({ node }) => head(node) },
  ledger_block: { names: ["height"], answer: block },
  ledger_events: { names: ["height"], answer: ({ node }, height) => events(node, heightOf(node, height)) },
  ledger_records: { names: ["from", "limit"], answer: records },
  ledger_changes: { names: ["height"], answer: changes },
  ledger_receipt: {
    names: ["hash"],
    answer: async ({ node }, hash) => (await node.receipt(hexOf(bytesOf("hash", hash)))) ?? null,
  },
  ledger_signing: { names: ["account"], answer: signing },
  ledger_submit: {
    names: ["signed"],
    answer: async ({ node }, signed) => ({ hash: await node.submit(bytesOf("signed", signed)) }),
  },
  ledger_submitAndWait: {
    names: ["signed", "seconds"],
    answer: ({ node }, signed, seconds = USUAL_SECONDS) =>
      node.submitAndWait(bytesOf("signed", signed), integer("seconds", seconds, 1, MOST_SECONDS)),
  },
  ledger_dryRun: {
    names: ["signed"],
    answer: async ({ node }, signed) => toWire(await node.ledger.dryRun(bytesOf("signed", signed))),
  },
  ledger_dryRunAs: { names: ["account", "call"], answer: dryRunAs },
  ledger_balance: {
    names: ["account"],
    answer: ({ node }, account) => node.ledger.balanceRao(toAccount("account", account)).toString(),
  },
  ledger_stake: {
    names: ["hotkey", "coldkey", "netuid"],
    answer: ({ node }, hotkey, coldkey, netuid) =>
      node.ledger
        .stakeRao(toAccount("hotkey", hotkey), toAccount("coldkey", coldkey), u16("netuid", netuid))
        .toString(),
  },
  ledger_account: { names: ["account"], answer: account },
  ledger_issuance: {
    names: [],
    answer: ({ node }) => toWire(node.ledger.issuance()) as Methods["ledger_issuance"]["answer"],
  },
  ledger_subnets: { names: [], answer: ({ node }) => toWire(node.ledger.subnets()) },
  ledger_metagraph: {
    names: ["netuid"],
    answer: ({ node }, netuid) => toWire(node.ledger.metagraph(u16("netuid", netuid))),
  },
  ledger_epochSnapshot: { names: ["netuid", "emissionRao"], answer: snapshot },
  ledger_explain: { names: ["netuid", "uid", "mechid"], answer: explained },
  ledger_items: { names: [], answer: () => ITEMS.map(({ name, depth }) => ({ name, keys: depth })) },
  ledger_state: { names: ["item", "keys"], answer: ({ node }, item, keys) => readState(node.ledger.state, item, keys) },
  ledger_entries: {
    names: ["item", "first", "after", "limit"],
    answer: ({ node }, item, first, after, limit) => readEntries(node.ledger.state, item, first, after, limit),
  },
  ledger_subscribeBlocks: { names: [], answer: ({ listener }) => listening(listener).subscribe() },
  ledger_unsubscribeBlocks: {
    names: ["subscription"],
    answer: ({ listener }, subscription) => listening(listener).unsubscribe(String(subscription)),
  },
  dev_produce: {
    names: ["count"],
    answer: ({ node }, count = 1) => node.produce(integer("count", count, 1, MOST_BLOCKS_AT_ONCE)),
  },
  dev_toNextEpoch: {
    names: ["netuid"],
    answer: async ({ node }, netuid) => {
      await node.toNextEpoch(u16("netuid", netuid));
      return head(node);
    },
  },
  dev_rewind: {
    names: ["height"],
    answer: async ({ node }, height) => {
      await node.rewind(integer("height", height, 0, Number.MAX_SAFE_INTEGER));
      return head(node);
    },
  },
  dev_faucet: {
    names: ["account", "amountRao"],
    answer: ({ node }, to, amountRao) => node.faucet(toAccount("account", to), u64("amountRao", amountRao)),
  },
};

function head({ ledger }: LedgerNode) {
  return { height: ledger.height, digest: ledger.digest as Hex };
}

function info({ node, version }: Asked): NodeInfo {
  const { genesis } = node;
  const { genesisDigest, waiting } = node.ledger;
  return {
    ...head(node),
    name: genesis.name,
    genesisDigest: genesisDigest as Hex,
    firstBlock: genesis.firstBlock ?? 0,
    blockTime: node.blockTime,
    isDevnet: node.isDevnet,
    waitingCalls: waiting,
    version,
  };
}

function heightOf(node: LedgerNode, height: unknown): number {
  return height === undefined ? node.ledger.height : integer("height", height, 0, Number.MAX_SAFE_INTEGER);
}

async function block({ node }: Asked, given: unknown): Promise<Methods["ledger_block"]["answer"]> {
  const height = heightOf(node, given);
  const record = height <= node.ledger.height ? await node.ledger.record(height) : undefined;
  if (record === undefined) throw noBlock(height, `There is no block ${height}.`);
  return {
    height,
    digest: digestOf(record),
    parentDigest: record.parentDigest,
    hashes: record.calls.map(hashOfCall),
    signed: record.calls.map(hexOf),
    events: (await node.events(height)) ?? null,
  };
}

async function events(node: LedgerNode, height: number): Promise<readonly unknown[]> {
  const kept = await node.events(height);
  if (kept === undefined) throw noBlock(height, `What block ${height} reported is not kept.`);
  return kept;
}

/** Records from a height on, as many as fit, at least one where there is one. */
async function records({ node }: Asked, from: unknown, limit: unknown = MOST_RECORDS) {
  const first = integer("from", from, 0, Number.MAX_SAFE_INTEGER);
  const most = integer("limit", limit, 1, MOST_RECORDS);
  const { height, digest } = head(node);
  const found: Hex[] = [];
  for (let [at, bytes] = [first, 0]; at <= height && found.length < most && bytes < MOST_RECORDS_BYTES; at++) {
    const record = await node.ledger.record(at);
    if (record === undefined) break;
    const encoded = recordCodec.enc(record);
    bytes += encoded.length;
    found.push(hexOf(encoded));
  }
  return { records: found, height, digest };
}

function changes({ node }: Asked, given: unknown): Methods["ledger_changes"]["answer"] {
  const height = heightOf(node, given);
  const kept = node.ledger.changes(height);
  if (kept === undefined) throw noBlock(height, `What block ${height} changed is not kept.`);
  return kept.map(({ key, after }) => [hexOf(key), after === undefined ? null : hexOf(after)]);
}

function noBlock(height: number, text: string): YumaError {
  return new YumaError("NO_BLOCK", text, { block: height });
}

function signing({ node }: Asked, account: unknown): Methods["ledger_signing"]["answer"] {
  const nonce = node.ledger.nextNonce(toAccount("account", account));
  return { ...head(node), genesisDigest: node.ledger.genesisDigest as Hex, nonce };
}

function account({ node }: Asked, given: unknown): Methods["ledger_account"]["answer"] {
  const who = toAccount("account", given);
  return { nonce: node.ledger.nextNonce(who), freeRao: node.ledger.balanceRao(who).toString() };
}

function dryRunAs({ node }: Asked, who: unknown, encoded: unknown): unknown {
  const call = decode(callCodec, bytesOf("call", encoded), "The call");
  checkNesting(call);
  return toWire(node.ledger.dryRunAs(toAccount("account", who), call));
}

function snapshot({ node }: Asked, netuid: unknown, emissionRao: unknown): unknown {
  const rao = emissionRao === undefined ? undefined : u64("emissionRao", emissionRao);
  return toWire(node.ledger.epochSnapshot(u16("netuid", netuid), rao));
}

function explained({ node }: Asked, netuid: unknown, uid: unknown, mechid: unknown = 0): unknown {
  return toWire(node.ledger.explain(u16("netuid", netuid), u16("uid", uid), mechid as number));
}

function listening(listener: Listener | undefined): Listener {
  return listener ?? refuse("method", "asked over a WebSocket", "ledger_subscribeBlocks");
}
