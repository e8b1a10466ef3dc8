/**
 * α of pairs by bounds: the least it may be, and whether it may be more.
 *
 * y = slope·(d − 2^31) / 2^32 is one product of two exact doubles (slope has 41 bits at most), rounded once. growth.ts has whole numbers
 * e0 ≤ e ≤ e1 for it (certified.ts says what d, e, s are).
 *
 * From e0 ≤ e ≤ e1 to s: let Q = 2^64 / (2^32 + e1) and T = 2^64 / (2^32 + e0), so that ⌊Q⌋ ≤ s ≤ ⌊T⌋; both are below 2^32, as
 * e0 > 0. Roundings are by a factor within 1 ± u, u = 2^−53. What is computed for Q, 2^64·BELOW over 2^32 + e1, has two of them, so that
 * with BELOW = 1 − 4u it is Q·(1 − 7u) < q < Q. T takes no second division:
 *
 *   T = Q·(2^32 + e1) / (2^32 + e0) = Q + m·Q² / 2^64 · (2^32 + e1) / (2^32 + e0),  m = e1 − e0.
 *
 * m is exact, as whole doubles are below 2^53, and further up those of less than twice one another. By growth.ts e1 is above e0 by less
 * than 1 % of it, and 2; the last fraction is below 1.011, and 1.02 = WIDER covers that and the roundings of q·q·(m·1.02 / 2^64).
 * With q·ABOVE, ABOVE = 1 + 16u, in place of Q, the sum as computed is above T, by 5u·Q or more.
 *
 * Adding 2^52 − 1/2 leaves the floor in the low bits of a double, or one less of what is whole, where that is the nearest even: of q
 * that is no more than ⌊Q⌋ still, and of the sum, being above T, no less than ⌊T⌋. From there on integers are exact.
 */
import { alphasOf, first, last, restAlpha, steepness } from "./certified";
import { buckets, entriesOf, lowerFactors, polynomial, upperFactors, withinBucket } from "./growth";
import { TWO52, TWO52_HIGH } from "./lanes";

const BELOW: f64 = 1.0 - 4.440892098500626e-16;
const ABOVE: f64 = 1.0 + 1.7763568394002505e-15;
const WIDER: f64 = 1.02;
const TWO31: f64 = 2147483648.0;
const TWO32: f64 = 4294967296.0;
const TWO64: f64 = TWO32 * TWO32;
/** A bucket as growth.ts has it. */
const BUCKET: f64 = 134217728.0;

/** Bytes of differences in hand at a time: 256 pairs. */
export const PART: usize = 1024;
/** Of each pair, where its exponent lies within its bucket, f64, and the address of that, u32. */
const WITHIN = memory.data(2048, 16);
const ENTRIES = memory.data(1024, 16);
/** Of each four, f64: the lower bounds of e of two, their upper ones, and those of the other two. */
const BOUNDS = memory.data(4096, 16);
/** Of each four, u32: the lower bounds of s, and the upper ones. */
const SIGMOIDS = memory.data(2048, 16);
/** A bit a pair, in u64: α is open. */
export const OPEN = memory.data(40, 16);

/**
 * From the differences at `from` on (u32), so many bytes of them, eight at a time and up to PART: the least α each may have to `to`, and to
 * OPEN whether it may be the next one as well. Where it may be even more there is a 0. In four loops: each step waits for the one before
 * it, and of short loops the processor has more turns under way at once than of a long one.
 */
export function boundAlphas(from: usize, to: usize, bytes: usize): void {
  placeExponents(from, bytes);
  boundGrowth(bytes);
  boundSigmoids(bytes);
  boundBySigmoids(from, to, bytes);
}

/** WITHIN and ENTRIES ← where the exponents of the differences at `from` lie, so many bytes of them. */
function placeExponents(from: usize, bytes: usize): void {
  const magic = i32x4.splat(TWO52_HIGH);
  const slope = f64x2.splat(steepness / BUCKET);
  const least = i32x4.splat(first);
  const most = i32x4.splat(last);
  const end = from + bytes;
  let differences = from;
  let within = WITHIN;
  let entries = ENTRIES;
  do {
    const d = i32x4.min_u(i32x4.max_u(v128.load(differences), least), most);
    const yA = exponents(i32x4.shuffle(d, magic, 0, 4, 1, 5), slope);
    const yB = exponents(i32x4.shuffle(d, magic, 2, 6, 3, 7), slope);
    const bucketA = buckets(yA);
    const bucketB = buckets(yB);
    v128.store(within, withinBucket(yA, bucketA));
    v128.store(within, withinBucket(yB, bucketB), 16);
    v128.store(entries, entriesOf(bucketA, bucketB));
    differences += 16;
    within += 32;
    entries += 16;
  } while (differences < end);
}

