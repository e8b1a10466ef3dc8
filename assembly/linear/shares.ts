/** Whole weights as shares of their sum. Sums of up to 4096 values of 16 bits are below 2^28. */
import { set, setU16, u16At } from "./array";

const U16_MAX: u64 = 65535;

/** Σ values, u16[n]. */
function total(values: usize, n: u32): u64 {
  let sum: u64 = 0;
  for (let i: u32 = 0; i < n; i++) sum += u16At(values, i);
  return sum;
}

/** out_i = value_i / Σ value, u16[n] → I32F32[n], truncated; zeros if the sum is 0. Matches epoch/math.rs `inplace_normalize`. */
export function shares(out: usize, values: usize, n: u32): void {
  const sum = max<u64>(total(values, n), 1);
  for (let i: u32 = 0; i < n; i++) set(out, i, <i64>(((<u64>u16At(values, i)) << 32) / sum));
}

/** out_i = ⌊value_i · 65535 / Σ value⌋, u16[n] → u16[n]; zeros if the sum is 0. Matches subnets/weights.rs `normalize_weights`. */
export function wholeShares(out: usize, values: usize, n: u32): void {
  const sum = max<u64>(total(values, n), 1);
  for (let i: u32 = 0; i < n; i++) setU16(out, i, <u32>((<u64>u16At(values, i) * U16_MAX) / sum));
}

/**
 * Whether the largest share is at most limit / 65535, both truncated to I32F32; an empty row passes.
 * Matches epoch/math.rs `check_vec_max_limited`.
 */
export function withinLimit(values: usize, n: u32, limit: u32): bool {
  let largest: u64 = 0;
  for (let i: u32 = 0; i < n; i++) largest = max<u64>(largest, u16At(values, i));
  return (largest << 32) / max<u64>(total(values, n), 1) <= ((<u64>limit) << 32) / U16_MAX;
}
