/**
 * The fused path beside the floating-point twin, run in turns: whoever else is at work on the machine disturbs both alike, and the
 * quickest of many rounds is what it does when nobody is. Of one subnet again and again, where caches are warm, and of many with memory of
 * their own, where they are not.
 */
import { type BenchCase, type BenchKind, snapshotOf } from "../host/cli/bench/matrix.js";
import type { EpochSnapshot } from "../host/types.js";
import { contenders, FLOAT64 } from "./contenders.js";
import { DIFFERENT, differentSnapshotsOf } from "./different.js";
import { settledSnapshotOf } from "./settled.js";

const FUSED = "fused";
const USUAL = { n: 256, validators: 64, density: 1 } as const;
const SPARSE = 0.05;
/** Rounds before any counts. */
const WARM_UP = 50;

/** What the two are measured on, under any rules. */
interface Field {
  readonly name: string;
  snapshots(kind: BenchKind): readonly EpochSnapshot[];
}

/** One comparison: µs an epoch, of the quickest round each. */
export interface Duel {
  readonly field: string;
  readonly rules: string;
  readonly float64: number;
  readonly fused: number;
}

function alone(shape: Omit<BenchCase, "kind">): Field {
  const { n, validators, density } = shape;
  const name = `${n} uids, ${validators} validators, ${density === 1 ? "dense" : `${density * 100} %`}`;
  return { name, snapshots: (kind) => [snapshotOf({ ...shape, kind })] };
}

const USUAL_FIELDS: readonly Field[] = [
  alone(USUAL),
  { name: "the same, bonds settled", snapshots: (kind) => [settledSnapshotOf({ ...USUAL, kind })] },
  {
    name: `${DIFFERENT} such subnets in turn, an instance each`,
    snapshots: (kind) => differentSnapshotsOf({ ...USUAL, kind }),
  },
];
const OTHER_FIELDS: readonly Field[] = [
  alone({ ...USUAL, n: 1024 }),
  alone({ ...USUAL, n: 4096 }),
  alone({ ...USUAL, validators: 256 }),
  alone({ ...USUAL, density: SPARSE }),
  alone({ ...USUAL, n: 1024, density: SPARSE }),
  alone({ ...USUAL, n: 4096, density: SPARSE }),
];

/** All comparisons, or those of 256 uids alone where it shall be quick; so many seconds each. */
export function holdDuels(kinds: readonly BenchKind[], quick: boolean, seconds: number): Duel[] {
  const fields = quick ? USUAL_FIELDS : [...USUAL_FIELDS, ...OTHER_FIELDS];
  return fields.flatMap((field) =>
    kinds.map((kind) => {
      process.stderr.write(`beside the twin: ${field.name}, ${kind.label}\n`);
      const [float64 = 0, fused = 0] = quickest(field.snapshots(kind), seconds);
      return { field: field.name, rules: kind.label, float64, fused };
    }),
  );
}

/** µs an epoch of the twin and of the fused path, each with an instance a snapshot. Throws where one of them does not take it. */
function quickest(snapshots: readonly EpochSnapshot[], seconds: number): number[] {
  const everyone = contenders();
  const sides = [FLOAT64, FUSED].map((wanted) =>
    snapshots.map((snapshot) => {
      const ready = everyone.find(({ label }) => label === wanted)?.prepare(snapshot);
      if (!ready) throw new Error(`${wanted} does not take ${snapshot.name}`);
      return ready.run;
    }),
  );
  const best = sides.map(() => Number.POSITIVE_INFINITY);
  const until = performance.now() + seconds * 1000;
  for (let round = 0; round < 2 * WARM_UP || performance.now() < until; round++) {
    for (const [k, runs] of sides.entries()) {
      const started = performance.now();
      for (const run of runs) run();
      const time = performance.now() - started;
      if (round >= WARM_UP) best[k] = Math.min(best[k] ?? time, time);
    }
  }
  return best.map((milliseconds) => (milliseconds * 1000) / snapshots.length);
}
