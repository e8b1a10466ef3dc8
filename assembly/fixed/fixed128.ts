/**
 * Arithmetic of every 128-bit fixed-point format: value = integer / 2^fraction with fraction 32 or 64, signed or not.
 * i64f64.ts, i96f32.ts, u64f64.ts and u96f32.ts bind the two parameters; numbers are int128 addresses, destination first,
 * aliasing allowed. Products round toward −∞, quotients toward zero. Plain names saturate, `wrapping…` reduce modulo
 * 2^128, `checked…` return false and leave the destination alone when the exact result does not fit.
 */
import { ERROR_INTERNAL } from "../contract";
import { check } from "../trap";
import * as int128 from "./int128";
import { divide256, multiply256 } from "./wide";

const product = memory.data(32);
const dividend = memory.data(32);
const quotient = memory.data(32);
const operand = memory.data(16);
const result = memory.data(16);

/** out ← the largest number of the format, or the smallest if `negative`. */
export function limit(out: usize, negative: bool, signed: bool): void {
  const top = <u64>i64.MAX_VALUE;
  if (negative) int128.set(out, 0, signed ? ~top : 0);
  else int128.set(out, u64.MAX_VALUE, signed ? top : u64.MAX_VALUE);
}

/** out ← 1. */
export function one(out: usize, fraction: i32): void {
  if (fraction === 64) int128.set(out, 0, 1);
  else int128.set(out, (<u64>1) << fraction, 0);
}

/** out ← a + b, saturating. */
export function add(out: usize, a: usize, b: usize, signed: bool): void {
  const negative = signed && int128.isNegative(a);
  if (!wrappingAdd(out, a, b, signed)) limit(out, negative, signed);
}

/** out ← a − b, saturating. */
export function sub(out: usize, a: usize, b: usize, signed: bool): void {
  const negative = !signed || int128.isNegative(a);
  if (!wrappingSub(out, a, b, signed)) limit(out, negative, signed);
}

/** out ← ⌊a·b⌋, saturating. */
export function mul(out: usize, a: usize, b: usize, fraction: i32, signed: bool): void {
  const negative = signed && int128.isNegative(a) !== int128.isNegative(b);
  if (!wrappingMul(out, a, b, fraction, signed)) limit(out, negative, signed);
}

/** out ← a/b truncated, saturating. A zero divisor traps, where the crate panics. */
export function div(out: usize, a: usize, b: usize, fraction: i32, signed: bool): void {
  check(!int128.isZero(b), ERROR_INTERNAL, load<u64>(a));
  const negative = signed && int128.isNegative(a) !== int128.isNegative(b);
  if (!wrappingDiv(out, a, b, fraction, signed)) limit(out, negative, signed);
}

/** out ← a + b modulo 2^128; returns whether the exact sum fits. */
export function wrappingAdd(out: usize, a: usize, b: usize, signed: bool): bool {
  const aHigh = load<i64>(a, 8);
  const bHigh = load<i64>(b, 8);
  const bLow = load<u64>(b);
  int128.add(out, a, b);
  const high = load<i64>(out, 8);
  if (signed) return ((aHigh ^ high) & (bHigh ^ high)) >= 0;
  return <u64>high > <u64>bHigh || (high === bHigh && load<u64>(out) >= bLow);
}

/** out ← a − b modulo 2^128; returns whether the exact difference fits. */
export function wrappingSub(out: usize, a: usize, b: usize, signed: bool): bool {
  const aHigh = load<i64>(a, 8);
  const bHigh = load<i64>(b, 8);
  const below = int128.less(a, b, false);
  int128.sub(out, a, b);
  return signed ? ((aHigh ^ bHigh) & (aHigh ^ load<i64>(out, 8))) >= 0 : !below;
}

/** out ← ⌊a·b⌋ modulo 2^128; returns whether the exact result fits. */
export function wrappingMul(out: usize, a: usize, b: usize, fraction: i32, signed: bool): bool {
  multiply256(product, load<u64>(a), load<u64>(a, 8), load<u64>(b), load<u64>(b, 8));
  if (signed) {
    // A negative operand was read 2^128 too large: take the other one off the upper half.
    if (int128.isNegative(a)) int128.sub(product + 16, product + 16, b);
    if (int128.isNegative(b)) int128.sub(product + 16, product + 16, a);
  }
  // The fraction is a whole number of bytes: shifting right is reading higher up.
  const from = product + (<usize>fraction >> 3);
  int128.copy(out, from);
  const sign = signed ? load<i64>(out, 8) >> 63 : 0;
  return load<i64>(from, 16) === sign && load<i64>(product, 24) === sign;
}

/** out ← a/b truncated, modulo 2^128; returns whether the exact quotient fits. b must not be 0. */
export function wrappingDiv(out: usize, a: usize, b: usize, fraction: i32, signed: bool): bool {
  const at = <usize>fraction >> 3;
  int128.set(dividend, 0, 0);
  int128.set(dividend + 16, 0, 0);
  const negative = int128.magnitude(dividend + at, a, signed) !== int128.magnitude(operand, b, signed);
  divide256(quotient, dividend, load<u64>(operand), load<u64>(operand, 8));
  const small = int128.isZero(quotient + 16);
  if (!signed) {
    int128.copy(out, quotient);
    return small;
  }
  if (negative) int128.negate(out, quotient);
  else int128.copy(out, quotient);
  // Up to 2^127 fits below zero, up to 2^127 − 1 above: the sign must come out right, or the quotient be 0.
  return small && (int128.isZero(out) || int128.isNegative(out) === negative);
}

/** out ← a + b if it fits. */
export function checkedAdd(out: usize, a: usize, b: usize, signed: bool): bool {
  return wrappingAdd(result, a, b, signed) && keep(out);
}

/** out ← a − b if it fits. */
export function checkedSub(out: usize, a: usize, b: usize, signed: bool): bool {
  return wrappingSub(result, a, b, signed) && keep(out);
}

/** out ← ⌊a·b⌋ if it fits. */
export function checkedMul(out: usize, a: usize, b: usize, fraction: i32, signed: bool): bool {
  return wrappingMul(result, a, b, fraction, signed) && keep(out);
}

/** out ← a/b truncated if b ≠ 0 and it fits. */
export function checkedDiv(out: usize, a: usize, b: usize, fraction: i32, signed: bool): bool {
  return !int128.isZero(b) && wrappingDiv(result, a, b, fraction, signed) && keep(out);
}

/** out ← a/b truncated, or 0 when b = 0 **and** when the quotient does not fit (safe-math `safe_div`). */
export function safeDiv(out: usize, a: usize, b: usize, fraction: i32, signed: bool): void {
  if (!checkedDiv(out, a, b, fraction, signed)) int128.set(out, 0, 0);
}

/** out ← |a − b|, saturating (safe-math `abs_diff`). */
export function absDiff(out: usize, a: usize, b: usize, signed: bool): void {
  if (int128.less(a, b, signed)) sub(out, b, a, signed);
  else sub(out, a, b, signed);
}

/** Moves the provisional result to its place. */
function keep(out: usize): bool {
  int128.copy(out, result);
  return true;
}
