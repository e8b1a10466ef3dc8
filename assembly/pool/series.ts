/**
 * ⌊scale·(n/d)^(p/q)⌋ in fixed point, as exp(p/q·(ln n − ln d)) by series, with the reference's working bits, order of rounding
 * and cap of terms. The series of exp is not range-reduced: below an exponent of about −144 the cap ends it before it
 * converges and the answer is wrong, negative or huge. The chain uses that answer, so it is computed term by term.
 *
 * The reference also stops where the rounded sum no longer changes. A term of one unit or more always changes it, and a
 * smaller one stops the series by itself, so the size of the term decides alone.
 */
import { MAX_POWER_PRECISION } from "./contract";
import * as integer from "./integer";
import * as natural from "./natural";

/** Bits beyond the precision asked for. */
const GUARD_BITS: u64 = 24;
/** The least precision, and how many bits it exceeds the scale's by, at least. */
const LEAST_BITS: u64 = 32;
const SCALE_BITS: u64 = 8;
/** How many terms there are beyond the working bits, at most. The reference's 4096 lie beyond any precision that may be asked for. */
const MORE_TERMS: u64 = 128;
/** Bits that ln n − ln d of u128 has before the point, and those of p. */
const EXPONENT_BITS: u64 = 7 + 64;

/** Fraction bits of everything here: value = integer / 2^working. */
let working: u64 = 0;
let terms: u64 = 0;
/** Limbs of 1, and the one more that a shift writes. */
let limbs: u32 = 0;

/** ln 2 of the last precision used, and its working bits: one for outputs, one for limits, which ask for much more. */
const SHORT_BITS: u64 = 512;
const shortLn2 = memory.data(8 + 8 * ((MAX_POWER_PRECISION + 24) / 64 + 3));
const longLn2 = memory.data(8 + 8 * ((MAX_POWER_PRECISION + 24) / 64 + 3));
let shortLn2Bits: u64 = 0;
let longLn2Bits: u64 = 0;
/** The one in use. */
let ln2: usize = 0;

/** The answer: the address of an integer in the arena. n, d: u128 above 0; p, q above 0. */
export function power(n: usize, d: usize, p: u64, q: u64, precision: u32, scale: u64): usize {
  const bits = max(max(<u64>precision, LEAST_BITS), 64 - clz(scale) + SCALE_BITS);
  working = bits + GUARD_BITS;
  terms = working + MORE_TERMS;
  limbs = <u32>(working / 64 + 2);
  const exponent = natural.draw(<u32>((working + EXPONENT_BITS) / 64 + 2));
  const other = natural.draw(limbs + 1);
  bringLn2();
  logarithm(exponent, n);
  logarithm(other, d);
  integer.sub(exponent, exponent, other);
  integer.mulSmall(exponent, exponent, p);
  integer.divSmall(exponent, exponent, q);
  const answer = exponential(exponent);
  dropGuard(answer);
  integer.mulSmall(answer, answer, scale);
  integer.shiftRight(answer, answer, bits);
  return answer;
}

/** Sees to it that ln2 = −ln(1 − 1/2) is there for the working bits. */
function bringLn2(): void {
  const isShort = working <= SHORT_BITS;
  ln2 = isShort ? shortLn2 : longLn2;
  if (working === (isShort ? shortLn2Bits : longLn2Bits)) return;
  const half = natural.draw(limbs);
  natural.set(half, 1, 0);
  natural.shiftLeft(half, half, working - 1);
  integer.setSign(half, true);
  const sum = natural.draw(limbs);
  logarithmOfOneMore(sum, half);
  integer.setSign(sum, false);
  natural.copy(ln2, sum);
  if (isShort) shortLn2Bits = working;
  else longLn2Bits = working;
}

/** out ← ln n of a u128 above 0: of its mantissa in [0.75, 1.5), and a multiple of ln 2. */
function logarithm(out: usize, n: usize): void {
  const mantissa = natural.draw(limbs + 1);
  const bound = natural.draw(limbs);
  natural.set(mantissa, load<u64>(n), load<u64>(n, 8));
  let shift = natural.bitLength(mantissa) - 1;
  natural.shiftLeft(mantissa, mantissa, working);
  natural.shiftRight(mantissa, mantissa, shift);
  natural.set(bound, 3, 0);
  natural.shiftLeft(bound, bound, working - 1);
  if (natural.compare(mantissa, bound) >= 0) {
    natural.shiftRight(mantissa, mantissa, 1);
    shift++;
  }
  natural.set(bound, 1, 0);
  natural.shiftLeft(bound, bound, working);
  integer.sub(mantissa, mantissa, bound);
  logarithmOfOneMore(out, mantissa);
  integer.mulSmall(bound, ln2, shift);
  integer.add(out, out, bound);
}

/** out ← ln(1 + x) = x − x²/2 + x³/3 − …, |x| ≤ 1/2; every quotient floored. */
function logarithmOfOneMore(out: usize, x: usize): void {
  const power = natural.draw(limbs);
  const product = natural.draw(2 * limbs - 2);
  const term = natural.draw(limbs);
  natural.copy(power, x);
  natural.copy(out, x);
  for (let n: u64 = 2; n <= terms; n++) {
    integer.mul(product, power, x);
    integer.shiftRight(power, product, working);
    integer.divSmall(term, power, n);
    if ((n & 1) === 0) integer.sub(out, out, term);
    else integer.add(out, out, term);
    if (natural.bitLength(term) <= GUARD_BITS) return;
  }
}

/** e^x = 1 + x + x²/2! + …, whatever x is; every quotient floored. The address of the sum. */
function exponential(x: usize): usize {
  const bits = natural.bitLength(x);
  const growth = bits > working ? bits - working : 0;
  // Each term is the one before times x over at least 1.
  const room = <u32>((working + terms * growth) / 64) + natural.length(x) + 2;
  const sum = natural.draw(room);
  const term = natural.draw(room);
  const product = natural.draw(room);
  natural.set(term, 1, 0);
  natural.shiftLeft(term, term, working);
  natural.copy(sum, term);
  for (let n: u64 = 1; n <= terms; n++) {
    integer.mul(product, term, x);
    integer.shiftRight(term, product, working);
    integer.divSmall(term, term, n);
    integer.add(sum, sum, term);
    if (natural.bitLength(term) <= GUARD_BITS) break;
  }
  return sum;
}

/** Rounds the guard bits away, halves away from zero. */
function dropGuard(a: usize): void {
  const half = natural.draw(2);
  const negative = integer.isNegative(a);
  natural.set(half, (<u64>1) << (GUARD_BITS - 1), 0);
  natural.add(a, a, half);
  natural.shiftRight(a, a, GUARD_BITS);
  integer.setSign(a, negative);
}
