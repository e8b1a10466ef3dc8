/** What stands beside the epoch, asked in whole calls of which the BigInt twins know the answers: emission, dividends, registration, pools, shares. */
import fc from "fast-check";
import * as abi from "../../assembly/pool/contract.js";
import { poolAnswer } from "../../host/api/conformPool.js";
import { conformEmission } from "../../host/api/emission/conform.js";
import { delegateTake } from "../../host/api/emission/delegateTake.js";
import { distributeDividends, splitDividends } from "../../host/api/emission/dividends.js";
import { inheritedStake } from "../../host/api/emission/inheritance.js";
import { blockEmissionAt } from "../../host/api/emission/issuance.js";
import { shareDividends } from "../../host/api/emission/parentShares.js";
import { poolPower } from "../../host/api/pool/pool.js";
import { burnDecay, burnIncrease, lockCost, neuronToPrune } from "../../host/api/registration.js";
import { safeFloats } from "../../host/api/safeFloat.js";
import { sharePool } from "../../host/api/shares.js";
import type { Kernel } from "../../host/load/kernel.js";
import type { PowerOperands } from "../../host/marshal/pool.js";
import { twinBlockEmission, twinCoinbase, twinPowNormalise } from "../oracle/coinbase.js";
import { oracleDividends, oracleShares, oracleSplit, oracleTake } from "../oracle/dividends.js";
import {
  edgeBlocks,
  edgeIssuances,
  edgePaydays,
  edgePowers,
  edgePrunings,
  longPower,
} from "../oracle/emissionEdges.js";
import type { Family } from "../oracle/families.js";
import { oracleInheritance } from "../oracle/inheritance.js";
import { oraclePool, type PoolCase } from "../oracle/pool.js";
import { edgeBases, edgePools } from "../oracle/poolEdges.js";
import { blockArbitrary } from "../oracle/randomCoinbase.js";
import { accountOf, familyArbitrary, paydayArbitrary } from "../oracle/randomFamilies.js";
import { poolCases, powers } from "../oracle/randomPool.js";
import { decay, increase, lock, prunable } from "../oracle/randomRegistration.js";
import * as random from "../oracle/randomShares.js";
import * as registration from "../oracle/registration.js";
import * as shares from "../oracle/shares.js";
import { coinbaseOf } from "../support/coinbase.js";
import { spoiling } from "../support/spoiling.js";

/** Seed of every sample. */
const SEED = 79;
const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) => fc.sample(arbitrary, { seed: SEED, numRuns });

interface Call {
  readonly ask: (kernel: Kernel, input: unknown) => unknown;
  readonly twin: (input: unknown) => unknown;
  readonly inputs: () => readonly unknown[];
}

/** A call whose inputs are drawn from an arbitrary, behind some that are given. */
function call<T>(
  arbitrary: fc.Arbitrary<T>,
  runs: number,
  ask: (kernel: Kernel, input: T) => unknown,
  twin: (input: T) => unknown,
  given: readonly T[] = [],
): Call {
  return { ask: ask as Call["ask"], twin: twin as Call["twin"], inputs: () => [...given, ...sample(arbitrary, runs)] };
}

const family = familyArbitrary();
const named = (one: Family) => [...one.hotkeys.map(({ hotkey }) => hotkey), accountOf(250)];
const amount = fc.oneof(
  fc.constantFrom(0n, 1n, 21_000_000_000_000_000n, random.U64_MAX),
  fc.bigInt(0n, random.U64_MAX),
);
const bits = fc.oneof(fc.bigInt(0n, 1n << 90n), fc.bigInt(0n, (1n << 128n) - 1n));

const EMISSION = {
  block: call(
    blockArbitrary(12),
    400,
    (kernel, block) => coinbaseOf(kernel, block),
    (block) => twinCoinbase(block),
    edgeBlocks,
  ),
  blockEmission: call(
    fc.bigInt(0n, random.SUPPLY_RAO + 1n),
    100,
    (kernel, issuance) => blockEmissionAt(kernel, issuance),
    twinBlockEmission,
    edgeIssuances,
  ),
  idleBlock: call(
    blockArbitrary(4),
    100,
    (kernel, block) => coinbaseOf(kernel, block, "nothing"),
    (block) => twinCoinbase(block, false),
  ),
  powNormalise: call(
    fc.record({ values: fc.array(bits, { minLength: 1, maxLength: 6 }), p: fc.bigInt(0n, 4n << 64n) }),
    200,
    (kernel, { values, p }) => {
      const given = { op: "pow_normalize", p: String(p), values: values.map((value, k) => [k + 1, String(value)]) };
      return (conformEmission(kernel, given) as { values: [number, bigint][] }).values.map(([, share]) => share);
    },
    ({ values, p }) => twinPowNormalise(values, p),
    [...edgePowers, longPower],
  ),
  payday: call(paydayArbitrary(), 400, distributeDividends, oracleDividends, edgePaydays),
  inheritance: call(
    family,
    300,
    (kernel, one) => inheritedStake(kernel, { ...one, uids: named(one) }),
    (one) => oracleInheritance(one, named(one)),
  ),
  parents: call(
    fc.tuple(family, amount),
    300,
    (kernel, [one, dividends]) => named(one).map((hotkey) => shareDividends(kernel, { ...one, hotkey, dividends })),
    ([one, dividends]) => named(one).map((hotkey) => oracleShares(one, hotkey, dividends)),
  ),
  split: call(
    fc.record({ one: family, given: fc.array(bits, { minLength: 8, maxLength: 8 }), alpha: amount, root: amount }),
    300,
    (kernel, { one, given, alpha, root }) =>
      splitDividends(kernel, {
        ...one,
        pendingValidator: alpha,
        pendingRoot: root,
        dividends: one.hotkeys.map(({ hotkey }, i) => [hotkey, given[i]!] as const),
      }),
    ({ one, given, alpha, root }) => {
      const dividends = new Map(one.hotkeys.map(({ hotkey }, i) => [hotkey, given[i]!]));
      return oracleSplit(one, dividends, { alpha, root }).map((row) => ({ incentive: "0", ...row }));
    },
  ),
  take: call(
    fc.tuple(fc.integer({ min: 0, max: 65535 }), bits),
    300,
    (kernel, [take, dividends]) => delegateTake(kernel, take, dividends),
    ([take, dividends]) => oracleTake(take, dividends),
  ),
  decay: call(decay, 200, burnDecay, registration.burnDecay),
  increase: call(increase, 400, burnIncrease, registration.burnIncrease),
  lock: call(lock, 1000, lockCost, registration.lock),
  prune: call(prunable(40), 500, neuronToPrune, registration.neuronToPrune, edgePrunings),
};

