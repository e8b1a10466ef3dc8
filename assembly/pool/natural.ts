/**
 * Natural numbers of any length, at an address: u32 number of limbs, u32 sign (integer.ts; 0 here), then little-endian
 * 64-bit limbs, the highest one not 0. Zero has no limbs. The destination comes first and must have room for the longest
 * result; it may be an operand unless said.
 */
import * as arena from "../arena";
import { divWide, mulHigh } from "../fixed/wide";

const HEADER: usize = 8;
const LIMB_BITS: u64 = 64;
const LOW32: u64 = 0xffffffff;

/** Draws a number with room for `limbs` limbs, 0. */
export function draw(limbs: u32): usize {
  const address = arena.alloc(8 + 8 * <u64>limbs);
  store<u64>(address, 0);
  return address;
}

/** The number of limbs of a. */
export function length(a: usize): u32 {
  return load<u32>(a);
}

/** Limb i of a, i below its length. */
export function limb(a: usize, i: u32): u64 {
  return load<u64>(a + ((<usize>i) << 3), HEADER);
}

/** Writes limb i; `trim` or `setLength` must follow. */
export function setLimb(a: usize, i: u32, value: u64): void {
  store<u64>(a + ((<usize>i) << 3), value, HEADER);
}

/** Gives a at most `limbs` limbs, without leading zeros, and no sign. */
export function trim(a: usize, limbs: u32): void {
  let n = limbs;
  while (n > 0 && limb(a, n - 1) === 0) n--;
  store<u64>(a, n);
}

/** out ← high·2^64 + low. */
export function set(out: usize, low: u64, high: u64): void {
  setLimb(out, 0, low);
  setLimb(out, 1, high);
  trim(out, 2);
}

/** out ← a, sign included. */
export function copy(out: usize, a: usize): void {
  memory.copy(out, a, HEADER + ((<usize>length(a)) << 3));
}

/** The bits of a: the least b with a < 2^b. */
export function bitLength(a: usize): u64 {
  const n = length(a);
  return n === 0 ? 0 : LIMB_BITS * n - clz(limb(a, n - 1));
}

/** −1, 0 or 1 as a is below, equal to or above b. */
export function compare(a: usize, b: usize): i32 {
  const n = length(a);
  if (n !== length(b)) return n < length(b) ? -1 : 1;
  for (let i = n; i-- > 0; ) {
    if (limb(a, i) !== limb(b, i)) return limb(a, i) < limb(b, i) ? -1 : 1;
  }
  return 0;
}

/** out ← a + b. */
export function add(out: usize, a: usize, b: usize): void {
  const longer = length(a) >= length(b) ? a : b;
  const shorter = longer === a ? b : a;
  const n = length(longer);
  const m = length(shorter);
  let carry: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const addend = i < m ? limb(shorter, i) : 0;
    const sum = limb(longer, i) + addend;
    const whole = sum + carry;
    carry = u64(sum < addend) | u64(whole < sum);
    setLimb(out, i, whole);
  }
  setLimb(out, n, carry);
  trim(out, n + 1);
}

/** out ← a − b for a ≥ b. */
export function sub(out: usize, a: usize, b: usize): void {
  const n = length(a);
  const m = length(b);
  let borrow: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const from = limb(a, i);
    const taken = i < m ? limb(b, i) : 0;
    const difference = from - taken;
    setLimb(out, i, difference - borrow);
    borrow = u64(from < taken) | u64(difference < borrow);
  }
  trim(out, n);
}

/** out ← a·b; out is neither of them. */
export function mul(out: usize, a: usize, b: usize): void {
  const n = length(a);
  const m = length(b);
  memory.fill(out + HEADER, 0, (<usize>(n + m)) << 3);
  for (let i: u32 = 0; i < n; i++) {
    const factor = limb(a, i);
    let carry: u64 = 0;
    for (let k: u32 = 0; k < m; k++) {
      const other = limb(b, k);
      const low = factor * other + carry;
      const sum = low + limb(out, i + k);
      carry = mulHigh(factor, other) + u64(low < carry) + u64(sum < low);
      setLimb(out, i + k, sum);
    }
    setLimb(out, i + m, carry);
  }
  trim(out, n + m);
}

/** out ← a·factor. */
export function mulSmall(out: usize, a: usize, factor: u64): void {
  const n = length(a);
  let carry: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const each = limb(a, i);
    const low = each * factor + carry;
    carry = mulHigh(each, factor) + u64(low < carry);
    setLimb(out, i, low);
  }
  setLimb(out, n, carry);
  trim(out, n + 1);
}

/** out ← ⌊a/divisor⌋, divisor not 0; returns the remainder. */
export function divSmall(out: usize, a: usize, divisor: u64): u64 {
  const n = length(a);
  let rest: u64 = 0;
  for (let i = n; i-- > 0; ) {
    const each = limb(a, i);
    if (divisor <= LOW32) {
      const high = (rest << 32) | (each >> 32);
      const quotient = high / divisor;
      const low = ((high - quotient * divisor) << 32) | (each & LOW32);
      setLimb(out, i, (quotient << 32) | (low / divisor));
      rest = low % divisor;
    } else {
      const quotient = divWide(rest, each, divisor);
      setLimb(out, i, quotient);
      rest = each - quotient * divisor;
    }
  }
  trim(out, n);
  return rest;
}

/** out ← a·2^bits. */
export function shiftLeft(out: usize, a: usize, bits: u64): void {
  const n = length(a);
  const whole = <u32>(bits >> 6);
  const part = bits & 63;
  // From the top, so that out may be a.
  let above: u64 = 0;
  for (let i = n; i-- > 0; ) {
    const each = limb(a, i);
    setLimb(out, i + whole + 1, part === 0 ? above : (above << part) | (each >> (LIMB_BITS - part)));
    above = each;
  }
  setLimb(out, whole, above << part);
  memory.fill(out + HEADER, 0, (<usize>whole) << 3);
  trim(out, n === 0 ? 0 : n + whole + 1);
}

/** out ← ⌊a/2^bits⌋; returns whether a bit that was set fell off. */
export function shiftRight(out: usize, a: usize, bits: u64): bool {
  const n = length(a);
  if (bits >= LIMB_BITS * n) {
    store<u64>(out, 0);
    return n > 0;
  }
  const whole = <u32>(bits >> 6);
  const part = bits & 63;
  let lost: u64 = part === 0 ? 0 : limb(a, whole) << (LIMB_BITS - part);
  for (let i: u32 = 0; i < whole; i++) lost |= limb(a, i);
  const last = n - whole;
  for (let i: u32 = 0; i < last; i++) {
    const each = limb(a, i + whole);
    const above = i + 1 < last ? limb(a, i + whole + 1) : 0;
    setLimb(out, i, part === 0 ? each : (each >> part) | (above << (LIMB_BITS - part)));
  }
  trim(out, last);
  return lost !== 0;
}
