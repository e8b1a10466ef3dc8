/**
 * Roots and integer powers of I32F32.
 */
import { add, checkedDiv, mul, ONE, safeDiv, sub, wrappingDiv } from "./i32f32";

const TWO: i64 = 2 << 32;
const NEWTON_STEPS: i32 = 32;
const BISECTION_STEPS: i32 = 129;

const slot = memory.data(8);

/**
 * Stores √x at `out` by the crate's 32 Newton steps l ← (l + x/l) / 2 from x/2 + 1, below 1 as 1/√(1/x); false (the
 * crate's error) for x < 0 and where 1/x does not fit. The steps do not suffice for the largest numbers.
 */
export function sqrt(out: usize, x: i64): bool {
  if (x < 0) return false;
  if (x === 0 || x === ONE) {
    store<i64>(out, x);
    return true;
  }
  const invert = x < ONE;
  if (invert) {
    if (!checkedDiv(slot, ONE, x)) return false;
    x = load<i64>(slot);
  }
  let root = (x >> 1) + ONE;
  for (let i = 0; i < NEWTON_STEPS; i++) {
    const next = (root + wrappingDiv(x, root)) >> 1;
    if (next === root) break;
    root = next;
  }
  if (invert) return checkedDiv(out, ONE, root);
  store<i64>(out, root);
  return true;
}

/**
 * Stores √x at `out` by bisection until |x/m − m| ≤ epsilon, 129 steps at most; false for x < 0 (safe-math
 * `checked_sqrt`).
 */
export function checkedSqrt(out: usize, x: i64, epsilon: i64): bool {
  if (x < 0) return false;
  let high = x > ONE ? x : ONE;
  let low = x > ONE ? 0 : x;
  let middle = safeDiv(add(high, low), TWO);
  for (let i = 0; i < BISECTION_STEPS; i++) {
    const other = safeDiv(x, middle);
    if ((other < middle ? sub(middle, other) : sub(other, middle)) <= epsilon) break;
    if (other < middle) high = middle;
    else low = middle;
    middle = safeDiv(add(high, low), TWO);
  }
  store<i64>(out, middle);
  return true;
}

/**
 * Stores x^k at `out` by squaring with saturating products, for k < 0 the reciprocal or 0 where that does not fit; false
 * for 0 to a negative power (safe-math `checked_pow`).
 */
export function checkedPow(out: usize, x: i64, k: i32): bool {
  if (x === 0 && k < 0) return false;
  let result = ONE;
  let base = x;
  for (let rest = <u32>(k < 0 ? -k : k); rest !== 0; rest >>= 1) {
    if (rest & 1) result = mul(result, base);
    base = mul(base, base);
  }
  store<i64>(out, k < 0 ? safeDiv(ONE, result) : result);
  return true;
}
