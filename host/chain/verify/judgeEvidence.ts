/** From evidence to a verdict: rebuild the inputs, run the kernel, compare. The same for a live node and a bundle. */
import { mechanismsEpoch } from "../../index.js";
import { rulesOf } from "../../marshal/rules.js";
import type { Rules } from "../../types.js";
import { type Reconstruction, reconstruct } from "../inputs/reconstruct.js";
import type { ChainMetadata } from "../metadata/metadata.js";
import type { Hex } from "../rpc.js";
import type { EpochState, StateSource } from "../state/read.js";
import { compareAll } from "./fields.js";
import { judge, unprovedReasons, type Verification } from "./report.js";

/** An epoch and the states around it. */
export interface EpochCase {
  readonly network: string;
  readonly netuid: number;
  readonly block: number;
  readonly blockHash: Hex;
  readonly parentHash: Hex;
  readonly metadata: ChainMetadata;
  readonly source: StateSource;
}

/** How to judge. */
export interface JudgeOptions {
  /** Take the rules of this spec version whatever the chain's is. What follows is marked as unproved. */
  readonly assumeSpec?: number | undefined;
}

/** The rules of the code that executed the block. Throws UNKNOWN_RULES where they are not known and none are assumed. */
function rulesFor(metadata: ChainMetadata, { assumeSpec }: JudgeOptions): Rules {
  return rulesOf(assumeSpec ?? metadata.specVersion);
}

/** Rebuilds the inputs of an epoch. */
export function rebuild(epoch: EpochCase, options: JudgeOptions): Promise<Reconstruction> {
  const state: EpochState = { metadata: epoch.metadata, source: epoch.source };
  const { network, netuid, block, blockHash, metadata } = epoch;
  const rules = rulesFor(metadata, options);
  return reconstruct(state, { network, netuid, block, blockHash, specVersion: metadata.specVersion, rules });
}

/** Rebuilds, computes, compares. */
export async function judgeEpoch(epoch: EpochCase, options: JudgeOptions): Promise<Verification> {
  const inputs = await rebuild(epoch, options);
  const rules = rulesFor(epoch.metadata, options);
  const result = mechanismsEpoch(inputs.snapshot);
  const fields = compareAll(inputs, result, epoch.netuid);
  const unproved = unprovedReasons(inputs, rules, epoch.metadata, options.assumeSpec);
  const { network, netuid, block, blockHash, parentHash, metadata } = epoch;
  return {
    network,
    netuid,
    block,
    blockHash,
    parentHash,
    specVersion: metadata.specVersion,
    metadataHash: metadata.hash,
    rules,
    ...judge(fields),
    fields,
    proved: unproved.length === 0,
    unproved,
    notes: inputs.emission.unknown === null ? [] : [`amounts are not compared: ${inputs.emission.unknown}`],
    snapshot: inputs.snapshot,
    result,
  };
}
