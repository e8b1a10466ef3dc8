/** What `encodeResult` and `encodeSnapshot` refuse to write: a field at a time, each named with its value. */
import { describe, expect, it } from "vitest";
import { runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { encodeResult } from "../host/marshal/binaryResult.js";
import { encodeSnapshot } from "../host/marshal/binarySnapshot.js";
import type { EpochSnapshot } from "../host/types.js";
import { plain } from "./support/plain.js";
import { refusalOf } from "./support/refusal.js";
import { records } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const small = records<EpochSnapshot>("epoch-small.cases.jsonl.gz");

describe("what is no result", () => {
  const traced = runTracedEpoch(kernel, small[7] as EpochSnapshot);
  const n = traced.active.length;
  const first = <T>(list: readonly T[], value: unknown) => [value, ...list.slice(1)];

  it.each<[field: string, code: string, value: unknown]>([
    ["active", "BAD_VALUE", first(traced.active, 1)],
    ["active", "BAD_VALUE", "yes"],
    ["active", "MISSING_FIELD", undefined],
    ["consensus", "BAD_LENGTH", [1]],
    ["consensus", "BAD_VALUE", first(traced.consensus, 70_000)],
    ["incentive", "BAD_VALUE", first(traced.incentive, "a")],
    ["dividends", "BAD_VALUE", null],
    ["emission", "BAD_VALUE", first(traced.emission, -1n)],
    ["stake", "BAD_VALUE", first(traced.stake, 1n << 64n)],
    ["stakeBits", "BAD_VALUE", first(traced.stakeBits, 1n << 63n)],
    ["stakeBits", "BAD_LENGTH", []],
    ["bonds", "BAD_LENGTH", []],
    ["bonds", "BAD_VALUE", first(traced.bonds, [[0, 65_536]])],
    ["bonds", "BAD_VALUE", first(traced.bonds, null)],
    ["weightsBits", "BAD_LENGTH", []],
    ["weightsBits", "BAD_VALUE", first(traced.weightsBits, [[0, 1n << 63n]])],
    ["weightsBits", "BAD_VALUE", first(traced.weightsBits, [[65_536, 1n]])],
    ["weightsForBondsBits", "BAD_VALUE", first(traced.weightsForBondsBits, [[0]])],
    ["emaBondsBits", "MISSING_FIELD", undefined],
  ])("%s: %s", (field, code, value) => {
    const refusal = refusalOf(() => encodeResult({ ...traced, [field]: value }));
    expect(refusal.code).toBe(code);
    expect(refusal.details.field).toMatch(new RegExp(`^${field}($|\\[0\\])`));
    expect(refusal.message.startsWith(field)).toBe(true);
  });

  it.each([[null], [undefined], [[]], ["a"], [1]])("%j", (value) => {
    expect(refusalOf(() => encodeResult(value as never)).code).toBe("BAD_VALUE");
    expect(refusalOf(() => encodeSnapshot(value as never)).code).toBe("BAD_VALUE");
  });

  it("nothing, or of no uids, or with options that are none", () => {
    expect(refusalOf(() => encodeResult({} as never)).details).toEqual({ field: "active" });
    expect(refusalOf(() => encodeResult({ ...traced, active: [] })).code).toBe("BAD_VALUE");
    for (const options of [null, { matrices: "yes" }]) {
      expect(refusalOf(() => encodeSnapshot(small[7] as EpochSnapshot, options as never)).code).toBe("BAD_VALUE");
    }
  });

  it("one out of JSON is, its amounts as text", () => {
    expect(n).toBeGreaterThan(1);
    expect(encodeResult(plain(traced) as never)).toEqual(encodeResult(traced));
  });
});
