/** α proved in doubles against α computed exactly, millions of times; and the constants the proof rests on. */
import { describe, expect, test } from "vitest";
import { probe } from "./support/probe.js";

interface Probe {
  /** False where `alphas` is not for these settings. */
  prepare(low: bigint, high: bigint, steepness: number): number;
  /** Compares `count` groups of four, differences from `first` in steps; the first that differs, or −1. */
  sweep(first: number, step: number, count: number): bigint;
  /** How many the last sweep computed exactly. */
  exact(): number;
  /** D of a bucket as the proof has it. */
  excessOf(bucket: number): number;
  /** The whole numbers between which e^y lies, y = z / 32: the lower one, and what the upper one is above it. */
  lowerOf(z: number): number;
  gapOf(z: number): number;
}

const kernel = probe<Probe>(
  "alphaProbe",
  `
import * as area from "../assembly/consensus/fused/area";
import { exactAlphas, prepareAlphas, resetCount } from "../assembly/consensus/fused/certified";
import { buckets, excess, fillGrowth, lowerFactors, polynomial, upperFactors } from "../assembly/consensus/fused/growth";
import { findAlphas } from "../assembly/consensus/fused/pairs";
import { alphaSigmoid, sigmoidSlope } from "../assembly/consensus/sigmoid";
let low: i64 = 0;
let high: i64 = 0;
let slope: i64 = 0;
/** Rows of eight pairs a round. */
const ROWS: u32 = 16;
export function prepare(l: i64, h: i64, steepness: i32): bool {
  area.draw(__heap_base, 0, ROWS, 8);
  low = l;
  high = h;
  slope = sigmoidSlope((<i64>steepness) << 32);
  return prepareAlphas(l, h, (<i64>steepness) << 32);
}
export function sweep(first: u32, step: u32, count: u32): i64 {
  resetCount();
  for (let k: u32 = 0; k < count; k += 2 * ROWS) {
    const d = first + 4 * k * step;
    for (let lane: u32 = 0; lane < 8 * ROWS; lane++) store<u32>(area.old + (lane << 2), d + lane * step);
    // Now by all pairs, now by the list.
    findAlphas(k % 3 === 0 ? 0 : 8 * ROWS);
    for (let lane: u32 = 0; lane < 8 * ROWS; lane++) {
      const difference = d + lane * step;
      const expected = alphaSigmoid(0, difference, 0, low, high, slope);
      if (<i64>load<u32>(area.alpha + (lane << 2)) !== expected) return difference;
    }
  }
  return -1;
}
export function exact(): u32 { return exactAlphas; }
export function excessOf(k: i32): f64 { return excess((<f64>k + 0.5) / 32.0); }
function bound(z: f64, upper: bool): f64 {
  fillGrowth();
  const bucket = buckets(f64x2.splat(z));
  const factors = upper ? upperFactors(bucket) : lowerFactors(bucket);
  return f64x2.extract_lane(f64x2.floor(f64x2.mul(polynomial(f64x2.splat(z), bucket), factors)), 1);
}
export function lowerOf(z: f64): f64 { return bound(z, false); }
export function gapOf(z: f64): f64 { return bound(z, true) - bound(z, false); }
`,
);

const u16 = (x: number) => (BigInt(x) << 32n) / 65535n;

describe("α", () => {
  const STEEPNESS = [
    1000, -1000, 1, -1, 2, 7, 100, -100, 200, -200, 333, 2000, 3999, 4000, 4001, -4000, 10000, 32767, -32768,
  ];
  const RANGES = [
    [45875, 58982],
    [1, 65535],
    [1, 65534],
    [32768, 32769],
  ] as const;
  const GROUPS = 12_000;

  test.each(STEEPNESS)("at steepness %i", (steepness) => {
    for (const [low, high] of RANGES) {
      expect(kernel.prepare(u16(low), u16(high), steepness)).toBe(1);
      const centre = 0x80000000;
      // Coarse over all differences, fine at the ends, about the centre, and at odd steps from odd places.
      expect(kernel.sweep(0, 89_477, GROUPS)).toBe(-1n);
      expect(kernel.sweep(1, 1, GROUPS)).toBe(-1n);
      expect(kernel.sweep(centre - 2 * GROUPS, 1, GROUPS)).toBe(-1n);
      expect(kernel.sweep(centre - 8_000_000, 701, GROUPS)).toBe(-1n);
      expect(kernel.sweep(4294967295 - 4 * GROUPS, 1, GROUPS)).toBe(-1n);
      expect(kernel.sweep(steepness * 7919, 99_991, GROUPS)).toBe(-1n);
    }
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
  const SCALE = 1n << 200n;
  const ONE = 1n << 32n;
  const INSIDE = [-(1n << 26n), -0x2345678n, -1n, 0n, 1n, 0x2345678n, (1n << 26n) - 1n];
  const magnitudes = Array.from({ length: 640 }, (_, k) => INSIDE.map((inside) => (BigInt(k) << 27n) + inside))
    .flat()
    .filter((x) => x > 0n);

  /** The reference's sum, and the whole one with each term truncated at 2^−200: short by less than 200 of these. */
  const sumOf = (x: bigint): bigint => {
    let [sum, term] = [x + ONE, x];
    for (let i = 2n; i < 32n; i++) {
      term = ((term * x) >> 32n) / i;
      sum += term;
    }
    return sum;
  };
  const power = (x: bigint): bigint => {
    let [e, term] = [SCALE, SCALE];
    for (let i = 1n; i < 200n; i++) {
      term = ((term * x) >> 32n) / i;
      e += term;
    }
    return e;
  };
  /** e^y as the reference has it. */
  const reference = (y: bigint): bigint => {
    if (y === ONE) return 0x15bf0a8n << 9n;
    return y < 0n ? (1n << 64n) / sumOf(-y) : sumOf(y);
  };

  test("what the reference's sum leaves out is never more than the bound, nor negative", () => {
    for (const x of magnitudes) {
      const left = (power(x) >> 168n) - sumOf(x);
      const bucket = Number((x + (1n << 26n)) >> 27n);
      expect(left).toBeGreaterThanOrEqual(-1n);
      expect(left).toBeLessThanOrEqual(BigInt(Math.floor(kernel.excessOf(bucket))) + 1n);
    }
  });

  test("both bounds hold for exponents of either sign, rounded or not", () => {
    const exponents = [...magnitudes, ...magnitudes.map((x) => -x), 0n, ONE, -ONE, ONE - 1n, ONE + 1n];
    let widest = 0;
    for (const y of exponents) {
      for (const unrounded of [0, 0.4, 0.99]) {
        const z = (Number(y) + unrounded) / 2 ** 27;
        const lower = BigInt(kernel.lowerOf(z));
        const upper = lower + BigInt(kernel.gapOf(z));
        const e = reference(y);
        expect(lower <= e && e <= upper).toBe(true);
        if (Math.abs(z) < 160) widest = Math.max(widest, Number(upper - lower) / Math.max(1, Math.exp(z / 32)));
      }
    }
    // Bounds that always hold and say nothing would be of no use: but for e^1 they leave some tens of 2^-32.
    expect(widest).toBeLessThan(400);
  });
});
