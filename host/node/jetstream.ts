/**
 * The block log over NATS JetStream: a leader publishes each block, any number of followers consume it, and neither need know the
 * other. The stream is the ledger's own: message 1 is the genesis document, message k the record of the k-th block after it, so
 * that a place in the stream is a height. Who publishes names the place it expects: two leaders cannot both write one.
 * Loaded only where it is asked for; needs @nats-io/transport-node and @nats-io/jetstream installed beside this package.
 */
import type { ConsumerMessages, JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { reasonOf } from "../chain/transport/transport.js";
import { YumaError } from "../errors.js";
import { fromJson } from "../json.js";
import { DivergedError } from "../ledger/block/next.js";
import { recordCodec } from "../ledger/block/record.js";
import type { Genesis } from "../ledger/genesis.js";
import type { Ledger } from "../ledger/ledger.js";
import { decode } from "../ledger/state/codecs.js";
import { isEmpty } from "../ledger/store/store.js";
import { refuse } from "../marshal/values.js";
import type { Follower, FollowerOptions } from "./follow.js";
import { LedgerNode, nodeLedger, type Source } from "./node.js";

const ALREADY_THERE = 10058;

/** Where the log is. */
export interface LogPlace {
  /** "nats://127.0.0.1:4222"; several with commas. */
  readonly servers: string;
  /** The stream's name: letters, digits, - and _. Usually the network's. */
  readonly stream: string;
}

/** The place in a URL such as nats://127.0.0.1:4222/devnet, whose path is the stream. Throws BAD_VALUE. */
export function placeOfLog(url: string): LogPlace {
  const [, servers, stream] = /^(nats:\/\/[^/\s]+)\/([A-Za-z0-9_-]+)$/.exec(url) ?? [];
  if (servers === undefined || stream === undefined)
    return refuse("log", "a URL such as nats://127.0.0.1:4222/devnet", url);
  return { servers, stream };
}

/** A log that is being written or read. */
export interface LogWork {
  /** The height up to which it is written, or taken over. */
  readonly height: () => number;
  stop(): Promise<void>;
}

/** A log that is being read: whether its server answers, and how far it is. */
export interface LogReading extends LogWork {
  readonly source: () => Source;
}

/** How soon a log is found to be cut off, and looked for again. */
export interface LogTiming {
  /** Between two tries to reach a server, or to publish. */
  readonly pauseMilliseconds: number;
  /** How often the server is to show that it is there while no block comes, at least 500; after two it is not. */
  readonly heartbeatMilliseconds: number;
  /** How long a published block waits to be confirmed. */
  readonly answerMilliseconds: number;
}

/** The usual timing. */
export const USUAL_LOG_TIMING: LogTiming = {
  pauseMilliseconds: 250,
  heartbeatMilliseconds: 2_000,
  answerMilliseconds: 5_000,
};

interface Log {
  readonly connection: NatsConnection;
  readonly manager: JetStreamManager;
  readonly client: JetStreamClient;
}

async function open({ servers }: LogPlace, { pauseMilliseconds }: LogTiming): Promise<Log> {
  const [nats, streams] = await Promise.all([import("@nats-io/transport-node"), import("@nats-io/jetstream")]).catch(
    () => {
      const modules = "@nats-io/transport-node and @nats-io/jetstream";
      throw new YumaError("USAGE", `JetStream needs ${modules}; install them beside this package.`, { modules });
    },
  );
  try {
    const connection = await nats.connect({
      servers: servers.split(","),
      maxReconnectAttempts: -1,
      reconnectTimeWait: pauseMilliseconds,
    });
    return { connection, manager: await streams.jetstreamManager(connection), client: streams.jetstream(connection) };
  } catch (cause) {
    throw new YumaError("NETWORK", `${servers} cannot be reached: ${reasonOf(cause)}.`, { endpoint: servers });
  }
}

const subjectOf = ({ stream }: LogPlace) => `yuma.${stream}.blocks`;

/**
 * Publishes a ledger's blocks, those there are and those to come. What a restart or a cut left out is made up for, in order.
 *
 * Throws NETWORK, USAGE, and DIVERGED where the log is of another ledger. What goes wrong later `onFailure` hears; a server that
 * cannot be reached for a while is no failure.
 */
export async function publishBlocks(
  ledger: Ledger,
  place: LogPlace,
  onFailure: (error: unknown) => void,
  timing: LogTiming = USUAL_LOG_TIMING,
): Promise<LogWork> {
  const log = await open(place, timing);
  try {
    await log.manager.streams.add({ name: place.stream, subjects: [subjectOf(place)] }).catch((error) => {
      if ((error as { code?: number }).code !== ALREADY_THERE) throw error;
    });
    const publisher = new Publisher(ledger, place, log, timing);
    await publisher.begin();
    const ended = publisher.run().catch(onFailure);
    const unsubscribe = ledger.subscribe(() => publisher.wake());
    return {
      height: () => publisher.height,
      stop: async () => {
        unsubscribe();
        publisher.stop();
        await log.connection.close();
        await ended;
      },
    };
  } catch (error) {
    await log.connection.close();
    throw error;
  }
}

class Publisher {
  readonly #ledger: Ledger;
  readonly #place: LogPlace;
  readonly #log: Log;
  readonly #timing: LogTiming;
  readonly #first: number;
  /** Messages that are known to be in the stream. */
  #written = 0;
  #isOver = false;
  wake: () => void = () => undefined;

  constructor(ledger: Ledger, place: LogPlace, log: Log, timing: LogTiming) {
    this.#ledger = ledger;
    this.#place = place;
    this.#log = log;
    this.#timing = timing;
    this.#first = ledger.genesis.firstBlock ?? 0;
  }

  get height(): number {
    return this.#first + this.#written - 1;
  }

  stop(): void {
    this.#isOver = true;
    this.wake();
  }

  /** Finds out how far the stream is, and that it is this ledger's: its last message must be the one that would stand there. */
  async begin(): Promise<void> {
    const { manager } = this.#log;
    this.#written = (await manager.streams.info(this.#place.stream)).state.last_seq;
    if (this.#written === 0) return;
    const there = await manager.streams.getMessage(this.#place.stream, { seq: this.#written });
    const own = await this.#message(this.#written);
    if (there === null || own === undefined || Buffer.compare(there.data, own) !== 0) {
      throw new DivergedError(this.height, "the log holds another", { stream: this.#place.stream });
    }
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      const message = await this.#message(this.#written + 1);
      if (message === undefined) await woken;
      else if (await this.#publish(message)) this.#written += 1;
      else if (!this.#isOver) {
        await new Promise((resolve) => setTimeout(resolve, this.#timing.pauseMilliseconds));
        await this.begin().catch((error) => {
          if (error instanceof DivergedError) throw error;
        });
      }
    }
  }

  /** Whether it is written: an answer that did not come leaves that open. */
  async #publish(message: Uint8Array): Promise<boolean> {
    try {
      const options = { expect: { lastSequence: this.#written }, timeout: this.#timing.answerMilliseconds };
      const { seq } = await this.#log.client.publish(subjectOf(this.#place), message, options);
      return seq === this.#written + 1;
    } catch {
      return false;
    }
  }

  /** The message of a place: the genesis, or a block's record; undefined where that is yet to come. */
  async #message(place: number): Promise<Uint8Array | undefined> {
    if (place === 1) return new TextEncoder().encode(JSON.stringify(this.#ledger.genesis));
    const record = await this.#ledger.record(this.#first + place - 1);
    return record === undefined ? undefined : recordCodec.enc(record);
  }
}

/** The genesis that a log begins with. Throws NETWORK, USAGE, NO_BLOCK for a stream there is not. */
export async function genesisOfLog(place: LogPlace): Promise<Genesis> {
  const log = await open(place, USUAL_LOG_TIMING);
  try {
    const message = await log.manager.streams.getMessage(place.stream, { seq: 1 }).catch(() => null);
    if (message === null) {
      throw new YumaError("NO_BLOCK", `There is no log ${place.stream} at ${place.servers}.`, { stream: place.stream });
    }
    return fromJson(new TextDecoder().decode(message.data), "The log's genesis") as Genesis;
  } finally {
    await log.connection.close();
  }
}

/**
 * Takes over a log's blocks into a ledger, from where it stands. `onFailure` hears DIVERGED, at the first block that does not come out
 * alike; nothing of that block is stored. A server that cannot be reached is waited for.
 */
export async function followBlocks(
  ledger: Ledger,
  place: LogPlace,
  onFailure: (error: unknown) => void,
  timing: LogTiming = USUAL_LOG_TIMING,
): Promise<LogReading> {
  const log = await open(place, timing);
  const first = ledger.genesis.firstBlock ?? 0;
  let messages: ConsumerMessages;
  try {
    // An ordered consumer: after a cut the client goes on with the message after the last one it gave.
    const consumer = await log.client.consumers.get(place.stream, {
      deliver_policy: "by_start_sequence",
      opt_start_seq: ledger.height - first + 2,
    });
    const idle_heartbeat = timing.heartbeatMilliseconds;
    messages = await consumer.consume({ idle_heartbeat, expires: 2 * idle_heartbeat });
  } catch (cause) {
    await log.connection.close();
    throw new YumaError("NO_BLOCK", `The log ${place.stream} cannot be read: ${reasonOf(cause)}.`, {
      stream: place.stream,
    });
  }
  let source: Source = { isReachable: true, height: null };
  const watch = async () => {
    for await (const { type } of log.connection.status()) {
      if (type === "disconnect" || type === "reconnect") source = { ...source, isReachable: type === "reconnect" };
    }
  };
  watch().catch(() => undefined);
  const work = async () => {
    for await (const { data, seq, info } of messages) {
      source = { isReachable: true, height: first + seq - 1 + info.pending };
      const record = decode(recordCodec, data, `Message ${seq} of the log`);
      if (record.height !== first + seq - 1) throw new DivergedError(record.height, "the log has a gap", { seq });
      if (record.height > ledger.height) await ledger.follow(record);
    }
  };
  const ended = work().catch(onFailure);
  return {
    height: () => ledger.height,
    source: () => source,
    stop: async () => {
      messages.stop();
      await ended;
      await log.connection.close();
    },
  };
}

/** A node that follows a log, in an empty store with the log's genesis. Throws NETWORK, USAGE, NO_BLOCK. */
export async function openLogFollower(
  options: Omit<FollowerOptions, "leader"> & { readonly place: LogPlace },
): Promise<Follower> {
  const { store, place, verifySignature, limits, onFailure } = options;
  await store.open();
  const genesis = (await isEmpty(store)) ? await genesisOfLog(place) : undefined;
  const ledger = await nodeLedger({ store, genesis, verifySignature });
  try {
    const { stop, source } = await followBlocks(ledger, place, onFailure);
    const how = { store, isDevnet: false, limits, onFailure, source };
    return { node: new LedgerNode(ledger, { ...how, blockTime: "follower" }), stop };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}
