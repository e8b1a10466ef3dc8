/** The pool: the reference's 4,000 answers, and the BigInt twin on cases nobody has seen. */
import { describe, expect, test } from "vitest";
import { ERROR_FIELD } from "../assembly/contract.js";
import * as abi from "../assembly/pool/contract.js";
import { conformLine } from "../host/api/conform.js";
import { poolAnswer } from "../host/api/conformPool.js";
import { poolPower } from "../host/api/pool/pool.js";
import { toJson } from "../host/json.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { oraclePool, type PoolCase } from "./oracle/pool.js";
import { poolCases, powers } from "./oracle/randomPool.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";
import { lines } from "./support/vectors.js";

const SHOWN = 5;
/** The twin is slow: it answers every so manieth case. */
const TWIN_STRIDE = 8;

const kernel = instantiate(inlinedModule());
const questions = lines("pool.cases.jsonl.gz");
const answers = lines("pool.results.jsonl.gz");

describe("vectors", () => {
  const differences = (answer: (line: string) => string, stride = 1): string[] => {
    const wrong = questions.flatMap((question, k) => {
      if (k % stride !== 0) return [];
      const given = answer(question);
      return given === answers[k] ? [] : [`${question} → ${given}, expected ${answers[k]}`];
    });
    return wrong.length > SHOWN ? [`${wrong.length} lines differ`, ...wrong.slice(0, SHOWN)] : wrong;
  };

  test("there are 4,000 of them, of every operation", () => {
    expect([questions.length, answers.length]).toEqual([4000, 4000]);
    expect(new Set(questions.map((line) => JSON.parse(line).op)).size).toBe(12);
  });

  test("the kernel gives the reference's answers, byte for byte", () => {
    expect(differences((line) => [...conformLine(kernel, "pool", line)].join("\n"))).toEqual([]);
  });

  test("so does the twin", () => {
    const answer = (line: string) => {
      const { name, op, ...rest } = JSON.parse(line);
      return toJson({ name, op, ...oraclePool({ op, ...rest }) });
    };
    expect(differences(answer, TWIN_STRIDE)).toEqual([]);
  });
});

describe("unseen cases equal the BigInt twin", () => {
  const kernelAnswer = (given: PoolCase) => toJson({ ...poolAnswer(kernel, given), op: undefined, name: undefined });

  test("operations", () => {
    const seen = new Set<string>();
    forAll(poolCases, 400, (given) => {
      const answer = oraclePool(given);
      seen.add(`${given.op} ${String(answer.error ?? "fine")}`);
      expect(kernelAnswer(given), toJson(given)).toBe(toJson(answer));
    });
    // The cases reach what they are for, or the test says little.
    for (const kind of ["buy fine", "sell fine", "inject fine", "init fine"]) expect([...seen]).toContain(kind);
  });

  test("powers", () => {
    forAll(powers, 250, (given) => {
      if (isHuge(given)) return;
      expect(kernelAnswer(given), toJson(given)).toBe(toJson(oraclePool(given)));
    });
  });

  test("exponents for which the series does not converge", () => {
    const wrong = new Set<string>();
    for (let k = 1n; k <= 19n; k++) {
      const given: PoolCase = {
        op: "exp_base_quote",
        quoteWeight: String(10n ** 16n + 7n),
        reserve: "1000000",
        delta: String(3_000_000n + 60_000n * k),
      };
      const answer = oraclePool(given);
      expect(kernelAnswer(given), toJson(given)).toBe(toJson(answer));
      if (answer.value !== 0n) wrong.add(String(answer.value));
    }
    // (1/4)^99 is nothing in 18 digits; what the cap of terms leaves is not.
    expect(wrong.size).toBeGreaterThan(0);
  });

  test.each([
    [(1n << 128n) - 1n, 1n, (1n << 64n) - 1n, 1n, 1024],
    [1n, (1n << 128n) - 1n, (1n << 64n) - 1n, 1n, 1024],
    [(1n << 64n) - 1n, 1n << 127n, (1n << 64n) - 1n, (1n << 32n) + 1n, 512],
    [1n, 2n, 1n, (1n << 64n) - 1n, 1024],
  ])("the longest series: (%i/%i)^(%i/%i), precision %i", (n, d, p, q, precision) => {
    const names = ["baseNumerator", "baseDenominator", "exponentNumerator", "exponentDenominator"];
    const base = Object.fromEntries([n, d, p, q].map((value, k) => [names[k], String(value)]));
    const given: PoolCase = { op: "pow", ...base, precision, scale: String((1n << 64n) - 1n) };
    expect(kernelAnswer(given)).toBe(toJson(oraclePool(given)));
  });

  /** Roots of more bits than the twin finds in a moment. */
  function isHuge({ baseNumerator, exponentNumerator, exponentDenominator }: PoolCase): boolean {
    const bits = BigInt(String(baseNumerator)).toString(2).length;
    return (BigInt(bits) * BigInt(String(exponentNumerator))) / (BigInt(String(exponentDenominator)) || 1n) > 3000n;
  }
});

