/** Several epochs in a row of one subnet: what the last one wrote is what the next one reads. */
import type { Kernel } from "../load/kernel.js";
import { array, integer, MAX_U64, present, record, u16, u64 } from "../marshal/values.js";
import type { EpochResult, EpochSnapshot, Pair, U64 } from "../types.js";
import { runEpoch } from "./epoch.js";

/** A snapshot with the run that follows it. */
export interface ChainCase extends EpochSnapshot {
  /** How many epochs to run. */
  readonly epochs: number;
  /** Blocks between two epochs; 0 = max(tempo, 1). */
  readonly advance: number;
  /** After epoch k: null, or the weights the next epoch reads. */
  readonly weightsByEpoch: readonly (readonly (readonly Pair[])[] | null)[];
}

/** One epoch of the run, numbered from 0, and the block it ran in. */
export type ChainResult = EpochResult & { epoch: number; currentBlock: bigint };

/**
 * Runs `epochs` epochs. After each: bonds, permits and stored consensus become the outputs; lastMechanismStepBlock the block just
 * run; currentBlock, every lastUpdate and every commit block advance; weights are replaced where the case says so.
 *
 * Yields one result an epoch. Throws YumaError as `epoch` does.
 */
export function* runChain(kernel: Kernel, input: ChainCase): Generator<ChainResult> {
  const { epochs, advance, weightsByEpoch, ...first } = record("A case", input) as unknown as ChainCase;
  const count = integer("epochs", present("epochs", epochs), 1, 1_000_000);
  const blocks = BigInt(
    integer("advance", present("advance", advance), 0, Number.MAX_SAFE_INTEGER) ||
      Math.max(u16("tempo", present("tempo", first.tempo)), 1),
  );
  const replacements = array(
    "weightsByEpoch",
    present("weightsByEpoch", weightsByEpoch),
  ) as ChainCase["weightsByEpoch"];
  let snapshot: EpochSnapshot = first;
  for (let epoch = 0; epoch < count; epoch++) {
    const result = runEpoch(kernel, snapshot);
    const currentBlock = u64("currentBlock", snapshot.currentBlock);
    yield { ...result, epoch, currentBlock };
    snapshot = next(snapshot, result, currentBlock, blocks, replacements[epoch] ?? null);
  }
}

function next(
  snapshot: EpochSnapshot,
  result: EpochResult,
  block: bigint,
  blocks: bigint,
  weights: readonly (readonly Pair[])[] | null,
): EpochSnapshot {
  const later = (from: U64): bigint => {
    const to = u64("block", from) + blocks;
    return to > MAX_U64 ? MAX_U64 : to;
  };
  return {
    ...snapshot,
    bonds: result.bonds,
    validatorPermit: result.validatorPermit,
    previousConsensus: result.consensus,
    // Bonds are masked by the last epoch that touched them, which one in Null mode does not.
    ...(snapshot.epochConsensus === "null" ? {} : { lastMechanismStepBlock: block }),
    currentBlock: later(block),
    lastUpdate: snapshot.lastUpdate.map(later),
    commitBlocks: snapshot.commitBlocks?.map((commit) => (commit === null ? null : later(commit))) ?? null,
    weights: weights ?? snapshot.weights,
  };
}
