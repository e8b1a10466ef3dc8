/** Numbers for people, and what is refused where a number is wanted. */
import { describe, expect, test } from "vitest";
import { decimal, emissionFlows, fromRao, KNOWN_SPEC_VERSIONS, proportion, rulesOf } from "../host/index.js";
import { refusalOf } from "./support/refusal.js";

const NEVER: unknown[] = [undefined, null, "1", {}, [], 1.5, Number.NaN, Symbol("1"), () => 1];

describe("decimals", () => {
  test.each([
    [1n << 31n, 32, 4, "0.5000"],
    [-3n << 31n, 32, 1, "-1.5"],
    [5n, 0, 0, "5"],
    [0n, 32, 2, "0.00"],
    [-1n, 32, 10, "-0.0000000002"],
    [-1n, 32, 9, "-0.000000000"],
  ])("of %s bits, %s after the point, to %s digits: %s", (bits, fraction, digits, text) => {
    expect(decimal(bits, fraction, digits)).toBe(text);
  });

  test("of rao and shares", () => {
    expect([fromRao(1_234_567_890_123n), fromRao(-1n, 3), fromRao(7n, 0)]).toEqual(["1,234.567890123", "-0.000", "0"]);
    expect([proportion(65535), proportion(-1), proportion(1, 6)]).toEqual(["1.0000", "-0.0000", "0.000015"]);
  });
});

describe("what is no number", () => {
  const functions: [string, string, (value: never) => unknown][] = [
    ["decimal", "bits", (value) => decimal(value, 32)],
    ["decimal", "fraction", (value) => decimal(1n, value)],
    ["decimal", "digits", (value) => decimal(1n, 32, value ?? -1)],
    ["fromRao", "rao", (value) => fromRao(value)],
    ["fromRao", "digits", (value) => fromRao(1n, value ?? -1)],
    ["proportion", "value", (value) => proportion(value)],
    ["rulesOf", "specVersion", (value) => rulesOf(value)],
  ];
  test.each(functions)("%s refuses it as %s", (_name, field, ask) => {
    for (const value of NEVER) {
      const { code, details } = refusalOf(() => ask(value as never));
      expect([code, details.field]).toEqual(["BAD_VALUE", field]);
    }
  });

  test("versions that are not known are another matter", () => {
    for (const version of [0, 426, Math.max(...KNOWN_SPEC_VERSIONS) + 1]) {
      expect(refusalOf(() => rulesOf(version)).code).toBe("UNKNOWN_RULES");
    }
  });
});

test("flows of what is no block, no subnet, or lacks an amount are refused", () => {
  const terms = { taoIn: 1n, alphaIn: 2n, excessTao: 3n };
  const split = { created: 9n, owner: 1n, server: 2n, validator: 3n, root: 1n, recycled: 1n };
  const [block, subnet] = [
    { blockEmission: 10n, unspent: 1n },
    { terms, split },
  ];
  const ask = (one: unknown, other: unknown) => () => emissionFlows(one as never, other as never);
  expect(ask(block, subnet)().at(-1)).toEqual({ from: "participants", to: "rounding", unit: "alpha", rao: 1n });
  for (const bad of [undefined, null, 5, "x", [], {}, { terms, split: { ...split, root: 1 } }, { terms: {}, split }]) {
    expect(refusalOf(ask(block, bad)).code).toBe("BAD_VALUE");
    expect(refusalOf(ask(bad, subnet)).code).toBe("BAD_VALUE");
  }
});
