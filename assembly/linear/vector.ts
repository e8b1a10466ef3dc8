/** Vectors of I32F32: arrays of raw i64 bits, one a uid. Where there are lanes they are gone through in pairs, an odd end by itself. */
import * as i32f32 from "../fixed/i32f32";
import * as ratio from "../fixed/ratio";
import { at, pairAt, set, setPair } from "./array";

/** Σ x_i, wrapping (as the reference's `iter().sum()`). Matches epoch/math.rs `sum`. */
export function sum(x: usize, n: u32): i64 {
  let total: i64 = 0;
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    let totals = i64x2.splat(0);
    for (; i + 1 < n; i += 2) totals = i64x2.add(totals, pairAt(x, i));
    total = i64x2.extract_lane(totals, 0) + i64x2.extract_lane(totals, 1);
  }
  for (; i < n; i++) total += at(x, i);
  return total;
}

/** The bits set in any x_i. */
export function bitsOf(x: usize, n: u32): i64 {
  let bits: i64 = 0;
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    let all = i64x2.splat(0);
    for (; i + 1 < n; i += 2) all = v128.or(all, pairAt(x, i));
    bits = i64x2.extract_lane(all, 0) | i64x2.extract_lane(all, 1);
  }
  for (; i < n; i++) bits |= at(x, i);
  return bits;
}

/** out_i = x_i / total, 0 where that overflows; a plain copy if total is 0. Aliasing is fine. Matches `inplace_normalize_using_sum`. */
export function divideBy(out: usize, x: usize, n: u32, total: i64): void {
  if (total === 0) {
    memory.copy(out, x, (<usize>n) << 3);
  } else if (ratio.areParts(bitsOf(x, n), total)) {
    divideParts(out, x, n, total);
  } else {
    for (let i: u32 = 0; i < n; i++) set(out, i, i32f32.safeDiv(at(x, i), total));
  }
}

/** The same of parts of the total, as they are wherever nothing is negative or wraps. */
function divideParts(out: usize, x: usize, n: u32, total: i64): void {
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    ratio.prepare(total);
    const totals = ratio.totals();
    const inverses = ratio.inverses();
    for (; i + 1 < n; i += 2) {
      const parts = pairAt(x, i);
      // Most are 0 in many subnets.
      setPair(out, i, v128.any_true(parts) ? ratio.ratios(parts, totals, inverses) : parts);
    }
  }
  const inverse = ratio.inverseOf(total);
  for (; i < n; i++) set(out, i, ratio.ratio(at(x, i), total, inverse));
}

/** out_i = x_i / Σ x; a plain copy if the sum is 0. Aliasing is fine. Matches `inplace_normalize`. */
export function normalise(out: usize, x: usize, n: u32): void {
  divideBy(out, x, n, sum(x, n));
}

/** Whether any element differs from zero. */
export function anyNonZero(x: usize, n: u32): bool {
  return bitsOf(x, n) !== 0;
}
