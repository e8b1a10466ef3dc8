/** A door to the fused path's α, which the kernel does not export, and what must be true behind it. */

/** What it lets one do. */
export interface AlphaProbe {
  /** False where `alphas` is not for these settings. */
  prepare(low: bigint, high: bigint, steepness: number): number;
  /** Compares `count` groups of four, differences from `first` in steps; the first that differs, or −1. */
  sweep(first: number, step: number, count: number): bigint;
  /** The same of the bonds that come out, the old bond being so many 65535th; weights differ, made up of a seed; of none they are 1/2. */
  bonds(first: number, step: number, count: number, half: number, seed: number): bigint;
  /** How many the last sweep computed exactly. */
  exact(): number;
  /** D of a bucket as the proof has it. */
  excessOf(bucket: number): number;
  /** The whole numbers between which e^y lies, y = z / 32: the lower one, and what the upper one is above it. */
  lowerOf(z: number): number;
  gapOf(z: number): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const ALPHA_PROBE = `
import * as area from "../assembly/consensus/fused/area";
import { exactAlphas, prepareAlphas, resetCount } from "../assembly/consensus/fused/certified";
import {
  buckets, entriesOf, excess, fillGrowth, lowerFactors, polynomial, upperFactors, withinBucket,
} from "../assembly/consensus/fused/growth";
import { findAlphas } from "../assembly/consensus/fused/pairs";
import { alphaSigmoid, sigmoidSlope } from "../assembly/consensus/sigmoid";
let low: i64 = 0;
let high: i64 = 0;
let slope: i64 = 0;
/** Rows of eight pairs a round: two lists and a half. */
const ROWS: u32 = 80;
let grown: bool = false;
export function prepare(l: i64, h: i64, steepness: i32): bool {
  if (!grown) memory.grow(1);
  grown = true;
  area.draw(__heap_base, 0, ROWS, 8);
  memory.fill(area.bonds, 0, area.codes - area.bonds);
  low = l;
  high = h;
  slope = sigmoidSlope((<i64>steepness) << 32);
  return prepareAlphas(l, h, (<i64>steepness) << 32);
}
export function sweep(first: u32, step: u32, count: u32): i64 {
  resetCount();
  for (let k: u32 = 0; k < count; k += 2 * ROWS) {
    const d = first + 4 * k * step;
    for (let lane: u32 = 0; lane < 8 * ROWS; lane++) {
      store<u32>(area.old + (lane << 2), d + lane * step);
      // Every α makes a bond of its own with this weight.
      store<u32>(area.bondWeight + (lane << 2), 0xffffffff);
    }
    // Now by all pairs, now by the list.
    findAlphas(k % 3 === 0 ? 0 : 8 * ROWS, 0);
    for (let lane: u32 = 0; lane < 8 * ROWS; lane++) {
      const difference = d + lane * step;
      const expected = alphaSigmoid(0, difference, 0, low, high, slope);
      if (<i64>load<u32>(area.alpha + (lane << 2)) !== expected) return difference;
    }
  }
  return -1;
}
function bondOf(alpha: i64, half: u32, weight: u32): i64 {
  const old = ((<u64>half) << 32) / 65535;
  return ((<u64>alpha * <u64>weight) >> 32) + ((<u64>(<i64>0x100000000 - alpha) * old) >> 32);
}
export function bonds(first: u32, step: u32, count: u32, half: u32, seed: u32): i64 {
  let state = seed | 1;
  for (let k: u32 = 0; k < count; k += 2 * ROWS) {
    const d = first + 4 * k * step;
    for (let lane: u32 = 0; lane < 8 * ROWS; lane++) {
      store<u32>(area.old + (lane << 2), d + lane * step);
      state = state * 1664525 + 1013904223;
      store<u32>(area.bondWeight + (lane << 2), seed === 0 ? 0x80000000 : (state >> 8) * (state & 0xff) | 1);
      store<u16>(area.halfAt(area.bonds, lane >> 3, 0) + ((lane & 7) << 1), <u16>half);
    }
    findAlphas(k % 3 === 0 ? 0 : 8 * ROWS, 0);
    for (let lane: u32 = 0; lane < 8 * ROWS; lane++) {
      const weight = load<u32>(area.bondWeight + (lane << 2));
      const expected = bondOf(alphaSigmoid(0, d + lane * step, 0, low, high, slope), half, weight);
      if (bondOf(<i64>load<u32>(area.alpha + (lane << 2)), half, weight) !== expected) return d + lane * step;
    }
  }
  return -1;
}
export function exact(): u32 { return exactAlphas; }
export function excessOf(k: i32): f64 { return excess((<f64>k + 0.5) / 32.0); }
function bound(z: f64, upper: bool): f64 {
  fillGrowth();
  const bucket = buckets(f64x2.splat(z));
  const entry = <usize>i32x4.extract_lane(entriesOf(bucket, bucket), 3);
  const factors = upper ? upperFactors(entry, entry) : lowerFactors(entry, entry);
  return f64x2.extract_lane(f64x2.floor(f64x2.mul(polynomial(withinBucket(f64x2.splat(z), bucket)), factors)), 1);
}
export function lowerOf(z: f64): f64 { return bound(z, false); }
export function gapOf(z: f64): f64 { return bound(z, true) - bound(z, false); }
`;

/** A share of 65535 as I32F32. */
export const u16 = (x: number) => (BigInt(x) << 32n) / 65535n;

export const STEEPNESS: readonly number[] = [
  ...[1000, -1000, 1, -1, 2, 7, 100, -100, 200, -200, 333],
  ...[2000, 3999, 4000, 4001, -4000, 10000, 32767, -32768],
];
const RANGES = [
  [45875, 58982],
  [1, 65535],
  [1, 65534],
  [32768, 32769],
] as const;
const CENTRE = 0x80000000;

/** The first difference, in so many groups a sweep, whose α is not the reference's; undefined if there is none. */
export function wrongDifference(alphas: AlphaProbe, steepness: number, groups: number): bigint | undefined {
  for (const [low, high] of RANGES) {
    if (alphas.prepare(u16(low), u16(high), steepness) !== 1) return -1n;
    // Coarse over all differences, fine at the ends, about the centre, and at odd steps from odd places.
    const sweeps = [
      [0, Math.floor(2 ** 32 / (4 * groups))],
      [1, 1],
      [CENTRE - 2 * groups, 1],
      [CENTRE - 8_000_000, 701],
      [2 ** 32 - 1 - 4 * groups, 1],
      [steepness * 7919, 99_991],
    ] as const;
    for (const [first, step] of sweeps) {
      const wrong = alphas.sweep(first, step, groups);
      if (wrong !== -1n) return wrong;
    }
  }
  return undefined;
}

const SCALE = 1n << 200n;
const ONE = 1n << 32n;
const INSIDE = [-(1n << 26n), -0x2345678n, -1n, 0n, 1n, 0x2345678n, (1n << 26n) - 1n];
const magnitudes = Array.from({ length: 640 }, (_, k) => INSIDE.map((inside) => (BigInt(k) << 27n) + inside))
  .flat()
  .filter((x) => x > 0n);

/** The reference's sum of e^X. */
function sumOf(x: bigint): bigint {
  let [sum, term] = [x + ONE, x];
  for (let i = 2n; i < 32n; i++) {
    term = ((term * x) >> 32n) / i;
    sum += term;
  }
  return sum;
}

/** The whole one, with each term truncated at 2^−200: short by less than 200 of these. */
function power(x: bigint): bigint {
  let [e, term] = [SCALE, SCALE];
  for (let i = 1n; i < 200n; i++) {
    term = ((term * x) >> 32n) / i;
    e += term;
  }
  return e;
}

/** e^y as the reference has it. */
function reference(y: bigint): bigint {
  if (y === ONE) return 0x15bf0a8n << 9n;
  return y < 0n ? (1n << 64n) / sumOf(-y) : sumOf(y);
}

/** What the reference's sum leaves out of each magnitude, in 2^−32. Computed once. */
let leftOut: readonly bigint[] | undefined;

/** Where what the reference's sum leaves out is negative, or more than the bound. */
export function wrongExcess(alphas: AlphaProbe): bigint | undefined {
  leftOut ??= magnitudes.map((x) => (power(x) >> 168n) - sumOf(x));
  return magnitudes.find((x, k) => {
    const left = leftOut![k]!;
    const bucket = Number((x + (1n << 26n)) >> 27n);
    return left < -1n || left > BigInt(Math.floor(alphas.excessOf(bucket))) + 1n;
  });
}

/** The first exponent of either sign, rounded or not, that does not lie within its bounds, and how wide they are at most. */
export function boundsOf(alphas: AlphaProbe): { readonly wrong: bigint | undefined; readonly widest: number } {
  const exponents = [...magnitudes, ...magnitudes.map((x) => -x), 0n, ONE, -ONE, ONE - 1n, ONE + 1n];
  let widest = 0;
  for (const y of exponents) {
    for (const unrounded of [0, 0.4, 0.99]) {
      const z = (Number(y) + unrounded) / 2 ** 27;
      const lower = BigInt(alphas.lowerOf(z));
      const upper = lower + BigInt(alphas.gapOf(z));
      const e = reference(y);
      if (lower > e || e > upper) return { wrong: y, widest };
      if (Math.abs(z) < 160) widest = Math.max(widest, Number(upper - lower) / Math.max(1, Math.exp(z / 32)));
    }
  }
  return { wrong: undefined, widest };
}

/**
 * The first bucket that does not leave the room growth.ts proves the need of, at an exponent in its middle: below, D over e^y of the bucket's
 * smallest exponent, what rounding an exponent down does, and the errors of its own computation; above, these errors. The reference may
 * well be nowhere near.
 */
export function wrongMargin(alphas: AlphaProbe): number | undefined {
  const ROUNDED_DOWN = 2 ** -32;
  const ERRORS = 6.7e-13;
  for (let k = 1; k <= 640; k++) {
    const whole = 2 ** 32 * Math.exp(k / 32);
    const least = 2 ** 32 * Math.exp((k - 0.5) / 32);
    const lower = alphas.lowerOf(k);
    const room = alphas.excessOf(k) / least + ROUNDED_DOWN + ERRORS;
    if (lower > whole * (1 - room) || lower + alphas.gapOf(k) < whole * (1 + ERRORS) - 1) return k;
  }
  return undefined;
}
