/** Several epochs in a row, each starting from what the one before it stored. test/README.md, "chain". */
import { oracleEpoch } from "./epoch.js";
import type { Amount, ChainCase, ChainEpochResult, EpochResult, EpochSnapshot } from "./types.js";

/** One result an epoch, computed when asked for. */
export function* oracleChain(run: ChainCase): Generator<ChainEpochResult, void, void> {
  const { epochs, advance, weightsByEpoch, ...first } = run;
  let snapshot: EpochSnapshot = first;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const result = oracleEpoch(snapshot);
    yield { ...result, epoch, currentBlock: Number(snapshot.currentBlock) };
    snapshot = nextSnapshot(snapshot, result, advance, weightsByEpoch[epoch] ?? null);
  }
}

/**
 * What the next epoch reads. The consensus just stored becomes the previous one, which rules before spec 446 never look
 * at.
 */
function nextSnapshot(
  before: EpochSnapshot,
  result: EpochResult,
  advance: number,
  weights: EpochSnapshot["weights"] | null,
): EpochSnapshot {
  const blocks = advance === 0 ? Math.max(before.tempo, 1) : advance;
  const later = (block: Amount): Amount =>
    typeof block === "number" ? block + blocks : String(BigInt(block) + BigInt(blocks));
  return {
    ...before,
    currentBlock: later(before.currentBlock),
    lastMechanismStepBlock: before.currentBlock,
    lastUpdate: before.lastUpdate.map(later),
    commitBlocks: before.commitBlocks?.map((block) => (block === null ? null : later(block))) ?? null,
    validatorPermit: result.validatorPermit,
    previousConsensus: result.consensus,
    bonds: result.bonds,
    weights: weights ?? before.weights,
  };
}
