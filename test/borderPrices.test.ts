/** The border of shares and registration under random input: a result or a typed refusal, never anything else. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { conformLine } from "../host/api/conform.js";
import { burnDecay, burnIncrease, lockCost, neuronToPrune, safeFloat, sharePool } from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { forAll } from "./support/fuzz.js";
import { fitToShow } from "./support/refusal.js";
import { lines } from "./support/vectors.js";

const RUNS = 600;
const CASES = 40;

/** Whether there was a result; what is thrown must be fit to be shown. */
function answers(work: () => unknown): boolean {
  try {
    expect(work()).toBeDefined();
    return true;
  } catch (error) {
    fitToShow(error);
    return false;
  }
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, -1, 0, 1, 1.5, Number.NaN, 2 ** 53, 65536, "", "-1", "1e3", 1n << 64n, -1n),
  fc.constantFrom<unknown>(Symbol("s"), true, [], {}, [[]], new Array(3), Object.create(null), new Uint8Array(3)),
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true, maxDepth: 2 }),
);

/** The value itself, or with one of its parts replaced. */
function spoilt(root: object): fc.Arbitrary<object> {
  return fc.constantFrom(...Object.keys(root)).chain((key) => {
    const inner = (root as Record<string, unknown>)[key];
    const deeper = typeof inner === "object" && inner !== null && Object.keys(inner).length > 0 ? [spoilt(inner)] : [];
    return fc.oneof(odd, ...deeper).map((value) => {
      const copy = (Array.isArray(root) ? [...root] : { ...root }) as Record<string, unknown>;
      copy[key] = value;
      return copy;
    });
  });
}

const price = { burn: "5", minBurn: 1, maxBurn: 9n };
const pool = { sharedValueRao: 9, denominator: ["9", 0], share: ["3", 0] };
const neurons = {
  n: 2,
  currentBlock: 9,
  immunityPeriod: 3,
  minNonImmuneUids: 0,
  immuneOwnerUidsLimit: 1,
  keys: ["a", 7],
  blockAtRegistration: [1, "2"],
  emission: [3n],
  ownedHotkeys: [7, "b"],
  ownerHotkey: "a",
};
const lock = { lastLock: 9, minLock: 1, lastLockBlock: 2, currentBlock: 5, reductionInterval: 3, totalIssuance: "0" };
const pairs = [
  ["9", 0],
  [5n, -3],
  [7, "2"],
];

/** Arguments of whatever type is asked for. */
type Given = [never, never, never];

test.each<[string, object, (given: never) => unknown]>([
  ["burnDecay", { ...price, halfLife: 3, currentBlock: 7, blocks: 2 }, burnDecay],
  ["burnIncrease", { ...price, netuid: 1, multiplier: "1", times: 2 }, burnIncrease],
  ["lockCost", lock, lockCost],
  ["neuronToPrune", neurons, neuronToPrune],
  ["sharePool.value", pool, sharePool.value],
  ["sharePool.canRepresent", [pool, -5], ([of, by]: Given) => sharePool.canRepresent(of, by)],
  ["sharePool.changeOne", [pool, 5n], ([of, by]: Given) => sharePool.changeOne(of, by)],
  ["sharePool.changeAll", [7, "-5"], ([of, by]: Given) => sharePool.changeAll(of, by)],
  ["safeFloat.mulDiv", pairs, ([a, b, c]: Given) => [safeFloat.mulDiv(a, b, c)]],
  ["safeFloat.create", ["5", -2], ([m, e]: Given) => [safeFloat.create(m, e)]],
  ["safeFloat.fromU64F64", ["5"], ([bits]: Given) => safeFloat.fromU64F64(bits)],
])("%s with one change, and with anything", (_name, valid, work) => {
  expect(answers(() => work(valid as never))).toBe(true);
  const outcomes = new Set<boolean>();
  forAll(fc.oneof({ weight: 4, arbitrary: spoilt(valid) }, { weight: 1, arbitrary: odd }), RUNS, (given) => {
    // Arguments are spread from an array; only what is in it is the border's.
    if (Array.isArray(valid) && !Array.isArray(given)) return;
    outcomes.add(answers(() => work(given as never)));
  });
  expect(outcomes).toContain(false);
});

test.each(["shares", "registration"])("a line of the %s suite with one change", (suite) => {
  const kernel = instantiate(inlinedModule());
  const cases = lines(`${suite}.cases.jsonl.gz`)
    .filter((line) => line.length < 3000)
    .slice(0, CASES)
    .map((line) => JSON.parse(line) as object);
  const changed = fc
    .constantFrom(...cases)
    .chain(spoilt)
    .map((value) => JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? `${inner}` : inner)));
  forAll(changed, RUNS, (line) => void answers(() => [...conformLine(kernel, suite, line)]));
});