describe("roots", () => {
  const power = (given: readonly (bigint | number)[], path: number) => {
    const [baseNumerator, baseDenominator, exponentNumerator, exponentDenominator, scale] = given.map(String);
    const operands = { baseNumerator, baseDenominator, exponentNumerator, exponentDenominator, scale, precision: 256 };
    return poolPower(kernel, operands as never, path);
  };

  test.each([
    [21_000_000_000_000_000n, 21_000_000_000_000_001n, 499, 501, 10n ** 18n],
    [1n, (1n << 64n) - 1n, 1023, 1024, 10n ** 18n],
    [(1n << 128n) - 1n, 1n, 1024, 1023, 10n ** 18n],
    [(1n << 128n) - 1n, 3n, 1024, 1, (1n << 64n) - 1n],
    [(1n << 128n) - 1n, (1n << 64n) + 1n, 1023, 2, (1n << 64n) - 1n],
    [2n, 1n, 1, 2, 10n ** 18n],
    [2n, 1n, 64, 63, 1n],
    [3n, 2n, 7, 1024, (1n << 64n) - 1n],
  ])("(%i/%i)^(%i/%i)·%i lies between two powers", (n, d, p, q, scale) => {
    for (const path of [abi.POWER_QUICK, abi.POWER_WRITTEN_OUT]) {
      const r = power([n, d, p, q, scale], path) ?? -1n;
      const target = n ** BigInt(p) * scale ** BigInt(q);
      const divisor = d ** BigInt(p);
      expect(r ** BigInt(q) * divisor <= target).toBe(true);
      expect((r + 1n) ** BigInt(q) * divisor > target).toBe(true);
    }
  });

  test.each([
    [4n, 9n, 1, 2, 3_000_000_000n, 2_000_000_000n],
    [1n << 100n, 1n, 3, 4, 5n, 5n << 75n],
    [27n, 8n, 2, 3, 4n, 9n],
    [7n, 7n, 501, 499, 10n ** 18n, 10n ** 18n],
    [1024n, 1n, 1023, 10, 1n, 1n << 1023n],
  ])(
    "the perfect power (%i/%i)^(%i/%i)·%i is %i, and one less where the base is a hair smaller",
    (n, d, p, q, s, is) => {
      for (const path of [abi.POWER_QUICK, abi.POWER_WRITTEN_OUT]) {
        expect(power([n, d, p, q, s], path)).toBe(is);
        const big = (1n << 127n) / (n > d ? n : d);
        expect(power([n * big - 1n, d * big, p, q, 1n], path)! < (is + s - 1n) / s).toBe(true);
      }
    },
  );

  test("the quick way gives what the long way gives", () => {
    forAll(powers, 150, (given) => {
      const short = { ...given, exponentNumerator: Number(BigInt(String(given.exponentNumerator)) % 1025n) };
      const operands = { ...short, exponentDenominator: Number(BigInt(String(given.exponentDenominator)) % 1025n) };
      expect(poolPower(kernel, operands as never, abi.POWER_QUICK)).toBe(
        poolPower(kernel, operands as never, abi.POWER_WRITTEN_OUT),
      );
    });
  });
});

