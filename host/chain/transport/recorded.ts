/** A session saved and played again: the same calls get the same replies, without a network. */
import { YumaError } from "../../errors.js";
import type { Connection, RpcReply, Transport } from "./transport.js";

/** Replies by call; a call made several times has several, in order. Plain JSON. */
export type RecordedSession = Record<string, readonly RpcReply[]>;

/** A transport that remembers, and what it remembers so far. */
export function recording(send: Transport): { send: Transport; session(): RecordedSession } {
  const replies = new Map<string, RpcReply[]>();
  return {
    async send(calls) {
      const got = await send(calls);
      for (const [i, call] of calls.entries()) {
        const key = JSON.stringify([call.method, call.params]);
        replies.set(key, [...(replies.get(key) ?? []), got[i] as RpcReply]);
      }
      return got;
    },
    session: () => Object.fromEntries(replies),
  };
}

/** A connection that answers from a session; the last reply to a call is repeated. A call that was not recorded: NETWORK. */
export function replaying(session: RecordedSession): Connection {
  const seen = new Map<string, number>();
  return {
    name: "The recorded session",
    async send(calls) {
      return calls.map((call) => {
        const key = JSON.stringify([call.method, call.params]);
        const replies = Object.hasOwn(session, key) ? (session[key] ?? []) : [];
        const at = Math.min(seen.get(key) ?? 0, replies.length - 1);
        seen.set(key, at + 1);
        const reply = replies[at];
        if (reply !== undefined) return reply;
        const text = `The recorded session holds no reply to ${call.method}.`;
        throw new YumaError("NETWORK", text, { method: call.method });
      });
    },
    close() {},
  };
}
