/** JSON-RPC 2.0 on the wire: calls as text, text as replies, with every promise of the format checked. */
import { badAnswer, type RpcCall, type RpcReply } from "./transport.js";

/** The text of some calls, numbered from `firstId`: one object for one call, a batch for several. */
export function encodeCalls(calls: readonly RpcCall[], firstId: number): string {
  const frames = calls.map(({ method, params }, i) => ({ jsonrpc: "2.0", id: firstId + i, method, params }));
  return JSON.stringify(frames.length === 1 ? frames[0] : frames);
}

/** One reply with the number of its call; null where the node refuses a whole batch. */
export interface NumberedReply {
  readonly id: number | null;
  readonly reply: RpcReply;
}

/** What a node says without having been asked: events of a subscription. */
export interface Notification {
  readonly method: string;
  readonly params: unknown;
}

/** Reads replies out of text; notifications are passed over. Throws BAD_ANSWER. */
export function decodeReplies(name: string, text: string): NumberedReply[] {
  return decodeFrames(name, text).replies;
}

/** Reads replies and notifications out of text. Throws BAD_ANSWER. */
export function decodeFrames(
  name: string,
  text: string,
): { readonly replies: NumberedReply[]; readonly notifications: readonly Notification[] } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badAnswer(name, "its answer is not JSON");
  }
  const frames = Array.isArray(parsed) ? parsed : [parsed];
  return {
    replies: frames.filter((frame) => !isNotification(frame)).map((frame) => readFrame(name, frame)),
    notifications: frames.filter(isNotification),
  };
}

/** Replies to calls `firstId` …, in order. Throws BAD_ANSWER where one is missing or not asked for. */
export function inOrder(name: string, replies: readonly NumberedReply[], firstId: number, count: number): RpcReply[] {
  const found = new Map(replies.map(({ id, reply }) => [id, reply]));
  if (found.has(null)) throw refusedBatch(name, found.get(null) as RpcReply);
  if (replies.length > count) throw badAnswer(name, `${replies.length} replies to ${count} calls`);
  return Array.from({ length: count }, (_, i) => {
    const reply = found.get(firstId + i);
    if (reply === undefined) throw badAnswer(name, `no reply to call ${i + 1} of ${count}`);
    return reply;
  });
}

/** Some nodes take one call at a time, or few; `details.batch` marks that. */
function refusedBatch(name: string, reply: RpcReply) {
  const message = "error" in reply ? reply.error.message : "a reply without a number";
  return badAnswer(name, message.slice(0, 120), { batch: true });
}

function isNotification(frame: unknown): frame is Notification {
  return typeof frame === "object" && frame !== null && "method" in frame && !("id" in frame);
}

function readFrame(name: string, frame: unknown): NumberedReply {
  if (typeof frame !== "object" || frame === null) throw badAnswer(name, "a reply is not an object");
  const { id, result, error } = frame as { id?: unknown; result?: unknown; error?: unknown };
  if (id !== null && typeof id !== "number") throw badAnswer(name, "a reply has no number");
  if (error !== undefined && error !== null) {
    const { code, message, data } = error as { code?: unknown; message?: unknown; data?: unknown };
    const known = typeof code === "number" && typeof message === "string";
    if (!known) throw badAnswer(name, "an error without code and message");
    return { id, reply: { error: { code, message: withData(message, data), ...(isRecord(data) ? { data } : {}) } } };
  }
  if (result === undefined) throw badAnswer(name, "a reply without result");
  return { id, reply: { result } };
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null;
}

/** Nodes put the cause into `data`. */
function withData(message: string, data: unknown): string {
  return typeof data === "string" && data !== "" ? `${message}: ${data}` : message;
}
