/** The kernel's own border: calls out of order or out of range trap with their code and value, and do no other harm. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as abi from "../assembly/contract.js";
import { guarded } from "../host/load/kernel.js";
import { Abi } from "./support/abi.js";
import { refusalOf } from "./support/refusal.js";

const SEED = Number(process.env.FC_SEED ?? 20260703);
const RUNS = Number(process.env.FC_RUNS ?? 400);
console.info(`random input blocks: FC_SEED=${SEED} FC_RUNS=${RUNS}`);

const MAX_U32 = 4294967295;

describe("out of order", () => {
  test.each<[string, (kernel: Abi) => unknown, number]>([
    ["epochRun before epochBegin", ({ exports }) => exports.epochRun(), 0],
    ["epochInput before epochBegin", ({ exports }) => exports.epochInput(2), 2],
    ["epochField before anything", ({ exports }) => exports.epochField(5), 5],
    ["aggregateField before mechanismsBegin", ({ exports }) => exports.aggregateField(1), 1],
    ["mechanismsAdd before anything", ({ exports }) => exports.mechanismsAdd(1n, 1n, 1), 0],
    [
      "epochField before epochRun",
      (kernel) => {
        kernel.begin(2);
        kernel.exports.epochField(3);
      },
      3,
    ],
    [
      "mechanismsAdd before epochRun",
      (kernel) => {
        kernel.exports.mechanismsBegin(2);
        kernel.begin(2);
        kernel.exports.mechanismsAdd(1n, 1n, 1);
      },
      2,
    ],
    [
      "mechanismsAdd of another n",
      (kernel) => {
        kernel.exports.mechanismsBegin(2);
        kernel.begin(3);
        kernel.exports.epochRun();
        kernel.exports.mechanismsAdd(1n, 1n, 1);
      },
      3,
    ],
    [
      "epochField after the next epochBegin",
      (kernel) => {
        kernel.expectUsable();
        kernel.begin(2);
        kernel.exports.epochField(0);
      },
      0,
    ],
    [
      "epochRun after mechanismsBegin",
      (kernel) => {
        kernel.begin(2);
        kernel.exports.mechanismsBegin(2);
        kernel.exports.epochRun();
      },
      0,
    ],
    [
      "aggregateField after the end",
      (kernel) => {
        kernel.exports.mechanismsBegin(2);
        kernel.exports.mechanismsBegin(0);
        kernel.exports.aggregateField(0);
      },
      0,
    ],
  ])("%s", (_name, call, value) => {
    const kernel = new Abi();
    kernel.expectTrap(() => call(kernel), abi.ERROR_STATE, value);
  });

  test("a refused epochBegin leaves the epoch before it as it was", () => {
    const kernel = new Abi();
    kernel.expectUsable();
    const at = kernel.exports.epochField(abi.FIELD_EMISSION);
    expect(() => kernel.exports.epochBegin(0, 0, 0)).toThrow(WebAssembly.RuntimeError);
    expect(kernel.exports.epochField(abi.FIELD_EMISSION)).toBe(at);
  });

  test("a refused run gives no result", () => {
    const kernel = new Abi();
    kernel.expectUsable();
    kernel.scalar(abi.SCALAR_KAPPA, 65536n);
    kernel.expectTrap(() => kernel.exports.epochRun(), abi.ERROR_FIELD, abi.SCALAR_KAPPA);
    kernel.scalar(abi.SCALAR_KAPPA, 65536n);
    expect(() => kernel.exports.epochRun()).toThrow(WebAssembly.RuntimeError);
    kernel.expectTrap(() => kernel.exports.epochField(0), abi.ERROR_STATE, 0);
  });
});

describe("out of range", () => {
  const kernel = new Abi();
  const { exports } = kernel;
  const { MAX_UIDS, MAX_ENTRIES, ERROR_UIDS, ERROR_ENTRIES, ERROR_FIELD, ERROR_MECHANISMS } = abi;

  test.each<[string, () => unknown, number, number | bigint]>([
    ["epochBegin(0)", () => exports.epochBegin(0, 0, 0), ERROR_UIDS, 0],
    ["epochBegin(4097)", () => exports.epochBegin(MAX_UIDS + 1, 0, 0), ERROR_UIDS, MAX_UIDS + 1],
    ["epochBegin(-1)", () => exports.epochBegin(-1, 0, 0), ERROR_UIDS, MAX_U32],
    ["too many weights", () => exports.epochBegin(1, MAX_ENTRIES + 1, 0), ERROR_ENTRIES, MAX_ENTRIES + 1],
    ["too many bonds", () => exports.epochBegin(1, 0, MAX_ENTRIES + 1), ERROR_ENTRIES, MAX_ENTRIES + 1],
    ["2^32 − 1 weights", () => exports.epochBegin(1, -1, 0), ERROR_ENTRIES, MAX_U32],
    ["epochBytes(0)", () => exports.epochBytes(0, 0, 0), ERROR_UIDS, 0],
    ["epochBytes of too much", () => exports.epochBytes(1, 0, -1), ERROR_ENTRIES, MAX_U32],
    ["mechanismsBegin(4097)", () => exports.mechanismsBegin(4097), ERROR_UIDS, 4097],
    ["no mechanisms", () => exports.splitEmission(1n, 0, 0), ERROR_MECHANISMS, 0],
    ["256 mechanisms", () => exports.splitEmission(1n, 256, 0), ERROR_MECHANISMS, 256],
    ["−1 mechanisms", () => exports.splitEmission(1n, -1, 0), ERROR_MECHANISMS, MAX_U32],
    ["a split longer than the count", () => exports.splitEmission(1n, 2, 3), ERROR_MECHANISMS, 2],
  ])("%s", (_name, call, code, value) => kernel.expectTrap(call, code, value));

  test.each([-1, abi.INPUTS, 99, 2 ** 31 - 1, -(2 ** 31)])("epochInput(%i)", (id) => {
    kernel.begin(2);
    kernel.expectTrap(() => exports.epochInput(id), ERROR_FIELD, id);
  });
  test.each([-1, abi.FIELDS, 99, 2 ** 31 - 1, -(2 ** 31)])("epochField(%i)", (id) => {
    kernel.expectUsable();
    kernel.expectTrap(() => exports.epochField(id), ERROR_FIELD, id);
  });
  test.each([-1, abi.AGGREGATES, 99])("aggregateField(%i)", (id) => {
    exports.mechanismsBegin(3);
    kernel.expectTrap(() => exports.aggregateField(id), ERROR_FIELD, id);
    exports.mechanismsBegin(0);
  });

  test("refusing costs no memory", () => {
    const fresh = new Abi();
    const before = fresh.memoryBytes;
    for (const [n, weights, bonds] of [
      [4097, 0, 0],
      [4096, MAX_ENTRIES + 1, 0],
      [1, 0, -1],
      [-1, -1, -1],
    ] as const) {
      expect(() => fresh.exports.epochBegin(n, weights, bonds)).toThrow(WebAssembly.RuntimeError);
    }
    expect(fresh.memoryBytes).toBe(before);
    const error = refusalOf(() => guarded(fresh.kernel, () => fresh.exports.epochBegin(1, MAX_ENTRIES + 1, 0)));
    expect([error.code, error.details.value]).toEqual(["TOO_LARGE", String(MAX_ENTRIES + 1)]);
  });
});

describe("an input block that makes no sense", () => {
  const kernel = new Abi();
  const { exports } = kernel;
  const run = () => exports.epochRun();

  const U16 = {
    tempo: abi.SCALAR_TEMPO,
    kappa: abi.SCALAR_KAPPA,
    bondsPenalty: abi.SCALAR_BONDS_PENALTY,
    alphaLow: abi.SCALAR_ALPHA_LOW,
    alphaHigh: abi.SCALAR_ALPHA_HIGH,
    maxAllowedValidators: abi.SCALAR_MAX_ALLOWED_VALIDATORS,
  };
  test.each(Object.entries(U16))("%s above 65535", (_name, slot) => {
    for (const value of [65536n, 1n << 32n, -1n]) {
      kernel.begin(2);
      kernel.scalar(slot, value);
      kernel.expectTrap(run, abi.ERROR_FIELD, slot);
    }
  });

  test.each([32768n, -32769n, 1n << 63n])("a steepness of %d", (value) => {
    kernel.begin(2);
    kernel.scalar(abi.SCALAR_ALPHA_SIGMOID_STEEPNESS, value);
    kernel.expectTrap(run, abi.ERROR_FIELD, abi.SCALAR_ALPHA_SIGMOID_STEEPNESS);
  });

  test("counts that are not those begun", () => {
    for (const slot of [abi.SCALAR_UIDS, abi.SCALAR_WEIGHTS, abi.SCALAR_BONDS]) {
      kernel.begin(2, 4, 4);
      kernel.scalar(slot, 5n);
      kernel.expectTrap(run, abi.ERROR_FIELD, slot);
    }
  });

  test("an owner outside the subnet", () => {
    for (const owner of [2n, 65535n, 65537n, -1n]) {
      kernel.begin(2);
      kernel.scalar(abi.SCALAR_OWNER_UID, owner);
      kernel.expectTrap(run, abi.ERROR_OWNER, owner);
    }
  });

  test("unknown flags, modes and masks", () => {
    for (const [slot, values] of [
      [abi.SCALAR_FLAGS, [64n, 1n << 32n, -1n]],
      [abi.SCALAR_LIQUID_CONSENSUS, [3n, -1n]],
      [abi.SCALAR_BONDS_MASK, [3n, -1n]],
    ] as const) {
      for (const value of values) {
        kernel.begin(2);
        kernel.scalar(slot, value);
        kernel.expectTrap(run, abi.ERROR_RULES, value);
      }
    }
  });

  test.each([
    [[1, 4, 4], 0],
    [[0, 5, 4], 1],
    [[0, 4, 3], 1],
    [[0, 2, 3], 2],
    [[0, 2, 5], 2],
    [[0, MAX_U32, 4], 1],
  ])("row starts %j", (starts, row) => {
    for (const input of [abi.INPUT_WEIGHT_ROWS, abi.INPUT_BOND_ROWS]) {
      kernel.begin(2, 4, 4);
      kernel.starts(input, starts);
      kernel.expectTrap(run, abi.ERROR_ROWS, row);
    }
  });

  test("stakes of 2^63 rao and more", () => {
    kernel.begin(3);
    new BigUint64Array(kernel.kernel.memory.buffer, exports.epochInput(abi.INPUT_ALPHA_STAKE) >>> 0, 3).fill(1n << 62n);
    kernel.expectTrap(run, abi.ERROR_STAKE, 1);
  });
});

test("a trap the kernel did not choose is not taken for the one before it", () => {
  const kernel = new Abi();
  refusalOf(() => guarded(kernel.kernel, () => kernel.exports.epochBegin(0, 0, 0)));
  const crash = () => {
    throw new WebAssembly.RuntimeError("memory access out of bounds");
  };
  expect(() => guarded(kernel.kernel, crash)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
});

test("arrays of any content: a result or a typed trap, and nothing written outside the epoch's memory", () => {
  const GUARD = 4096;
  const any = fc.record({
    n: fc.integer({ min: 1, max: 20 }),
    weights: fc.nat(60),
    bonds: fc.nat(60),
    flags: fc.nat(abi.FLAGS_ALL),
    mask: fc.nat(2),
    liquid: fc.nat(2),
    small: fc.boolean(),
    noise: fc.uint8Array({ minLength: 256, maxLength: 256 }),
  });
  let results = 0;
  const property = fc.property(any, ({ n, weights, bonds, flags, mask, liquid, small, noise }) => {
    const kernel = new Abi();
    kernel.exports.epochBegin(4096, 0, 0); // memory to guard beyond the epoch proper
    kernel.begin(n, weights, bonds);
    const { memory } = kernel.kernel;
    const bytes = Number(kernel.exports.epochBytes(n, weights, bonds));
    const inputEnd = (kernel.exports.epochInput(abi.INPUT_BOND_VALUES) >>> 0) + 2 * bonds;
    const input = new Uint8Array(memory.buffer, kernel.base, inputEnd - kernel.base);
    for (let at = 8 * abi.SCALARS; at < input.length; at++) input[at] = noise[(at * 7) % 256]!;
    if (small) for (let at = 8 * abi.SCALARS; at < input.length; at++) if (at % 8 > 4) input[at] = 0;
    kernel.scalar(abi.SCALAR_FLAGS, BigInt(flags));
    kernel.scalar(abi.SCALAR_BONDS_MASK, BigInt(mask));
    kernel.scalar(abi.SCALAR_LIQUID_CONSENSUS, BigInt(liquid));
    kernel.rows(abi.INPUT_WEIGHT_ROWS, n, weights);
    kernel.rows(abi.INPUT_BOND_ROWS, n, bonds);
    const before = input.slice();
    const guard = new Uint8Array(memory.buffer, kernel.base + bytes, GUARD).fill(0xa5);
    try {
      kernel.exports.epochRun();
      results++;
    } catch (error) {
      expect(error).toBeInstanceOf(WebAssembly.RuntimeError);
      expect(kernel.exports.errorCode.value).toBe(abi.ERROR_STAKE);
    }
    expect(guard.every((byte) => byte === 0xa5)).toBe(true);
    expect(input).toEqual(before);
  });
  fc.assert(property, { seed: SEED, numRuns: RUNS, verbose: true });
  expect(results).toBeGreaterThan(RUNS / 10);
});
