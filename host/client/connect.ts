/** From a URL to a client. */
import { overHttp } from "../chain/transport/http.js";
import { overSocket } from "../chain/transport/socket.js";
import type { Bounds, Connection } from "../chain/transport/transport.js";
import { refuse } from "../marshal/values.js";
import { LedgerReader } from "./reader.js";
import { RemoteLedger } from "./remote.js";
import { Subscriptions } from "./subscriptions.js";

/** A round trip may be many blocks long. */
const USUAL_BOUNDS: Bounds = { timeoutMilliseconds: 120_000, mostAnswerBytes: 64 << 20 };

/**
 * A client of the node at a URL: ws: and wss: for everything, http: and https: without subscriptions. Nothing is opened before the
 * first question; after a cut the next one opens anew. Works under Node and in pages.
 *
 * Throws BAD_VALUE for any other URL.
 */
export function connectLedger(url: string, bounds: Partial<Bounds> = {}): RemoteLedger {
  return new RemoteLedger(...lineTo(url, bounds));
}

/** The same for who only reads: it knows no calls and no keys, a twentieth of the code. */
export function connectReader(url: string, bounds: Partial<Bounds> = {}): LedgerReader {
  return new LedgerReader(...lineTo(url, bounds));
}

function lineTo(url: string, bounds: Partial<Bounds>): [Connection, Subscriptions] {
  const within = { ...USUAL_BOUNDS, ...bounds };
  const subscriptions = new Subscriptions();
  if (/^https?:\/\//.test(url)) return [overHttp(url, within), subscriptions];
  if (!/^wss?:\/\//.test(url)) return refuse("url", "a URL of ws, wss, http or https", url);
  const listening = {
    onNotification: (notification: Parameters<Subscriptions["take"]>[0]) => subscriptions.take(notification),
    onCut: () => subscriptions.cut(),
  };
  return [overSocket(url, within, undefined, listening), subscriptions];
}
