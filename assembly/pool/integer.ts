/**
 * Integers of any length: natural.ts with a sign, which is 1 where the number is negative. Quotients round toward −∞.
 * Destination first; it may be an operand unless said.
 */
import * as natural from "./natural";

/** Room for two limbs, of which `natural.set` writes both. */
const unit = memory.data(24);

/** Whether a < 0. */
export function isNegative(a: usize): bool {
  return load<u32>(a, 4) !== 0;
}

/** Sets the sign; zero has none. */
export function setSign(a: usize, negative: bool): void {
  store<u32>(a, u32(negative && natural.length(a) > 0), 4);
}

/** out ← a + b. */
export function add(out: usize, a: usize, b: usize): void {
  addSigned(out, a, b, isNegative(b));
}

/** out ← a − b. */
export function sub(out: usize, a: usize, b: usize): void {
  addSigned(out, a, b, !isNegative(b));
}

/** out ← a + |b|, or a − |b|. */
function addSigned(out: usize, a: usize, b: usize, negative: bool): void {
  const sign = isNegative(a);
  if (sign === negative) {
    natural.add(out, a, b);
    setSign(out, sign);
  } else if (natural.compare(a, b) >= 0) {
    natural.sub(out, a, b);
    setSign(out, sign);
  } else {
    natural.sub(out, b, a);
    setSign(out, negative);
  }
}

/** out ← a·b; out is neither of them. */
export function mul(out: usize, a: usize, b: usize): void {
  natural.mul(out, a, b);
  setSign(out, isNegative(a) !== isNegative(b));
}

/** out ← a·factor. */
export function mulSmall(out: usize, a: usize, factor: u64): void {
  const sign = isNegative(a);
  natural.mulSmall(out, a, factor);
  setSign(out, sign);
}

/** out ← ⌊a/divisor⌋, divisor not 0. */
export function divSmall(out: usize, a: usize, divisor: u64): void {
  const sign = isNegative(a);
  const lost = natural.divSmall(out, a, divisor) !== 0;
  floored(out, sign, lost);
}

/** out ← ⌊a/2^bits⌋. */
export function shiftRight(out: usize, a: usize, bits: u64): void {
  const sign = isNegative(a);
  const lost = natural.shiftRight(out, a, bits);
  floored(out, sign, lost);
}

/** Gives a magnitude that was cut off its sign: a negative one that lost something is one more. */
function floored(out: usize, negative: bool, lost: bool): void {
  if (negative && lost) {
    natural.set(unit, 1, 0);
    natural.add(out, out, unit);
  }
  setSign(out, negative);
}
