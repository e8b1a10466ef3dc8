/** What α is asked where little decides: a whole number within 2^-21, an exponent of 8, a product of one bit, a list that is nearly full. */
import { type AlphaProbe, u16 } from "./alphaProbe.js";
import { reference, sumOf } from "./alphaProof.js";

const ONE = 1n << 32n;
const LOW32 = ONE - 1n;
const MIDDLE = 2 ** 31;
const LOW = u16(1);
const HIGH = u16(65535);
const PAIRS = 640;
const LANES = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** What the sigmoid multiplies by: a setting over −100. */
const slopeOf = (steepness: number) => (BigInt(-steepness) << 32n) / 100n;
/** The exponent of a difference, from ±20 on not as the reference has it. */
const exponentOf = (difference: number, slope: bigint) => (slope * BigInt(difference - MIDDLE)) >> 32n;
const alphaOf = (exponent: bigint) => LOW + ((((1n << 64n) / (ONE + reference(exponent))) * (HIGH - LOW)) >> 32n);

/** Eight differences: whether α by the sum is right of each that it does not leave open. */
function areRight(alphas: AlphaProbe, differences: readonly number[], slope: bigint): boolean {
  differences.forEach((difference, k) => {
    alphas.give(k, difference);
  });
  const open = alphas.sumEight();
  return differences.every(
    (difference, k) => (open >> k) & 1 || BigInt(alphas.alphaAt(k)) === alphaOf(exponentOf(difference, slope)),
  );
}

/** Steepness of the next: every whole e below 2^28 has differences. */
const STEEP = 1500;

/**
 * Differences whose s = 2^64 / (2^32 + e) is less than 2^-20 below a whole number: 2^64 leaves e² over 2^32 + e, which is less than k times it
 * by less than 2^12. As e is below 2^26, bounds of e that are right are e itself.
 */
function nearlyWhole(): number[] {
  const out: number[] = [];
  for (let k = 2000; k < 1_000_000; k++) {
    const e = Math.floor((k + Math.sqrt(k * (k + 4 * 2 ** 32))) / 2);
    const missing = k * (2 ** 32 + e) - e * e;
    if (missing <= 0 || missing >= 4096) continue;
    const away = Math.round((-Math.log((e + 0.5) / 2 ** 32) * 2 ** 32) / (STEEP / 100));
    if (reference(exponentOf(MIDDLE + away, slopeOf(STEEP))) === BigInt(e)) out.push(MIDDLE + away);
  }
  return out;
}

let wholes: readonly number[] | undefined;

/** Whether bounds or sum have an s for the next. */
function wrongWhole(alphas: AlphaProbe): boolean {
  wholes ??= nearlyWhole();
  if (wholes.length < 40 || alphas.prepare(LOW, HIGH, STEEP) !== 1) return true;
  const slope = slopeOf(STEEP);
  return wholes.some((d) => alphas.sweep(d, 1, 1) !== -1n || !areRight(alphas, LANES.map((k) => d + 5 * k), slope)); // biome-ignore format: a call
}

/** x with a·x = 1 modulo 2^32, a being odd. */
function inverse(a: bigint): bigint {
  let x = a;
  for (let i = 0; i < 5; i++) x = (x * (2n - a * x)) & LOW32;
  return x;
}

/**
 * Steepness and difference where the slope's product is one bit above a whole number, and rounded away from zero to make another α than without
 * it: a negative exponent is.
 */
function singleBits(): (readonly [steepness: number, difference: number])[] {
  const out: (readonly [number, number])[] = [];
  for (let steepness = -1600; steepness <= 1600 && out.length < 200; steepness++) {
    const slope = slopeOf(steepness);
    const size = slope < 0n ? -slope : slope;
    if (size % 2n === 0n) continue;
    const away = inverse(size & LOW32);
    const exponent = -((size * away) >> 32n) - 1n;
    if (away >= ONE / 2n || exponent <= -8n * ONE || alphaOf(exponent) === alphaOf(exponent + 1n)) continue;
    out.push([steepness, MIDDLE + Number(slope < 0n ? away : -away)]);
  }
  return out;
}

