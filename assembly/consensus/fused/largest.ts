/**
 * What Yuma 2 stores: shares over the largest of their column, as u16, eight columns at a time. It is ⌊v⌋ for
 * v = ⌊share·2^32 / top⌋·65535 / 2^32, in doubles where that is proved, in integers where it is not.
 *
 * In steps of 2^−16: let z = share·M / top with M = 65535·2^16. The inner floor leaves v with 0 ≤ v and z − 1 < v ≤ z, and v = z = M for
 * the largest itself, which is all of top. R is M / top rounded, times 1 + 2^−51 rounded; with share·R that is three roundings by a factor
 * within 1 ± 2^−53, so that z ≤ share·R < z + 2^−18. P is that rounded to the nearest integer: P − 1.6 < v < P + 0.6, and v has the upper
 * half of P, which is what is stored,
 *
 *   where the lower half of P is 2 or more;
 *   where the upper half is 0, as 0 ≤ v;
 *   where the upper half is 65535 and the lower 0: of the largest alone, as any other has z ≤ M − M/2^32 < M − 0.99 and so P < M.
 */
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { setU16, u32At, u64At } from "../../linear/array";
import * as area from "./area";
import { highHalves, lowHalves } from "./bonds";
import { highDoubles, lowDoubles, toU32 } from "./lanes";
import { countExact } from "./quotient";

const U16_ONE: u32 = 65535;
const M: f64 = 65535.0 * 65536.0;
const ABOVE: f64 = 1.0 + 4.440892098500626e-16;

/** f64 a column of the block in hand: R; 0 where the largest is 0 or one. */
const FACTORS = memory.data(64, 16);
/** u16 a column: all ones where the largest is one. It is stored as 0 in `shares`, and no other is present. */
const WHOLE = memory.data(16, 16);

/** Codes of a block at `to`, from the shares at `from`; `tops` are the largest of its columns, u64. */
export function storeParts(to: usize, from: usize, tops: usize): void {
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    const top = <i64>u64At(tops, k);
    const isWhole = top >= i32f32.ONE;
    store<f64>(FACTORS + ((<usize>k) << 3), isWhole || top === 0 ? 0.0 : (M / <f64>top) * ABOVE);
    setU16(WHOLE, k, isWhole ? U16_ONE : 0);
  }
  const r0 = v128.load(FACTORS);
  const r1 = v128.load(FACTORS, 16);
  const r2 = v128.load(FACTORS, 32);
  const r3 = v128.load(FACTORS, 48);
  const whole = v128.load(WHOLE);
  const one = i16x8.splat(1);
  const end = from + ((<usize>area.height * area.pitch) << 2);
  let shares = from;
  let codes = to;
  do {
    const a = v128.load(shares);
    const b = v128.load(shares, 16);
    const partA = toU32(f64x2.mul(lowDoubles(a), r0), f64x2.mul(highDoubles(a), r1));
    const partB = toU32(f64x2.mul(lowDoubles(b), r2), f64x2.mul(highDoubles(b), r3));
    const high = highHalves(partA, partB);
    const isClose = i16x8.le_u(lowHalves(partA, partB), one);
    const isEnd = i16x8.le_u(i16x8.add(high, one), one); // 0 or 65535
    if (v128.any_true(v128.andnot(isClose, isEnd))) storeExactly(codes, shares, tops);
    else v128.store(codes, v128.or(high, whole));
    shares += (<usize>area.pitch) << 2;
    codes += (<usize>area.pitch) << 1;
  } while (shares < end);
}

/** Eight columns of a row in integers. */
function storeExactly(to: usize, from: usize, tops: usize): void {
  countExact();
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    const top = u64At(tops, k);
    const isWhole = <i64>top >= i32f32.ONE;
    const part = top === 0 || isWhole ? 0 : <i64>(((<u64>u32At(from, k)) << 32) / top);
    setU16(to, k, isWhole ? U16_ONE : proportion.toU16(part));
  }
}
