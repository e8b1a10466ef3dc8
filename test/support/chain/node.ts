/**
 * A small honest node: blocks with the states after them, metadata, and the JSON-RPC methods of a Substrate node that the adapter uses;
 * in process, over HTTP and over WebSocket. Faults are put in from outside, by changing what it answers.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Blake2256 } from "@polkadot-api/substrate-bindings";
import { WebSocketServer } from "ws";
import type { Connection, RpcCall, RpcReply } from "../../../host/chain/transport/transport.js";
import { compact, type Digits } from "./types.js";

/** A state: raw values by key, all hex. */
export type RawState = Map<string, string>;

/** A block and the state after it. */
export interface NodeBlock {
  readonly number: number;
  readonly hash: string;
  readonly header: Record<string, unknown>;
  readonly state: RawState;
  readonly runtime: NodeRuntime;
}

/** The code in a state. */
export interface NodeRuntime {
  readonly specVersion: number;
  /** Metadata by format, hex. */
  readonly metadata: Readonly<Partial<Record<14 | 15 | 16, string>>>;
}

const UNKNOWN_METHOD = -32601;
const DISCARDED = 4003;
const hexOf = (digits: Digits) => `0x${digits}`;
const blake = (digits: Digits) => Buffer.from(Blake2256(Uint8Array.from(Buffer.from(digits, "hex")))).toString("hex");

/** What a test may change of an answer before it goes out. */
export type Tamper = (call: RpcCall, reply: RpcReply) => RpcReply;

/** The node. */
export class TestNode {
  readonly blocks: NodeBlock[] = [];
  /** Answers of the runtime's functions: name, arguments, block hash → hex, or undefined for no such function. */
  runtimeCalls = new Map<string, string>();
  /** Blocks before this one have lost their states. */
  prunedBelow = 0;
  /** Methods it does not have. */
  missing = new Set<string>();
  tamper: Tamper = (_, reply) => reply;
  /** Every call answered. */
  readonly log: RpcCall[] = [];

  /** Adds a block on top: its header hashes to its hash, as on a chain. */
  add(number: number, state: RawState, runtime: NodeRuntime): NodeBlock {
    const parent = this.blocks.at(-1);
    const parentHash =
      parent?.number === number - 1 ? parent.hash.slice(2) : blake(`ff${number.toString(16).padStart(8, "0")}`);
    const stateRoot = blake(Buffer.from(`state ${number}`).toString("hex"));
    const extrinsicsRoot = blake(Buffer.from(`extrinsics ${number}`).toString("hex"));
    const logs = ["066175726120c5a4fd0800000000", `0561757261${"0101"}${"ab".repeat(64)}`];
    const encoded = parentHash + compact(number) + stateRoot + extrinsicsRoot + compact(logs.length) + logs.join("");
    const block = {
      number,
      hash: hexOf(blake(encoded)),
      header: {
        parentHash: hexOf(parentHash),
        number: `0x${number.toString(16)}`,
        stateRoot: hexOf(stateRoot),
        extrinsicsRoot: hexOf(extrinsicsRoot),
        digest: { logs: logs.map(hexOf) },
      },
      state,
      runtime,
    };
    this.blocks.push(block);
    return block;
  }

  /** The node in process. */
  connection(): Connection {
    return { name: "The test node", send: async (calls) => calls.map((call) => this.answer(call)), close: () => {} };
  }

  answer(call: RpcCall): RpcReply {
    this.log.push(call);
    return this.tamper(call, this.honest(call));
  }

