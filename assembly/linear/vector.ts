/** Vectors of I32F32: arrays of raw i64 bits, one a uid. */
import * as i32f32 from "../fixed/i32f32";
import { at, set } from "./array";

/** Σ x_i, wrapping (as the reference's `iter().sum()`). Matches epoch/math.rs `sum`. */
export function sum(x: usize, n: u32): i64 {
  let total: i64 = 0;
  for (let i: u32 = 0; i < n; i++) total += at(x, i);
  return total;
}

/** out_i = x_i / total, 0 where that overflows; a plain copy if total is 0. Aliasing is fine. Matches `inplace_normalize_using_sum`. */
export function divideBy(out: usize, x: usize, n: u32, total: i64): void {
  if (total === 0) {
    memory.copy(out, x, (<usize>n) << 3);
    return;
  }
  for (let i: u32 = 0; i < n; i++) {
    const part = at(x, i);
    set(out, i, part === 0 ? 0 : i32f32.safeDiv(part, total));
  }
}

/** out_i = x_i / Σ x; a plain copy if the sum is 0. Aliasing is fine. Matches `inplace_normalize`. */
export function normalise(out: usize, x: usize, n: u32): void {
  divideBy(out, x, n, sum(x, n));
}

/** Whether any element differs from zero. */
export function anyNonZero(x: usize, n: u32): bool {
  for (let i: u32 = 0; i < n; i++) if (at(x, i) !== 0) return true;
  return false;
}
