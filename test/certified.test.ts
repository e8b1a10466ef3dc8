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
  /** |excess| of a bucket, and e^(k/32), as the proof's tables hold them. */
  excessOf(bucket: number): number;
  growthOf(bucket: number): number;
}

const kernel = probe<Probe>(
  "alphaProbe",
  `
import * as area from "../assembly/consensus/fused/area";
import { exactAlphas, prepareAlphas, resetCount } from "../assembly/consensus/fused/certified";
import { excess, fillGrowth, growthAt } from "../assembly/consensus/fused/growth";
import { list, restAll, settle } from "../assembly/consensus/fused/pairs";
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
    restAll();
    for (let four: u32 = 0; four < 2 * ROWS; four++) {
      const from = d + 4 * four * step;
      list(area.alpha + 16 * four, i32x4.add(i32x4.splat(from), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(step))));
    }
    settle();
    for (let lane: u32 = 0; lane < 8 * ROWS; lane++) {
      const difference = d + lane * step;
      const expected = alphaSigmoid(0, difference, 0, low, high, slope);
      if (<i64>load<u32>(area.alpha + (lane << 2)) !== expected) return difference;
    }
  }
  return -1;
}
export function exact(): u32 { return exactAlphas; }
export function excessOf(k: i32): f64 { fillGrowth(); return excess(k); }
export function growthOf(k: i32): f64 { fillGrowth(); return growthAt(k); }
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

describe("the tables of the proof", () => {
  const SCALE = 1n << 200n;
  /** e^(k/32) · 2^200, each term truncated: short by less than 200. */
  const power = (k: bigint): bigint => {
    let [sum, term] = [SCALE, SCALE];
    for (let i = 1n; i < 200n; i++) {
      term = (term * k) / (32n * i);
      sum += term;
    }
    return sum;
  };
  const exactly = (x: number): bigint => (BigInt(Math.round(x * 2 ** 20)) * SCALE) >> 20n;

  test("e^(k/32) is within 1280 roundings", () => {
    for (let k = 0; k <= 640; k++) {
      const table = (BigInt(Math.round(kernel.growthOf(k) * 2 ** (k < 400 ? 10 : 0))) * SCALE) >> (k < 400 ? 42n : 32n);
      const off = table - power(BigInt(k));
      const bound = (power(BigInt(k)) * 1280n) >> 53n;
      expect(off <= bound && -off <= bound).toBe(true);
    }
  });

  test("what the reference's sum leaves out is never more than the bound, nor negative", () => {
    const expNear = (x: bigint): bigint => {
      let [sum, term] = [x + (1n << 32n), x];
      for (let i = 2n; i < 32n; i++) {
        term = ((term * x) >> 32n) / i;
        sum += term;
      }
      return sum;
    };
    for (let k = 1; k < 640; k++) {
      for (const inside of [0n, 1n, 0x2345678n, (1n << 27n) - 1n]) {
        const x = (BigInt(k) << 27n) + inside;
        let [e, term] = [SCALE, SCALE];
        for (let i = 1n; i < 200n; i++) {
          term = ((term * x) >> 32n) / i;
          e += term;
        }
        const left = (e >> 168n) - expNear(x);
        expect(left).toBeGreaterThanOrEqual(-1n);
        expect(left).toBeLessThanOrEqual(exactly(kernel.excessOf(k)) / SCALE + 1n);
      }
    }
  });
});
