/** `yuma devnet`: a node until somebody interrupts it. What it is goes to stdout, its log to stderr, a line of JSON each. */

import { YumaError } from "../../errors.js";
import type { Genesis } from "../../ledger/genesis.js";
import { memoryStore } from "../../ledger/store/memory.js";
import { openStore } from "../../ledger/store/node.js";
import type { Database } from "../../ledger/store/store.js";
import { isEmpty } from "../../ledger/store/store.js";
import { signatureWorkers } from "../../ledger/workers/workers.js";
import { DEV_SECRETS, devGenesis, devSigner, FAUCET_SECRET } from "../../node/dev.js";
import { type Follower, openFollower } from "../../node/follow.js";
import { openLogFollower, placeOfLog, publishBlocks } from "../../node/jetstream.js";
import { type BlockTime, type LedgerNode, type NodeOptions, openNode } from "../../node/node.js";
import { serveNode } from "../../node/server.js";
import { fromRao } from "../../units.js";
import { document, EXIT, print, readJson, report } from "../io.js";
import { table } from "../render/table.js";

/** The options of the verb. */
export interface DevnetOptions {
  readonly port: number;
  readonly data?: string;
  readonly blockTime?: BlockTime;
  readonly genesis?: string;
  readonly follow?: string;
  readonly publish?: string;
  readonly allowOrigin?: readonly string[];
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/** Runs the node; the exit code once it has closed. */
export async function devnet(options: DevnetOptions, version: string): Promise<number> {
  const workers = signatureWorkers();
  const ending = new Ending();
  try {
    const store = options.data === undefined ? memoryStore() : openStore(options.data);
    const { node, stop } = await open(options, store, {
      verifySignature: workers.verifySignature,
      onFailure: (error) => ending.fail(error),
    });
    const server = await serveNode(node, {
      port: options.port,
      allowedOrigins: options.allowOrigin,
      log: process.stderr,
      version,
    }).catch(async (error) => {
      await node.close();
      throw error;
    });
    await print(options.json || options.jsonOutput ? asJson(node, server.url) : asText(node, server.url));
    const failure = await ending.reached;
    server.log.info({ failure: failure === undefined ? null : String(failure) }, "closing");
    await stop();
    await server.close();
    if (failure === undefined) return EXIT.ok;
    if (!(failure instanceof YumaError && failure.code === "DIVERGED")) throw failure;
    await report(failure, Boolean(options.json || options.jsonOutput));
    return EXIT.mismatch;
  } finally {
    await workers.close();
  }
}

/** A node of its own, or one that follows; either may publish. */
async function open(options: DevnetOptions, store: Database, how: Opening): Promise<Follower> {
  const { follow, publish, genesis, blockTime } = options;
  for (const [name, value] of Object.entries({ genesis, "block-time": blockTime })) {
    if (follow === undefined || value === undefined) continue;
    throw new YumaError("USAGE", `A follower has its leader's; leave out --${name}.`, { [name]: String(value) });
  }
  const place = publish === undefined ? undefined : placeOfLog(publish);
  const opened = follow === undefined ? await openOwn(options, store, how) : await openFollowing(follow, store, how);
  if (place === undefined) return opened;
  try {
    const publishing = await publishBlocks(opened.node.ledger, place, how.onFailure);
    const stop = async () => {
      await publishing.stop();
      await opened.stop();
    };
    return { node: opened.node, stop };
  } catch (error) {
    await opened.stop();
    await opened.node.close();
    throw error;
  }
}

type Opening = Pick<NodeOptions, "verifySignature"> & { readonly onFailure: (error: unknown) => void };

async function openOwn(
  { genesis, blockTime = "instant" }: DevnetOptions,
  store: Database,
  how: Opening,
): Promise<Follower> {
  const node = await openNode({ ...how, store, genesis: await genesisOf(genesis, store), blockTime, isDevnet: true });
  return { node, stop: async () => undefined };
}

function openFollowing(leader: string, store: Database, how: Opening): Promise<Follower> {
  return leader.startsWith("nats:")
    ? openLogFollower({ ...how, store, place: placeOfLog(leader) })
    : openFollower({ ...how, store, leader });
}

/** The end of a run: a signal, or a failure after which nothing can be done. */
class Ending {
  fail: (error: unknown) => void = () => undefined;
  readonly reached: Promise<unknown> = new Promise((resolve) => {
    this.fail = resolve;
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve(undefined));
  });
}

/** What is given; for an empty store without one, the usual. A store that is not empty has its own. */
async function genesisOf(genesis: string | undefined, store: Database): Promise<Genesis | undefined> {
  if (genesis !== undefined) return (await readJson(genesis)) as Genesis;
  await store.open();
  return (await isEmpty(store)) ? devGenesis() : undefined;
}

interface DevAccount {
  readonly secret: string;
  readonly address: string;
  readonly freeRao: bigint;
}

function accountsOf({ ledger }: LedgerNode): DevAccount[] {
  return [...DEV_SECRETS, FAUCET_SECRET].map((secret) => {
    const { address } = devSigner(secret);
    return { secret, address, freeRao: ledger.balanceRao(address) };
  });
}

function asJson(node: LedgerNode, url: string): string {
  const { height, genesisDigest, genesis } = node.ledger;
  const webSocket = url.replace("http", "ws");
  return document({ name: genesis.name, genesisDigest, height, url, webSocket, accounts: accountsOf(node) });
}

function asText(node: LedgerNode, url: string): string {
  const { genesis, height } = node.ledger;
  const columns = [{ title: "key", words: true }, { title: "address", words: true }, { title: "TAO" }];
  const rows = accountsOf(node).map(({ secret, address, freeRao }) => [secret, address, fromRao(freeRao)]);
  return [
    `${genesis.name} at block ${height}, listening on ${url} and ${url.replace("http", "ws")}`,
    "Everybody knows these keys; use them for nothing else.",
    table(columns, rows),
  ].join("\n");
}
