/** Verifying a live epoch: find it, read it, judge it, and keep what was read. */
import type { EpochSnapshot, MechanismsSnapshot } from "../../types.js";
import type { ChainClient } from "../client.js";
import { type EpochLocation, liveSource, locate } from "../locate.js";
import type { Hex } from "../rpc.js";
import type { At, StateSource } from "../state/read.js";
import type { Evidence } from "./evidence.js";
import { type EpochCase, type JudgeOptions, judgeEpoch, rebuild } from "./judgeEvidence.js";
import { plainSnapshot } from "./plainSnapshot.js";
import type { Verification } from "./report.js";

/** What to verify, and how. */
export interface VerifyOptions extends JudgeOptions {
  /** The block the epoch ran in; the subnet's last one otherwise. */
  readonly block?: number | undefined;
  /** Called as reading goes on: steps done, steps in all as far as known, what was done. */
  readonly onProgress?: ((done: number, all: number, what: string) => void) | undefined;
}

/** A verification of a live epoch with its evidence. */
export interface LiveVerification extends Verification {
  readonly evidence: Evidence;
  readonly traffic: { readonly roundTrips: number; readonly keys: number };
}

/** Steps of a verification: finding the block, four or five reads, the verdict. */
const STEPS = 6;

/**
 * Recomputes an epoch of a subnet from the states around its block and compares every output the chain recorded, to the last bit.
 *
 * @param netuid  the subnet
 * @returns per field and uid equal, differs or excluded; the verdict; the evidence, for `verifyEvidence`
 *
 * Throws NETWORK, TIMEOUT, RPC_ERROR, BAD_ANSWER, ANSWER_TOO_LARGE, PRUNED_STATE, WRONG_NETWORK, NO_BLOCK, BAD_METADATA, BAD_STORAGE,
 * UNKNOWN_RULES, NOT_RECONSTRUCTABLE.
 */
export async function verifyEpoch(
  client: ChainClient,
  netuid: number,
  options: VerifyOptions = {},
): Promise<LiveVerification> {
  const before = client.traffic.roundTrips;
  const { epoch, location, reads } = await open(client, netuid, options);
  const verification = await judgeEpoch(epoch, options);
  options.onProgress?.(STEPS, STEPS, "compared");
  return {
    ...verification,
    notes: [...location.notes, ...verification.notes],
    evidence: evidenceOf(client, netuid, location, reads),
    traffic: { roundTrips: client.traffic.roundTrips - before, keys: reads.before.size + reads.after.size },
  };
}

/** The inputs of an epoch of a subnet, as a snapshot that `epoch` or, with several mechanisms, `mechanismsEpoch` computes. */
export async function epochSnapshot(
  client: ChainClient,
  netuid: number,
  options: VerifyOptions = {},
): Promise<EpochSnapshot | MechanismsSnapshot> {
  const { epoch } = await open(client, netuid, options);
  const { snapshot } = await rebuild(epoch, options);
  options.onProgress?.(STEPS, STEPS, "rebuilt");
  return plainSnapshot(snapshot);
}

type Reads = Readonly<Record<At, Map<Hex, Hex | null>>>;

/** Finds the epoch; whatever is read of it later is remembered. */
async function open(client: ChainClient, netuid: number, options: VerifyOptions) {
  const location = await locate(client, netuid, options.block);
  options.onProgress?.(1, STEPS, `found block ${location.block}`);
  const reads: Reads = { before: new Map(), after: new Map() };
  const live = liveSource(client, { before: location.parentHash, after: location.blockHash });
  let done = 1;
  const source: StateSource = async (keys) => {
    const values = await live(keys);
    for (const [i, { at, key }] of keys.entries()) reads[at].set(key, values[i] ?? null);
    done = Math.min(done + 1, STEPS - 1);
    options.onProgress?.(done, STEPS, `read ${reads.before.size + reads.after.size} values`);
    return values;
  };
  const { block, blockHash, parentHash, metadata } = location;
  const network = client.network.name;
  const epoch: EpochCase = { network, netuid, block, blockHash, parentHash, metadata, source };
  return { epoch, location, reads };
}

function evidenceOf(client: ChainClient, netuid: number, location: EpochLocation, reads: Reads): Evidence {
  return {
    network: client.network.name,
    genesisHash: location.genesisHash,
    netuid,
    headers: location.headers,
    metadata: location.metadata.bytes,
    values: { before: Object.fromEntries(reads.before), after: Object.fromEntries(reads.after) },
  };
}
