/** An endless row of snapshots from one seed: adversarial small ones, each once more in good order, and now and then a made subnet. */
import fc from "fast-check";
import { BENCH_KINDS } from "../../host/cli/bench/matrix.js";
import { makeSubnet } from "../../host/cli/bench/subnet.js";
import { snapshotArbitrary } from "../oracle/random.js";
import type { EpochSnapshot } from "../oracle/types.js";
import { wellFormed } from "../support/wellFormed.js";

/** One snapshot in so many is a made-up subnet. */
const MADE_EVERY = 25;
const BATCH = 100;
const SIZES = [9, 33, 64, 65, 128, 200];
const DENSITIES = [1, 0.4, 0.05];
const PENALTIES = [0, 1, 32768, 65534, 65535];

/** Snapshots without end; the same ones for the same seed. */
export function* fuzzed(seed: number): Generator<EpochSnapshot, never> {
  const arbitrary = snapshotArbitrary({ maxUids: 24, extremeStakes: false, laterRules: true });
  for (let batch = 0; ; batch++) {
    const batchSeed = (Math.imul(seed, 7919) + batch) | 0;
    for (const [k, snapshot] of fc.sample(arbitrary, { seed: batchSeed, numRuns: BATCH }).entries()) {
      yield snapshot;
      yield wellFormed(snapshot);
      if (k % MADE_EVERY === 0) yield made(batchSeed + k);
    }
  }
}

/** A made-up subnet whose size, density and rules follow from its seed. */
function made(seed: number): EpochSnapshot {
  const pick = <T>(list: readonly T[], salt: number) => list[(Math.imul(seed + salt, 2654435761) >>> 8) % list.length]!;
  const n = pick(SIZES, 1);
  const { label: _label, ...kind } = pick(BENCH_KINDS, 2);
  const shape = { n, validators: Math.min(n, pick([2, 8, 16, 64], 3)), density: pick(DENSITIES, 4), seed };
  const snapshot = makeSubnet({ ...shape, ...kind, bondsPenalty: pick(PENALTIES, 5) });
  return {
    ...(snapshot as EpochSnapshot),
    maxAllowedValidators: pick([1, 8, 64, 256], 6),
    ownerUid: pick([null, 0, n - 1], 7),
  };
}
