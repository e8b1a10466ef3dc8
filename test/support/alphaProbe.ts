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
  /** How many are, of 640 pairs of one difference, bond (a 65535th) and weight, all of which move. */
  exactOf(difference: number, half: number, weight: number): number;
  /** α that bounds left to the first pair where its weight was zero: the smaller one of two, or 0. */
  least(): number;
  /** Compares 512 pairs at the middle, where all are open, but for 64 of which only so many are; the place of the first that differs, or −1. */
  crowd(few: number): number;
  /** Sets one of eight differences. */
  give(k: number, difference: number): void;
  /** α of these by the reference's own sum, two to the power of each that is open still. */
  sumEight(): number;
  alphaAt(k: number): number;
  /** Sets one of eight exponents, in I32F32. */
  giveExponent(k: number, x: number): void;
  /** Their sums, and which of these are open. */
  series(): number;
  sumAt(k: number): number;
  /** D of a bucket as the proof has it. */
  excessOf(bucket: number): number;
  /** The whole numbers between which e^y lies, y = z / 32, where exponents are whole or are not: the lower one, and what the upper one is above it. */
  lowerOf(z: number, isWhole: number): number;
  gapOf(z: number, isWhole: number): number;
  /** The lower one as what was prepared last has it. */
  lowerNow(z: number): number;
}

/** The door, in AssemblyScript; its imports start at build/. */
export const ALPHA_PROBE = `
import * as area from "../assembly/consensus/fused/area";
import { exactAlphas, prepareAlphas, resetCount, sumAlphas } from "../assembly/consensus/fused/certified";
import {
  buckets, entriesOf, excess, lowerFactors, polynomial, prepareGrowth, upperFactors, withinBucket,
} from "../assembly/consensus/fused/growth";
import { findAlphas } from "../assembly/consensus/fused/pairs";
import { ARGUMENTS, SUMS, sumSeries } from "../assembly/consensus/fused/series";
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
      // The differences themselves stay what they are, those behind the α of the last pair too.
      if (load<u32>(area.old + (lane << 2)) !== difference) return difference;
    }
  }
  return -1;
}
const MIDDLE: u32 = 0x80000000;
export function exactOf(difference: u32, half: u32, weight: u32): u32 {
  resetCount();
  for (let lane: u32 = 0; lane < 8 * ROWS; lane++) {
    store<u32>(area.old + (lane << 2), difference);
    store<u32>(area.bondWeight + (lane << 2), weight);
    store<u16>(area.halfAt(area.bonds, lane >> 3, 0) + ((lane & 7) << 1), <u16>half);
  }
  findAlphas(8 * ROWS, 0);
  return exactAlphas;
}
export function least(): f64 { return <f64>load<u32>(area.alpha); }
/** Rows whose pairs are two parts, and eight words of a bit a pair. */
const EVEN: u32 = 64;
/** Which of 512 pairs is open: in the fourth word only the first few. */
function isOpen(pair: u32, few: u32): bool { return pair >> 6 !== 3 || (pair & 63) < few; }
export function crowd(few: u32): i32 {
  area.draw(__heap_base, 0, EVEN, 8);
  memory.fill(area.bonds, 0, area.codes - area.bonds);
  for (let way: u32 = 0; way < 2; way++) {
    for (let pair: u32 = 0; pair < 8 * EVEN; pair++) {
      store<u32>(area.old + (pair << 2), isOpen(pair, few) ? MIDDLE : 1);
      store<u32>(area.bondWeight + (pair << 2), 0xffffffff);
    }
    findAlphas(way * 8 * EVEN, 0);
    for (let pair: u32 = 0; pair < 8 * EVEN; pair++) {
      const difference = isOpen(pair, few) ? MIDDLE : 1;
      const expected = alphaSigmoid(0, difference, 0, low, high, slope);
      if (<i64>load<u32>(area.alpha + (pair << 2)) !== expected) return pair;
      if (load<u32>(area.old + (pair << 2)) !== difference) return pair;
    }
  }
  return -1;
}
const GIVEN = memory.data(32, 16);
const SUMMED = memory.data(32, 16);
export function give(k: u32, difference: u32): void { store<u32>(GIVEN + (k << 2), difference); }
export function alphaAt(k: u32): f64 { return <f64>load<u32>(SUMMED + (k << 2)); }
export function sumEight(): u32 {
  sumAlphas(GIVEN, SUMMED, 32);
  let open: u32 = 0;
  for (let k: u32 = 0; k < 8; k++) open |= u32(load<u32>(SUMMED + (k << 2)) === 0) << k;
  return open;
}
export function giveExponent(k: u32, x: f64): void { store<f64>(ARGUMENTS + (k << 3), x); }
export function series(): u32 {
  sumSeries(0);
  let open: u32 = 0;
  for (let k: u32 = 0; k < 8; k++) open |= u32(isNaN(sumAt(k))) << k;
  return open;
}
export function sumAt(k: u32): f64 { return load<f64>(SUMS + (k << 3)); }
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
  const bucket = buckets(f64x2.splat(z));
  const entry = <usize>i32x4.extract_lane(entriesOf(bucket, bucket), 3);
  const factors = upper ? upperFactors(entry, entry) : lowerFactors(entry, entry);
  return f64x2.extract_lane(f64x2.floor(f64x2.mul(polynomial(withinBucket(f64x2.splat(z), bucket)), factors)), 1);
}
export function lowerNow(z: f64): f64 { return bound(z, false); }
export function lowerOf(z: f64, isWhole: bool): f64 { prepareGrowth(isWhole); return bound(z, false); }
export function gapOf(z: f64, isWhole: bool): f64 { prepareGrowth(isWhole); return bound(z, true) - bound(z, false); }
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

/** The first difference about the middle, where most pairs are open, whose α makes another bond of so many 65535th. */
export function wrongBond(alphas: AlphaProbe, half: number, groups: number): bigint | undefined {
  for (const [low, high] of RANGES.slice(0, 2)) {
    if (alphas.prepare(u16(low), u16(high), 1000) !== 1) return -1n;
    for (const seed of [0, half + low]) {
      const wrong = alphas.bonds(0x70000000, Math.floor(49_000_000 / groups), groups, half, seed);
      if (wrong !== -1n) return wrong;
    }
  }
  return undefined;
}
