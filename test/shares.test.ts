/** Shares: every published case, the BigInt twin on random and extreme input, laws, and refusals. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as main from "../assembly/contract.js";
import * as abi from "../assembly/pool/contract.js";
import { conformLine } from "../host/api/conform.js";
import { safeFloat, sharePool } from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { any, change, exponent, mantissa, normal, rao, SUPPLY_RAO, U64_MAX } from "./oracle/randomShares.js";
import * as twin from "./oracle/shares.js";
import { Abi } from "./support/abi.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";
import { lines } from "./support/vectors.js";

const I64_MAX = (1n << 63n) - 1n;
const RUNS = 1500;

test("shares: 400 published cases equal, to the letter", () => {
  const kernel = instantiate(inlinedModule());
  const cases = lines("shares.cases.jsonl.gz");
  const results = lines("shares.results.jsonl.gz");
  expect([cases.length, results.length]).toEqual([400, 400]);
  for (const [k, line] of cases.entries()) expect([...conformLine(kernel, "shares", line)]).toEqual([results[k]]);
});

describe("SafeFloat and its twin agree", () => {
  test("create, also of mantissas that are too large", () => {
    forAll(fc.tuple(fc.oneof(mantissa, any((1n << 128n) - 1n, twin.LARGEST + 1n)), exponent), RUNS, ([m, e]) => {
      expect(safeFloat.create(m, e)).toEqual(twin.create(m, e));
    });
  });

  test("add, sub, div, mulDiv, greater, toU64", () => {
    forAll(fc.tuple(normal, normal, normal), RUNS, ([a, b, c]) => {
      expect(safeFloat.add(a, b)).toEqual(twin.sum(a, b));
      expect(safeFloat.sub(a, b)).toEqual(twin.difference(a, b));
      expect(safeFloat.div(a, b)).toEqual(twin.quotient(a, b));
      expect(safeFloat.mulDiv(a, b, c)).toEqual(twin.proportion(a, b, c));
      expect(safeFloat.greater(a, b)).toBe(twin.exceeds(a, b));
      expect(safeFloat.toU64(a)).toBe(twin.whole(a));
    });
  });

  test("fromU64, fromU64F64", () => {
    forAll(fc.tuple(rao, rao), RUNS, ([high, low]) => {
      expect(safeFloat.fromU64(high)).toEqual(twin.create(high, 0n));
      expect(safeFloat.fromU64F64((high << 64n) | low)).toEqual(twin.fromBinary((high << 64n) | low));
      expect(safeFloat.toU64(safeFloat.fromU64(high))).toBe(high);
    });
  });

  test("a zero counts as greater than a number with a very negative exponent", () => {
    expect(safeFloat.greater([0, 0], [1, -50])).toBe(true);
    expect(safeFloat.greater([1, -50], [0, 0])).toBe(false);
  });

  test("the exponent of a quotient may leave 64 bits on the way, that of a product may not", () => {
    const [high, low] = [
      [twin.LARGEST, I64_MAX],
      [twin.LARGEST, -12n],
    ] as const;
    expect(safeFloat.div(high, low)).toEqual([twin.LARGEST, I64_MAX + 12n - 21n]);
    expect(safeFloat.mulDiv(high, [twin.LARGEST, 1n], [twin.LARGEST, 1n])).toBeNull();
    expect(safeFloat.mulDiv(high, [twin.LARGEST, -1n], [twin.LARGEST, -1n])).toEqual(high);
  });
});

const KEYS = [1, 2, 3];
const step = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant("one"), fc.constantFrom(...KEYS), change) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("all"), fc.constant(0), change) },
);
const start = fc.oneof(
  fc.constant(null),
  fc.record({ value: rao, all: normal, own: fc.array(normal, { minLength: 3, maxLength: 3 }) }),
);

describe("the pool and its twin agree", () => {
  test("in everything after every step, from any state", () => {
    forAll(fc.tuple(start, fc.array(step, { maxLength: 12 })), RUNS / 3, ([from, steps]) => {
      const own = new Map(KEYS.map((key, k) => [key, from?.own[k] ?? twin.NOTHING]));
      const pool = new twin.Pool(from?.value, from?.all, own);
      for (const [kind, key, by] of steps) {
        const state = { sharedValueRao: pool.value, denominator: pool.all, share: own.get(key) ?? twin.NOTHING };
        if (kind === "all") {
          pool.everybody(by);
          expect(sharePool.changeAll(state.sharedValueRao, by)).toBe(pool.value);
          continue;
        }
        expect(sharePool.canRepresent(state, by)).toBe(pool.represents(by));
        expect(sharePool.value(state)).toBe(pool.worth(key));
        pool.one(key, by);
        expect(sharePool.changeOne(state, by)).toEqual({
          sharedValueRao: pool.value,
          denominator: pool.all,
          share: own.get(key),
        });
      }
    });
  });
});

describe("laws", () => {
  /** Shares of one exponent whose sum is all there are. */
  const consistent = fc.record({
    shares: fc.array(fc.bigInt(0n, 10n ** 20n), { minLength: 1, maxLength: 8 }),
    exponent: fc.bigInt(-25n, 3n),
    value: any(U64_MAX, SUPPLY_RAO),
  });

  test("the members' values sum to the shared value at most, and miss it by less than a rao each", () => {
    forAll(consistent, RUNS, ({ shares, exponent: e, value }) => {
      const total = shares.reduce((a, b) => a + b);
      fc.pre(total > 0n);
      const denominator = [total, e] as const;
      const sum = shares
        .map((share) => sharePool.value({ sharedValueRao: value, denominator, share: [share, e] }))
        .reduce((a, b) => a + b);
      expect(sum).toBeLessThanOrEqual(value);
      expect(sum).toBeGreaterThan(value - BigInt(shares.length) - 1n);
    });
  });

  /** A member of a pool of the chain's size, with a price of 1/1000 to 1000 rao a share. */
  const member = fc
    .record({
      value: fc.bigInt(1_000n, SUPPLY_RAO),
      price: fc.bigInt(1n, 1_000_000n),
      part: fc.bigInt(0n, 1_000_000n),
      deposit: fc.bigInt(1n, SUPPLY_RAO),
    })
    .map(({ value, price, part, deposit }) => {
      const all = (value * 1000n) / price;
      const denominator = safeFloat.create(all === 0n ? 1n : all, 0)!;
      const share = safeFloat.mulDiv(denominator, [part, 0], [1_000_000, 0])!;
      return { pool: { sharedValueRao: value, denominator, share }, deposit };
    });

  test("a deposit taken out again leaves no profit beyond a rounded rao, and the pool what it had", () => {
    forAll(member, RUNS, ({ pool, deposit }) => {
      const before = sharePool.value(pool);
      const held = sharePool.changeOne(pool, deposit);
      expect(sharePool.value(held)).toBeLessThanOrEqual(before + deposit + 1n);
      const after = sharePool.changeOne(held, -deposit);
      expect(after.sharedValueRao).toBe(pool.sharedValueRao);
      expect(sharePool.value(after)).toBeLessThanOrEqual(before + 1n);
    });
  });

  test("nobody else's value moves by more than a rao when one deposits", () => {
    forAll(member, RUNS, ({ pool, deposit }) => {
      const { sharedValueRao, denominator } = sharePool.changeOne({ ...pool, share: [0, 0] }, deposit);
      const moved = sharePool.value({ sharedValueRao, denominator, share: pool.share }) - sharePool.value(pool);
      expect(moved >= -1n && moved <= 1n).toBe(true);
    });
  });
});