const pool = fc.record({ sharedValueRao: random.rao, denominator: random.normal, share: random.normal });
const POOL = {
  pool: call(
    poolCases,
    600,
    (kernel, given) => poolAnswer(kernel, { ...given, name: "pool" }),
    (given) => ({ name: "pool", op: given.op, ...oraclePool(given) }),
    edgePools,
  ),
  power: call(modestPowers(), 250, (kernel, given) => poolPower(kernel, operandsOf(given)), powerOf, edgeBases),
  /** The way without short cuts. */
  writtenOutPower: call(
    modestPowers(),
    100,
    (kernel, given) => poolPower(kernel, operandsOf(given), abi.POWER_WRITTEN_OUT),
    powerOf,
    edgeBases,
  ),
  floats: call(
    fc.tuple(random.normal, random.normal, random.normal),
    800,
    (kernel, [a, b, c]) => {
      const floats = safeFloats(() => kernel);
      const made = [floats.add(a, b), floats.sub(a, b), floats.div(a, b), floats.mulDiv(a, b, c)];
      return [...made, floats.greater(a, b), floats.toU64(a)];
    },
    ([a, b, c]) => {
      const made = [shares.sum(a, b), shares.difference(a, b), shares.quotient(a, b), shares.proportion(a, b, c)];
      return [...made, shares.exceeds(a, b), shares.whole(a)];
    },
  ),
  create: call(
    fc.tuple(fc.oneof(random.mantissa, random.any((1n << 128n) - 1n, shares.LARGEST + 1n)), random.exponent),
    600,
    (kernel, [m, e]) => safeFloats(() => kernel).create(m, e),
    ([m, e]) => shares.create(m, e),
  ),
  binary: call(
    fc.tuple(random.rao, random.rao),
    300,
    (kernel, [high, low]) => safeFloats(() => kernel).fromU64F64((high << 64n) | low),
    ([high, low]) => shares.fromBinary((high << 64n) | low),
  ),
  change: call(
    fc.tuple(pool, random.change),
    600,
    (kernel, [state, by]) => {
      const at = sharePool(() => kernel);
      const [value, could] = [at.value(state), at.canRepresent(state, by)];
      return { value, could, all: at.changeAll(state.sharedValueRao, by), one: at.changeOne(state, by) };
    },
    ([state, by]) => {
      const fresh = () => new shares.Pool(state.sharedValueRao, state.denominator, new Map([[1, state.share]]));
      const [one, all] = [fresh(), fresh()];
      const [value, could] = [one.worth(1), one.represents(by)];
      one.one(1, by);
      all.everybody(by);
      const changed = { sharedValueRao: one.value, denominator: one.all, share: one.own.get(1) };
      return { value, could, all: all.value, one: changed };
    },
  ),
};

/** Powers whose roots the twin finds in a moment. */
function modestPowers(): fc.Arbitrary<PoolCase> {
  return powers.filter(({ baseNumerator, exponentNumerator, exponentDenominator }) => {
    const size = BigInt(BigInt(String(baseNumerator)).toString(2).length);
    return (size * BigInt(String(exponentNumerator))) / (BigInt(String(exponentDenominator)) || 1n) <= 3000n;
  });
}

function operandsOf({ op: _op, precision, ...given }: PoolCase): PowerOperands {
  return { ...given, precision: Number(precision) } as unknown as PowerOperands;
}

function powerOf(given: PoolCase): unknown {
  return oraclePool(given).value;
}

const CALLS = { ...EMISSION, ...POOL };

/** The name of a call. */
export type CallName = keyof typeof CALLS;

/** What the kernel answers to a call. */
export function askCall(kernel: Kernel, name: CallName, input: unknown): unknown {
  return CALLS[name].ask(spoiling(kernel), input);
}

/** The calls of emission or of the pool with the twin's answers, of each one in turn. */
export function* callsOf(
  area: "emission" | "pool",
): Generator<readonly [name: CallName, input: unknown, expected: unknown]> {
  const table: Readonly<Record<string, Call>> = area === "emission" ? EMISSION : POOL;
  const lists = Object.entries(table).map(([name, { inputs, twin }]) => ({ name, inputs: inputs(), twin }));
  const longest = Math.max(...lists.map(({ inputs }) => inputs.length));
  for (let k = 0; k < longest; k++) {
    for (const { name, inputs, twin } of lists) {
      if (k < inputs.length) yield [name as CallName, inputs[k], twin(inputs[k])];
    }
  }
}
