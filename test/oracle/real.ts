/**
 * Binary fixed-point numbers as BigInt, the plainest way there is: compute the exact rational, round once, then clamp,
 * wrap or fail. A value is its raw integer ("bits"); value = bits / 2^fraction. The rules of substrate-fixed 0.6.
 */

export class Real {
  readonly min: bigint;
  readonly max: bigint;
  readonly one: bigint;

  constructor(
    readonly width: bigint,
    readonly fraction: bigint,
    readonly signed: boolean,
  ) {
    this.min = signed ? -(1n << (width - 1n)) : 0n;
    this.max = signed ? (1n << (width - 1n)) - 1n : (1n << width) - 1n;
    this.one = 1n << fraction;
  }

  /** Out of range becomes the nearest end of the range. */
  clamp(bits: bigint): bigint {
    return bits < this.min ? this.min : bits > this.max ? this.max : bits;
  }

  /** Out of range loses its high bits, as `+`, `sum()` and `from_num` do in a release build. */
  wrap(bits: bigint): bigint {
    return this.signed ? BigInt.asIntN(Number(this.width), bits) : BigInt.asUintN(Number(this.width), bits);
  }

  /** Out of range is a failure. */
  check(bits: bigint): bigint | null {
    return bits < this.min || bits > this.max ? null : bits;
  }

  add(a: bigint, b: bigint): bigint {
    return this.clamp(a + b);
  }

  sub(a: bigint, b: bigint): bigint {
    return this.clamp(a - b);
  }

  /** a·b, floored toward −∞, saturating. */
  mul(a: bigint, b: bigint): bigint {
    return this.clamp((a * b) >> this.fraction);
  }

  mulChecked(a: bigint, b: bigint): bigint | null {
    return this.check((a * b) >> this.fraction);
  }

  /** a/b, truncated toward zero, saturating. Division by zero throws. */
  div(a: bigint, b: bigint): bigint {
    return this.clamp((a << this.fraction) / b);
  }

  divChecked(a: bigint, b: bigint): bigint | null {
    return b === 0n ? null : this.check((a << this.fraction) / b);
  }

  /** a/b, truncated toward zero; 0 where b is zero **and** where the quotient is out of range. */
  safeDiv(a: bigint, b: bigint): bigint {
    return this.divChecked(a, b) ?? 0n;
  }

  /** Σ, wrapping at each step, in order. */
  sum(values: Iterable<bigint>): bigint {
    let total = 0n;
    for (const value of values) total = this.wrap(total + value);
    return total;
  }

  fromInt(integer: bigint): bigint {
    return this.clamp(integer << this.fraction);
  }

  fromIntWrapping(integer: bigint): bigint {
    return this.wrap(integer << this.fraction);
  }

  /** From another format: extra fraction bits are floored away, saturating. */
  from(source: Real, bits: bigint): bigint {
    return this.clamp(this.rescale(source, bits));
  }

  fromWrapping(source: Real, bits: bigint): bigint {
    return this.wrap(this.rescale(source, bits));
  }

  /** ⌊value⌋ clamped to an unsigned integer of so many bits. */
  toUint(bits: bigint, uintWidth: bigint): bigint {
    const floor = bits >> this.fraction;
    const max = (1n << uintWidth) - 1n;
    return floor < 0n ? 0n : floor > max ? max : floor;
  }

  private rescale(source: Real, bits: bigint): bigint {
    return source.fraction > this.fraction
      ? bits >> (source.fraction - this.fraction)
      : bits << (this.fraction - source.fraction);
  }
}

export const i32f32 = new Real(64n, 32n, true);
export const i64f64 = new Real(128n, 64n, true);
export const i96f32 = new Real(128n, 32n, true);
export const u64f64 = new Real(128n, 64n, false);
export const u96f32 = new Real(128n, 32n, false);

/** e with 23 fraction bits: all that is left of it when the exponent is exactly 1. */
export const E_23 = 22_802_600n;

/** e^x, or null on overflow: 1 + x + Σ xⁱ/i! for i below the number of fraction bits; for x < 0 the reciprocal. */
export function exp(real: Real, x: bigint): bigint | null {
  if (x === 0n) return real.one;
  if (x === real.one) return E_23 << (real.fraction - 23n);
  const power = real.check(x < 0n ? -x : x);
  if (power === null) return null;

  let term: bigint | null = power;
  let total = real.check(power + real.one);
  for (let i = 2n; i < real.fraction; i++) {
    if (total === null) return null;
    term = real.mulChecked(term, power);
    if (term === null) return null;
    term = real.divChecked(term, i << real.fraction);
    if (term === null) return null;
    total = real.check(total + term);
  }
  if (total === null) return null;
  return x < 0n ? real.divChecked(real.one, total) : total;
}

/** e^x in I32F32 with x cut to [−20, 20] first; never fails (0 or the maximum where the series would). */
export function expSafe(x: bigint): bigint {
  const limit = 20n * i32f32.one;
  const cut = x < -limit ? -limit : x > limit ? limit : x;
  return exp(i32f32, cut) ?? (cut <= 0n ? 0n : i32f32.max);
}

/** Math.min for BigInt. */
export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

/** min(high) then max(low): where low > high the answer is low. */
export function clampBetween(value: bigint, low: bigint, high: bigint): bigint {
  const capped = smaller(value, high);
  return capped > low ? capped : low;
}

/** x / 65535 in I32F32, for a u16 setting. */
export function proportion(u16: number | bigint): bigint {
  return i32f32.safeDiv(i32f32.fromInt(BigInt(u16)), i32f32.fromInt(65535n));
}

/** ⌊x·65535⌋ as u16. */
export function proportionToU16(bits: bigint): number {
  return Number(i32f32.toUint(i32f32.mul(bits, i32f32.fromInt(65535n)), 16n));
}

/** The liquid-alpha curve of one validator and one miner; all numbers I32F32 bits. */
export interface SigmoidSettings {
  readonly low: bigint;
  readonly high: bigint;
  /** The i16 setting as an I32F32 integer. */
  readonly steepness: bigint;
}

/** α = clamp(low + σ·(high − low)), σ = 1/(1 + e^(−steepness/100·(difference − ½))). Protocol K.9. */
export function alphaSigmoid(consensus: bigint, weight: bigint, bond: bigint, settings: SigmoidSettings): bigint {
  const { low, high, steepness } = settings;
  const gap = weight >= bond ? i32f32.sub(weight, consensus) : i32f32.sub(bond, weight);
  const difference = clampBetween(gap, 0n, i32f32.one);
  const slope = i32f32.div(steepness, -100n * i32f32.one);
  const exponent = i32f32.mul(slope, i32f32.sub(difference, i32f32.one / 2n));
  const sigma = i32f32.div(i32f32.one, i32f32.add(i32f32.one, expSafe(exponent)));
  const alpha = i32f32.add(low, i32f32.mul(sigma, i32f32.sub(high, low)));
  return clampBetween(alpha, low, high);
}
