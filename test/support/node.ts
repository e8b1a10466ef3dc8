/** Nodes for tests: served on a free port, signatures unchecked unless asked for, everything closed at the end. */
import { onTestFinished } from "vitest";
import { connectLedger } from "../../host/client/connect.js";
import type { RemoteLedger } from "../../host/client/remote.js";
import { memoryStore } from "../../host/ledger/store/memory.js";
import { devGenesis } from "../../host/node/dev.js";
import { type LedgerNode, type NodeOptions, openNode } from "../../host/node/node.js";
import { type NodeServer, type ServerOptions, serveNode } from "../../host/node/server.js";

/** A node, its server, and a client over WebSocket. */
export interface Served {
  readonly node: LedgerNode;
  readonly server: NodeServer;
  readonly ledger: RemoteLedger;
  /** The log so far, line by line. */
  readonly lines: string[];
}

/** Serves a devnet with the usual accounts until the test ends. */
export async function served(
  options: Partial<NodeOptions> = {},
  serving: Partial<ServerOptions> = {},
): Promise<Served> {
  const lines: string[] = [];
  const node = await openNode({
    store: memoryStore(),
    genesis: devGenesis(),
    blockTime: "instant",
    isDevnet: true,
    ...options,
  });
  const log = { write: (line: string) => void lines.push(line) };
  const server = await serveNode(node, { port: 0, log, limits: options.limits, version: "test", ...serving });
  const ledger = clientOf(server);
  onTestFinished(() => server.close());
  return { node, server, ledger, lines };
}

/** A client over WebSocket, closed at the end of the test. */
export function clientOf({ url }: NodeServer): RemoteLedger {
  const ledger = connectLedger(url.replace("http", "ws"));
  onTestFinished(() => ledger.close());
  return ledger;
}

/** Posts a text as JSON, or as what `headers` say. */
export async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
}
