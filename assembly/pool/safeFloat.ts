/**
 * SafeFloat, the chain's decimal number for shares: value = mantissa · 10^exponent in 24 bytes, a u128 mantissa and an i64
 * exponent, little-endian. In normal form 10^20 < mantissa ≤ 10^21, and zero is (0, 0). Digits that have no room are
 * dropped, never rounded.
 *
 * Numbers are addresses, the destination first and allowed to be an operand. Operands must be in normal form. A function
 * that returns false failed where the original answers None, and left the destination alone.
 * Matches primitives/share-pool/src/lib.rs `SafeFloat`.
 */
import * as int128 from "../fixed/int128";
import * as wide from "../fixed/wide";

const EXPONENT: usize = 16;
/** 10^21, the largest mantissa, by its two limbs. */
const LARGEST_LOW: u64 = 3875820019684212736;
const LARGEST_HIGH: u64 = 54;
const LARGEST_DIGITS: i64 = 21;
/** 10^20, below every mantissa in normal form. */
const BELOW_LOW: u64 = 7766279631452241920;
const BELOW_HIGH: u64 = 5;
/** Powers of ten up to this one fit in 64 bits. */
const WORD_DIGITS: u64 = 19;

// u128 scratch.
const LARGEST = memory.data(16);
const BELOW = memory.data(16);
const RESULT = memory.data(16);
const FIRST = memory.data(16);
const SECOND = memory.data(16);
const EIGHTFOLD = memory.data(16);

// 256 bits.
const PRODUCT = memory.data(32);
const QUOTIENT = memory.data(32);

// SafeFloat scratch.
const WHOLE = memory.data(24);
const TWO_64 = memory.data(24);

int128.set(LARGEST, LARGEST_LOW, LARGEST_HIGH);
int128.set(BELOW, BELOW_LOW, BELOW_HIGH);

function exponentOf(a: usize): i64 {
  return load<i64>(a, EXPONENT);
}

/** out ← 0. */
export function zero(out: usize): void {
  int128.set(out, 0, 0);
  store<i64>(out, 0, EXPONENT);
}

/** out ← a. */
export function copy(out: usize, a: usize): void {
  const exponent = exponentOf(a);
  int128.copy(out, a);
  store<i64>(out, exponent, EXPONENT);
}

/** a = 0. */
export function isZero(a: usize): bool {
  return int128.isZero(a);
}

/** Whether a is in normal form. */
export function isNormal(a: usize): bool {
  if (isZero(a)) return exponentOf(a) === 0;
  return int128.less(BELOW, a, false) && !int128.less(LARGEST, a, false);
}

/** out ← mantissa · 10^exponent in normal form; false where the mantissa (u128) exceeds 10^21 or the exponent overflows. */
export function create(out: usize, mantissa: usize, exponent: i64): bool {
  return !int128.less(LARGEST, mantissa, false) && normalise(out, mantissa, exponent);
}

/** out ← n, exactly. */
export function fromU64(out: usize, n: u64): void {
  int128.set(SECOND, n, 0);
  normalise(out, SECOND, 0);
}

/** out ← the value of a U64F64: its whole part plus its fraction divided by 2^64, each in normal form. */
export function fromU64F64(out: usize, bits: usize): void {
  const fraction = load<u64>(bits);
  fromU64(WHOLE, load<u64>(bits, 8));
  int128.set(SECOND, 0, 1);
  normalise(TWO_64, SECOND, 0);
  fromU64(out, fraction);
  div(out, out, TWO_64);
  add(out, WHOLE, out);
}

/** out ← a + b at the larger exponent; false where the exponent overflows. */
export function add(out: usize, a: usize, b: usize): bool {
  if (isZero(a) || isZero(b)) {
    copy(out, isZero(a) ? b : a);
    return true;
  }
  const exponent = align(a, b);
  int128.add(FIRST, FIRST, SECOND);
  return normalise(out, FIRST, exponent);
}

/** out ← max(a − b, 0) at the larger exponent; false from zero unless b is zero too, and where the exponent overflows. */
export function sub(out: usize, a: usize, b: usize): bool {
  if (isZero(b)) {
    copy(out, a);
    return true;
  }
  if (isZero(a)) return false;
  const exponent = align(a, b);
  if (int128.less(FIRST, SECOND, false)) int128.copy(FIRST, SECOND);
  int128.sub(FIRST, FIRST, SECOND);
  return normalise(out, FIRST, exponent);
}

/** out ← a/b with mantissa ⌊ma·10^21/mb⌋; false for b = 0 and where the exponent overflows. */
export function div(out: usize, a: usize, b: usize): bool {
  if (isZero(b)) return false;
  // The exponents' difference may leave i64 and come back by 21.
  signExtend(FIRST, exponentOf(a));
  signExtend(SECOND, exponentOf(b));
  int128.sub(FIRST, FIRST, SECOND);
  signExtend(SECOND, LARGEST_DIGITS);
  int128.sub(FIRST, FIRST, SECOND);
  const exponent = load<i64>(FIRST);
  if (load<i64>(FIRST, 8) !== exponent >> 63) return false;
  productBy(a, LARGEST, b);
  return normalise(out, QUOTIENT, exponent);
}

