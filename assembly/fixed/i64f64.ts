/**
 * I64F64: signed binary fixed point in 16 little-endian bytes, value = integer / 2^64, range [−2^63, 2^63), step 2^−64.
 * Numbers are addresses, the destination first and allowed to be an operand; fixed128.ts says how results round. Plain
 * names saturate, `wrapping…` reduce modulo 2^128, `checked…` return false and leave the destination alone when the
 * exact result does not fit.
 */
import * as cast from "./cast";
import * as exp128 from "./exp128";
import * as fixed128 from "./fixed128";
import * as int128 from "./int128";
import * as log128 from "./log128";
import * as power128 from "./power128";

const FRACTION: i32 = 64;
const SIGNED: bool = true;

/** out ← 1. */
export function one(out: usize): void {
  fixed128.one(out, FRACTION);
}

/** out ← a + b, saturating. */
export function add(out: usize, a: usize, b: usize): void {
  fixed128.add(out, a, b, SIGNED);
}

/** out ← a − b, saturating. */
export function sub(out: usize, a: usize, b: usize): void {
  fixed128.sub(out, a, b, SIGNED);
}

/** out ← ⌊a·b⌋, saturating. */
export function mul(out: usize, a: usize, b: usize): void {
  fixed128.mul(out, a, b, FRACTION, SIGNED);
}

/** out ← a/b truncated, saturating; b = 0 traps. */
export function div(out: usize, a: usize, b: usize): void {
  fixed128.div(out, a, b, FRACTION, SIGNED);
}

/** out ← a/b truncated, 0 when b = 0 and when it does not fit. */
export function safeDiv(out: usize, a: usize, b: usize): void {
  fixed128.safeDiv(out, a, b, FRACTION, SIGNED);
}

/** out ← a + b modulo 2^128; whether it fits. */
export function wrappingAdd(out: usize, a: usize, b: usize): bool {
  return fixed128.wrappingAdd(out, a, b, SIGNED);
}

/** out ← a − b modulo 2^128; whether it fits. */
export function wrappingSub(out: usize, a: usize, b: usize): bool {
  return fixed128.wrappingSub(out, a, b, SIGNED);
}

/** out ← ⌊a·b⌋ modulo 2^128; whether it fits. */
export function wrappingMul(out: usize, a: usize, b: usize): bool {
  return fixed128.wrappingMul(out, a, b, FRACTION, SIGNED);
}

/** out ← a/b truncated, modulo 2^128; whether it fits. b must not be 0. */
export function wrappingDiv(out: usize, a: usize, b: usize): bool {
  return fixed128.wrappingDiv(out, a, b, FRACTION, SIGNED);
}

/** out ← a + b if it fits. */
export function checkedAdd(out: usize, a: usize, b: usize): bool {
  return fixed128.checkedAdd(out, a, b, SIGNED);
}

/** out ← a − b if it fits. */
export function checkedSub(out: usize, a: usize, b: usize): bool {
  return fixed128.checkedSub(out, a, b, SIGNED);
}

/** out ← ⌊a·b⌋ if it fits. */
export function checkedMul(out: usize, a: usize, b: usize): bool {
  return fixed128.checkedMul(out, a, b, FRACTION, SIGNED);
}

/** out ← a/b truncated if b ≠ 0 and it fits. */
export function checkedDiv(out: usize, a: usize, b: usize): bool {
  return fixed128.checkedDiv(out, a, b, FRACTION, SIGNED);
}

/** out ← ⌊a⌋. */
export function floor(out: usize, a: usize): void {
  cast.floor(out, a, FRACTION);
}

/** Same as `floor`: the crate's `int` clears the fraction bits. */
export function int(out: usize, a: usize): void {
  cast.floor(out, a, FRACTION);
}

/** out ← a − ⌊a⌋. */
export function frac(out: usize, a: usize): void {
  cast.frac(out, a, FRACTION);
}

/** out ← the nearest integer, halves away from zero; wraps past the top. */
export function round(out: usize, a: usize): void {
  cast.round(out, a, FRACTION, SIGNED);
}

/** ⌊a⌋ saturated to u16. */
export function toU16(a: usize): u16 {
  return cast.toU16(a, FRACTION, SIGNED);
}

/** ⌊a⌋ saturated to u64: the upper word. */
export function toU64(a: usize): u64 {
  return <u64>max<i64>(load<i64>(a, 8), 0);
}

/** ⌊a⌋ saturated to i64. */
export function toI64(a: usize): i64 {
  return cast.toI64(a, FRACTION, SIGNED);
}

/** out ← the integer n, saturating. */
export function fromU64(out: usize, n: u64): void {
  if (n >> 63 === 0) int128.set(out, 0, n);
  else fixed128.limit(out, false, SIGNED);
}

/** out ← the integer n, saturating. */
export function fromI64(out: usize, n: i64): void {
  cast.fromI64(out, n, FRACTION, SIGNED);
}

/** out ← the double with these bits, nearest, ties to even, saturating; false where the crate panics. */
export function fromF64(out: usize, bits: u64): bool {
  return cast.fromF64(out, bits, FRACTION, SIGNED);
}

/** out ← x of I32F32, saturating. */
export function fromI32F32(out: usize, x: i64): void {
  cast.fromI32F32(out, x, FRACTION, SIGNED);
}

/** a as I32F32, floored, saturating. */
export function toI32F32(a: usize): i64 {
  return cast.toI32F32(a, FRACTION, SIGNED);
}

/** out ← a of I96F32, saturating. */
export function fromI96F32(out: usize, a: usize): void {
  cast.convert(out, a, 32, true, FRACTION, SIGNED);
}

/** out ← a of U64F64, saturating. */
export function fromU64F64(out: usize, a: usize): void {
  cast.convert(out, a, 64, false, FRACTION, SIGNED);
}

/** out ← a of U96F32, saturating. */
export function fromU96F32(out: usize, a: usize): void {
  cast.convert(out, a, 32, false, FRACTION, SIGNED);
}

/** out ← e^a; false, the crate's error, when an intermediate does not fit. */
export function exp(out: usize, a: usize): bool {
  return exp128.exp(out, a, FRACTION);
}

/** out ← log2 a; false for a ≤ 0 and where 1/a does not fit. */
export function log2(out: usize, a: usize): bool {
  return log128.log2(out, a, FRACTION);
}

/** out ← ln a; false for a ≤ 0 and where 1/a does not fit. */
export function ln(out: usize, a: usize): bool {
  return log128.ln(out, a, FRACTION);
}

/** out ← √a by the crate's Newton steps; false for a < 0 and where 1/a does not fit. */
export function sqrt(out: usize, a: usize): bool {
  return power128.sqrt(out, a, FRACTION, SIGNED);
}

/** out ← √a by bisection to within epsilon; false for a < 0. */
export function checkedSqrt(out: usize, a: usize, epsilon: usize): bool {
  return power128.checkedSqrt(out, a, epsilon, FRACTION, SIGNED);
}

/** out ← a^k, products saturating; false for 0 to a negative power. */
export function checkedPow(out: usize, a: usize, k: i32): bool {
  return power128.checkedPow(out, a, k, FRACTION, SIGNED);
}
