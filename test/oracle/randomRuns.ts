/** Random runs of several epochs, and random subnets of several mechanisms, on the snapshots of random.ts. */
import fc from "fast-check";
import { rows, type SnapshotOptions, snapshotArbitrary } from "./random.js";
import type { Amount, ChainCase, EpochSnapshot, MechanismInput, MechanismsCase } from "./types.js";

/** Up to six epochs; the step between them of any size; weights that change now and then. */
export function chainArbitrary(options: SnapshotOptions): fc.Arbitrary<ChainCase> {
  return fc.tuple(snapshotArbitrary(options), fc.integer({ min: 1, max: 6 })).chain(([snapshot, epochs]) => {
    const replaced = fc.option(
      rows(snapshot.n).map(({ weights }) => weights),
      { freq: 1 },
    );
    return fc.record({
      ...constants(snapshot),
      epochs: fc.constant(epochs),
      advance: fc.constantFrom(0, 0, 1, 99, snapshot.tempo, snapshot.tempo + 1),
      weightsByEpoch: fc.array(replaced, { minLength: epochs, maxLength: epochs }),
    });
  });
}

/** One to five mechanisms: even, or split by shares that may be fewer, and may be zero. */
export function mechanismsArbitrary(options: SnapshotOptions): fc.Arbitrary<MechanismsCase> {
  return fc.tuple(snapshotArbitrary(options), fc.integer({ min: 1, max: 5 })).chain(([snapshot, mechanismCount]) =>
    fc
      .record({
        split: fc.option(shares(mechanismCount), { freq: 3 }),
        mechanisms: fc.array(mechanism(snapshot), { minLength: mechanismCount, maxLength: mechanismCount }),
      })
      .map(({ split, mechanisms }) => ({ ...snapshot, mechanismCount, split, mechanisms })),
  );
}

function constants<T extends object>(of: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
}

/** One to `most` u16 that sum to 65535: the gaps between sorted cuts. */
function shares(most: number): fc.Arbitrary<number[]> {
  const cut = fc.oneof(fc.constantFrom(0, 1, 32767, 65535), fc.integer({ min: 0, max: 65535 }));
  return fc.array(cut, { maxLength: most - 1 }).map((cuts) => {
    const edges = [0, ...cuts.sort((a, b) => a - b), 65535];
    return edges.slice(1).map((edge, k) => edge - edges[k]!);
  });
}

/** Its own rows and stored consensus; its own updates and commits, at and around the registrations and those of the subnet's snapshot. */
function mechanism(snapshot: EpochSnapshot): fc.Arbitrary<MechanismInput> {
  const { n, lastUpdate, blockAtRegistration, commitBlocks } = snapshot;
  const near = (block: Amount): number[] => [Math.max(0, Number(block) - 1), Number(block), Number(block) + 1];
  const around = blockAtRegistration.flatMap(near);
  const updates = lastUpdate.map((block) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(block) }, { weight: 1, arbitrary: fc.constantFrom(...around) }),
  );
  const consensus = fc.array(fc.integer({ min: 0, max: 65535 }), { minLength: n, maxLength: n });
  const commits = Array.from({ length: n }, () => fc.option(fc.constantFrom(...around)));
  return fc
    .record({
      rows: rows(n),
      previousConsensus: fc.option(consensus),
      lastUpdate: fc.tuple(...updates),
      commitBlocks: fc.oneof(fc.constant(commitBlocks), fc.tuple(...commits)),
    })
    .map(({ rows: own, ...clocks }) => ({ ...own, ...clocks }));
}
