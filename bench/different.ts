/** Subnets of one shape that have nothing else in common: what someone has who computes one after the other. */
import { BENCH_SEED, type BenchCase } from "../host/cli/bench/matrix.js";
import { makeSubnet } from "../host/cli/bench/subnet.js";
import type { EpochSnapshot } from "../host/types.js";

/** How many there are. */
export const DIFFERENT = 24;

/** A case's subnets, each of a seed of its own; the first is that of the case itself. */
export function differentSnapshotsOf({ n, validators, density, kind }: BenchCase): readonly EpochSnapshot[] {
  const { label: _label, ...rules } = kind;
  const seeds = Array.from({ length: DIFFERENT }, (_, k) => BENCH_SEED + k);
  return seeds.map((seed) => makeSubnet({ n, validators, density, seed, ...rules }));
}
