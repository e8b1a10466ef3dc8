/** Proportions: the chain stores shares of one as u16 over 65535 and pays shares of a rao amount. Shares are I32F32. */
import { ONE } from "./i32f32";

const U16_ONE: u64 = 65535;
const FRACTION_BITS: u64 = 32;
const FRACTION_MASK: u64 = 0xffffffff;

/** x / 65535 for x in 0..65535, truncated; 65535 → exactly one. Matches epoch/math.rs `u16_proportion_to_fixed`. */
export function fromU16(x: u32): i64 {
  return <i64>(((<u64>x) << FRACTION_BITS) / U16_ONE);
}

/** trunc(share · 65535), in 0..65535: a share beyond one gives 65535, a negative one 0. Matches `fixed_proportion_to_u16`. */
export function toU16(share: i64): u32 {
  if (share <= 0) return 0;
  if (share >= ONE) return <u32>U16_ONE;
  return <u32>((<u64>share * U16_ONE) >> FRACTION_BITS);
}

/**
 * trunc(share · amount) of a u64 amount, saturating; a negative share gives 0. The product in I96F32 never loses a bit,
 * so this is one exact multiplication and one shift. Matches run_epoch.rs, "Compute rao based emission scores".
 */
export function ofAmount(share: i64, amount: u64): u64 {
  if (share <= 0) return 0;
  const fraction = <u64>share & FRACTION_MASK;
  const part = (amount >> FRACTION_BITS) * fraction + (((amount & FRACTION_MASK) * fraction) >> FRACTION_BITS);
  const whole = <u64>share >> FRACTION_BITS;
  if (whole === 0) return part;
  return amount > (u64.MAX_VALUE - part) / whole ? u64.MAX_VALUE : whole * amount + part;
}

/** The lower and the upper half of the amount in hand, four times each. */
const LOW = memory.data(16, 16);
const HIGH = memory.data(16, 16);

/** Takes an amount in hand, for `lowHalves` and `highHalves` (why out of memory: ratio.ts). */
export function prepare(amount: u64): void {
  v128.store(LOW, i32x4.splat(<i32>amount));
  v128.store(HIGH, i32x4.splat(<i32>(amount >> FRACTION_BITS)));
}

/** The lower half of the amount in hand, in all lanes. */
export function lowHalves(): v128 {
  return v128.load(LOW);
}

/** The upper half. */
export function highHalves(): v128 {
  return v128.load(HIGH);
}

/** `ofAmount` of two shares below one. */
export function ofAmounts(shares: v128, low: v128, high: v128): v128 {
  const fractions = i32x4.shuffle(shares, shares, 0, 2, 0, 2);
  const fromLow = i64x2.extmul_low_i32x4_u(fractions, low);
  return i64x2.add(i64x2.extmul_low_i32x4_u(fractions, high), i64x2.shr_u(fromLow, 32));
}