/** out ← a·b/c with mantissa ⌊ma·mb/mc⌋; false for c = 0 and where ea + eb, that − ec, or the result's exponent overflows. */
export function mulDiv(out: usize, a: usize, b: usize, c: usize): bool {
  if (isZero(c)) return false;
  const ea = exponentOf(a);
  const eb = exponentOf(b);
  const ec = exponentOf(c);
  const sum = ea + eb;
  if (((ea ^ sum) & (eb ^ sum)) < 0) return false;
  const exponent = sum - ec;
  if (((sum ^ ec) & (sum ^ exponent)) < 0) return false;
  productBy(a, b, c);
  return normalise(out, QUOTIENT, exponent);
}

/**
 * Whether a > b as the original compares: exponents more than 1 apart decide alone, so that zero, whose exponent is 0, counts
 * as greater than a number with a very negative one.
 */
export function greater(a: usize, b: usize): bool {
  const ea = exponentOf(a);
  const eb = exponentOf(b);
  if (ea === eb) return int128.less(b, a, false);
  if (ea > eb) {
    if (<u64>(ea - eb) > 1) return true;
    timesTen(FIRST, a);
    return int128.less(b, FIRST, false);
  }
  if (<u64>(eb - ea) > 1) return false;
  timesTen(FIRST, b);
  return int128.less(FIRST, a, false);
}

/** ⌊a⌋ saturated to u64. */
export function toU64(a: usize): u64 {
  const exponent = exponentOf(a);
  // A mantissa is above 2^64 as it stands.
  dropDigits(FIRST, a, exponent < 0 ? <u64>-exponent : 0);
  return load<u64>(FIRST, 8) === 0 ? load<u64>(FIRST) : u64.MAX_VALUE;
}

/** out ← mantissa · 10^exponent in normal form; false where the exponent overflows on the way. */
function normalise(out: usize, mantissa: usize, exponent: i64): bool {
  if (int128.isZero(mantissa)) {
    zero(out);
    return true;
  }
  int128.copy(RESULT, mantissa);
  while (int128.less(LARGEST, RESULT, false)) {
    if (exponent === i64.MAX_VALUE) return false;
    int128.divSmall(RESULT, RESULT, 10);
    exponent++;
  }
  while (!int128.less(BELOW, RESULT, false)) {
    if (exponent === i64.MIN_VALUE) return false;
    timesTen(RESULT, RESULT);
    exponent--;
  }
  int128.copy(out, RESULT);
  store<i64>(out, exponent, EXPONENT);
  return true;
}

/** FIRST, SECOND ← the mantissas of a and b at the larger exponent, which is returned. */
function align(a: usize, b: usize): i64 {
  const ea = exponentOf(a);
  const eb = exponentOf(b);
  dropDigits(FIRST, a, ea < eb ? <u64>(eb - ea) : 0);
  dropDigits(SECOND, b, eb < ea ? <u64>(ea - eb) : 0);
  return max(ea, eb);
}

/** out ← ⌊a / 10^count⌋ for a mantissa a ≤ 10^21. */
function dropDigits(out: usize, a: usize, count: u64): void {
  if (count > <u64>LARGEST_DIGITS) {
    int128.set(out, 0, 0);
    return;
  }
  const first = min(count, WORD_DIGITS);
  int128.divSmall(out, a, power10(first));
  int128.divSmall(out, out, power10(count - first));
}

/** 10^k for k ≤ 19. */
function power10(k: u64): u64 {
  let power: u64 = 1;
  for (; k > 0; k--) power *= 10;
  return power;
}

/** out ← 10·a modulo 2^128. */
function timesTen(out: usize, a: usize): void {
  int128.add(out, a, a);
  int128.add(EIGHTFOLD, out, out);
  int128.add(EIGHTFOLD, EIGHTFOLD, EIGHTFOLD);
  int128.add(out, out, EIGHTFOLD);
}

/** QUOTIENT ← ⌊a·b/c⌋ of mantissas; at most 10^22, so that its lower 128 bits are all of it. */
function productBy(a: usize, b: usize, c: usize): void {
  wide.multiply256(PRODUCT, load<u64>(a), load<u64>(a, 8), load<u64>(b), load<u64>(b, 8));
  wide.divide256(QUOTIENT, PRODUCT, load<u64>(c), load<u64>(c, 8));
}

/** out ← n as a signed number of 128 bits. */
function signExtend(out: usize, n: i64): void {
  int128.set(out, <u64>n, <u64>(n >> 63));
}
