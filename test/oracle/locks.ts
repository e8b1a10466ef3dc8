/** Conviction locks in BigInt, from the formulas: mass falls as d_u, conviction is c·d_m + m·g. Raw bits of 64 fractional digits. */
import { oracleLine } from "./fixed.js";

const ONE = 1n << 64n;
const U128 = (1n << 128n) - 1n;
const I128 = (1n << 127n) - 1n;
const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** The range of I64F64, and an integer in it, saturated. */
const clipped = (bits: bigint) => (bits < -I128 - 1n ? -I128 - 1n : least(bits, I128));
const signed = (n: bigint) => clipped(n * ONE);

export interface TwinLock {
  readonly mass: bigint;
  readonly conviction: bigint;
  readonly block: number;
}

export interface TwinRates {
  readonly unlock: bigint;
  readonly maturity: bigint;
}

/** exp(−dt/τ), −dt/τ at least −40, truncated towards zero. */
function decay(dt: bigint, tau: bigint): bigint {
  if (dt === 0n) return ONE;
  if (tau === 0n) return 0n;
  const ratio = -((dt * ONE * ONE) / signed(tau));
  const bits = oracleLine(`i64f64.exp ${ratio < -40n * ONE ? -40n * ONE : ratio}`);
  return bits === "err" || BigInt(bits) < 0n ? 0n : BigInt(bits);
}

/** A lock at a block. */
export function age(lock: TwinLock, block: number, rates: TwinRates, isOwner: boolean, isPerpetual: boolean): TwinLock {
  let { mass, conviction } = lock;
  if (block > lock.block) {
    const dt = BigInt(block - lock.block);
    const [du, dm] = [decay(dt, rates.unlock), decay(dt, rates.maturity)];
    const g = isPerpetual ? ONE - dm : gain(dt, du, dm, rates);
    conviction = least(((dm * conviction) >> 64n) + least((mass * ONE * g) >> 64n, U128), U128);
    if (!isPerpetual) mass = (du * mass) >> 64n;
  }
  if (isOwner) conviction = mass * ONE;
  if (mass < 100n && conviction < 100n * ONE) [mass, conviction] = [0n, 0n];
  return { mass, conviction, block: Math.max(block, lock.block) };
}

function gain(dt: bigint, du: bigint, dm: bigint, { unlock, maturity }: TwinRates): bigint {
  if (unlock === maturity) return maturity === 0n ? 0n : (((dt * ONE) / maturity) * dm) >> 64n;
  if (unlock === 0n || maturity === 0n) return 0n;
  const product = clipped((signed(unlock) * (du - dm)) >> 64n);
  const bits = (product * ONE) / signed(unlock - maturity);
  return bits > 0n ? bits : 0n;
}
