/** The oracle itself against the shipped vectors, every field of every case exactly, and what no vector covers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { saturatingAlpha, wrappingAlpha } from "./oracle/bonds.js";
import { oracleChain } from "./oracle/chain.js";
import { oracleEpoch } from "./oracle/epoch.js";
import { comparedConsensus } from "./oracle/liquid.js";
import { oracleMechanisms } from "./oracle/mechanisms.js";
import { largestRemainder, oracleNull } from "./oracle/null.js";
import { snapshotArbitrary } from "./oracle/random.js";
import {
  alphaSigmoid,
  exp,
  expSafe,
  i32f32,
  i64f64,
  i96f32,
  proportion,
  type Real,
  u64f64,
  u96f32,
} from "./oracle/real.js";
import type {
  ChainCase,
  ChainEpochResult,
  EpochResult,
  EpochSnapshot,
  MechanismsCase,
  MechanismsResult,
} from "./oracle/types.js";
import { forAll } from "./support/fuzz.js";
import { lines, records } from "./support/vectors.js";

/** Published of every chain. */
const CHAIN_EPOCHS = 12;

/** The matrices only traced results carry. */
const TRACED = ["weightsBits", "weightsForBondsBits", "emaBondsBits"] as const;

function withoutMatrices<T extends EpochResult>(result: T): Omit<T, (typeof TRACED)[number]> {
  const copy = { ...result };
  for (const field of TRACED) delete (copy as Partial<EpochResult>)[field];
  return copy;
}

test.each([
  ["epoch-small", 2400],
  ["epoch-subnet", 16],
])("%s: %i epochs", (suite, count) => {
  const cases = records<EpochSnapshot>(`${suite}.cases.jsonl.gz`);
  const results = records<EpochResult>(`${suite}.results.jsonl.gz`);
  expect([cases.length, results.length]).toEqual([count, count]);
  for (const [index, snapshot] of cases.entries()) {
    expect(withoutMatrices(oracleEpoch(snapshot))).toStrictEqual(results[index]);
  }
});

test("epoch-traced: 200 epochs with their matrices", () => {
  const cases = records<EpochSnapshot>("epoch-traced.cases.jsonl.gz");
  const results = records<EpochResult>("epoch-traced.results.jsonl.gz");
  expect([cases.length, results.length]).toEqual([200, 200]);
  for (const [index, snapshot] of cases.entries()) expect(oracleEpoch(snapshot)).toStrictEqual(results[index]);
});

test("chain: 8 runs of 12 epochs", () => {
  const cases = records<ChainCase>("chain.cases.jsonl.gz");
  const results = records<ChainEpochResult>("chain.results.jsonl.gz");
  expect([cases.length, results.length]).toEqual([8, 8 * CHAIN_EPOCHS]);
  const computed = cases.flatMap((run) => [...oracleChain({ ...run, epochs: CHAIN_EPOCHS })].map(withoutMatrices));
  for (const [index, result] of computed.entries()) expect(result).toStrictEqual(results[index]);
});

test("mechanisms: 60 subnets", () => {
  const cases = records<MechanismsCase>("mechanisms.cases.jsonl.gz");
  const results = records<MechanismsResult>("mechanisms.results.jsonl.gz");
  expect([cases.length, results.length]).toEqual([60, 60]);
  for (const [index, subnet] of cases.entries()) expect(oracleMechanisms(subnet)).toStrictEqual(results[index]);
});

const FORMATS: Record<string, Real> = { i32f32, i64f64, i96f32, u64f64, u96f32 };
const U64_MAX = (1n << 64n) - 1n;

/** The answer to one line of fixed.txt, or null where it asks for an operation the epoch never needs. */
function answer(type: string, op: string, [a, b, ...rest]: bigint[]): bigint | string | null {
  const real = FORMATS[type]!;
  const target = FORMATS[op.replace(/^to_/, "")];
  const other = b ?? 0n;
  if (op === "div" && other === 0n) return "panic";
  if (op.startsWith("to_") && target !== undefined) return target.from(real, a!);
  if (op === "exp_safe") return expSafe(a!);
  if (op === "alpha_sigmoid")
    return alphaSigmoid(a!, other, rest[0]!, { low: rest[1]!, high: rest[2]!, steepness: rest[3]! });
  const operations: Record<string, () => bigint | string> = {
    add: () => real.add(a!, other),
    sub: () => real.sub(a!, other),
    mul: () => real.mul(a!, other),
    div: () => real.div(a!, other),
    cmul: () => real.mulChecked(a!, other) ?? "none",
    cdiv: () => real.divChecked(a!, other) ?? "none",
    safe_div: () => real.safeDiv(a!, other),
    wadd: () => real.sum([a!, other]),
    fromu64: () => real.fromInt(a!),
    tou16: () => real.toUint(a!, 16n),
    tou64: () => real.toUint(a!, 64n),
    exp: () => exp(real, a!) ?? "err",
  };
  return operations[op]?.() ?? null;
}

test("fixed: the primitives the epoch needs", () => {
  const results = lines("fixed.out.txt.gz");
  let checked = 0;
  for (const [index, line] of lines("fixed.txt.gz").entries()) {
    const [name, ...operands] = line.split(" ");
    const [type, op] = name!.split(".");
    const value = answer(type!, op!, operands.map(BigInt));
    if (value === null) continue;
    checked++;
    if (String(value) !== results[index]) expect.fail(`${line}: ${value}, not ${results[index]}`);
  }
  expect(checked).toBeGreaterThan(50_000);
});

// What no vector covers.
const [small] = fc.sample(snapshotArbitrary({ maxUids: 4 }), { numRuns: 1, seed: 425 });
const base: EpochSnapshot = { ...small!, n: 4, ownerUid: null, commitRevealEnabled: false, currentBlock: 100 };

