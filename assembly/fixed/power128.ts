/**
 * Roots and integer powers of the 128-bit formats, the methods of power64.ts.
 */
import * as fixed128 from "./fixed128";
import * as int128 from "./int128";

const BISECTION_STEPS: i32 = 129;

const unit = memory.data(16);
const two = memory.data(16);
const value = memory.data(16);
const root = memory.data(16);
const other = memory.data(16);
const high = memory.data(16);
const low = memory.data(16);
const distance = memory.data(16);

/**
 * out ← √a by as many Newton steps as there are fraction bits, below 1 as 1/√(1/a); false (the crate's error) for a < 0
 * and where 1/a does not fit. The steps do not suffice for the largest numbers of the 96-bit formats.
 */
export function sqrt(out: usize, a: usize, fraction: i32, signed: bool): bool {
  if (signed && int128.isNegative(a)) return false;
  fixed128.one(unit, fraction);
  if (int128.isZero(a) || int128.equal(a, unit)) {
    int128.copy(out, a);
    return true;
  }
  const invert = int128.less(a, unit, signed);
  if (!invert) int128.copy(value, a);
  else if (!fixed128.checkedDiv(value, unit, a, fraction, signed)) return false;
  int128.half(root, value);
  int128.add(root, root, unit);
  for (let i = 0; i < fraction; i++) {
    fixed128.wrappingDiv(other, value, root, fraction, signed);
    int128.add(other, other, root);
    int128.half(other, other);
    if (int128.equal(other, root)) break;
    int128.copy(root, other);
  }
  if (invert) return fixed128.checkedDiv(out, unit, root, fraction, signed);
  int128.copy(out, root);
  return true;
}

/** out ← √a by bisection until |a/m − m| ≤ epsilon, 129 steps at most; false for a < 0 (safe-math `checked_sqrt`). */
export function checkedSqrt(out: usize, a: usize, epsilon: usize, fraction: i32, signed: bool): bool {
  if (signed && int128.isNegative(a)) return false;
  fixed128.one(unit, fraction);
  int128.add(two, unit, unit);
  int128.copy(value, a);
  const above = int128.less(unit, a, signed);
  int128.copy(high, above ? a : unit);
  if (above) int128.set(low, 0, 0);
  else int128.copy(low, a);
  bisect(fraction, signed);
  for (let i = 0; i < BISECTION_STEPS; i++) {
    fixed128.safeDiv(other, value, root, fraction, signed);
    fixed128.absDiff(distance, other, root, signed);
    if (!int128.less(epsilon, distance, signed)) break;
    int128.copy(int128.less(other, root, signed) ? high : low, root);
    bisect(fraction, signed);
  }
  int128.copy(out, root);
  return true;
}

/** root ← (high + low) / 2, the sum saturating. */
function bisect(fraction: i32, signed: bool): void {
  fixed128.add(root, high, low, signed);
  fixed128.safeDiv(root, root, two, fraction, signed);
}

/**
 * out ← a^k by squaring with saturating products, for k < 0 the reciprocal or 0 where that does not fit; false for 0 to
 * a negative power (safe-math `checked_pow`).
 */
export function checkedPow(out: usize, a: usize, k: i32, fraction: i32, signed: bool): bool {
  if (int128.isZero(a) && k < 0) return false;
  fixed128.one(unit, fraction);
  int128.copy(root, unit);
  int128.copy(value, a);
  for (let rest = <u32>(k < 0 ? -k : k); rest !== 0; rest >>= 1) {
    if (rest & 1) fixed128.mul(root, root, value, fraction, signed);
    fixed128.mul(value, value, value, fraction, signed);
  }
  if (k < 0) fixed128.safeDiv(out, unit, root, fraction, signed);
  else int128.copy(out, root);
  return true;
}
