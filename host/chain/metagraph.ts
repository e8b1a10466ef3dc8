/** A subnet's metagraph as the runtime itself sums it up. */
import { YumaError } from "../errors.js";
import type { ChainClient } from "./client.js";
import { checkHeader, numberOf } from "./header.js";
import { headOf, metadataOf } from "./locate.js";
import { runtimeCall } from "./metadata/runtimeApi.js";
import { blockHashes, type Hex, headers } from "./rpc.js";

/** A metagraph: the runtime's own fields by their own names, decoded by the metadata; u64 amounts are bigints. */
export interface Metagraph {
  readonly network: string;
  readonly netuid: number;
  readonly block: number;
  readonly blockHash: Hex;
  readonly specVersion: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const CALL = ["SubnetInfoRuntimeApi", "get_selective_metagraph"] as const;

/** Every field a selective metagraph can have at spec 425, by number: 0 netuid … 73 commitments. */
const ALL_FIELDS = Array.from({ length: 74 }, (_, i) => i);
/** Fields of the short table: 52 hotkeys, 56 active … 63 consensus, 66 … 69 registrations and stakes. */
export const TABLE_FIELDS: readonly number[] = [3, 7, 8, 52, 56, 57, 59, 60, 61, 62, 63, 66, 67, 68, 69];

/**
 * Reads the metagraph of a subnet at a block, or at the last finalised one.
 *
 * Throws NO_BLOCK for a subnet that is not there, BAD_METADATA for a runtime that does not describe the call, else as `verifyEpoch`.
 */
export async function readMetagraph(
  client: ChainClient,
  netuid: number,
  options: { readonly block?: number | undefined; readonly fields?: readonly number[] } = {},
): Promise<Metagraph> {
  const { head } = await headOf(client);
  const hash = options.block === undefined ? head : ((await blockHashes(client, [options.block]))[0] as Hex);
  const metadata = await metadataOf(client, hash);
  const [[header], value] = await Promise.all([
    headers(client, [hash]),
    runtimeCall(client, metadata, hash, CALL, [netuid, [...(options.fields ?? ALL_FIELDS)]]),
  ]);
  if (value === undefined || value === null) {
    throw new YumaError("NO_BLOCK", `There is no subnet ${netuid} on ${client.network.name}.`, { netuid });
  }
  return {
    network: client.network.name,
    netuid,
    block: numberOf(checkHeader(header)),
    blockHash: hash,
    specVersion: metadata.specVersion,
    fields: value as Record<string, unknown>,
  };
}
