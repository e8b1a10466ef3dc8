/** The state after one block, by itself: what a transaction sent now would meet. */
import { rulesOf } from "../marshal/rules.js";
import type { Rules, SnapshotSource } from "../types.js";
import type { ChainClient } from "./client.js";
import { checkHeader, hashOf, numberOf } from "./header.js";
import { headOf, metadataOf } from "./locate.js";
import { blockHashes, type Hex, headers, storageAt } from "./rpc.js";
import type { EpochState } from "./state/read.js";
import { badAnswer } from "./transport/transport.js";

/** Which state, and how it is read. */
export interface StandingOptions {
  /** The block after which; the last finalised one otherwise. */
  readonly block?: number | undefined;
  /** The mechanism, 0 by default. */
  readonly mechid?: number | undefined;
  /** Take the rules of this spec version whatever the chain's is. */
  readonly assumeSpec?: number | undefined;
}

/** A state, and the block it stands after. */
export interface Standing {
  readonly block: number;
  readonly state: EpochState;
  /** Of the code that stands in it, which executes the next block. */
  readonly rules: Rules;
  readonly source: SnapshotSource;
}

/**
 * Finds a state; questions of `before` and `after` are both asked of it.
 * Throws WRONG_NETWORK, NO_BLOCK, PRUNED_STATE, BAD_ANSWER, UNKNOWN_RULES.
 */
export async function standing(client: ChainClient, netuid: number, options: StandingOptions): Promise<Standing> {
  const { head } = await headOf(client);
  const hash = options.block === undefined ? head : ((await blockHashes(client, [options.block]))[0] as Hex);
  const [[found], metadata] = await Promise.all([headers(client, [hash]), metadataOf(client, hash)]);
  const header = checkHeader(found);
  const block = numberOf(header);
  if (hashOf(header) !== hash || block !== (options.block ?? block)) {
    throw badAnswer(client.endpoint(), `a header that is not that of block ${hash}`);
  }
  const { specVersion } = metadata;
  return {
    block,
    state: { metadata, source: (keys) => valuesAt(client, hash, keys) },
    rules: rulesOf(options.assumeSpec ?? specVersion),
    source: { network: client.network.name, netuid, mechid: options.mechid ?? 0, block, blockHash: hash, specVersion },
  };
}

/** Values in order, each key asked for once. */
async function valuesAt(client: ChainClient, hash: Hex, keys: readonly { readonly key: Hex }[]) {
  const unique = [...new Set(keys.map(({ key }) => key))];
  const values = await storageAt(
    client,
    unique.map((key) => ({ hash, key })),
  );
  const found = new Map(unique.map((key, i) => [key, values[i] ?? null]));
  return keys.map(({ key }) => found.get(key) ?? null);
}
