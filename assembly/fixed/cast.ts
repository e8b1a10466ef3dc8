/**
 * Conversions: between the 128-bit formats, I32F32, integers and the bits of an IEEE double; rounding to integers.
 * Every conversion saturates; fraction bits that have no room are dropped toward −∞, save from a double, which rounds to
 * the nearest, ties to even. A format is (fraction bits, signed) as in fixed128.ts; an integer has fraction 0.
 */
import { limit } from "./fixed128";
import * as int128 from "./int128";

const LOW32: u64 = 0xffffffff;
const SIGN: u64 = 1 << 63;
/** The leading bit of a double's 53-bit mantissa, which is not stored. */
const LEADING: u64 = 1 << 52;
/** The biased exponent of the largest finite doubles. */
const TOP_EXPONENT: i32 = 0x7fe;

/** 16 zero bytes, the number, 16 bytes of its sign: reading at another offset shifts by whole bytes. */
const window = memory.data(48);
const wide = memory.data(16);

/** out ← a of format (fromFraction, fromSigned) as (toFraction, toSigned); the fractions differ by 64 bits at most. */
export function convert(
  out: usize,
  a: usize,
  fromFraction: i32,
  fromSigned: bool,
  toFraction: i32,
  toSigned: bool,
): void {
  const negative = fromSigned && int128.isNegative(a);
  const sign: i64 = negative ? -1 : 0;
  int128.copy(window + 16, a);
  int128.set(window + 32, <u64>sign, <u64>sign);
  const from = window + 16 + <usize>((fromFraction - toFraction) >> 3);
  int128.copy(out, from);
  const above = toSigned ? load<i64>(out, 8) >> 63 : 0;
  if (above !== sign || load<i64>(from, 16) !== sign) limit(out, negative, toSigned);
}

/** out ← x of I32F32. */
export function fromI32F32(out: usize, x: i64, fraction: i32, signed: bool): void {
  int128.set(wide, <u64>x, <u64>(x >> 63));
  convert(out, wide, 32, true, fraction, signed);
}

/** a as I32F32. */
export function toI32F32(a: usize, fraction: i32, signed: bool): i64 {
  convert(wide, a, fraction, signed, 32, true);
  return clamp(wide);
}

/** out ← the integer n. */
export function fromU64(out: usize, n: u64, fraction: i32, signed: bool): void {
  int128.set(wide, n, 0);
  convert(out, wide, 0, false, fraction, signed);
}

/** out ← the integer n. */
export function fromI64(out: usize, n: i64, fraction: i32, signed: bool): void {
  int128.set(wide, <u64>n, <u64>(n >> 63));
  convert(out, wide, 0, true, fraction, signed);
}

/** ⌊a⌋ as u64. */
export function toU64(a: usize, fraction: i32, signed: bool): u64 {
  convert(wide, a, fraction, signed, 0, false);
  return load<u64>(wide, 8) === 0 ? load<u64>(wide) : u64.MAX_VALUE;
}

/** ⌊a⌋ as u16. */
export function toU16(a: usize, fraction: i32, signed: bool): u16 {
  const integer = toU64(a, fraction, signed);
  return integer > 0xffff ? 0xffff : <u16>integer;
}

/** ⌊a⌋ as i64. */
export function toI64(a: usize, fraction: i32, signed: bool): i64 {
  convert(wide, a, fraction, signed, 0, true);
  return clamp(wide);
}

/** out ← ⌊a⌋; the crate's `int` is the same. */
export function floor(out: usize, a: usize, fraction: i32): void {
  int128.set(out, load<u64>(a) & ~fractionMask(fraction), load<u64>(a, 8));
}

/** out ← a − ⌊a⌋, in [0, 1) also for negative a. */
export function frac(out: usize, a: usize, fraction: i32): void {
  int128.set(out, load<u64>(a) & fractionMask(fraction), 0);
}

/** out ← the nearest integer, halves away from zero; wraps past the top, as in a release build. */
export function round(out: usize, a: usize, fraction: i32, signed: bool): void {
  const half = ((<u64>1) << (fraction - 1)) - u64(signed && int128.isNegative(a));
  const low = load<u64>(a) + half;
  int128.set(out, low & ~fractionMask(fraction), load<u64>(a, 8) + u64(low < half));
}

/**
 * out ← the double whose bits are `bits`, saturating; false where the crate panics. It mistakes the largest finite
 * exponent for the mark of NaN, so that this happens for ±(2^1023, 2^1024), while NaN saturates like ±∞ by its sign bit.
 */
export function fromF64(out: usize, bits: u64, fraction: i32, signed: bool): bool {
  const exponent = <i32>((bits >> 52) & 0x7ff);
  const mantissa = (bits & (LEADING - 1)) | LEADING;
  const negative = bits >> 63 !== 0;
  if (exponent === TOP_EXPONENT && mantissa !== LEADING) return false;
  // The value is mantissa·2^(exponent − 1075). Subnormals (exponent 0) are far below half a step of any format.
  const shift = exponent - 1075 + fraction;
  if (shift > 75) {
    limit(out, negative, signed);
    return true;
  }
  if (shift > 0) {
    int128.set(
      out,
      shift < 64 ? mantissa << shift : 0,
      shift < 64 ? (mantissa >> 1) >> (63 - shift) : mantissa << (shift - 64),
    );
  } else {
    int128.set(out, roundEven(mantissa, -shift), 0);
  }
  if (signed ? load<u64>(out, 8) >= SIGN : negative) limit(out, negative, signed);
  else if (negative) int128.negate(out, out);
  return true;
}

/** The same for I32F32. */
export function i32f32FromF64(out: usize, bits: u64): bool {
  if (!fromF64(wide, bits, 32, true)) return false;
  store<i64>(out, clamp(wide));
  return true;
}

/** mantissa / 2^count rounded to the nearest integer, ties to even; mantissa < 2^53. */
function roundEven(mantissa: u64, count: i32): u64 {
  if (count === 0) return mantissa;
  if (count > 53) return 0;
  const whole = mantissa >> count;
  const rest = mantissa - (whole << count);
  const half = (<u64>1) << (count - 1);
  return whole + u64(rest > half || (rest === half && (whole & 1) === 1));
}

/** The low `fraction` bits of the low limb. */
function fractionMask(fraction: i32): u64 {
  return fraction === 64 ? u64.MAX_VALUE : LOW32;
}

/** A signed 128-bit number saturated to 64 bits. */
function clamp(a: usize): i64 {
  const high = load<i64>(a, 8);
  const low = load<i64>(a);
  if (high === low >> 63) return low;
  return high < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
}
