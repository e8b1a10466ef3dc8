/** Apportionment: a whole amount among claims, to the last unit. */
import { ERROR_STAKE } from "../contract";
import * as wide from "../fixed/wide";
import { check } from "../trap";
import { setU64, u64At } from "./array";

/**
 * out_i = floor(total · claim_i / Σ claim), then one more unit each to the largest remainders (ties: the lower index),
 * so that Σ out = total. All arrays are u64 of length n; `remainders` is scratch. If every claim is 0 all count alike.
 * Traps with ERROR_STAKE where the claims sum to 2^64 or more.
 */
export function largestRemainder(out: usize, claims: usize, n: u32, total: u64, remainders: usize): void {
  let sum: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const next = sum + u64At(claims, i);
    check(next >= sum, ERROR_STAKE, i);
    sum = next;
  }
  const equal = sum === 0;
  if (equal) sum = n;
  let left = total;
  for (let i: u32 = 0; i < n; i++) {
    const claim = equal ? 1 : u64At(claims, i);
    const share = wide.divWide(wide.mulHigh(total, claim), total * claim, sum);
    setU64(out, i, share);
    setU64(remainders, i, total * claim - share * sum);
    left -= share;
  }
  for (; left > 0; left--) {
    let largest: u32 = 0;
    for (let i: u32 = 1; i < n; i++) if (u64At(remainders, i) > u64At(remainders, largest)) largest = i;
    setU64(out, largest, u64At(out, largest) + 1);
    setU64(remainders, largest, 0);
  }
}
