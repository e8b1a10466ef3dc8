/** Where an epoch lies: its block, the block before, and the metadata of the code that led from one to the other. */
import { YumaError } from "../errors.js";
import { type ChainClient, checkGenesis } from "./client.js";
import { checkHeader, hashOf, numberOf } from "./header.js";
import { type ChainMetadata, readMetadata } from "./metadata/metadata.js";
import {
  blockHashes,
  ends,
  type Hex,
  headers,
  metadataAt,
  type RpcHeader,
  type Runtime,
  runtimesAt,
  storageAt,
} from "./rpc.js";
import { type EpochState, query, read, type StateKey, type StateSource } from "./state/read.js";
import { u64 } from "./state/shape.js";
import { badAnswer } from "./transport/transport.js";

/** Two blocks in a row and the code between them. */
export interface EpochLocation {
  readonly genesisHash: Hex;
  readonly headers: { readonly before: RpcHeader; readonly after: RpcHeader };
  readonly block: number;
  readonly blockHash: Hex;
  readonly parentHash: Hex;
  readonly metadata: ChainMetadata;
  /** What one should know about the choice of the block. */
  readonly notes: readonly string[];
}

/** Metadata by spec version, a client; a runtime is upgraded every few days at most. */
const caches = new WeakMap<ChainClient, Map<number, ChainMetadata>>();

/** The metadata of the code in the state after a block. Throws BAD_ANSWER where it names another version than the runtime. */
export async function metadataOf(client: ChainClient, hash: Hex, runtime?: Runtime): Promise<ChainMetadata> {
  const cache = caches.get(client) ?? new Map<number, ChainMetadata>();
  caches.set(client, cache);
  const own = runtime ?? ((await runtimesAt(client, [hash]))[0] as Runtime);
  const known = cache.get(own.specVersion);
  if (known !== undefined) return known;
  const metadata = readMetadata(await metadataAt(client, hash, own));
  if (metadata.specVersion !== own.specVersion) {
    const why = `metadata of spec version ${metadata.specVersion} for a runtime of ${own.specVersion}`;
    throw badAnswer(client.endpoint(), why);
  }
  cache.set(own.specVersion, metadata);
  return metadata;
}

/** The last finalised block, on the network that is meant. Throws WRONG_NETWORK. */
export async function headOf(client: ChainClient): Promise<{ head: Hex; genesis: Hex }> {
  const found = await ends(client);
  checkGenesis(client, found.genesis);
  return found;
}

/** Raw values from a node; both states of a step in one round trip. */
export function liveSource(client: ChainClient, hashes: { readonly before: Hex; readonly after: Hex }): StateSource {
  return (keys: readonly StateKey[]) =>
    storageAt(
      client,
      keys.map(({ at, key }) => ({ hash: hashes[at], key })),
    );
}

/** The block of a subnet's last epoch as of some state. Throws NO_BLOCK where it has run none. */
export async function lastEpoch(
  client: ChainClient,
  netuid: number,
  head: Hex,
): Promise<{ block: number; notes: string[] }> {
  const metadata = await metadataOf(client, head);
  const state: EpochState = { metadata, source: liveSource(client, { before: head, after: head }) };
  const { step, slot } = await read(state, {
    step: query("after", "LastMechansimStepBlock", [netuid], u64),
    slot: query("after", "LastEpochBlock", [netuid], u64, 0n),
  });
  if (step === 0n) {
    throw new YumaError("NO_BLOCK", `Subnet ${netuid} has run no epoch on ${client.network.name}.`, { netuid });
  }
  const skipped = `the slot in block ${slot} was skipped, because two uids had the same hotkey`;
  return { block: Number(step), notes: slot > step ? [skipped] : [] };
}

/** Finds an epoch: that of a block, or the subnet's last one. Throws WRONG_NETWORK, NO_BLOCK, PRUNED_STATE, BAD_ANSWER. */
export async function locate(client: ChainClient, netuid: number, block: number | undefined): Promise<EpochLocation> {
  const { head, genesis } = await headOf(client);
  const chosen = block === undefined ? await lastEpoch(client, netuid, head) : { block, notes: [] };
  if (chosen.block < 1) throw new YumaError("NO_BLOCK", "No epoch runs in block 0.", { block: chosen.block });
  const hashes = await blockHashes(client, [chosen.block - 1, chosen.block]);
  const [[before, after], [runtime]] = await Promise.all([
    headers(client, hashes).then((list) => list.map(checkHeader)),
    runtimesAt(client, hashes.slice(0, 1)),
  ]);
  if (before === undefined || after === undefined || runtime === undefined)
    throw badAnswer(client.endpoint(), "no headers");
  checkPair(client, { before, after }, hashes, chosen.block);
  return {
    genesisHash: genesis,
    headers: { before, after },
    block: chosen.block,
    blockHash: hashOf(after),
    parentHash: hashOf(before),
    // A block is executed by the code that stood in the state before it.
    metadata: await metadataOf(client, hashes[0] as Hex, runtime),
    notes: chosen.notes,
  };
}

/** The headers must hash to what was asked for, follow one another and be numbered as asked. */
function checkPair(client: ChainClient, pair: EpochLocation["headers"], hashes: readonly Hex[], block: number): void {
  const { before, after } = pair;
  const isPair =
    hashOf(before) === hashes[0] &&
    hashOf(after) === hashes[1] &&
    after.parentHash === hashes[0] &&
    numberOf(after) === block &&
    numberOf(before) === block - 1;
  if (!isPair) throw badAnswer(client.endpoint(), `headers that are not those of blocks ${block - 1} and ${block}`);
}