describe("refusals", () => {
  const pool = { sharedValueRao: 5n, denominator: [5, 0], share: [1, 0] } as const;

  test.each<[string, () => unknown, string]>([
    ["a mantissa above 10^21", () => safeFloat.add([10n ** 21n + 1n, 0], [1, 0]), "a"],
    ["a mantissa that is a fraction", () => safeFloat.toU64([1.5, 0]), "a[0]"],
    ["a negative mantissa", () => safeFloat.toU64([-1, 0]), "a[0]"],
    ["an exponent of 65 bits", () => safeFloat.add([1, 0], [1, 1n << 63n]), "b[1]"],
    ["an exponent without a normal form", () => safeFloat.div([1, 0], [1, -(1n << 63n)]), "b"],
    ["three numbers", () => safeFloat.toU64([1, 2, 3] as never), "a"],
    ["no pair at all", () => safeFloat.mulDiv([1, 0], [1, 0], "1" as never), "c"],
    ["a number of 2^64", () => safeFloat.fromU64(1n << 64n), "n"],
    ["bits of 129 bits", () => safeFloat.fromU64F64(1n << 128n), "bits"],
    ["a change of 2^63", () => sharePool.changeOne(pool, 1n << 63n), "changeRao"],
    ["a change above 2^53 as a number", () => sharePool.changeAll(1n, 2 ** 60), "changeRao"],
    ["a fraction of a rao", () => sharePool.value({ ...pool, sharedValueRao: 0.5 }), "sharedValueRao"],
    ["no share", () => sharePool.value({ sharedValueRao: 1, denominator: [1, 0] } as never), "share"],
    ["no change", () => sharePool.canRepresent(pool, undefined as never), "changeRao"],
    ["no pool", () => sharePool.value(null as never), "A pool"],
  ])("%s", (_name, work, field) => {
    expect(refusalOf(work).details.field).toBe(field);
  });

  test.each([
    ["no case", "[]"],
    ["an unknown op", '{"op":"nope"}'],
    ["an unknown call", '{"op":"float","calls":[["toString"]]}'],
    ["too few operands", '{"op":"float","calls":[["add",["1","0"]]]}'],
    ["an unknown step", '{"op":"pool","members":[],"start":null,"steps":[["two",1,"1"]]}'],
    ["no members", '{"op":"pool","start":null,"steps":[]}'],
    ["a start without normal form", '{"op":"pool","members":[],"start":{"denominator":["9","z"]},"steps":[]}'],
  ])("in the suite: %s", (_name, line) => {
    const kernel = instantiate(inlinedModule());
    refusalOf(() => [...conformLine(kernel, "shares", line)]);
  });

  test("the kernel traps on slots that are not in normal form, and on operations it does not have", () => {
    const kernel = new Abi();
    const { exports } = kernel;
    const set = (slot: number, m: bigint, e = 0n) => {
      const at = (exports.shareSlots() >>> 0) + slot * abi.SHARE_SLOT_BYTES;
      const view = new DataView(kernel.kernel.memory.buffer, at, abi.SHARE_SLOT_BYTES);
      view.setBigUint64(0, BigInt.asUintN(64, m), true);
      view.setBigUint64(8, m >> 64n, true);
      view.setBigInt64(16, e, true);
    };
    set(1, 10n ** 21n);
    for (const [m, e] of [
      [1n, 0n],
      [10n ** 20n, 0n],
      [10n ** 21n + 1n, 0n],
      [0n, 1n],
    ] as const) {
      set(2, m, e);
      kernel.expectTrap(() => exports.safeFloatApply(abi.SHARE_OPERATION_ADD), main.ERROR_FIELD, 2);
      kernel.expectTrap(() => exports.safeFloatGreater(), main.ERROR_FIELD, 2);
      kernel.expectTrap(() => exports.sharePoolValue(1n), main.ERROR_FIELD, abi.SHARE_SLOT_MEMBER);
      kernel.expectTrap(() => exports.sharePoolChangeOne(1n, 1n), main.ERROR_FIELD, abi.SHARE_SLOT_MEMBER);
      set(1, m, e);
      kernel.expectTrap(() => exports.safeFloatToU64(), main.ERROR_FIELD, 1);
      kernel.expectTrap(() => exports.sharePoolCanRepresent(1n, 1n), main.ERROR_FIELD, abi.SHARE_SLOT_DENOMINATOR);
      set(1, 10n ** 21n);
    }
    for (const operation of [abi.SHARE_OPERATIONS, -1]) {
      kernel.expectTrap(() => exports.safeFloatApply(operation), main.ERROR_OPERATION, operation);
    }
  });
});
