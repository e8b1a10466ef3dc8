/** What is asked of a node, and what its answers must look like. Each function takes a list, so that a list is one round trip. */
import { shown, YumaError } from "../errors.js";
import type { ChainClient } from "./client.js";
import { badAnswer, type RpcCall, type RpcReply } from "./transport/transport.js";

/** Lower-case hex with 0x. */
export type Hex = string;

/** Keys asked for in one call; a key has some 50 to 100 bytes. */
const MOST_KEYS = 1_000;
const METHOD_NOT_FOUND = -32601;

/** Sends calls in one round trip; a node's refusal of any of them throws. */
export async function ask(client: ChainClient, calls: readonly RpcCall[]): Promise<unknown[]> {
  const replies = await client.send(calls);
  return replies.map((reply, i) => resultOf(client, calls[i] as RpcCall, reply));
}

function resultOf(client: ChainClient, call: RpcCall, reply: RpcReply): unknown {
  if ("result" in reply) return reply.result;
  const { code, message } = reply.error;
  if (/state already discarded|unknownblock|unknown block|pruned/i.test(message)) {
    const { archive } = client.network;
    const hint = archive === null ? "an archive node keeps it" : `an archive node keeps it: --network ${archive}`;
    const text = `${client.endpoint()} no longer keeps the state asked for; ${hint}.`;
    throw new YumaError("PRUNED_STATE", text, { method: call.method, at: String(call.params.at(-1) ?? "") });
  }
  const text = `${client.endpoint()} refuses ${call.method}: ${message.replace(/\s+/g, " ").slice(0, 160)}.`;
  throw new YumaError("RPC_ERROR", text, { method: call.method, rpcCode: code });
}

/** The hashes of blocks by number. Throws NO_BLOCK for one that is not there. */
export async function blockHashes(client: ChainClient, numbers: readonly number[]): Promise<Hex[]> {
  const calls = numbers.map((number) => ({ method: "chain_getBlockHash", params: [number] }));
  return (await ask(client, calls)).map((hash, i) => {
    if (hash !== null) return checkHash(client, hash);
    const text = `${client.endpoint()} has no block ${numbers[i]}.`;
    throw new YumaError("NO_BLOCK", text, { block: numbers[i] });
  });
}

/** The hash of the last finalised block, and of block 0. */
export async function ends(client: ChainClient): Promise<{ head: Hex; genesis: Hex }> {
  const calls = [
    { method: "chain_getFinalizedHead", params: [] },
    { method: "chain_getBlockHash", params: [0] },
  ];
  const [head, genesis] = await ask(client, calls);
  return { head: checkHash(client, head), genesis: checkHash(client, genesis) };
}

/** A block's header as nodes send it, all hex. */
export interface RpcHeader {
  readonly parentHash: Hex;
  readonly number: Hex;
  readonly stateRoot: Hex;
  readonly extrinsicsRoot: Hex;
  readonly digest: { readonly logs: readonly Hex[] };
}

/** The headers of blocks by hash, as sent: header.ts checks them. */
export function headers(client: ChainClient, hashes: readonly Hex[]): Promise<unknown[]> {
  return ask(
    client,
    hashes.map((hash) => ({ method: "chain_getHeader", params: [hash] })),
  );
}

/** What the code in the state after a block calls itself, and the metadata formats it can write, newest first. */
export interface Runtime {
  readonly specVersion: number;
  /** Empty where it cannot be asked for a format: then it writes 14. */
  readonly formats: readonly number[];
}

/** The runtimes in the states after some blocks, in one round trip. */
export async function runtimesAt(client: ChainClient, hashes: readonly Hex[]): Promise<Runtime[]> {
  const calls = hashes.flatMap((hash) => [
    { method: "state_getRuntimeVersion", params: [hash] },
    { method: "state_call", params: ["Metadata_metadata_versions", "0x", hash] },
  ]);
  const replies = await client.send(calls);
  return hashes.map((_, i) => {
    const version = resultOf(client, calls[2 * i] as RpcCall, replies[2 * i] as RpcReply);
    const spec = (version as { specVersion?: unknown } | null)?.specVersion;
    if (!Number.isSafeInteger(spec)) return wrong(client, "a runtime version without specVersion");
    return { specVersion: spec as number, formats: formatsIn(replies[2 * i + 1] as RpcReply) };
  });
}

const READABLE_FORMATS = [16, 15];

/** SCALE of a short list of u32: a compact length, then four bytes each. An older runtime has no such function. */
function formatsIn(reply: RpcReply): number[] {
  if (!("result" in reply) || typeof reply.result !== "string") return [];
  const digits = reply.result.slice(4).toLowerCase();
  const words: readonly string[] = digits.match(/[0-9a-f]{8}/g) ?? [];
  return READABLE_FORMATS.filter((format) => words.includes(`${format.toString(16).padStart(2, "0")}000000`));
}

