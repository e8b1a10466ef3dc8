/** The border under random input: a result or a typed refusal, never anything else, and never slowly. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conformLine, SUITE_NAMES } from "../host/api/conform.js";
import { epoch, explain, mechanismsEpoch, prepareEpoch, tracedEpoch } from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { fitToShow } from "./support/refusal.js";
import { type Loose, validMechanisms, validSnapshot } from "./support/snapshots.js";

const SEED = Number(process.env.FC_SEED ?? 20260701);
const RUNS = Number(process.env.FC_RUNS ?? 1500);
const SLOW_MS = 2000;
console.info(`random input: FC_SEED=${SEED} FC_RUNS=${RUNS}`);

/** Runs what may refuse; anything but a result or a fit YumaError is rethrown. Returns whether there was a result. */
function answers(work: () => unknown): boolean {
  try {
    expect(work()).toBeDefined();
    return true;
  } catch (error) {
    fitToShow(error);
    return false;
  }
}

const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { seed: SEED, numRuns: RUNS, verbose: true });

const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, -1, 0, -0, 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 65536),
  fc.constantFrom<unknown>("", "-1", "1e3", " 1", "0x10", "18446744073709551616", 1n << 64n, -1n, Symbol("s")),
  fc.constantFrom<unknown>(true, [], {}, [[]], [[[]]], new Array(3), [null, null, null], Object.create(null)),
  fc.anything({ withBigInt: true, withNullPrototype: true, withObjectString: true, withSparseArray: true }),
);

/** Every place in a JSON value, as the path to it. */
function places(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))];
}

/** A copy with `value` at `path`; as another entry of what is there where `insert` is set. */
function changed(root: unknown, [key, ...rest]: readonly string[], value: unknown, insert: boolean): unknown {
  if (key === undefined) return insert && Array.isArray(root) ? [...root, value] : value;
  if (Array.isArray(root))
    return root.map((inner, i) => (String(i) === key ? changed(inner, rest, value, insert) : inner));
  return { ...(root as Loose), [key]: changed((root as Loose)[key], rest, value, insert) };
}

/** One change, anywhere, to anything. */
const spoilt = (root: Loose) =>
  fc
    .record({ path: fc.constantFrom(...places(root)), value: odd, insert: fc.boolean() })
    .map(({ path, value, insert }) => changed(root, path, value, insert));

const later = validSnapshot({
  rules: 474,
  previousConsensus: [0, 1, 65535],
  hotkeys: ["a", "b", "c"],
  epochConsensus: "yuma",
});
const snapshots = fc.oneof(spoilt(validSnapshot()), spoilt(later));

describe("one change to a valid snapshot", () => {
  test("epoch, with and without matrices", () => {
    let accepted = 0;
    const property = fc.property(snapshots, (snapshot) => {
      accepted += Number(answers(() => epoch(snapshot as never)));
      answers(() => tracedEpoch(snapshot as never));
    });
    check(property);
    // Both outcomes occur, or the property says nothing.
    expect(accepted).toBeGreaterThan(RUNS / 100);
    expect(accepted).toBeLessThan(RUNS / 2);
  });

  test("explain", () => {
    check(fc.property(snapshots, fc.nat(2), (snapshot, uid) => void answers(() => explain(snapshot as never, uid))));
  });

  test("mechanismsEpoch", () => {
    const subnets = spoilt(validMechanisms({ split: [40000, 25535] }));
    check(fc.property(subnets, (subnet) => void answers(() => mechanismsEpoch(subnet as never))));
  });

  test("a prepared epoch's update, after which it runs as before", () => {
    const prepared = prepareEpoch(validSnapshot() as never);
    prepared.run();
    const before = prepared.result();
    const changes = fc
      .constantFrom(...Object.keys(validSnapshot()))
      .chain((field) => odd.map((value) => ({ [field]: value })));
    const property = fc.property(fc.oneof(changes, odd), (change) => {
      const updated = () => {
        prepared.update(change as never);
        return prepared;
      };
      // What was accepted is undone; what was refused must have changed nothing.
      if (answers(updated)) prepared.update(validSnapshot() as never);
      prepared.run();
      expect(prepared.result()).toEqual(before);
    });
    check(property);
  });
});

describe("anything at all", () => {
  test("as a snapshot", () => {
    const property = fc.property(odd, (given) => {
      for (const work of [epoch, tracedEpoch, mechanismsEpoch, prepareEpoch]) answers(() => work(given as never));
      answers(() => explain(given as never, 0));
    });
    check(property);
  });

  test("as a uid", () => {
    check(fc.property(odd, (uid) => void answers(() => explain(validSnapshot() as never, uid as never))));
  });

  const kernel = instantiate(inlinedModule());
  test.each(SUITE_NAMES)("as a line of the %s suite", (suite) => {
    const chain = validSnapshot({ epochs: 2, advance: 0, weightsByEpoch: [null, null] });
    const json = fc.oneof(spoilt(chain), spoilt(validMechanisms()), snapshots).map((value) => {
      try {
        return JSON.stringify(value) ?? "";
      } catch {
        return "{"; // bigints and what else JSON cannot hold
      }
    });
    const operations = fc
      .tuple(
        fc.constantFrom("i32f32.", "u96f32.", "toString."),
        fc.constantFrom("add", "exp", "checked_pow", "fromf64"),
        fc.string(),
      )
      .map((parts) => parts.join(" ").replace(" ", ""));
    const lines = fc.oneof(json, operations, fc.string(), fc.json(), odd);
    check(fc.property(lines, (line) => void answers(() => [...conformLine(kernel, suite, line as never)])));
  });

  test("as a suite", () => {
    check(
      fc.property(odd, (suite) => void expect(answers(() => conformLine(kernel, suite as never, "{}"))).toBe(false)),
    );
  });
});

describe("large and deep", () => {
  const timed = (work: () => unknown) => {
    const started = performance.now();
    const accepted = answers(work);
    expect(performance.now() - started).toBeLessThan(SLOW_MS);
    return accepted;
  };
  let deep: unknown = [];
  for (let k = 0; k < 200_000; k++) deep = k % 2 === 0 ? [deep] : { deep };
  const long = "9".repeat(20_000_000);

  test.each(Object.keys(validSnapshot()).filter((field) => field !== "name"))("%s", (field) => {
    for (const value of [deep, long, [long, long, long], [deep, deep, deep], [[[long, 1]], [[1, deep]], []]]) {
      expect(timed(() => epoch(validSnapshot({ [field]: value }) as never))).toBe(false);
    }
  });

  test("elsewhere", () => {
    expect(timed(() => epoch(validSnapshot({ name: long }) as never))).toBe(true);
    expect(timed(() => epoch(validSnapshot({ comment: deep }) as never))).toBe(true);
    expect(timed(() => epoch(validSnapshot({ rules: deep }) as never))).toBe(false);
    expect(timed(() => epoch(validSnapshot({ source: { network: deep } }) as never))).toBe(false);
    expect(timed(() => epoch(validSnapshot({ [long]: 1 }) as never))).toBe(true);
    expect(timed(() => epoch(validSnapshot({ kappa: { [long]: long } }) as never))).toBe(false);
    expect(timed(() => mechanismsEpoch(validMechanisms({ mechanisms: [deep, deep] }) as never))).toBe(false);
    expect(timed(() => [...conformLine(instantiate(inlinedModule()), "fixed", `i32f32.add 1 ${long}`)])).toBe(false);
  });
});
