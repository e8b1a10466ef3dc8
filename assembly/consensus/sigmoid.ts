/**
 * The sigmoid of liquid alpha: how quickly one bond follows one weight, all in I32F32 (epoch/run_epoch.rs
 * `alpha_sigmoid`). Called for every weight, so the slope is divided out once.
 */
import * as i32f32 from "../fixed/i32f32";

const HUNDRED: i64 = 100 << 32;
const LOW32: i64 = 0xffffffff;

/** steepness / −100 truncated, saturating; `steepness` is the i16 setting as an I32F32 integer. */
export function sigmoidSlope(steepness: i64): i64 {
  return i32f32.div(steepness, -HUNDRED);
}

/**
 * low + (high − low) / (1 + e^(slope·(d − 1/2))), clamped to [low, high] (to `low` where low > high), with
 * d = weight − consensus if weight ≥ bond, else bond − weight, clamped to [0, 1].
 */
export function alphaSigmoid(consensus: i64, weight: i64, bond: i64, low: i64, high: i64, slope: i64): i64 {
  const difference = weight >= bond ? i32f32.sub(weight, consensus) : i32f32.sub(bond, weight);
  const centred = min(max(difference, 0), i32f32.ONE) - i32f32.HALF;
  // slope·centred cannot overflow, for |centred| ≤ 1/2, and neither can its two parts.
  const exponent = (slope >> 32) * centred + (((slope & LOW32) * centred) >> 32);
  const sigmoid = i32f32.reciprocal(i32f32.ONE + i32f32.expSafe(exponent));
  const alpha = i32f32.add(low, i32f32.mul(sigmoid, i32f32.sub(high, low)));
  return max(min(alpha, high), low);
}
