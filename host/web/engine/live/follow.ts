/** Which kind of node answers at an address, and following it. */
import { connectReader } from "../../../client/connect.js";
import { shown, YumaError } from "../../../errors.js";
import { integer } from "../../../marshal/values.js";
import { followChain } from "./chain.js";
import { followDevnet } from "./devnet.js";
import type { Followed, News } from "./news.js";

/** A node that does not answer the first question by then is not there. */
const FIRST_MS = 15_000;
/** What the page's policy lets it connect to. */
const PERMITTED = /^(?:https|wss):\/\/|^(?:http|ws):\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$)/;

/**
 * Follows a subnet on the node at a URL: one that knows `ledger_info` is ours, any other a chain's.
 *
 * Throws BAD_VALUE for a URL or a netuid that is none, NETWORK, TIMEOUT, and what either kind throws at its beginning.
 */
export async function* follow(followed: Followed): AsyncGenerator<News> {
  const { url, netuid, signal } = followed;
  integer("netuid", netuid, 0, 65_535);
  if (!URL.canParse(url) || !PERMITTED.test(url)) {
    const text = `This page connects to wss: and https:, and on this machine to ws: and http:, not to ${shown(url)}.`;
    throw new YumaError("BAD_VALUE", text, { field: "url", value: url.slice(0, 200) });
  }
  const ledger = connectReader(url, { timeoutMilliseconds: FIRST_MS });
  const end = () => void ledger.close();
  signal.addEventListener("abort", end);
  try {
    if (await isOurs(ledger)) {
      yield* followDevnet(ledger, followed);
      return;
    }
  } finally {
    signal.removeEventListener("abort", end);
    await ledger.close();
  }
  yield* followChain(followed);
}

async function isOurs(ledger: ReturnType<typeof connectReader>): Promise<boolean> {
  try {
    await ledger.info();
    return true;
  } catch (error) {
    // A node that answers at all, but not this, is another's.
    if (error instanceof YumaError && error.code === "RPC_ERROR") return false;
    throw error;
  }
}
