/** JSON-RPC over HTTP: one POST a round trip. */
import { decodeReplies, encodeCalls, inOrder } from "./frames.js";
import {
  type Bounds,
  type Connection,
  DEFAULT_BOUNDS,
  networkError,
  reasonOf,
  timeoutError,
  tooLargeError,
} from "./transport.js";

/** A connection by POST requests to `url` (http: or https:). */
export function overHttp(url: string, bounds: Bounds = DEFAULT_BOUNDS): Connection {
  const ending = new AbortController();
  return {
    name: url,
    async send(calls) {
      const late = AbortSignal.timeout(bounds.timeoutMilliseconds);
      const signal = AbortSignal.any([late, ending.signal]);
      try {
        const text = await post(url, encodeCalls(calls, 1), signal, bounds.mostAnswerBytes);
        return inOrder(url, decodeReplies(url, text), 1, calls.length);
      } catch (cause) {
        if (late.aborted) throw timeoutError(url, bounds.timeoutMilliseconds);
        if (ending.signal.aborted) throw networkError(url, "the connection is closed");
        throw cause;
      }
    },
    close: () => ending.abort(),
  };
}

async function post(url: string, body: string, signal: AbortSignal, most: number): Promise<string> {
  const request = { method: "POST", headers: { "content-type": "application/json" }, body, signal };
  const response = await fetch(url, request).catch((cause) => {
    throw networkError(url, reasonOf(cause));
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw networkError(url, `it answers HTTP ${response.status}`);
  }
  if (response.body === null) return "";
  return readText(url, response.body, most);
}

/** The body as text, piece by piece, so that a huge one is never held. */
async function readText(url: string, body: ReadableStream<Uint8Array>, most: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read().catch((cause) => {
      throw networkError(url, reasonOf(cause));
    });
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > most) {
      await reader.cancel();
      throw tooLargeError(url, most);
    }
    text += decoder.decode(value, { stream: true });
  }
}