  private honest({ method, params }: RpcCall): RpcReply {
    if (this.missing.has(method)) return failure(UNKNOWN_METHOD, "Method not found");
    switch (method) {
      case "chain_getFinalizedHead":
        return { result: this.blocks.at(-1)?.hash };
      case "chain_getBlockHash":
        return { result: this.blocks.find(({ number }) => number === params[0])?.hash ?? null };
      case "chain_getHeader":
        return { result: this.blockAt(params[0])?.header ?? null };
      case "state_getRuntimeVersion":
        return this.inState(params[0], ({ runtime }) => ({ specName: "made", specVersion: runtime.specVersion }));
      case "state_getMetadata":
        return this.inState(params[0], ({ runtime }) => runtime.metadata[14] ?? null);
      case "state_getStorage":
        return this.inState(params[1], ({ state }) => state.get(params[0] as string) ?? null);
      case "state_queryStorageAt":
        return this.inState(params[1], ({ hash, state }) => [
          { block: hash, changes: (params[0] as string[]).map((key) => [key, state.get(key) ?? null]) },
        ]);
      case "state_call":
        return this.call(params as [string, string, string]);
      default:
        return failure(UNKNOWN_METHOD, "Method not found");
    }
  }

  private call([name, args, hash]: [string, string, string]): RpcReply {
    const block = this.blockAt(hash);
    const formats = Object.keys(block?.runtime.metadata ?? {}).map(Number);
    const canAsk = formats.some((format) => format > 14);
    if (name === "Metadata_metadata_versions" && canAsk) {
      const words = formats.map((format) => `${format.toString(16).padStart(2, "0")}000000`);
      return this.inState(hash, () => hexOf(compact(words.length) + words.join("")));
    }
    if (name === "Metadata_metadata_at_version" && canAsk) {
      const format = Number.parseInt(args.slice(2, 4), 16) as 14 | 15 | 16;
      const digits = block?.runtime.metadata[format]?.slice(2);
      return this.inState(hash, () => (digits ? hexOf(`01${compact(digits.length / 2)}${digits}`) : "0x00"));
    }
    const result = this.runtimeCalls.get(`${name} ${args}`);
    return result === undefined ? failure(4003, `Execution failed: Exported method ${name} is not found`) : { result };
  }

  private blockAt(hash: unknown): NodeBlock | undefined {
    return hash === undefined ? this.blocks.at(-1) : this.blocks.find((block) => block.hash === hash);
  }

  private inState(hash: unknown, answer: (block: NodeBlock) => unknown): RpcReply {
    const block = this.blockAt(hash);
    if (block === undefined) return failure(-32000, "UnknownBlock: Header was not found");
    if (block.number < this.prunedBelow) {
      return failure(DISCARDED, `Client error: UnknownBlock: State already discarded for ${block.hash}`);
    }
    return { result: answer(block) };
  }
}

function failure(code: number, message: string): RpcReply {
  return { error: { code, message } };
}

/** A node behind real sockets. */
export interface ServedNode {
  readonly http: string;
  readonly ws: string;
  /** Cuts every open WebSocket. */
  cut(): void;
  close(): Promise<void>;
}

/** What a served node does with a message: the text to send back, or null to stay silent. */
export type Answerer = (text: string) => string | null;

/** Answers as JSON-RPC: one frame or a batch. */
export function answering(node: TestNode): Answerer {
  return (text) => {
    const parsed = JSON.parse(text) as unknown;
    const one = (frame: { id: number } & RpcCall) => ({ jsonrpc: "2.0", id: frame.id, ...node.answer(frame) });
    return JSON.stringify(Array.isArray(parsed) ? parsed.map(one) : one(parsed as { id: number } & RpcCall));
  };
}

/** Serves a node, or any answerer, on a port of its own. */
export async function serve(answer: Answerer): Promise<ServedNode> {
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      const text = answer(body);
      if (text !== null) response.setHeader("content-type", "application/json").end(text);
    });
  });
  const sockets = new WebSocketServer({ server, maxPayload: 1 << 28 });
  sockets.on("connection", (socket) => {
    socket.on("message", (data) => {
      const text = answer(data.toString());
      if (text !== null) socket.send(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const client of sockets.clients) client.terminate();
  };
  return {
    http: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    cut,
    close: async () => {
      cut();
      server.closeAllConnections();
      await new Promise<void>((resolve) => sockets.close(() => server.close(() => resolve())));
    },
  };
}
