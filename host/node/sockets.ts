/** The WebSockets of a node: requests in, answers and blocks out. Who is too slow, gone or silent is cut. */
import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import { BLOCK_NOTIFICATION, type NewBlock } from "../client/contract.js";
import { YumaError } from "../errors.js";
import type { Listener } from "./handlers.js";
import type { Limits } from "./limits.js";

const GOING_AWAY = 1001;
const POLICY = 1008;

/** One socket and what it listens to. */
class Client implements Listener {
  readonly subscriptions = new Set<string>();
  isAlive = true;
  lastAsked = performance.now();

  constructor(
    readonly socket: WebSocket,
    readonly limits: Limits,
  ) {}

  subscribe(): string {
    const { mostSubscriptions } = this.limits;
    if (this.subscriptions.size >= mostSubscriptions) {
      const text = `A connection has at most ${mostSubscriptions} subscriptions.`;
      throw new YumaError("LIMIT_EXCEEDED", text, { limit: "mostSubscriptions", mostSubscriptions });
    }
    const subscription = randomUUID();
    this.subscriptions.add(subscription);
    return subscription;
  }

  unsubscribe(subscription: string): boolean {
    return this.subscriptions.delete(subscription);
  }

  /** Sends, unless the other side does not keep up: then it is cut. */
  send(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > this.limits.mostBehindBytes) this.socket.terminate();
    else this.socket.send(text);
  }
}

/** All sockets of a node. */
export class Sockets {
  readonly #clients = new Set<Client>();
  readonly #limits: Limits;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#heartbeat = setInterval(() => this.#beat(), limits.idleMilliseconds);
    this.#heartbeat.unref();
  }

  /** How many are open. */
  get connections(): number {
    return this.#clients.size;
  }

  /** How many subscriptions there are. */
  get subscriptions(): number {
    let count = 0;
    for (const { subscriptions } of this.#clients) count += subscriptions.size;
    return count;
  }

  /** Serves a socket: each text goes to `answer`, what it gives goes back. */
  serve(socket: WebSocket, answer: (text: string, listener: Listener) => Promise<string | undefined>): void {
    const client = new Client(socket, this.#limits);
    this.#clients.add(client);
    socket.on("pong", () => {
      client.isAlive = true;
    });
    socket.on("close", () => this.#clients.delete(client));
    // What breaks the format or the bounds: `ws` closes the socket by itself.
    socket.on("error", () => socket.terminate());
    socket.on("message", async (data, isBinary) => {
      client.lastAsked = performance.now();
      if (isBinary) return socket.close(POLICY, "text only");
      const text = await answer(data.toString(), client);
      if (text !== undefined) client.send(text);
    });
  }

  /** Tells every subscription of a block. */
  tell(block: NewBlock): void {
    const shared = `,"block":${JSON.stringify(block)}}}`;
    for (const client of this.#clients) {
      for (const subscription of client.subscriptions) {
        const params = `{"subscription":${JSON.stringify(subscription)}${shared}`;
        client.send(`{"jsonrpc":"2.0","method":"${BLOCK_NOTIFICATION}","params":${params}`);
      }
    }
  }

  /** Closes all. */
  close(): void {
    clearInterval(this.#heartbeat);
    for (const { socket } of this.#clients) socket.close(GOING_AWAY, "the node is closing");
  }

  #beat(): void {
    const now = performance.now();
    for (const client of this.#clients) {
      const isSilent = now - client.lastAsked > this.#limits.mostSilentMilliseconds;
      if (!client.isAlive) client.socket.terminate();
      else if (isSilent && client.subscriptions.size === 0) client.socket.close(GOING_AWAY, "nothing asked");
      else {
        client.isAlive = false;
        client.socket.ping();
      }
    }
  }
}
