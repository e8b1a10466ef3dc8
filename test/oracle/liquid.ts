/**
 * Liquid alpha: one alpha for every validator and every miner, from weight, old bond and consensus. Protocol K.9, and
 * A.6 for the consensus that is compared with.
 */
import { alphaSigmoid, i32f32, proportion, type SigmoidSettings } from "./real.js";
import { capabilities } from "./rules.js";
import type { Matrix, Row } from "./sparse.js";
import type { EpochSnapshot } from "./types.js";

/** The dense n × n alphas, seen from the consensus that is compared with. */
export function liquidAlphas(
  snapshot: EpochSnapshot,
  weights: Matrix,
  bonds: Matrix,
  compared: readonly bigint[],
): bigint[][] {
  const settings: SigmoidSettings = {
    low: proportion(snapshot.alphaLow),
    high: proportion(snapshot.alphaHigh),
    steepness: i32f32.fromInt(BigInt(snapshot.alphaSigmoidSteepness)),
  };
  return weights.map((row, i) => {
    const weightAt = cursor(row);
    const bondAt = cursor(bonds[i]!);
    return compared.map((level, j) => alphaSigmoid(level, weightAt(j), bondAt(j), settings));
  });
}

/** Reads a row for ascending uids by moving forward only; an entry behind a larger uid is never seen and reads as 0. */
function cursor(row: Row): (uid: number) => bigint {
  let position = 0;
  return (uid) => {
    while (position < row.length && row[position]![0] < uid) position++;
    const entry = row[position];
    return entry !== undefined && entry[0] === uid ? entry[1] : 0n;
  };
}

/** The consensus the sigmoid compares with: this epoch's, or from spec 446 on the stored one where the mode says so. */
export function comparedConsensus(snapshot: EpochSnapshot, current: readonly bigint[]): readonly bigint[] {
  if (capabilities(snapshot).liquidAlphaConsensus === "current") return current;
  const mode = snapshot.liquidAlphaConsensusMode ?? "auto";
  const wantsPrevious = mode === "previous" || (mode === "auto" && snapshot.bondsPenalty === 65535);
  const previous = snapshot.previousConsensus ?? null;
  if (!wantsPrevious || previous === null) return current;
  if (previous.length !== snapshot.n) throw new RangeError(`previousConsensus has ${previous.length} of ${snapshot.n}`);
  return previous.map((u16) => proportion(u16));
}