let bits: readonly (readonly [number, number])[] | undefined;

function wrongBit(alphas: AlphaProbe): boolean {
  bits ??= singleBits();
  if (!bits.some(([steepness]) => steepness < 0) || !bits.some(([steepness]) => steepness > 0)) return true;
  return bits.some(([steepness, d]) => {
    if (alphas.prepare(LOW, HIGH, steepness) !== 1) return true;
    return !areRight(alphas, LANES.map((k) => (d ^ k) >>> 0), slopeOf(steepness)); // biome-ignore format: a call
  });
}

/** Away from the middle, at a slope of 40: exponents below 8 and known, and the first of 8. */
const [BELOW, FIRST] = [760_000_000, 858_993_460] as const;

/** Whether of eight pairs another than the one whose exponent is 8 or more is open, or that one is not. */
function wrongLane(alphas: AlphaProbe): boolean {
  if (alphas.prepare(LOW, HIGH, 4000) !== 1) return true;
  return [1, -1].some((side) =>
    LANES.some((one) =>
      [BELOW, FIRST, MIDDLE - 1].some((away) => {
        const aside = LANES.map((k) => MIDDLE + side * (k === one ? away : 90_000_007 * (k + 1)));
        if (!areRight(alphas, aside, slopeOf(4000))) return true;
        return alphas.sumEight() !== (away === BELOW ? 0 : 1 << one);
      }),
    ),
  );
}

/** Whether a sum just below e^8, where all terms count, is not the reference's; of a fifth of them it has to be known. */
function wrongSeries(alphas: AlphaProbe): boolean {
  let known = 0;
  for (let group = 0; group < 250; group++) {
    const exponents = LANES.map((k) => 2 ** 35 - 1 - 7919 * (8 * group + k));
    exponents.forEach((x, k) => {
      alphas.giveExponent(k, x);
    });
    const open = alphas.series();
    for (const k of LANES) {
      if ((open >> k) & 1) continue;
      known++;
      if (BigInt(alphas.sumAt(k)) !== sumOf(BigInt(exponents[k]!))) return true;
    }
  }
  return known < 400;
}

/**
 * Whether more or fewer are computed exactly than have to be. At the middle bounds leave α open, and so does the sum, as s is whole there. It
 * matters where `weight` and α make a carry; with a bond of nothing only there.
 */
function wrongCount(alphas: AlphaProbe): boolean {
  if (alphas.prepare(LOW, HIGH, 1000) !== 1) return true;
  if (alphas.exactOf(MIDDLE, 0, 0xffffffff) !== PAIRS) return true;
  alphas.sweep(0x70000000, 8191, PAIRS * 4);
  if (alphas.exact() > PAIRS / 10) return true;
  if (alphas.prepare(LOW, HIGH, 0) !== 1 || alphas.exactOf(MIDDLE, 0, 0xffffffff) !== 0) return true;
  let even = 0;
  for (let high = 58_960; high < 59_000; high++) {
    if (alphas.prepare(u16(45_875), u16(high), 1000) !== 1) return true;
    if (alphas.exactOf(MIDDLE, 0, 1) !== 0 || alphas.exactOf(MIDDLE, 0, 0) !== 0) return true;
    // With the weight for which α·weight and another weight are one less than a carry.
    const least = BigInt(alphas.least());
    if (least % 2n === 1n || alphas.exactOf(MIDDLE, 65535, 1) !== PAIRS) continue;
    even++;
    if (alphas.exactOf(MIDDLE, 0, Number(ONE - inverse(least + 1n))) !== 0) return true;
  }
  return even === 0;
}

/** Whether an α is not what it is where so many pairs of a word are open that a list is full, or one more or less. */
const wrongCrowd = (alphas: AlphaProbe) =>
  alphas.prepare(LOW, HIGH, 4000) !== 1 || [0, 1, 2, 63, 64].some((few) => alphas.crowd(few) !== -1);

/** The questions by name: whether the answer is wrong. */
export const LITTLE = { wrongWhole, wrongBit, wrongLane, wrongSeries, wrongCount, wrongCrowd } as const;