describe("the suite refuses", () => {
  const price = { op: "price", alphaReserve: "1", taoReserve: "1", quoteWeight: null };

  test.each([
    ["a case that is none", [], "BAD_VALUE", /JSON object/],
    ["no operation", { ...price, op: undefined }, "BAD_VALUE", /^op must be one of price, buy/],
    ["a name every object has", { ...price, op: "toString" }, "BAD_VALUE", /"toString"/],
    ["a missing reserve", { ...price, taoReserve: undefined }, "MISSING_FIELD", /taoReserve/],
    ["a negative reserve", { ...price, taoReserve: "-1" }, "BAD_VALUE", /taoReserve/],
    ["a number that lost digits", { ...price, taoReserve: 2 ** 60 }, "BAD_VALUE", /taoReserve/],
    ["two limits", { ...price, op: "buy", amount: "1", limitPrice: "1", priceLimit: "1" }, "BAD_VALUE", /priceLimit/],
    [
      "a limit above U64F64",
      { ...price, op: "buy", amount: "1", limitPrice: String(1n << 128n) },
      "BAD_VALUE",
      /limitPrice/,
    ],
    ["no amount", { ...price, op: "sell" }, "MISSING_FIELD", /amount/],
    ["a fee rate above u16", { ...price, op: "sell", amount: "1", feeRate: 65536 }, "BAD_VALUE", /feeRate/],
    [
      "fees that are neither taken nor dropped",
      { ...price, op: "sell", amount: "1", dropFees: 1 },
      "BAD_VALUE",
      /dropFees/,
    ],
    [
      "too much precision",
      {
        op: "pow",
        precision: 1025,
        baseNumerator: 1,
        baseDenominator: 1,
        exponentNumerator: 1,
        exponentDenominator: 1,
        scale: 1,
      },
      "BAD_VALUE",
      /precision/,
    ],
  ])("%s", (_name, given, code, said) => {
    const refusal = refusalOf(() => poolAnswer(kernel, given));
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringMatching(said)]);
  });

  test.each([0n, 10n ** 16n - 1n, 99n * 10n ** 16n + 1n, 10n ** 18n])("a weight of %i by the chain's name", (parts) => {
    for (const op of ["price", "buy", "sell", "inject", "init"]) {
      expect(poolAnswer(kernel, { ...price, op, amount: "1", quoteWeight: String(parts) })).toEqual({
        name: undefined,
        op,
        error: "InvalidValue",
      });
    }
  });
});

describe("the kernel's border", () => {
  const { exports, memory } = kernel;
  const put = (slot: number, value: bigint) =>
    new DataView(memory.buffer, exports.poolSlots()).setBigUint64(slot * abi.POOL_SLOT_BYTES + 8, value, true);

  test.each([-1, 13, 99])("traps on operation %i and stays usable", (operation) => {
    expect(() => exports.poolApply(operation)).toThrow(WebAssembly.RuntimeError);
    expect([exports.errorCode.value, BigInt.asIntN(64, exports.errorValue.value as bigint)]).toEqual([
      9,
      BigInt(operation),
    ]);
    expect([...conformLine(kernel, "pool", questions[0]!)]).toEqual([answers[0]]);
  });

  test.each([-1, 2, 7])("traps on path %i to a power", (path) => {
    expect(() => exports.poolPower(path)).toThrow(WebAssembly.RuntimeError);
    expect([exports.errorCode.value, BigInt.asIntN(64, exports.errorValue.value)]).toEqual([ERROR_FIELD, BigInt(path)]);
  });

  test("traps on more than a u64 where one belongs", () => {
    put(abi.POOL_TAO_RESERVE, 1n);
    for (let operation = 0; operation < abi.POOL_OPERATIONS; operation++) {
      expect(() => exports.poolApply(operation)).toThrow(WebAssembly.RuntimeError);
      expect([exports.errorCode.value, exports.errorValue.value]).toEqual([abi.ERROR_POOL_SLOT, 1n]);
    }
    put(abi.POOL_TAO_RESERVE, 0n);
  });

  test("memory drawn for a long root is given back", () => {
    const run = () =>
      poolPower(kernel, {
        baseNumerator: (1n << 128n) - 1n,
        baseDenominator: 3,
        exponentNumerator: 1023,
        exponentDenominator: 2,
        precision: 0,
        scale: 7,
      });
    const first = run();
    const bytes = memory.buffer.byteLength;
    for (let k = 0; k < 5; k++) expect(run()).toBe(first);
    expect(memory.buffer.byteLength).toBe(bytes);
  });
});
