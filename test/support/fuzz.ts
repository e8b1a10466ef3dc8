/**
 * Random tests that repeat: one fixed seed for every property. FC_SEED chooses another; FC_RUNS sets the number of runs of
 * every property, for a long hunt. A failure prints seed, path and the shrunk counterexample.
 */
import fc from "fast-check";

const SEED = Number(process.env.FC_SEED ?? 20260630);

/** Asserts `holds` for `runs` values of `arbitrary`. */
export function forAll<T>(arbitrary: fc.Arbitrary<T>, runs: number, holds: (value: T) => void): void {
  const numRuns = Number(process.env.FC_RUNS ?? runs);
  const property = fc.property(arbitrary, (value) => {
    holds(value);
  });
  fc.assert(property, { seed: SEED, numRuns });
}
