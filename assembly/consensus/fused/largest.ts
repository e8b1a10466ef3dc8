/**
 * What Yuma 2 stores: shares over the largest of their column, as u16, eight columns at a time. For a bond b, T being the largest of h of
 * them and C their sum, it is ⌊v⌋ for v = ⌊s·2^32 / top⌋·65535 / 2^32, s = ⌊b·2^32 / C⌋, top = ⌊T·2^32 / C⌋. It is found from b and T alone
 * where that is proved, in integers where it is not.
 *
 * In steps of 2^−16: let M = 65535·2^16, w = b·M / T ≤ M, X = T·2^32 / C ≥ 2^32 / h, as the largest is no less than the mean. With
 * z = s·M / top the inner floor leaves v with z − 1 < v ≤ z and 0 ≤ v. The floors of s and top leave
 *
 *   z > (w·X / M − 1)·M / X = w − M / X > w − h,
 *   z < w·X / (X − 1) ≤ w + M / (X − 1) ≤ w + h,  as h·M / (2^32 − h) ≤ h for h ≤ 2^16.
 *
 * What is computed of w, M / T rounded times b rounded, is off by less than 2^−18; P is that rounded to an integer. So
 * P − h − 2 < v < P + h + 1, and with δ = h + 2, ⌊v⌋ in whole codes is the upper half of P + δ
 *
 *   where the lower half of that is 2δ or more;
 *   where the upper half is 0, as 0 ≤ v;
 *   where P = M, which is the largest itself, v = M: any other has w ≤ M − M/T, M/T > 0.99, and so P < M.
 */
import * as proportion from "../../fixed/proportion";
import { setU16, u32At, u64At } from "../../linear/array";
import * as area from "./area";
import { highHalves, lowHalves } from "./bonds";
import { highDoubles, lowDoubles, TWO52 } from "./lanes";
import { shareAt } from "./share";

const M: f64 = 65535.0 * 65536.0;
const FIRST_OF_TWO: u32 = 0x5555;

/** Codes of the block from column j on, from its new bonds, their sums, and the largest of each column at `tops` (u32). */
export function storeParts(j: u32, tops: usize): void {
  const topA = v128.load(tops);
  const topB = v128.load(tops, 16);
  const r0 = factors(lowDoubles(topA));
  const r1 = factors(highDoubles(topA));
  const r2 = factors(lowDoubles(topB));
  const r3 = factors(highDoubles(topB));
  const delta = area.height + 2;
  const middle = i16x8.splat(<i16>delta);
  const width = i16x8.splat(<i16>(2 * delta - 1));
  const zero = i16x8.splat(0);
  const one = i16x8.splat(-1);
  const lifted = f64x2.splat(TWO52 + <f64>delta);
  let bonds = area.newBondAt(0, j);
  let codes = area.halfAt(area.codes, 0, j);
  let r: u32 = 0;
  const stride = <usize>area.pitch;
  const end = area.newBondAt(area.height, j);
  do {
    const a = v128.load(bonds);
    const b = v128.load(bonds, 16);
    const p0 = f64x2.add(f64x2.mul(lowDoubles(a), r0), lifted);
    const p1 = f64x2.add(f64x2.mul(highDoubles(a), r1), lifted);
    const p2 = f64x2.add(f64x2.mul(lowDoubles(b), r2), lifted);
    const p3 = f64x2.add(f64x2.mul(highDoubles(b), r3), lifted);
    const partA = i32x4.shuffle(p0, p1, 0, 2, 4, 6);
    const partB = i32x4.shuffle(p2, p3, 0, 2, 4, 6);
    const high = highHalves(partA, partB);
    const low = lowHalves(partA, partB);
    v128.store(codes, high);
    const isTop = v128.and(i16x8.eq(high, one), i16x8.eq(low, middle));
    const isSure = v128.or(isTop, i16x8.eq(high, zero));
    const open = i8x16.bitmask(v128.andnot(i16x8.le_u(low, width), isSure)); // two bits each
    if (open !== 0) storeExactly(r, j, open, tops);
    bonds += stride << 2;
    codes += stride << 1;
    r++;
  } while (bonds < end);
}

/** M / T of two columns; 0 where there are no bonds. */
function factors(tops: v128): v128 {
  return v128.and(f64x2.div(f64x2.splat(M), tops), f64x2.gt(tops, f64x2.splat(0.0)));
}

/** In integers: codes of row r in those of eight columns from j on that have bits, two each. */
function storeExactly(r: u32, j: u32, open: u32, tops: usize): void {
  for (let rest = open & FIRST_OF_TWO; rest !== 0; rest &= rest - 1) {
    const k = ctz(rest) >> 1;
    const top = ((<u64>u32At(tops, k)) << 32) / u64At(area.total, j + k);
    setU16(area.halfAt(area.codes, r, j + k), 0, proportion.toU16(<i64>((shareAt(r, j + k) << 32) / top)));
  }
}
