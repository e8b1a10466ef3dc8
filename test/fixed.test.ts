/**
 * Fixed point, through the built kernel: the reference's 100,000 answers, the BigInt twin for every operation of every
 * format, and the refusal of lines that make no sense.
 */
import { describe, expect, test } from "vitest";
import { ERROR_FIELD, ERROR_OPERATION } from "../assembly/contract.js";
import { type FixedKernel, fixedLine } from "../host/api/fixed.js";
import { FORMATS, operationsOf, oracleLine } from "./oracle/fixed.js";
import { operands } from "./oracle/operands.js";
import { forAll } from "./support/fuzz.js";
import { instantiate } from "./support/kernel.js";
import { lines } from "./support/vectors.js";

const SHOWN = 5;
const RUNS = 300;

type Exports = FixedKernel["exports"] & { errorCode: WebAssembly.Global; errorValue: WebAssembly.Global };
const kernel = instantiate<Exports>();

test("the kernel imports nothing", () => {
  expect(kernel.imports).toEqual([]);
});

describe("vectors", () => {
  const questions = lines("fixed.txt.gz");
  const answers = lines("fixed.out.txt.gz");

  const differences = (answer: (line: string) => string): string[] => {
    const wrong = questions.flatMap((question, i) => {
      const given = answer(question);
      return given === answers[i] ? [] : [`line ${i + 1}: ${question} → ${given}, expected ${answers[i]}`];
    });
    return wrong.length > SHOWN ? [`${wrong.length} lines differ`, ...wrong.slice(0, SHOWN)] : wrong;
  };

  test("there are 100,000 of them", () => {
    expect([questions.length, answers.length]).toEqual([100_000, 100_000]);
  });

  test("the kernel gives the reference's answers", () => {
    expect(differences((line) => fixedLine(kernel, line))).toEqual([]);
  });

  test("so does the twin", () => {
    expect(differences(oracleLine)).toEqual([]);
  });
});

describe.each(FORMATS.map((f) => [f.name, f] as const))("%s equals its BigInt twin", (name, f) => {
  test.each(operationsOf(f))("%s", (operation) => {
    forAll(operands(f, operation), RUNS, (texts) => {
      const line = `${name}.${operation} ${texts}`;
      expect(`${line} → ${fixedLine(kernel, line)}`).toBe(`${line} → ${oracleLine(line)}`);
    });
  });
});

describe("refusals", () => {
  test.each([
    ["", "no operation"],
    ["add 1 2", "no format"],
    ["i32f32.pow 1 2", "an unknown operation"],
    ["i31f33.add 1 2", "an unknown format"],
    ["toString.add 1 2", "a name every object has"],
    ["u64f64.exp 1", "an operation of signed formats"],
    ["i64f64.exp_safe 1", "an operation of another format"],
    ["i32f32.add 1", "too few operands"],
    ["i32f32.floor 1 2", "too many operands"],
    ["i32f32.alpha_sigmoid 1 2 3 4 5", "too few operands of the sigmoid"],
    ["i32f32.add 1 x", "no integer"],
    ["i32f32.add 1 0x10", "no decimal integer"],
    ["i32f32.add 1 1.5", "a fraction"],
    ["i32f32.add 1 9223372036854775808", "an operand above its format"],
    ["i64f64.add 1 -170141183460469231731687303715884105729", "an operand below its format"],
    ["u96f32.add 1 -1", "a negative operand of an unsigned format"],
    ["i32f32.fromu64 18446744073709551616", "more than u64"],
    ["i32f32.fromf64 1e", "no literal"],
    ["i32f32.fromf64 0x1p3", "no decimal literal"],
  ])("%j: %s", (line) => {
    expect(() => fixedLine(kernel, line)).toThrow(expect.objectContaining({ code: "BAD_OPERATION" }));
  });

  test.each([5, -1, 77])("the kernel traps on format %i and stays usable", (format) => {
    expect(() => kernel.exports.fixedApply(format, 0)).toThrow(WebAssembly.RuntimeError);
    expect(kernel.exports.errorCode.value).toBe(ERROR_FIELD);
    expect(BigInt.asIntN(64, kernel.exports.errorValue.value)).toBe(BigInt(format));
    expect(fixedLine(kernel, "i32f32.add 1 2")).toBe("3");
  });

  test.each([
    [0, -1],
    [0, 99],
    [0, 35],
    [3, 27],
    [1, 33],
    [4, 35],
  ])("the kernel traps on format %i, operation %i and stays usable", (format, operation) => {
    expect(() => kernel.exports.fixedApply(format, operation)).toThrow(WebAssembly.RuntimeError);
    expect(kernel.exports.errorCode.value).toBe(ERROR_OPERATION);
    expect(BigInt.asIntN(64, kernel.exports.errorValue.value)).toBe(BigInt(operation));
    expect(fixedLine(kernel, "i32f32.add 1 2")).toBe("3");
  });
});
