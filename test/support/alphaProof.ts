/** What growth.ts says of its bounds and of D, against e^x in whole numbers. */
import type { AlphaProbe } from "./alphaProbe.js";

const SCALE = 1n << 200n;
const ONE = 1n << 32n;
const INSIDE = [-(1n << 26n), -0x2345678n, -1n, 0n, 1n, 0x2345678n, (1n << 26n) - 1n];
const magnitudes = Array.from({ length: 640 }, (_, k) => INSIDE.map((inside) => (BigInt(k) << 27n) + inside))
  .flat()
  .filter((x) => x > 0n);

/** The reference's sum of e^X. */
export function sumOf(x: bigint): bigint {
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
export function reference(y: bigint): bigint {
  if (y === ONE) return 0x15bf0a8n << 9n;
  return y < 0n ? (1n << 64n) / sumOf(-y) : sumOf(y);
}

/** What the reference's sum leaves out of each magnitude, in 2^−32. Computed once. */
let leftOut: readonly bigint[] | undefined;

/** D of a magnitude as growth.ts has it, in whole numbers: Σ min(τ_i, Δ_{i−1}·X/i + 1), and what later terms are at most. */
function excessOf(x: bigint): bigint {
  let [tau, delta, sum] = [x << 200n, 0n, 0n];
  for (let i = 2n; i < 32n; i++) {
    tau = (tau * x) / (ONE * i);
    const carried = (delta * x) / (ONE * i) + SCALE;
    delta = tau < carried ? tau : carried;
    sum += delta;
  }
  const next = (tau * x) / (ONE * 32n);
  return sum + (next * 33n * ONE) / (33n * ONE - x);
}

/** The first bucket whose D is not the proof's, but for what its computation rounds. */
export function wrongBound(alphas: AlphaProbe): number | undefined {
  for (let k = 0; k <= 640; k++) {
    const expected = Number(excessOf((BigInt(k) << 27n) + (1n << 26n)) >> 100n) / 2 ** 100;
    if (Math.abs(alphas.excessOf(k) - expected) > expected * 2 ** -44) return k;
  }
  return undefined;
}

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
    for (const [unrounded, isWhole] of [
      [0, 1],
      [0, 0],
      [0.4, 0],
      [0.99, 0],
    ] as const) {
      const z = (Number(y) + unrounded) / 2 ** 27;
      const lower = BigInt(alphas.lowerOf(z, isWhole));
      const upper = lower + BigInt(alphas.gapOf(z, isWhole));
      const e = reference(y);
      if (lower > e || e > upper) return { wrong: y, widest };
      if (Math.abs(z) < 160) widest = Math.max(widest, Number(upper - lower) / Math.max(1, Math.exp(z / 32)));
    }
  }
  return { wrong: undefined, widest };
}

/**
 * The first bucket that does not leave the room growth.ts proves the need of: below, D over e^y of the bucket's smallest exponent, what
 * rounding an exponent down does where it is not whole, and in its middle the errors of its own computation; above, these errors. At its ends
 * those have been made. The reference may well be nowhere near. Below whole exponents there is no more room than that, either.
 */
export function wrongMargin(alphas: AlphaProbe): number | undefined {
  const ROUNDED_DOWN = 2 ** -32;
  const BUCKET_OF_E = 32;
  const MARGIN = 2 ** -40;
  for (let k = 1; k <= 640; k++) {
    const least = 2 ** 32 * Math.exp((k - 0.5) / 32);
    for (const [z, errors] of [
      [k - 0.4999, 0],
      [k, 6.7e-13],
      [k + 0.4999, 0],
    ] as const) {
      const whole = 2 ** 32 * Math.exp(z / 32);
      for (const isWhole of [0, 1] as const) {
        const lower = alphas.lowerOf(z, isWhole);
        const room = alphas.excessOf(k) / least + (isWhole ? 0 : ROUNDED_DOWN);
        if (lower > whole * (1 - room - errors)) return k;
        if (lower + alphas.gapOf(z, isWhole) < whole * (1 + errors) - 1) return k;
        if (isWhole && k !== BUCKET_OF_E && lower < whole * (1 - room * 1.001 - 2 * MARGIN) - 1) return k;
      }
    }
  }
  return undefined;
}

/** The first steepness that does not have the bounds of whole exponents where it is a multiple of a hundred, or has them where it is not. */
export function wrongTable(alphas: AlphaProbe): number | undefined {
  const MIDDLE_OF_ONE = 32;
  return [1000, -100, 3200, 1001, -333, 50].find((steepness) => {
    if (alphas.prepare(ONE / 2n, ONE - 1n, steepness) !== 1) return true;
    return alphas.lowerNow(MIDDLE_OF_ONE) !== alphas.lowerOf(MIDDLE_OF_ONE, steepness % 100 === 0 ? 1 : 0);
  });
}
