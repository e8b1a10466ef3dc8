/** Rows of weights: every published case, the BigInt twin on random and extreme rows, and what must hold whatever the row. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as abi from "../assembly/contract.js";
import * as linear from "../assembly/linear/contract.js";
import * as pool from "../assembly/pool/contract.js";
import { conformLine } from "../host/api/conform.js";
import { storedRow as storedRowOf } from "../host/api/weights/storedRow.js";
import { commitHash } from "../host/index.js";
import { toJson } from "../host/json.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import * as twin from "./oracle/weights.js";
import { Abi } from "./support/abi.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";
import { lines } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const answer = (fields: object) => JSON.parse([...conformLine(kernel, "weights", toJson(fields))][0] ?? "");
const storedRow = (uids: readonly number[], values: readonly number[]) => storedRowOf(kernel, uids, values);
const upscaled = (values: readonly number[]) =>
  storedRow(
    values.map((_, i) => i),
    values,
  ).map(([, value]) => value);

const edge = fc.constantFrom(0, 1, 2, 32767, 32768, 32769, 65534, 65535);
const value = fc.oneof(edge, fc.integer({ min: 0, max: 65535 }), fc.integer({ min: 0, max: 20 }));
const row = fc.array(value, { maxLength: 40 });

describe("published", () => {
  const cases = lines("weights.cases.jsonl.gz");
  const results = lines("weights.results.jsonl.gz");

  test("all 1,500 cases, byte for byte", () => {
    expect([cases.length, results.length]).toEqual([1500, 1500]);
    for (const [i, line] of cases.entries()) {
      expect([...conformLine(kernel, "weights", line)]).toEqual([results[i]]);
    }
  });

  test("the twin agrees with them", () => {
    const seen = new Set<string>();
    for (const [i, line] of cases.entries()) {
      const given = JSON.parse(line);
      const { name, op, hash, ...found } = JSON.parse(results[i]!);
      seen.add(op);
      const expected: Record<string, () => unknown> = {
        max_upscale: () => ({ values: twin.maxUpscale(given.values) }),
        max_upscale_fixed: () => ({ values: twin.maxUpscaleFixed(given.values.map(BigInt)) }),
        max_limited: () => ({ ok: twin.maxLimited(given.values, given.limit) }),
        normalize: () => twin.normalize(given.values),
        rules: () => twin.rowRules(given),
        commit_hash: () => ({ payload: twin.commitPayload(given) }),
      };
      expect(JSON.parse(toJson(expected[op]!()))).toEqual(found);
    }
    expect(seen.size).toBe(6);
  });
});

describe("against the twin", () => {
  test("every largest value there is, with values about it", () => {
    for (let largest = 0; largest <= 65535; largest += largest < 32600 || largest > 32900 ? 97 : 1) {
      const values = [...new Set([0, 1, largest >> 1, Math.max(0, largest - 1), largest])];
      expect(upscaled(values), `largest ${largest}`).toEqual(twin.maxUpscale(values));
    }
  });

  test("random rows: upscaled, shares, limits", () => {
    forAll(fc.tuple(row, value), 400, ([values, limit]) => {
      expect(upscaled(values)).toEqual(twin.maxUpscale(values));
      expect(answer({ op: "normalize", values })).toMatchObject(JSON.parse(toJson(twin.normalize(values))));
      expect(answer({ op: "max_limited", values, limit }).ok).toBe(twin.maxLimited(values, limit));
    });
  });

  test("I32F32 of any sign and size", () => {
    const top = (1n << 63n) - 1n;
    const edges = [0n, 1n, -1n, 1n << 32n, 32768n << 32n, (32768n << 32n) + 1n, 65535n << 32n, top, -top - 1n];
    const bits = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: -top - 1n, max: top }));
    forAll(fc.array(bits, { maxLength: 12 }), 400, (values) => {
      expect(answer({ op: "max_upscale_fixed", values }).values).toEqual(twin.maxUpscaleFixed(values));
    });
  });

  test("the rules of a row", () => {
    const uid = fc.integer({ min: 0, max: 6 });
    const cases = fc.record({
      netuid: fc.constantFrom(0, 1),
      n: fc.integer({ min: 0, max: 8 }),
      minAllowedWeights: fc.integer({ min: 0, max: 8 }),
      uid,
      uids: fc.array(uid, { maxLength: 4 }),
      values: fc.array(value, { maxLength: 4 }),
    });
    forAll(cases, 600, (one) => {
      const { op, ...found } = answer({ op: "rules", ...one });
      expect([op, found]).toEqual(["rules", twin.rowRules(one)]);
    });
  });

  test("the stake a threshold is held against, to the ends of u64", () => {
    const top = (1n << 64n) - 1n;
    const amount = fc.oneof(fc.constantFrom(0n, 1n, 1n << 62n, 1n << 63n, top), fc.bigInt({ min: 0n, max: top }));
    forAll(fc.tuple(amount, amount, amount), 400, ([alpha, tao, weight]) => {
      const found = BigInt.asUintN(64, kernel.exports.stakeWeight(alpha, tao, weight));
      expect(found).toBe(twin.stakeWeight(alpha, tao, weight));
    });
  });
});

describe("whatever the row", () => {
  test("the order of values stays, the largest becomes 65535, zeros stay zero, and once is enough", () => {
    forAll(row, 300, (values) => {
      const out = upscaled(values);
      if (values.some((each) => each > 0)) expect(Math.max(...out)).toBe(65535);
      for (const [i, a] of values.entries()) {
        if (a === 0) expect(out[i]).toBe(0);
        for (const [j, b] of values.entries()) if (a <= b) expect(out[i]).toBeLessThanOrEqual(out[j]!);
      }
      expect(upscaled(out)).toEqual(out);
    });
  });

  test("uids keep the caller's order, and the largest rows fit", () => {
    expect(storedRow([9, 2, 7], [1, 0, 2])).toEqual([
      [9, 32768],
      [2, 0],
      [7, 65535],
    ]);
    const most = Array.from({ length: abi.MAX_UIDS }, (_, i) => 65535 - i);
    expect(storedRow(most, most)).toEqual(most.map((each) => [each, each]));
    expect(storedRow([], [])).toEqual([]);
  });

  test("rows that cannot be stored are refused", () => {
    expect(refusalOf(() => storedRow([1, 2], [1])).code).toBe("BAD_LENGTH");
    expect(refusalOf(() => storedRow([1, 2, 1], [1, 1, 1])).details).toEqual({ field: "uids", uid: 1 });
    const long = Array.from({ length: abi.MAX_UIDS + 1 }, (_, i) => i);
    expect(refusalOf(() => storedRow(long, long)).code).toBe("TOO_LARGE");
    for (const bad of [-1, 65536, 1.5, Number.NaN, "1", null, 1n]) {
      expect(refusalOf(() => storedRow([0], [bad as number])).code).toBe("BAD_VALUE");
    }
  });
});

describe("the commit hash", () => {
  const commit = {
    hotkey: `0x${"0f".repeat(32)}`,
    netuid: 7,
    mechid: 0,
    uids: [1, 2],
    values: [3, 4],
    salt: [5],
    versionKey: 6n,
  };

  test("changes with every field, and with where one list ends and the next begins", () => {
    const others = [
      { hotkey: `0x${"0f".repeat(31)}0e` },
      { netuid: 8 },
      { mechid: 1 },
      { uids: [2, 1] },
      { values: [3, 5] },
      { salt: [] },
      { versionKey: 7n },
      { uids: [1], values: [2, 3, 4] },
      { values: [3], salt: [4, 5] },
    ].map((change) => commitHash({ ...commit, ...change }));
    expect(new Set([commitHash(commit), ...others]).size).toBe(others.length + 1);
  });

  test("is one of the published, by netuid and mechanism", () => {
    const line = lines("weights.cases.jsonl.gz").findIndex((text) => {
      const one = JSON.parse(text);
      return one.op === "commit_hash" && one.netuidIndex > 4096 && one.uids.length > 64;
    });
    const { netuidIndex, ...one } = JSON.parse(lines("weights.cases.jsonl.gz")[line]!);
    const { hash } = JSON.parse(lines("weights.results.jsonl.gz")[line]!);
    expect(commitHash({ ...one, netuid: netuidIndex % 4096, mechid: Math.floor(netuidIndex / 4096) })).toBe(hash);
  });

  test.each([
    ["hotkey", "5F3sa2TJAWMqDhXG6jhV4N8ko9SxwGy8TpaNS1repo5EYjQX"],
    ["hotkey", `0x${"0f".repeat(31)}`],
    ["netuid", 4096],
    ["mechid", 256],
    ["uids", [65536]],
    ["values", "3"],
    ["salt", [0.5]],
    ["versionKey", -1],
    ["versionKey", 1n << 64n],
  ])("refuses a bad %s (%s)", (field, bad) => {
    const { code, details } = refusalOf(() => commitHash({ ...commit, [field]: bad }));
    expect([code, String(details.field).startsWith(field)]).toEqual(["BAD_VALUE", true]);
  });
});

describe("the ABI", () => {
  test("a row needs its beginning, ends when memory is drawn, and is no longer than a subnet", () => {
    const host = new Abi();
    const { exports } = host;
    host.expectTrap(() => exports.rowArray(linear.ROW_UIDS), abi.ERROR_STATE, linear.ROW_UIDS);
    host.expectTrap(() => exports.rowBegin(abi.MAX_UIDS + 1, 0), linear.ERROR_ROW_LENGTH, abi.MAX_UIDS + 1);
    host.expectTrap(() => exports.rowBegin(0, abi.MAX_UIDS + 1), linear.ERROR_ROW_LENGTH, abi.MAX_UIDS + 1);
    exports.rowBegin(3, 3);
    host.expectTrap(() => exports.rowArray(linear.ROW_ARRAYS), abi.ERROR_FIELD, linear.ROW_ARRAYS);
    exports.rowBegin(3, 3);
    host.begin(200);
    host.expectTrap(() => exports.rowUpscale(), abi.ERROR_STATE, linear.ROW_RESULT);
  });

  test("a row ends where a power is written out over it, and with memory drawn and given back", () => {
    const host = new Abi();
    const { exports } = host;
    const slots = new BigUint64Array(host.kernel.memory.buffer, exports.poolSlots() >>> 0, 2 * pool.POOL_SLOTS);
    slots[2 * pool.POWER_BASE_NUMERATOR] = 10n ** 15n;
    slots[2 * pool.POWER_BASE_DENOMINATOR] = 10n ** 15n + 3n;
    slots[2 * pool.POWER_EXPONENT_NUMERATOR] = 1023n;
    slots[2 * pool.POWER_EXPONENT_DENOMINATOR] = 1024n;
    slots[2 * pool.POOL_AMOUNT] = 10n ** 18n;
    exports.rowBegin(3, 3);
    exports.poolPower(pool.POWER_WRITTEN_OUT);
    host.expectTrap(() => exports.rowArray(linear.ROW_UIDS), abi.ERROR_STATE, linear.ROW_UIDS);
    exports.mechanismsBegin(0);
    exports.rowBegin(3, 3);
    exports.emissionBegin(1);
    exports.mechanismsBegin(0);
    host.expectTrap(() => exports.rowArray(linear.ROW_UIDS), abi.ERROR_STATE, linear.ROW_UIDS);
  });

  test("tables of subnets and of hotkeys stand while a row is begun and a power is written out", () => {
    const host = new Abi();
    const { exports } = host;
    const slots = new BigUint64Array(host.kernel.memory.buffer, exports.poolSlots() >>> 0, 2 * pool.POOL_SLOTS);
    exports.emissionBegin(2);
    const table = exports.emissionField(0);
    exports.hotkeysBegin(2, 1, 1);
    const hotkeys = exports.hotkeysArray(0);
    for (const [slot, value] of [
      [pool.POWER_BASE_NUMERATOR, 2n],
      [pool.POWER_BASE_DENOMINATOR, 3n],
      [pool.POWER_EXPONENT_NUMERATOR, 1n],
      [pool.POWER_EXPONENT_DENOMINATOR, 3n],
      [pool.POOL_AMOUNT, 9n],
    ] as const)
      slots[2 * slot] = value;
    exports.poolPower(pool.POWER_WRITTEN_OUT);
    exports.rowBegin(4, 4);
    expect([exports.emissionField(0), exports.hotkeysArray(0)]).toEqual([table, hotkeys]);
  });

  test("a row leaves an epoch under way alone, and no array overlaps another", () => {
    const host = new Abi();
    host.begin(3);
    const { exports, kernel: own } = host;
    exports.rowBegin(4096, 4096);
    const ids = [linear.ROW_BITS, linear.ROW_VALUES, linear.ROW_RESULT, linear.ROW_UIDS];
    const at = ids.map((id) => exports.rowArray(id) >>> 0);
    expect(at.map((address, i) => address - (i === 0 ? address : at[i - 1]!))).toEqual([0, 8 * 4096, 8192, 8192]);
    new Uint8Array(own.memory.buffer, at[0], 4096 * 14).fill(255);
    exports.rowUpscale();
    exports.rowRepeats();
    exports.epochRun();
    host.expectUsable();
  });
});