test("a moving average beyond 2^31 million saturates under Yuma 2 and wraps under Yuma 3", () => {
  const alphas = (bondsMovingAverage: string) =>
    [saturatingAlpha, wrappingAlpha].map((alpha) => alpha({ ...base, bondsMovingAverage }));
  expect(alphas("900000")).toEqual([429496730n, 429496730n]);
  expect(alphas("2147483647000000")).toEqual([-2147483646n << 32n, -2147483646n << 32n]);
  // 2^31 does not fit: the one stops below it, the other reads it as −2^31, and 1 + 2^31 saturates.
  expect(alphas("2147483648000000")).toEqual([(-2147483647n << 32n) + 1n, i32f32.max]);
  // 2^64 − 1 is −1 as i64: −10⁻⁶ truncates toward zero in 64 fraction bits, then floors in 32.
  expect(alphas(String(U64_MAX))[1]).toBe(i32f32.one + 4295n);
});

test("from spec 446 the sigmoid may compare with the stored consensus", () => {
  const current = [1n, 2n, 3n, 4n];
  const stored = [0, 1, 32768, 65535];
  const compare = (more: Partial<EpochSnapshot>) =>
    comparedConsensus({ ...base, bondsPenalty: 65535, previousConsensus: stored, ...more }, current);
  const previous = stored.map(proportion);
  expect(previous).toEqual([0n, 65537n, 2147516416n, i32f32.one]);
  expect(compare({})).toEqual(current);
  expect(compare({ rules: 445, liquidAlphaConsensusMode: "previous" })).toEqual(current);
  expect(compare({ rules: 446 })).toEqual(previous);
  expect(compare({ rules: 446, bondsPenalty: 65534 })).toEqual(current);
  expect(compare({ rules: 446, liquidAlphaConsensusMode: "current" })).toEqual(current);
  expect(compare({ rules: 446, bondsPenalty: 0, liquidAlphaConsensusMode: "previous" })).toEqual(previous);
  expect(compare({ rules: 446, previousConsensus: null })).toEqual(current);
  expect(() => compare({ rules: 446, previousConsensus: [1] })).toThrow(RangeError);
});

test("Null mode pays miners by the richest uid's row and validators by stake", () => {
  const subnet: EpochSnapshot = {
    ...base,
    raoEmission: "1000001",
    alphaStake: ["300", "100", "300", "0"],
    taoStake: ["0", "0", "0", "0"],
    stakeThreshold: String(U64_MAX),
    lastUpdate: [50, 50, 50, 50],
    blockAtRegistration: [0, 0, 0, 50],
    validatorPermit: [false, true, true, true],
    weights: [
      [
        [3, 9],
        [2, 2],
        [0, 9],
        [9, 9],
        [1, 1],
      ],
      [[3, 1]],
      [],
      [],
    ],
    bonds: [[[3, 7]], [], [], []],
  };
  expect(oracleNull(subnet)).toEqual({
    validator: 0,
    serverEmission: ["0", "166667", "333334", "0"],
    validatorEmission: ["214286", "71428", "214286", "0"],
    emission: ["214286", "238095", "547620", "0"],
    validatorPermit: [true, false, false, false],
    bonds: subnet.bonds,
  });
  const shares = (more: Partial<EpochSnapshot>) => oracleNull({ ...subnet, ...more }).serverEmission;
  expect(shares({ lastUpdate: [0, 50, 50, 50] })).toEqual(["125001", "125000", "125000", "125000"]);
  const poor = oracleNull({ ...subnet, alphaStake: ["0", "0", "0", "0"] });
  expect(poor.validator).toBeNull();
  expect(poor.serverEmission).toEqual(["250001", "250000", "250000", "250000"]);
  expect(poor.validatorEmission).toEqual(["0", "0", "0", "0"]);
});

test("largest remainders add up and are within one of the exact share", () => {
  const parts = fc.array(fc.bigInt({ min: 0n, max: U64_MAX }), { minLength: 1, maxLength: 40 });
  const check = (total: bigint, of: bigint[]) => {
    const sum = of.reduce((acc, part) => acc + part, 0n);
    const shares = largestRemainder(total, of);
    expect(shares.reduce((acc, share) => acc + share, 0n)).toBe(sum === 0n ? 0n : total);
    for (const [index, part] of of.entries()) {
      const floor = sum === 0n ? 0n : (total * part) / sum;
      expect(shares[index]! - floor === 0n || (shares[index]! - floor === 1n && part > 0n)).toBe(true);
    }
  };
  forAll(fc.tuple(fc.bigInt({ min: 0n, max: U64_MAX }), parts), 300, ([total, of]) => check(total, of));
  expect(largestRemainder(5n, [1n, 1n, 1n])).toEqual([2n, 2n, 1n]);
});

test("random snapshots: an epoch answers each, whatever the settings", () => {
  const anySnapshot = snapshotArbitrary({ maxUids: 12, laterRules: true });
  const check = (snapshot: EpochSnapshot) => {
    const result = oracleEpoch(snapshot);
    for (const [field, value] of Object.entries(result)) expect([field, value.length]).toEqual([field, snapshot.n]);
    const paid = result.emission.reduce((sum, rao) => sum + BigInt(rao), 0n);
    const stakes = [...snapshot.alphaStake, ...snapshot.taoStake].reduce((sum, rao) => sum + BigInt(rao), 0n);
    if (stakes < 1n << 63n && Number(snapshot.bondsMovingAverage) <= 1_000_000) {
      expect(paid).toBeLessThanOrEqual(BigInt(snapshot.raoEmission));
    }
    for (const row of result.bonds) for (const [uid] of row) expect(uid).toBeLessThan(snapshot.n);
  };
  forAll(anySnapshot, 500, check);
});
