/** A prepared epoch: marshalled once, run many times, changed as a whole or not at all. */
import { describe, expect, test } from "vitest";
import { epoch, prepareEpoch, rulesOf, tracedEpoch } from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { checkSnapshot } from "../host/marshal/snapshot.js";
import { beginEpoch } from "../host/marshal/write.js";
import type { EpochChanges, EpochSnapshot } from "../host/types.js";
import { plain } from "./support/plain.js";
import { refusalOf } from "./support/refusal.js";
import { validSnapshot } from "./support/snapshots.js";
import { records } from "./support/vectors.js";

const snapshot = validSnapshot() as unknown as EpochSnapshot;
const cases = records<EpochSnapshot>("epoch-traced.cases.jsonl.gz");
const results = records<Record<string, unknown>>("epoch-traced.results.jsonl.gz");

describe("run and read", () => {
  test("equals the published results, however often it runs", () => {
    for (const [k, each] of cases.slice(0, 40).entries()) {
      const prepared = prepareEpoch(each);
      for (let run = 0; run < 3; run++) prepared.run();
      expect(plain({ ...prepared.result(), ...prepared.trace() })).toEqual(results[k]);
      prepared.dispose();
    }
  });

  test("a result is a copy: later runs and other readers leave it alone", () => {
    const prepared = prepareEpoch(snapshot);
    prepared.run();
    const first = prepared.result();
    const kept = structuredClone(first);
    prepared.result().emission.fill(0n);
    prepared.update({ raoEmission: 5n });
    prepared.run();
    expect(first).toEqual(kept);
    expect(prepared.result()).not.toEqual(kept);
  });

  test("a snapshot that is refused prepares nothing", () => {
    expect(refusalOf(() => prepareEpoch({ ...snapshot, kappa: -1 })).code).toBe("BAD_VALUE");
  });
});

test("a run allocates nothing in the kernel", () => {
  const RUNS = 20_000;
  const kernel = instantiate(inlinedModule());
  beginEpoch(kernel, checkSnapshot(snapshot));
  const before = kernel.memory.buffer;
  // A memory that grows gets another buffer. Eight bytes a run would be more than the pages there are have left.
  for (let run = 0; run < RUNS; run++) kernel.exports.epochRun();
  expect(kernel.memory.buffer).toBe(before);
  kernel.exports.epochBegin(snapshot.n, 0, 0);
  expect(kernel.memory.buffer).toBe(before);
  expect(before.byteLength).toBeLessThan(8 * RUNS + kernel.exports.epochInput(0));
});

describe("in JavaScript", () => {
  const RUNS = 4000;
  /** Bytes of heap that so many calls take. Others may allocate meanwhile: the best of several tries counts. */
  function heapOf(work: () => void): number {
    for (let run = 0; run < RUNS; run++) work();
    let least = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 5; attempt++) {
      const before = process.memoryUsage().heapUsed;
      for (let run = 0; run < RUNS; run++) work();
      least = Math.min(least, Math.abs(process.memoryUsage().heapUsed - before));
    }
    return least;
  }

  const prepared = prepareEpoch(snapshot);
  // One object of 16 bytes a run is what would be seen.
  const OBJECTS = 16 * RUNS;

  test("a run allocates nothing", () => {
    const bytes = heapOf(prepared.run);
    console.info(`${bytes} bytes of heap in ${RUNS} runs`);
    expect(bytes).toBeLessThan(OBJECTS);
  });

  test("if it made one small object, that would be seen", () => {
    let last: unknown;
    const bytes = heapOf(() => {
      prepared.run();
      last = { last: null };
    });
    expect(last).toEqual({ last: null });
    expect(bytes).toBeGreaterThanOrEqual(OBJECTS);
  });
});

describe("out of order", () => {
  test("reading before the first run", () => {
    const prepared = prepareEpoch(snapshot);
    expect(refusalOf(() => prepared.result()).code).toBe("BAD_STATE");
    expect(refusalOf(() => prepared.trace()).code).toBe("BAD_STATE");
  });

  test("reading between an update and the next run", () => {
    const prepared = prepareEpoch(snapshot);
    prepared.run();
    prepared.update({ kappa: 1 });
    expect(refusalOf(() => prepared.result()).code).toBe("BAD_STATE");
  });

  test("anything after dispose, but dispose itself", () => {
    const prepared = prepareEpoch(snapshot);
    prepared.run();
    prepared.dispose();
    prepared.dispose();
    for (const use of [prepared.run, prepared.result, prepared.trace, () => prepared.update({ kappa: 1 })]) {
      expect(refusalOf(() => use()).code).toBe("BAD_STATE");
    }
  });

  test("a run that the kernel refuses leaves nothing to read, and a good update mends it", () => {
    const prepared = prepareEpoch({ ...snapshot, alphaStake: [1n << 62n, 1n << 62n, 0] });
    expect(refusalOf(() => prepared.run()).code).toBe("STAKE_OVERFLOW");
    expect(refusalOf(() => prepared.result()).code).toBe("BAD_STATE");
    prepared.update({ alphaStake: snapshot.alphaStake });
    prepared.run();
    expect(prepared.result()).toEqual(epoch(snapshot));
  });
});

