/**
 * The pool's power in BigInt, as the protocol words it: an exact root for small exponents, series without range reduction
 * for the others. Slow and obvious; every division floors toward −∞.
 */

const GUARD_BITS = 24n;
const MOST_TERMS = 4096n;
const MORE_TERMS = 128n;
const LARGEST_EXACT = 1024n;
const LEAST_PRECISION = 32n;

/** ln 2 by working bits: the same for ever. */
const LN2 = new Map<bigint, bigint>();

/** ⌊a/b⌋ for b > 0. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

function size(a: bigint): bigint {
  return a < 0n ? -a : a;
}

function bitLength(a: bigint): bigint {
  return a === 0n ? 0n : BigInt(a.toString(2).length);
}

/** ⌊scale · (baseNumerator/baseDenominator)^(numerator/denominator)⌋ as the chain computes it; null for a zero denominator. */
export function oraclePower(
  baseNumerator: bigint,
  baseDenominator: bigint,
  numerator: bigint,
  denominator: bigint,
  precision: bigint,
  scale: bigint,
): bigint | null {
  if (baseDenominator === 0n || denominator === 0n) return null;
  if (baseNumerator === 0n) return 0n;
  if (numerator === 0n) return scale;
  const divisor = gcd(numerator, denominator);
  const p = numerator / divisor;
  const q = denominator / divisor;
  if (p <= LARGEST_EXACT && q <= LARGEST_EXACT) {
    return root((baseNumerator ** p * scale ** q) / baseDenominator ** p, q);
  }
  const bits = [precision, LEAST_PRECISION, bitLength(scale) + 8n].reduce((a, b) => (a > b ? a : b));
  const series = new Series(bits);
  const exponent = floorDiv(series.logarithm(baseNumerator, baseDenominator) * p, q);
  return floorDiv(series.rounded(series.exponential(exponent)) * scale, 1n << bits);
}

/** The largest r with r^q ≤ n, found from its top bit down. */
export function root(n: bigint, q: bigint): bigint {
  if (q === 1n) return n;
  let found = 0n;
  for (let bit = bitLength(n) / q + 1n; bit >= 0n; bit--) {
    const next = found | (1n << bit);
    // A power far too long need not be computed.
    if ((bitLength(next) - 1n) * q < bitLength(n) && next ** q <= n) found = next;
  }
  return found;
}

/** Series of fixed point with `bits` bits and a guard. */
class Series {
  readonly #one: bigint;
  readonly #shift: bigint;
  readonly #terms: bigint;

  constructor(bits: bigint) {
    this.#shift = bits + GUARD_BITS;
    this.#one = 1n << this.#shift;
    const terms = this.#shift + MORE_TERMS;
    this.#terms = terms < MOST_TERMS ? terms : MOST_TERMS;
  }

  /** x without the guard, halves away from zero. */
  rounded(x: bigint): bigint {
    const half = 1n << (GUARD_BITS - 1n);
    return x < 0n ? -((-x + half) >> GUARD_BITS) : (x + half) >> GUARD_BITS;
  }

  /** ln(n/d), the difference of two logarithms. */
  logarithm(n: bigint, d: bigint): bigint {
    return this.#logarithmOf(n) - this.#logarithmOf(d);
  }

  /** ln(n) of an integer: by its mantissa in [0.75, 1.5) and a multiple of ln 2. */
  #logarithmOf(n: bigint): bigint {
    let shift = bitLength(n) - 1n;
    let mantissa = (n << this.#shift) >> shift;
    if (2n * mantissa >= 3n * this.#one) {
      mantissa >>= 1n;
      shift++;
    }
    return this.#logarithmOfOneMore(mantissa - this.#one) + shift * this.#ln2();
  }

  #ln2(): bigint {
    const known = LN2.get(this.#shift) ?? -this.#logarithmOfOneMore(-(this.#one / 2n));
    LN2.set(this.#shift, known);
    return known;
  }

  /** ln(1 + x) = x − x²/2 + x³/3 − … */
  #logarithmOfOneMore(x: bigint): bigint {
    let power = x;
    let sum = x;
    for (let n = 2n; n <= this.#terms; n++) {
      power = floorDiv(power * x, this.#one);
      const term = floorDiv(power, n);
      if (power === 0n || term === 0n) break;
      const before = this.rounded(sum);
      sum += n % 2n === 0n ? -term : term;
      if (size(term) < 1n << GUARD_BITS || this.rounded(sum) === before) break;
    }
    return sum;
  }

  /** e^x = 1 + x + x²/2! + …, whatever x is. */
  exponential(x: bigint): bigint {
    let term = this.#one;
    let sum = this.#one;
    for (let n = 1n; n <= this.#terms; n++) {
      term = floorDiv(term * x, this.#one * n);
      if (term === 0n) break;
      const before = this.rounded(sum);
      sum += term;
      if (size(term) < 1n << GUARD_BITS || this.rounded(sum) === before) break;
    }
    return sum;
  }
}