/** Two exponents, unrounded, as growth.ts has them, from 2^52 + d. */
function exponents(lifted: v128, slope: v128): v128 {
  return f64x2.mul(f64x2.sub(lifted, f64x2.splat(TWO52 + TWO31)), slope);
}

/** BOUNDS ← the bounds of e, for so many bytes of differences. */
function boundGrowth(bytes: usize): void {
  const end = ENTRIES + bytes;
  let within = WITHIN;
  let entries = ENTRIES;
  let bounds = BOUNDS;
  do {
    const growthA = polynomial(v128.load(within));
    const growthB = polynomial(v128.load(within, 16));
    const a = <usize>load<u32>(entries);
    const b = <usize>load<u32>(entries, 4);
    const c = <usize>load<u32>(entries, 8);
    const d = <usize>load<u32>(entries, 12);
    v128.store(bounds, f64x2.mul(growthA, lowerFactors(a, b)));
    v128.store(bounds, f64x2.mul(growthA, upperFactors(a, b)), 16);
    v128.store(bounds, f64x2.mul(growthB, lowerFactors(c, d)), 32);
    v128.store(bounds, f64x2.mul(growthB, upperFactors(c, d)), 48);
    within += 32;
    entries += 16;
    bounds += 64;
  } while (entries < end);
}

/** SIGMOIDS ← what BOUNDS make of s, for so many bytes of differences. */
function boundSigmoids(bytes: usize): void {
  const end = BOUNDS + (bytes << 2);
  let bounds = BOUNDS;
  let sigmoids = SIGMOIDS;
  do {
    const upperA = f64x2.floor(v128.load(bounds, 16));
    const upperB = f64x2.floor(v128.load(bounds, 48));
    const widthA = f64x2.sub(upperA, f64x2.floor(v128.load(bounds)));
    const widthB = f64x2.sub(upperB, f64x2.floor(v128.load(bounds, 32)));
    const leastA = leastSigmoid(upperA);
    const leastB = leastSigmoid(upperB);
    v128.store(sigmoids, floors(leastA, leastB));
    v128.store(sigmoids, floors(mostSigmoid(leastA, widthA), mostSigmoid(leastB, widthB)), 16);
    bounds += 64;
    sigmoids += 32;
  } while (bounds < end);
}

/** α at `to` and OPEN ← what SIGMOIDS make of the differences at `from`, so many bytes of each. */
function boundBySigmoids(from: usize, to: usize, bytes: usize): void {
  const end = from + bytes;
  let differences = from;
  let alphas = to;
  let sigmoids = SIGMOIDS;
  let open = OPEN;
  do {
    const openA = boundFour(v128.load(differences), sigmoids, alphas);
    const openB = boundFour(v128.load(differences, 16), sigmoids + 32, alphas + 16);
    store<u8>(open, openA | (openB << 4));
    differences += 32;
    alphas += 32;
    sigmoids += 64;
    open++;
  } while (differences < end);
  store<u64>(open, 0);
}

/** Four of them; returns a bit for each that is open. */
function boundFour(differences: v128, sigmoids: usize, to: usize): i32 {
  const least = alphasOf(v128.load(sigmoids));
  const width = i32x4.sub(alphasOf(v128.load(sigmoids, 16)), least);
  const isResting = i32x4.eq(differences, i32x4.splat(0));
  const found = v128.andnot(least, i32x4.gt_s(width, i32x4.splat(1)));
  v128.store(to, v128.bitselect(i32x4.splat(<i32>restAlpha), found, isResting));
  return i32x4.bitmask(v128.andnot(i32x4.gt_s(width, i32x4.splat(0)), isResting));
}

/** q of two e1. */
function leastSigmoid(upper: v128): v128 {
  return f64x2.div(f64x2.splat(TWO64 * BELOW), f64x2.add(f64x2.splat(TWO32), upper));
}

/** Two doubles above T, of q and m. */
function mostSigmoid(least: v128, width: v128): v128 {
  const wider = f64x2.mul(f64x2.mul(least, least), f64x2.mul(width, f64x2.splat(WIDER / TWO64)));
  return f64x2.add(f64x2.mul(least, f64x2.splat(ABOVE)), wider);
}

/** The floors of two and two s, as above, u32. */
function floors(a: v128, b: v128): v128 {
  const magic = f64x2.splat(TWO52 - 0.5);
  return i32x4.shuffle(f64x2.add(a, magic), f64x2.add(b, magic), 0, 2, 4, 6);
}
