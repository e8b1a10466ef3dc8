/**
 * Narrowing the search for consensus in eight columns at once, by the upper bits of scores and stakes: twice as many lanes as search.ts
 * has, and sums that are only nearly right. What they decide is certain; where they can't, a lane stops, and search.ts goes on.
 *
 * h = score >> shift, below 2^15. The stake F of scores below q << shift is that of h < q. With s = stake >> 16, the sum σ of s over
 * these has σ·2^16 ≤ F < (σ + voters)·2^16. With m = minority >> 16 therefore F exceeds the minority where σ > m, and does not
 * where σ + voters ≤ m. The row at the largest h is not below any q in question, so that σ is less than S / 2^16 and fits 16 bits.
 */
import * as area from "./area";
import { EDGE } from "./search";

/** Bits of a h. */
const BITS: u32 = 15;
/** Bytes of a row of eight h; they lie where bonds will. */
const ROW: u32 = 16;

/** m, and the number of voters. */
let minority: u32 = 0;
let voters: u32 = 0;

/** Once an epoch. The minority of stake is not negative, and less than 2^32 where anything is searched. */
export function prepareNarrow(minorityStake: i64): void {
  minority = <u32>(minorityStake >> 16);
  voters = area.height - area.others;
}

/**
 * Raises the smallest and lowers the largest scores of eight columns, u32 at `bottoms` and `tops`, towards the quantile between
 * them; `guesses` (f32) may be anything. Does nothing where a score is 2^31 or more or all of m is in doubt.
 */
export function narrow(scores: usize, bottoms: usize, tops: usize, guesses: usize): void {
  const most = i32x4.max_u(v128.load(tops), v128.load(tops, 16));
  const pair = i32x4.max_u(most, i32x4.shuffle(most, most, 2, 3, 0, 1));
  const largest = max<u32>(i32x4.extract_lane(pair, 0), i32x4.extract_lane(pair, 1));
  if (minority < voters || <i32>largest <= 0) return;
  const shift = max<i32>(32 - BITS - clz(largest), 0);
  storeHalves(scores, shift);
  const guessA = i32x4.trunc_sat_f32x4_s(v128.load(guesses));
  const guessB = i32x4.trunc_sat_f32x4_s(v128.load(guesses, 16));
  const start = area.bond + area.others * ROW;
  const end = area.bond + area.height * ROW;
  const m = i16x8.splat(<i16>minority);
  const sure = i16x8.splat(<i16>(minority - voters));
  const zero = i16x8.splat(0);
  let low = halves(v128.load(bottoms), v128.load(bottoms, 16), shift);
  let high = halves(v128.load(tops), v128.load(tops, 16), shift);
  let below = zero; //             σ of h < low
  let reached = i16x8.splat(-1); // σ of h ≤ high, or more
  let open = i16x8.lt_s(low, high);
  let pivot = i16x8.min_s(i16x8.max_s(halves(guessA, guessB, shift), i16x8.add(low, i16x8.splat(1))), high);
  while (v128.any_true(open)) {
    let sum = zero;
    let under = zero;
    let over = i16x8.splat(-1);
    let stakes = area.medianStake + ((<usize>area.others) << 2) + 2; // their upper halves
    let row = start;
    // Voters in pairs, as in search.ts.
    do {
      const one = v128.load(row);
      const two = v128.load(row, ROW);
      const isOneUnder = i16x8.gt_s(pivot, one);
      const isTwoUnder = i16x8.gt_s(pivot, two);
      sum = i16x8.add(sum, v128.and(v128.load16_splat(stakes), isOneUnder));
      sum = i16x8.add(sum, v128.and(v128.load16_splat(stakes, 4), isTwoUnder));
      under = i16x8.max_s(under, v128.and(one, isOneUnder));
      under = i16x8.max_s(under, v128.and(two, isTwoUnder));
      over = i16x8.min_u(over, v128.or(one, isOneUnder));
      over = i16x8.min_u(over, v128.or(two, isTwoUnder));
      stakes += 8;
      row += 2 * ROW;
    } while (row < end);
    const lower = v128.and(open, i16x8.gt_u(sum, m));
    const raise = v128.and(open, i16x8.le_u(sum, sure));
    high = v128.bitselect(under, high, lower);
    reached = v128.bitselect(sum, reached, lower);
    low = v128.bitselect(over, low, raise);
    below = v128.bitselect(sum, below, raise);
    open = v128.and(v128.or(lower, raise), i16x8.lt_s(low, high));
    const first = i16x8.add(low, i16x8.splat(1));
    const room = i16x8.sub(high, first);
    const missing = i16x8.sub(m, below);
    const stake = i16x8.sub(reached, below);
    const partA = part(
      i32x4.extend_low_i16x8_u(missing),
      i32x4.extend_low_i16x8_u(stake),
      i32x4.extend_low_i16x8_s(room),
    );
    const partB = part(
      i32x4.extend_high_i16x8_u(missing),
      i32x4.extend_high_i16x8_u(stake),
      i32x4.extend_high_i16x8_s(room),
    );
    const next = i16x8.add(first, i16x8.narrow_i32x4_s(partA, partB));
    pivot = v128.bitselect(next, high, open);
  }
  enclose(scores, low, high, shift, bottoms, tops);
}

