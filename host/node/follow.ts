/**
 * Following a leader: its blocks are applied here with their signatures, and each must have the leader's digest. The first that has
 * not ends the following and names the key that differs. A leader that cannot be reached is waited for.
 */
import { isPassing } from "../chain/transport/transport.js";
import { connectLedger } from "../client/connect.js";
import type { Hex } from "../client/contract.js";
import type { RemoteLedger } from "../client/remote.js";
import { bytesOf, hexOf, toWire } from "../client/wire.js";
import { YumaError } from "../errors.js";
import type { VerifySignature } from "../ledger/accounts/keys.js";
import { DivergedError } from "../ledger/block/next.js";
import { recordCodec } from "../ledger/block/record.js";
import type { Ledger } from "../ledger/ledger.js";
import type { Change } from "../ledger/state/changes.js";
import { decode, fromHex } from "../ledger/state/codecs.js";
import { readChange } from "../ledger/state/readChange.js";
import { type Database, isEmpty } from "../ledger/store/store.js";
import type { Limits } from "./limits.js";
import { LedgerNode, nodeLedger, type Source } from "./node.js";

const PAUSE_MILLISECONDS = 500;

/** What a follower is made of. */
export interface FollowerOptions {
  readonly store: Database;
  /** Where the leader is: ws or wss; of http and https the WebSocket on the same port is taken. */
  readonly leader: string;
  readonly verifySignature?: VerifySignature | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Hears why the following has ended: DIVERGED, or a failed store. */
  readonly onFailure: (error: unknown) => void;
}

/** A node that follows, and the end of it. */
export interface Follower {
  readonly node: LedgerNode;
  /** Stops following; the node is closed by itself. */
  stop(): Promise<void>;
}

/** Opens a follower, in an empty store with the leader's genesis. Throws NETWORK, and BAD_STORE for a store of another genesis. */
export async function openFollower(options: FollowerOptions): Promise<Follower> {
  const { store, leader: url, verifySignature, limits, onFailure } = options;
  const leader = connectLedger(url.replace(/^http/, "ws"));
  try {
    await store.open();
    const genesis = (await isEmpty(store)) ? await leader.genesis() : undefined;
    const ledger = await nodeLedger({ store, genesis, verifySignature });
    const { genesisDigest } = await leader.info();
    if (ledger.genesisDigest !== genesisDigest) {
      throw new YumaError("BAD_STORE", "The store began with another genesis than the leader.", { reason: "genesis" });
    }
    const following = new Following(ledger, leader);
    const source = () => following.source;
    const node = new LedgerNode(ledger, { store, blockTime: "follower", isDevnet: false, limits, onFailure, source });
    const ended = following.run().catch(onFailure);
    return {
      node,
      stop: async () => {
        following.stop();
        await ended;
        await leader.close();
      },
    };
  } catch (error) {
    await leader.close();
    throw error;
  }
}

/** Blocks as they come, until it is told to stop or one differs. */
class Following {
  readonly #ledger: Ledger;
  readonly #leader: RemoteLedger;
  #isOver = false;
  #wake: () => void = () => undefined;
  source: Source = { isReachable: true, height: null };

  constructor(ledger: Ledger, leader: RemoteLedger) {
    this.#ledger = ledger;
    this.#leader = leader;
  }

  stop(): void {
    this.#isOver = true;
    this.#wake();
  }

  async run(): Promise<void> {
    let isListening = false;
    while (!this.#isOver) {
      try {
        const woken = new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        if (!isListening) {
          const cut = () => {
            isListening = false;
            this.source = { ...this.source, isReachable: false };
            this.#wake();
          };
          await this.#leader.subscribe(() => this.#wake(), cut);
          isListening = true;
        }
        if (await this.#catchUp()) await woken;
      } catch (error) {
        if (this.#isOver) return;
        if (!isPassing(error)) throw error;
        this.source = { ...this.source, isReachable: false };
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
      }
    }
  }

  /** Takes over the leader's next blocks; true once there are none. */
  async #catchUp(): Promise<boolean> {
    const { records, height, digest } = await this.#leader.ask("ledger_records", this.#ledger.height + 1);
    this.source = { isReachable: true, height };
    for (const record of records) {
      if (this.#isOver) return true;
      await this.#take(record);
    }
    // A leader that is behind must be where this one was.
    if (records.length === 0 && height <= this.#ledger.height) await this.#compare(height, digest);
    return records.length === 0;
  }

  async #take(record: Hex): Promise<void> {
    try {
      await this.#ledger.follow(decode(recordCodec, fromHex(record), "A block's record"));
    } catch (error) {
      throw error instanceof DivergedError ? await named(error, this.#leader) : error;
    }
  }

  async #compare(height: number, digest: Hex): Promise<void> {
    const next = height === this.#ledger.height ? undefined : await this.#ledger.record(height + 1);
    const own = next?.parentDigest ?? this.#ledger.digest;
    if (own !== digest) throw new DivergedError(height, "the leader has gone another way", { digest, own });
  }
}

/** The same error with the first key in which the leader's changes differ from those here. */
async function named(error: DivergedError, leader: RemoteLedger): Promise<YumaError> {
  // What follows another block is not compared: the difference lies before it.
  if (error.changes.length === 0) return error;
  const height = error.details.height as number;
  const theirs = await leader.ask("ledger_changes", height).catch(() => undefined);
  const key = theirs && firstDifference(error.changes, theirs);
  if (key === undefined) return error;
  const own = error.changes.find((change) => hexOf(change.key) === key)?.after;
  const their = theirs?.find(([one]) => one === key)?.[1];
  const { item, keys, before, after } = readChange({
    key: fromHex(key),
    before: own,
    after: typeof their === "string" ? bytesOf("after", their) : undefined,
  });
  const where = `${item}[${keys.join(", ")}]`;
  const details = { ...error.details, item, keys: toWire(keys), ownValue: toWire(before), leaderValue: toWire(after) };
  return new YumaError("DIVERGED", `Block ${height} differs from the leader's, first in ${where}.`, details);
}

/** The first key, in the order of its bytes, that the two leave otherwise. */
function firstDifference(own: readonly Change[], theirs: readonly (readonly [Hex, Hex | null])[]): Hex | undefined {
  const here = new Map(own.map(({ key, after }) => [hexOf(key), after === undefined ? null : hexOf(after)]));
  const there = new Map(theirs);
  const keys = [...new Set([...here.keys(), ...there.keys()])].sort();
  return keys.find((key) => here.get(key) !== there.get(key));
}
