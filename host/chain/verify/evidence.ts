/** The evidence of a verification: headers, metadata and raw values, nothing concluded. It is all that a verdict rests on. */
import { YumaError } from "../../errors.js";
import { checkHeader, hashOf, numberOf } from "../header.js";
import { type ChainMetadata, readMetadata } from "../metadata/metadata.js";
import { NETWORKS } from "../networks.js";
import type { Hex, RpcHeader } from "../rpc.js";
import type { At, StateSource } from "../state/read.js";

/** Raw values by key; null where nothing is stored. */
export type RawValues = Readonly<Record<Hex, Hex | null>>;

/** Everything needed to verify one epoch anew. */
export interface Evidence {
  readonly network: string;
  readonly genesisHash: Hex;
  readonly netuid: number;
  /** Of the block and of its parent; their hashes follow from them. */
  readonly headers: Readonly<Record<At, RpcHeader>>;
  readonly metadata: Hex;
  readonly values: Readonly<Record<At, RawValues>>;
}

/** What evidence says about its block once it is checked. */
export interface CheckedEvidence {
  readonly block: number;
  readonly blockHash: Hex;
  readonly parentHash: Hex;
  readonly metadata: ChainMetadata;
  readonly source: StateSource;
}

/**
 * Checks that a network known by name has the genesis it must have, the headers are two in a row and the metadata can be read.
 * Throws BAD_BUNDLE, BAD_ANSWER, BAD_METADATA.
 */
export function checkEvidence(evidence: Evidence): CheckedEvidence {
  checkNetwork(evidence);
  const [before, after] = [checkHeader(evidence.headers.before), checkHeader(evidence.headers.after)];
  const parentHash = hashOf(before);
  if (after.parentHash !== parentHash || numberOf(after) !== numberOf(before) + 1) {
    const text = `Block ${numberOf(after)} does not follow the header given as its parent's.`;
    throw new YumaError("BAD_BUNDLE", text, { parentHash, claimed: after.parentHash });
  }
  return {
    block: numberOf(after),
    blockHash: hashOf(after),
    parentHash,
    metadata: readMetadata(evidence.metadata),
    source: sourceOf(evidence.values),
  };
}

function checkNetwork({ network, genesisHash }: Evidence): void {
  const expected = NETWORKS.get(network)?.genesisHash ?? genesisHash;
  if (expected === genesisHash) return;
  const text = `The evidence says it is of ${network}, but its block 0 is another chain's: ${genesisHash}.`;
  throw new YumaError("BAD_BUNDLE", text, { network, expected, genesisHash });
}

/** Answers from the evidence alone. A value that is not in it is missing, which is not the same as not stored: BAD_BUNDLE. */
function sourceOf(values: Evidence["values"]): StateSource {
  return async (keys) =>
    keys.map(({ at, key }) => {
      const value = Object.hasOwn(values[at], key) ? values[at][key] : undefined;
      if (value !== undefined) return value;
      const text = `The evidence lacks the value of key ${key.slice(0, 42)}… in the state ${at} the block.`;
      throw new YumaError("BAD_BUNDLE", text, { at, key });
    });
}
