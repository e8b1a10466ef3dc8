/** JSON-RPC over a WebSocket: opened at the first call, opened again at the first call after it was cut. */
import { decodeFrames, encodeCalls, inOrder, type Notification, type NumberedReply } from "./frames.js";
import {
  type Bounds,
  badAnswer,
  type Connection,
  DEFAULT_BOUNDS,
  networkError,
  type RpcCall,
  type RpcReply,
  reasonOf,
  timeoutError,
  tooLargeError,
} from "./transport.js";

/** As much of a WebSocket as is used; browsers, and `ws` on Node, have it. */
export interface Socket {
  send(text: string): void;
  close(): void;
  addEventListener(type: string, listener: (event: { data?: unknown; message?: string }) => void): void;
}

/** Makes a socket that is opening. */
export type OpenSocket = (url: string, mostAnswerBytes: number) => Promise<Socket>;

/** One round trip under way. */
interface Waiting {
  readonly firstId: number;
  readonly count: number;
  readonly replies: NumberedReply[];
  resolve(replies: RpcReply[]): void;
  reject(error: unknown): void;
}

/** A socket that is open, and those who wait for its answers. */
interface Line {
  readonly socket: Socket;
  readonly waiting: Set<Waiting>;
}

/** Who hears what comes unasked, and that nothing more will. */
export interface Listening {
  onNotification?(notification: Notification): void;
  /** The line that was open is not any more; the next call opens another. */
  onCut?(): void;
}

/** A connection over a WebSocket to `url` (ws: or wss:). */
export function overSocket(
  url: string,
  bounds: Bounds = DEFAULT_BOUNDS,
  open: OpenSocket = openSocket,
  listening: Listening = {},
): Connection {
  let line: Promise<Line> | undefined;
  let nextId = 1;
  let isClosed = false;
  const drop = () => {
    if (line === undefined) return;
    line = undefined;
    listening.onCut?.();
  };
  return {
    name: url,
    send(calls) {
      if (isClosed) return Promise.reject(networkError(url, "the connection is closed"));
      line ??= connect(url, bounds, open, drop, listening);
      const firstId = nextId;
      nextId += calls.length;
      return within(url, bounds.timeoutMilliseconds, (late) => ask(line as Promise<Line>, calls, firstId, late));
    },
    close() {
      isClosed = true;
      line?.then(
        ({ socket }) => socket.close(),
        () => {},
      );
    },
  };
}

/** Runs `work` unless it takes too long; then `late` is aborted, so that nobody waits on. */
async function within<T>(url: string, milliseconds: number, work: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(timeoutError(url, milliseconds));
      late.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(late.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(line: Promise<Line>, calls: readonly RpcCall[], firstId: number, late: AbortSignal) {
  const { socket, waiting } = await line;
  late.throwIfAborted();
  return new Promise<RpcReply[]>((resolve, reject) => {
    const own: Waiting = { firstId, count: calls.length, replies: [], resolve, reject };
    waiting.add(own);
    late.addEventListener("abort", () => waiting.delete(own));
    socket.send(encodeCalls(calls, firstId));
  });
}

/** Opens a socket and hands what comes to whoever waits for it. `drop` is called once it can be used no longer. */
async function connect(
  url: string,
  bounds: Bounds,
  open: OpenSocket,
  drop: () => void,
  listening: Listening,
): Promise<Line> {
  try {
    const socket = await open(url, bounds.mostAnswerBytes);
    const waiting = new Set<Waiting>();
    const end = (error: unknown) => {
      drop();
      for (const one of waiting) one.reject(error);
      waiting.clear();
      socket.close();
    };
    await opened(url, socket, end, bounds.mostAnswerBytes);
    socket.addEventListener("message", ({ data }) => {
      if (typeof data !== "string") return end(badAnswer(url, "it sends bytes instead of text"));
      if (data.length > bounds.mostAnswerBytes) return end(tooLargeError(url, bounds.mostAnswerBytes));
      try {
        const { replies, notifications } = decodeFrames(url, data);
        deliver(url, waiting, replies);
        for (const notification of notifications) listening.onNotification?.(notification);
      } catch (error) {
        end(error);
      }
    });
    return { socket, waiting };
  } catch (error) {
    drop();
    throw error;
  }
}

function opened(url: string, socket: Socket, end: (error: unknown) => void, most: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      end(error);
      reject(error);
    };
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("close", () => fail(networkError(url, "the connection was cut")));
    socket.addEventListener("error", ({ message }) => {
      // `ws` refuses a message above its bound by itself.
      const isTooLarge = message?.includes("Max payload size exceeded") ?? false;
      fail(isTooLarge ? tooLargeError(url, most) : networkError(url, reasonOf(message ?? "the connection failed")));
    });
  });
}

function deliver(url: string, waiting: Set<Waiting>, replies: readonly NumberedReply[]): void {
  for (const reply of replies) {
    const { id } = reply;
    // A refused batch has no number: it can only belong to the batch that waits.
    const own = [...waiting].find((one) =>
      id === null ? one.count > 1 : id >= one.firstId && id < one.firstId + one.count,
    );
    // What was given up on may still arrive.
    if (own === undefined) continue;
    own.replies.push(reply);
    if (id !== null && own.replies.length < own.count) continue;
    waiting.delete(own);
    try {
      own.resolve(inOrder(url, own.replies, own.firstId, own.count));
    } catch (error) {
      own.reject(error);
    }
  }
}

/** The platform's own WebSocket, or `ws` where there is none (Node 20). */
async function openSocket(url: string, mostAnswerBytes: number): Promise<Socket> {
  if (typeof globalThis.WebSocket === "function") return new globalThis.WebSocket(url) as unknown as Socket;
  const { WebSocket } = await import("ws");
  return new WebSocket(url, { maxPayload: mostAnswerBytes }) as unknown as Socket;
}