/** As `between` of search.ts has it, less its first: room · missing / stake of four columns, kept away from both ends, room < 2^15. */
function part(missing: v128, stake: v128, room: v128): v128 {
  const share = f32x4.div(f32x4.convert_i32x4_s(missing), f32x4.convert_i32x4_s(stake));
  const kept = f32x4.pmin(f32x4.pmax(share, f32x4.splat(EDGE)), f32x4.splat(<f32>1.0 - EDGE));
  // 2^23 as a float has room for integers in its low bits.
  const whole = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(room), kept), f32x4.splat(8388608.0));
  return v128.and(whole, i32x4.splat(0x7fff));
}

/** Eight u32 without their lowest bits, as i16. */
function halves(a: v128, b: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_u(i32x4.shr_u(a, shift), i32x4.shr_u(b, shift));
}

/** h of all rows, and of one more, which has no score. */
function storeHalves(scores: usize, shift: i32): void {
  const end = area.cellsAt(scores, area.height + 1);
  let cells = scores;
  let to = area.bond;
  do {
    v128.store(to, halves(v128.load(cells), v128.load(cells, 16), shift));
    cells += area.CELLS;
    to += ROW;
  } while (cells < end);
}

/** `bottoms` and `tops` ← the smallest and the largest score whose h lies between low and high. */
function enclose(scores: usize, low: v128, high: v128, shift: i32, bottoms: usize, tops: usize): void {
  const rest = i32x4.splat((1 << shift) - 1);
  const leastA = i32x4.shl(i32x4.extend_low_i16x8_u(low), shift);
  const leastB = i32x4.shl(i32x4.extend_high_i16x8_u(low), shift);
  const mostA = v128.or(i32x4.shl(i32x4.extend_low_i16x8_u(high), shift), rest);
  const mostB = v128.or(i32x4.shl(i32x4.extend_high_i16x8_u(high), shift), rest);
  let bottomA = i32x4.splat(-1);
  let bottomB = bottomA;
  let topA = i32x4.splat(0);
  let topB = topA;
  const end = area.cellsAt(scores, area.height);
  let cells = area.cellsAt(scores, area.others);
  do {
    const a = v128.load(cells);
    const b = v128.load(cells, 16);
    bottomA = i32x4.min_u(bottomA, v128.or(a, i32x4.gt_s(leastA, a)));
    bottomB = i32x4.min_u(bottomB, v128.or(b, i32x4.gt_s(leastB, b)));
    topA = i32x4.max_s(topA, v128.andnot(a, i32x4.gt_s(a, mostA)));
    topB = i32x4.max_s(topB, v128.andnot(b, i32x4.gt_s(b, mostB)));
    cells += area.CELLS;
  } while (cells < end);
  v128.store(bottoms, bottomA);
  v128.store(bottoms, bottomB, 16);
  v128.store(tops, topA);
  v128.store(tops, topB, 16);
}
