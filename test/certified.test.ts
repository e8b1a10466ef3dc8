/** α proved in doubles against α computed exactly, millions of times; and the constants the proof rests on. */
import { describe, expect, test } from "vitest";
import { ALPHA_PROBE, type AlphaProbe, STEEPNESS, u16, wrongBond, wrongDifference } from "./support/alphaProbe.js";
import { boundsOf, wrongBound, wrongExcess, wrongMargin, wrongTable } from "./support/alphaProof.js";
import { LITTLE } from "./support/alphaSums.js";
import { probe } from "./support/probe.js";

const kernel = probe<AlphaProbe>("alphaProbe", ALPHA_PROBE);

describe("α", () => {
  const GROUPS = 12_000;

  test.each(STEEPNESS)("at steepness %i", (steepness) => {
    expect(wrongDifference(kernel, steepness, GROUPS)).toBeUndefined();
  });

  test.each([1000, -1000, 200, -200, 4000])(
    "at exponents of exactly one and its neighbours, steepness %i",
    (steepness) => {
      expect(kernel.prepare(u16(1), u16(65535), steepness)).toBe(1);
      const away = Math.round((2 ** 32 * 100) / Math.abs(steepness));
      for (const centre of [2 ** 31 - away, 2 ** 31 + away, 2 ** 31]) {
        if (centre > 2000 && centre < 2 ** 32 - 2000) expect(kernel.sweep(centre - 1000, 1, 500)).toBe(-1n);
      }
    },
  );

  test.each([0, 1, 257, 32768, 65534, 65535])("where it need not be known it makes no other bond, of %i", (half) => {
    expect(wrongBond(kernel, half, 6_000)).toBeUndefined();
  });

  test.each(Object.entries(LITTLE))("where little decides: %s", (_, isWrong) => {
    expect(isWrong(kernel)).toBe(false);
  });

  test("is computed exactly rarely where pairs lie apart from the middle, and not by these lanes where it may be zero or one", () => {
    kernel.prepare(u16(45875), u16(58982), 1000);
    kernel.sweep(1, 10_000, 10_000);
    expect(kernel.exact()).toBeLessThan(100);
    for (const [low, high] of [
      [0, 65535],
      [0, 0],
      [65535, 65535],
      [65535, 0],
    ] as const) {
      expect(kernel.prepare(u16(low), u16(high), 1000)).toBe(0);
    }
    for (const [low, high, steepness] of [
      [60000, 30000, 1000],
      [5, 5, 1000],
      [1, 65535, 0],
    ] as const) {
      expect(kernel.prepare(u16(low), u16(high), steepness)).toBe(1);
      expect(kernel.sweep(1, 357_913, 3000)).toBe(-1n);
      expect(kernel.exact()).toBe(0);
    }
  });
});

describe("the proof", () => {
  test("what the reference's sum leaves out is never more than the bound, nor negative", () => {
    expect(wrongExcess(kernel)).toBeUndefined();
  });

  test("and that bound is the proof's", () => {
    expect(wrongBound(kernel)).toBeUndefined();
  });

  test("both bounds leave all the room the proof asks for, needed or not", () => {
    expect(wrongMargin(kernel)).toBeUndefined();
  });

  test("exponents are taken for whole where the slope is", () => {
    expect(wrongTable(kernel)).toBeUndefined();
  });

  test("both bounds hold for exponents of either sign, rounded or not", () => {
    const { wrong, widest } = boundsOf(kernel);
    expect(wrong).toBeUndefined();
    // Bounds that always hold and say nothing would be of no use: but for e^1 they leave some tens of 2^-32.
    expect(widest).toBeLessThan(400);
  });
});