describe("update", () => {
  const changes: EpochChanges[] = [
    { kappa: 65535 },
    { yuma3: false },
    { liquidAlpha: true, alphaSigmoidSteepness: -1000 },
    { weights: [[], [], []] },
    {
      weights: [
        [
          [1, 1],
          [2, 2],
        ],
        [[0, 65535]],
        [[0, 1]],
      ],
      validatorPermit: [true, true, true],
    },
    { bonds: [[[2, 65535]], [[2, 1]], []], bondsMovingAverage: 1n },
    { commitRevealEnabled: true, commitBlocks: ["1", null, 5] },
    { rules: 446, liquidAlphaConsensusMode: "previous", previousConsensus: [1, 2, 3], liquidAlpha: true },
    { rules: 474, epochConsensus: "null", previousConsensus: null },
    { name: "another" },
    {},
  ];

  test("after each change, and all of them in a row, equals a fresh epoch", () => {
    const prepared = prepareEpoch(snapshot);
    let changed = snapshot;
    for (const change of changes) {
      changed = { ...changed, ...change };
      prepared.update(change);
      prepared.run();
      expect(prepared.result()).toEqual(epoch(changed));
      expect({ ...prepared.result(), ...prepared.trace() }).toEqual(tracedEpoch(changed));
    }
  });

  test("from one published case to another of the same n", () => {
    const prepared = new Map<number, ReturnType<typeof prepareEpoch>>();
    for (const [k, { n, ...rest }] of cases.slice(0, 60).entries()) {
      const known = prepared.get(n);
      const target = known ?? prepareEpoch({ n, ...rest });
      if (known) known.update(rest);
      prepared.set(n, target);
      target.run();
      expect(plain({ ...target.result(), ...target.trace() })).toEqual(results[k]);
    }
  });

  test.each([
    [{ kappa: -1 }, "BAD_VALUE"],
    [{ kappa: 1, weights: [[], []] }, "BAD_LENGTH"],
    [
      {
        raoEmission: "7",
        bonds: [
          [
            [0, 1],
            [0, 1],
          ],
          [],
          [],
        ],
      },
      "DUPLICATE_UID",
    ],
    [{ kappa: undefined }, "MISSING_FIELD"],
    [{ Kappa: 1 }, "UNKNOWN_FIELD"],
    [{ rules: 1 }, "UNKNOWN_RULES"],
    [{ n: 4 }, "BAD_VALUE"],
    [{ ownerUid: 3 }, "BAD_UID"],
    [null, "BAD_VALUE"],
    [[], "BAD_VALUE"],
    ["kappa", "BAD_VALUE"],
  ])("refused changes %j change nothing", (change, code) => {
    const prepared = prepareEpoch(snapshot);
    prepared.run();
    const before = prepared.result();
    expect(refusalOf(() => prepared.update(change as EpochChanges)).code).toBe(code);
    // The last run can still be read, and the next one is of the snapshot as it was.
    expect(prepared.result()).toEqual(before);
    prepared.run();
    expect(prepared.result()).toEqual(before);
    prepared.update({ name: "still whole" });
    prepared.run();
    expect(prepared.result()).toEqual({ ...before, name: "still whole" });
  });

  test("what the caller does later to what it gave changes nothing", () => {
    const rules = { ...rulesOf(474), nullMode: false };
    const own = { ...structuredClone(snapshot), rules };
    const prepared = prepareEpoch(own);
    const changes = { kappa: 5, rules: { ...rules } };
    prepared.update(changes);
    const wanted = epoch({ ...structuredClone(own), ...structuredClone(changes), tempo: 7 });
    for (const each of [own, changes]) Object.assign(each.rules, { bondsMask: "none" });
    Object.assign(own, { kappa: -1, n: 5, tempo: 9, weights: [[], [], []], alphaStake: ["1", "1", "1"] });
    Object.assign(changes, { kappa: 60_000 });
    prepared.update({ tempo: 7 });
    prepared.run();
    expect(prepared.result()).toEqual(wanted);
  });

  test("the same n may be given", () => {
    const prepared = prepareEpoch(snapshot);
    prepared.update({ n: 3, kappa: 5 } as EpochChanges);
    prepared.run();
    expect(prepared.result()).toEqual(epoch({ ...snapshot, kappa: 5 }));
  });
});

test("prepared epochs and epoch() do not disturb each other", () => {
  const [one, two] = [cases[0]!, cases[1]!];
  const a = prepareEpoch(one);
  const b = prepareEpoch(two);
  a.run();
  b.run();
  epoch(snapshot);
  expect(plain({ ...a.result(), ...a.trace() })).toEqual(results[0]);
  b.update({ kappa: 1 });
  a.run();
  b.run();
  a.dispose();
  expect(b.result()).toEqual(epoch({ ...two, kappa: 1 }));
});
