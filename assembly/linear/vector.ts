/** Vectors of I32F32: arrays of raw i64 bits, one a uid. Where there are lanes they are gone through in pairs, an odd end by itself. */
import * as i32f32 from "../fixed/i32f32";
import * as proportion from "../fixed/proportion";
import * as ratio from "../fixed/ratio";
import { at, pairAt, set, setPair, setU16 } from "./array";

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

/** What was measured last: Σ x_i, wrapping, and the bits set in any x_i. */
export let total: i64 = 0;
export let bits: i64 = 0;

/** Measures a vector. */
export function measure(x: usize, n: u32): void {
  total = 0;
  bits = 0;
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    let totals = i64x2.splat(0);
    let all = i64x2.splat(0);
    for (; i + 1 < n; i += 2) {
      const pair = pairAt(x, i);
      totals = i64x2.add(totals, pair);
      all = v128.or(all, pair);
    }
    total = i64x2.extract_lane(totals, 0) + i64x2.extract_lane(totals, 1);
    bits = i64x2.extract_lane(all, 0) | i64x2.extract_lane(all, 1);
  }
  for (; i < n; i++) {
    total += at(x, i);
    bits |= at(x, i);
  }
}

/** out_i = x_i / Σ x, 0 where that overflows; a plain copy if the sum is 0. Aliasing is fine. Matches `inplace_normalize`. */
export function normalise(out: usize, x: usize, n: u32): void {
  measure(x, n);
  if (total === 0) {
    memory.copy(out, x, (<usize>n) << 3);
  } else if (ratio.areParts(bits, total)) {
    divideParts(out, x, n, total);
  } else {
    for (let i: u32 = 0; i < n; i++) set(out, i, i32f32.safeDiv(at(x, i), total));
  }
}

/** out_i = x_i / total for parts of the total (ratio.ts), as all are where nothing is negative or wraps. Aliasing is fine. */
export function divideParts(out: usize, x: usize, n: u32, total: i64): void {
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

/** out_i = ⌊a_i · b_i⌋ of numbers in [0, 1]. Aliasing is fine. Matches `vec_mul`. */
export function mul(out: usize, a: usize, b: usize, n: u32): void {
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    const one = i64x2.splat(i32f32.ONE);
    for (; i + 1 < n; i += 2) {
      const x = pairAt(a, i);
      // Most are 0 in many subnets.
      if (!v128.any_true(x)) {
        setPair(out, i, x);
        continue;
      }
      const y = pairAt(b, i);
      // Only one times one is 2^64, which wraps to 0.
      const whole = v128.and(v128.and(x, y), one);
      setPair(out, i, v128.or(i64x2.shr_u(i64x2.mul(x, y), 32), whole));
    }
  }
  for (; i < n; i++) set(out, i, i32f32.mul(at(a, i), at(b, i)));
}

/** out_i = trunc(x_i · 65535), u16, for numbers above −2^15 and below 2^15; saturating. Matches epoch/math.rs `fixed_proportion_to_u16`. */
export function toU16(out: usize, x: usize, n: u32): void {
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    for (; i + 7 < n; i += 8) {
      const low = i32x4.shuffle(times65535(pairAt(x, i)), times65535(pairAt(x, i + 2)), 1, 3, 5, 7);
      const high = i32x4.shuffle(times65535(pairAt(x, i + 4)), times65535(pairAt(x, i + 6)), 1, 3, 5, 7);
      v128.store(out + ((<usize>i) << 1), i16x8.narrow_i32x4_u(low, high));
    }
  }
  for (; i < n; i++) setU16(out, i, proportion.toU16(at(x, i)));
}

/** 65535 · x, whose upper half is the whole part. */
function times65535(x: v128): v128 {
  return i64x2.sub(i64x2.shl(x, 16), x);
}

/** Whether any element differs from zero. */
export function anyNonZero(x: usize, n: u32): bool {
  measure(x, n);
  return bits !== 0;
}
