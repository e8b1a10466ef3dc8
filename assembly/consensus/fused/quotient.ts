/**
 * Dividing a column by its sum, four rows at a time: in doubles where that is proved to give the exact floor, in integers where
 * it is not.
 *
 * For 0 < x ≤ 2^33 and 0 < C < 2^53, both exact as doubles, R = fl(2^32 / C) is off by a factor within 1 ± 2^−53, and so is each
 * rounding below. With low = fl(R·(1 − 2^−50)) and high = fl(R·(1 + 2^−50)):
 *
 *   fl(x·low)  ≤ (x·2^32/C) · (1 + 2^−53)^3 · (1 − 2^−50) < x·2^32/C
 *   fl(x·high) ≥ (x·2^32/C) · (1 − 2^−53)^3 · (1 + 2^−50) > x·2^32/C
 *
 * Equal floors of the two therefore are the floor of the exact quotient; x = 0 gives 0 twice. They differ where the exact quotient
 * is an integer or within about 2^−17 of one; their group of four is divided exactly.
 */
import * as wide from "../../fixed/wide";
import { setU64, u64At } from "../../linear/array";
import { toDouble, toInteger } from "./lanes";

const BELOW: f64 = 1.0 - 8.881784197001252e-16;
const ABOVE: f64 = 1.0 + 8.881784197001252e-16;

/** How many groups of four were divided exactly since the epoch began. */
export let exactGroups: u32 = 0;

/** Starts the count anew. */
export function resetCount(): void {
  exactGroups = 0;
}

/** to_r = ⌊from_r · 2^32 / total⌋ for `height` rows (a multiple of 4), u64; from_r ≤ total, at most 2^33. `to` may be `from`. */
export function divideColumn(to: usize, from: usize, height: u32, total: u64): void {
  const reciprocal = 4294967296.0 / <f64>(<i64>total);
  const below = f64x2.splat(reciprocal * BELOW);
  const above = f64x2.splat(reciprocal * ABOVE);
  for (let r: u32 = 0; r < height; r += 4) {
    const at = (<usize>r) << 3;
    const x = toDouble(v128.load(from + at));
    const y = toDouble(v128.load(from + at, 16));
    const lowX = f64x2.floor(f64x2.mul(x, below));
    const lowY = f64x2.floor(f64x2.mul(y, below));
    const openX = f64x2.ne(lowX, f64x2.floor(f64x2.mul(x, above)));
    const openY = f64x2.ne(lowY, f64x2.floor(f64x2.mul(y, above)));
    if (v128.any_true(v128.or(openX, openY))) {
      divideExactly(to + at, from + at, total);
    } else {
      v128.store(to + at, toInteger(lowX));
      v128.store(to + at, toInteger(lowY), 16);
    }
  }
}

/** Four rows in integers. */
function divideExactly(to: usize, from: usize, total: u64): void {
  exactGroups++;
  for (let lane: u32 = 0; lane < 4; lane++) {
    const x = u64At(from, lane);
    setU64(to, lane, wide.divWide(x >> 32, x << 32, total));
  }
}
