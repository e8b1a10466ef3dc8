/**
 * Subnets whose bonds have settled: what tens of epochs under much the same weights leave. A made-up subnet's bonds are large random
 * rows, as no chain has them for long; they are the hard case of liquid alpha, these are the usual one.
 */
import { PATH_CHOOSE, PATH_GENERAL } from "../assembly/contract.js";
import { runChain } from "../host/api/chain.js";
import { BENCH_SEED, type BenchCase, snapshotOf } from "../host/cli/bench/matrix.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot, Pair } from "../host/types.js";

const EPOCHS = 40;
/** A weight moves by at most one part in so many, to either side of what it was at first. */
const MOVES = 256;
/** Of the generator of Park and Miller. */
const FACTOR = 48271;
const MODULUS = 2147483647;

type Rows = readonly (readonly Pair[])[];

/** The snapshot of a case after EPOCHS epochs by the general path, weights moving a little before each: the same on every machine. */
export function settledSnapshotOf(one: BenchCase): EpochSnapshot {
  const snapshot = snapshotOf(one);
  let state = BENCH_SEED;
  const next = () => {
    state = (state * FACTOR) % MODULUS;
    return state;
  };
  const moved = (value: number) => {
    const most = Math.floor(value / MOVES);
    return Math.min(65535, value + (next() % (2 * most + 1)) - most);
  };
  const move = (rows: Rows): Rows => rows.map((row) => row.map(([uid, value]): Pair => [uid, moved(value)]));
  const weightsByEpoch = Array.from({ length: EPOCHS }, () => move(snapshot.weights));
  const kernel = instantiate(inlinedModule());
  kernel.exports.epochPath(PATH_GENERAL);
  let bonds = snapshot.bonds;
  for (const result of runChain(kernel, { ...snapshot, epochs: EPOCHS, advance: 0, weightsByEpoch }))
    bonds = result.bonds;
  kernel.exports.epochPath(PATH_CHOOSE);
  return { ...snapshot, weights: weightsByEpoch.at(-1) ?? snapshot.weights, bonds };
}