/** The raw metadata of the code in a state, in the newest format it writes that can be read. */
export async function metadataAt(client: ChainClient, hash: Hex, runtime: Runtime): Promise<Hex> {
  const [format] = runtime.formats;
  if (format === undefined) {
    const [plain] = await ask(client, [{ method: "state_getMetadata", params: [hash] }]);
    return checkHex(client, plain);
  }
  // SCALE of the format in, Option<bytes with compact length> out.
  const version = `0x${format.toString(16).padStart(2, "0")}000000`;
  const wrapped = await callAt(client, hash, "Metadata_metadata_at_version", version);
  if (!wrapped.startsWith("0x01")) return wrong(client, `no metadata of format ${format}`);
  return `0x${afterCompact(client, wrapped.slice(4))}`;
}

/** Hex digits after a compact length, which must be theirs. */
function afterCompact(client: ChainClient, digits: string): string {
  const mode = Number.parseInt(digits.slice(0, 2), 16) & 3;
  const size = [1, 2, 4, 0][mode] ?? 0;
  if (size === 0) return wrong(client, "metadata without a length");
  let length = 0;
  for (let i = size - 1; i >= 0; i--) length = length * 256 + Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  const rest = digits.slice(2 * size);
  return rest.length === 2 * Math.floor(length / 4) ? rest : wrong(client, "metadata of another length than it says");
}

/** A key, and the hash of the block after which its value is wanted. */
export interface StorageKey {
  readonly hash: Hex;
  readonly key: Hex;
}

/** Storage values, null where there is none, in order; one round trip where the node allows it. */
export async function storageAt(client: ChainClient, wanted: readonly StorageKey[]): Promise<(Hex | null)[]> {
  const parts = partsByBlock(wanted);
  const calls = parts.map(({ hash, keys }) => ({ method: "state_queryStorageAt", params: [keys, hash] }));
  const replies = await client.send(calls);
  if (replies.some((reply) => "error" in reply && reply.error.code === METHOD_NOT_FOUND)) {
    return storageOneByOne(client, wanted);
  }
  const found = new Map<string, Hex | null>();
  for (const [i, reply] of replies.entries()) {
    const changes = changesIn(client, resultOf(client, calls[i] as RpcCall, reply));
    for (const [key, value] of changes) found.set(`${parts[i]?.hash} ${key}`, value);
  }
  return wanted.map(({ hash, key }) => {
    const value = found.get(`${hash} ${key}`);
    return value === undefined ? wrong(client, `no value for key ${key}`) : value;
  });
}

function partsByBlock(wanted: readonly StorageKey[]): { hash: Hex; keys: Hex[] }[] {
  const parts: { hash: Hex; keys: Hex[] }[] = [];
  for (const { hash, key } of wanted) {
    let part = parts.find((one) => one.hash === hash && one.keys.length < MOST_KEYS);
    if (part === undefined) {
      part = { hash, keys: [] };
      parts.push(part);
    }
    part.keys.push(key);
  }
  return parts;
}

async function storageOneByOne(client: ChainClient, wanted: readonly StorageKey[]): Promise<(Hex | null)[]> {
  const calls = wanted.map(({ hash, key }) => ({ method: "state_getStorage", params: [key, hash] }));
  return (await ask(client, calls)).map((value) => (value === null ? null : checkHex(client, value)));
}

function changesIn(client: ChainClient, sets: unknown): [Hex, Hex | null][] {
  if (!Array.isArray(sets)) return wrong(client, "storage that is not a list");
  return sets.flatMap((set: { changes?: unknown } | null) => {
    if (!Array.isArray(set?.changes)) return wrong(client, "storage without changes");
    return set.changes.map((change: unknown): [Hex, Hex | null] => {
      if (!Array.isArray(change) || typeof change[0] !== "string") return wrong(client, "a change without a key");
      return [change[0], change[1] === null ? null : checkHex(client, change[1])];
    });
  });
}

/** Calls a runtime function in a state: SCALE arguments in, SCALE out. */
export async function callAt(client: ChainClient, hash: Hex, name: string, args: Hex): Promise<Hex> {
  const [out] = await ask(client, [{ method: "state_call", params: [name, args, hash] }]);
  return checkHex(client, out);
}

function checkHash(client: ChainClient, value: unknown): Hex {
  const hash = checkHex(client, value);
  return hash.length === 66 ? hash : wrong(client, `${shown(hash)} for a hash`);
}

function checkHex(client: ChainClient, value: unknown): Hex {
  if (typeof value === "string" && value.length % 2 === 0 && /^0x[0-9a-f]*$/i.test(value)) return value.toLowerCase();
  return wrong(client, `${shown(value)} for hex`);
}

function wrong(client: ChainClient, why: string): never {
  throw badAnswer(client.endpoint(), why);
}
