/** Max-upscaling: a row of weights stretched so that its largest is 65535, as the chain stores it. */
import * as i32f32 from "../fixed/i32f32";
import { at, setU16, u16At } from "./array";

/** 65535 and 32768 as I32F32. */
const U16_MAX: i64 = 65535 << 32;
const THRESHOLD: i64 = 32768 << 32;

/**
 * One entry, I32F32 → u16: largest > 32768: round(value · ⌊65535 / largest⌋₃₂); else round(⌊value · 65535 / largest⌋₃₂),
 * halves up, saturated to [0, 65535]; largest = 0: value · 65535 floored. ⌊⌋₃₂ truncates to 32 fraction bits.
 * Matches epoch/math.rs `vec_max_upscale_to_u16`.
 */
function upscaled(value: i64, largest: i64): u16 {
  if (largest === 0) return i32f32.toU16(i32f32.mul(value, U16_MAX));
  const stretched =
    largest > THRESHOLD
      ? i32f32.mul(value, i32f32.safeDiv(U16_MAX, largest))
      : i32f32.safeDiv(i32f32.mul(value, U16_MAX), largest);
  return i32f32.toU16(i32f32.round(stretched));
}

/** out_i = value_i upscaled; u16[n] → u16[n]; all zero stays all zero. Aliasing is fine. Matches `vec_u16_max_upscale_to_u16`. */
export function upscaleWhole(out: usize, values: usize, n: u32): void {
  let largest: u32 = 0;
  for (let i: u32 = 0; i < n; i++) largest = max(largest, u16At(values, i));
  for (let i: u32 = 0; i < n; i++) {
    setU16(out, i, upscaled((<i64>u16At(values, i)) << 32, (<i64>largest) << 32));
  }
}

/** out_i = x_i upscaled; I32F32[n], of any sign and size, → u16[n]. Matches `vec_max_upscale_to_u16`. */
export function upscale(out: usize, x: usize, n: u32): void {
  let largest = i64.MIN_VALUE;
  for (let i: u32 = 0; i < n; i++) largest = max(largest, at(x, i));
  for (let i: u32 = 0; i < n; i++) setU16(out, i, upscaled(at(x, i), largest));
}
