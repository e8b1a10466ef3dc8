/**
 * Narrowing the search for consensus in eight columns at once, by the upper bits of scores: twice as many lanes as search.ts has, which
 * is left with scores that share these bits.
 *
 * h = score >> shift, below 2^15. The stake F of scores below q << shift is that of h < q. With s = stake >> 16, the sum σ of s over
 * these has σ·2^16 ≤ F < (σ + voters)·2^16. With m = minority >> 16 therefore F exceeds the minority where σ > m, and does not
 * where σ + voters ≤ m; between the two the stakes are added up to the last bit. The row at the largest h is not below any q in
 * question, so that σ is less than S / 2^16 and fits 16 bits.
 *
 * Two blocks are narrowed in turns: the rows of the one are gone through while the other still works out where to look next.
 */
import * as area from "./area";
import { EDGE } from "./search";

/** Bits of a h. */
const BITS: u32 = 15;
/** Bytes of a row of eight h; those of two blocks lie one behind the other. */
const ROW: u32 = 16;

/** Bytes of what is known of a block, eight i16 each, and where. */
const STATE: usize = 80;
const STATES = memory.data(2 * STATE, 16);
/** The answer lies between low and high; σ of h < low; σ of h ≤ high, or more; low < pivot ≤ high. */
const LOW: usize = 0;
const HIGH: usize = 16;
const BELOW: usize = 32;
const REACHED: usize = 48;
const PIVOT: usize = 64;

/** The minority, m, and the number of voters. */
let minorityStake: i32 = 0;
let minority: u32 = 0;
let voters: u32 = 0;

/** Once an epoch. The minority of stake is not negative, and less than 2^32 where anything is searched. */
export function prepareNarrow(minorityOfStake: i64): void {
  minorityStake = <i32>minorityOfStake;
  minority = <u32>(minorityOfStake >> 16);
  voters = area.height - area.others;
}

/**
 * Raises the smallest and lowers the largest scores of the columns of one or two blocks, eight u32 each at `bottoms` and `tops`, towards
 * the quantile between them. Leaves a block alone where a score is 2^31 or more, and all where all of m is in doubt.
 */
export function narrow(bottoms: usize, tops: usize, blocks: u32): void {
  if (minority < voters) return;
  const shiftA = begin(0, bottoms, tops);
  const shiftB = blocks === 2 ? begin(1, bottoms, tops) : NOTHING;
  let openA: bool = shiftA >= 0 && isOpen(0);
  let openB: bool = shiftB >= 0 && isOpen(1);
  while (openA || openB) {
    if (openA) openA = pass(0);
    if (openB) openB = pass(1);
  }
  if (shiftA >= 0) enclose(0, shiftA, bottoms, tops);
  if (shiftB >= 0) enclose(1, shiftB, bottoms, tops);
}

const NOTHING: i32 = -1;

/** Writes the h of a block and what a first look makes known; returns the shift, NOTHING where there is nothing to do. */
function begin(block: u32, bottoms: usize, tops: usize): i32 {
  const at = (<usize>block) << 5;
  const topA = v128.load(tops + at);
  const topB = v128.load(tops + at, 16);
  const most = i32x4.max_u(topA, topB);
  const pair = i32x4.max_u(most, i32x4.shuffle(most, most, 2, 3, 0, 1));
  const largest = max<u32>(i32x4.extract_lane(pair, 0), i32x4.extract_lane(pair, 1));
  if (<i32>largest <= 0) return NOTHING;
  const shift = max<i32>(32 - BITS - clz(largest), 0);
  const low = halves(v128.load(bottoms + at), v128.load(bottoms + at, 16), shift);
  const high = halves(topA, topB, shift);
  const reached = i16x8.splat(-1);
  const state = STATES + block * STATE;
  v128.store(state, low, LOW);
  v128.store(state, high, HIGH);
  v128.store(state, i16x8.splat(0), BELOW);
  v128.store(state, reached, REACHED);
  const pivot = between(low, high, i16x8.splat(<i16>minority), reached);
  v128.store(state, pivot, PIVOT);
  lookFirst(block, shift, pivot);
  return shift;
}

/** Where the h of a block start. */
function halvesOf(block: u32): usize {
  return area.halves + block * (area.height + 1) * ROW;
}

/**
 * One look at the pivots of a block; returns whether another is needed. With d = pivot − 1 − h modulo 2^16, d is below 2^15 where
 * h < pivot: the smallest d is that of the largest h below, and the largest d that of the smallest h from the pivot on.
 */
function pass(block: u32): bool {
  const state = STATES + block * STATE;
  const pivot = v128.load(state, PIVOT);
  const last = i16x8.sub(pivot, i16x8.splat(1));
  let row = halvesOf(block) + area.others * ROW;
  const end = halvesOf(block) + area.height * ROW;
  let sumOne = i16x8.splat(0);
  let sumTwo = sumOne;
  let smallestOne = i16x8.splat(-1);
  let smallestTwo = smallestOne;
  let largestOne = sumOne;
  let largestTwo = sumOne;
  let stake = area.halfStake + ((<usize>area.others) << 2);
  // Voters in pairs, as in search.ts, so that one need not wait for the other.
  do {
    const one = v128.load(row);
    const two = v128.load(row, ROW);
    const toOne = i16x8.sub(last, one);
    const toTwo = i16x8.sub(last, two);
    smallestOne = i16x8.min_u(smallestOne, toOne);
    smallestTwo = i16x8.min_u(smallestTwo, toTwo);
    largestOne = i16x8.max_u(largestOne, toOne);
    largestTwo = i16x8.max_u(largestTwo, toTwo);
    sumOne = i16x8.add(sumOne, v128.and(v128.load32_splat(stake), i16x8.gt_s(pivot, one)));
    sumTwo = i16x8.add(sumTwo, v128.and(v128.load32_splat(stake, 4), i16x8.gt_s(pivot, two)));
    stake += 8;
    row += 2 * ROW;
  } while (row < end);
  const smallest = i16x8.min_u(smallestOne, smallestTwo);
  const largest = i16x8.max_u(largestOne, largestTwo);
  return decide(block, i16x8.add(sumOne, sumTwo), i16x8.sub(last, smallest), i16x8.sub(last, largest));
}

/** From σ of h below the pivots, the largest of these h, and the smallest of the others. */
function decide(block: u32, sum: v128, under: v128, over: v128): bool {
  const state = STATES + block * STATE;
  const m = i16x8.splat(<i16>minority);
  let low = v128.load(state, LOW);
  let high = v128.load(state, HIGH);
  let below = v128.load(state, BELOW);
  let reached = v128.load(state, REACHED);
  const wasOpen = i16x8.lt_s(low, high);
  let exceeds = i16x8.gt_u(sum, m);
  const isSure = v128.or(exceeds, i16x8.le_u(sum, i16x8.splat(<i16>(minority - voters))));
  if (v128.any_true(v128.andnot(wasOpen, isSure))) exceeds = exceedExactly(block);
  const lower = v128.and(wasOpen, exceeds);
  const raise = v128.andnot(wasOpen, exceeds);
  high = v128.bitselect(under, high, lower);
  reached = v128.bitselect(sum, reached, lower);
  low = v128.bitselect(over, low, raise);
  below = v128.bitselect(sum, below, raise);
  const open = i16x8.lt_s(low, high);
  const next = between(low, high, i16x8.sub(m, below), i16x8.sub(reached, below));
  v128.store(state, low, LOW);
  v128.store(state, high, HIGH);
  v128.store(state, below, BELOW);
  v128.store(state, reached, REACHED);
  v128.store(state, v128.bitselect(next, high, open), PIVOT);
  return v128.any_true(open);
}

/** −1 in the lanes where the stake of h below the pivot exceeds the minority, to the last bit. */
function exceedExactly(block: u32): v128 {
  const pivot = v128.load(STATES + block * STATE, PIVOT);
  let sumA = i32x4.splat(0);
  let sumB = sumA;
  let stake = area.medianStake + ((<usize>area.others) << 2);
  const end = halvesOf(block) + area.height * ROW;
  for (let row = halvesOf(block) + area.others * ROW; row < end; row += ROW) {
    const isUnder = i16x8.gt_s(pivot, v128.load(row));
    const part = v128.load32_splat(stake);
    sumA = i32x4.add(sumA, v128.and(part, i32x4.extend_low_i16x8_s(isUnder)));
    sumB = i32x4.add(sumB, v128.and(part, i32x4.extend_high_i16x8_s(isUnder)));
    stake += 4;
  }
  const most = i32x4.splat(minorityStake);
  return i16x8.narrow_i32x4_s(i32x4.gt_u(sumA, most), i32x4.gt_u(sumB, most));
}

/** As search.ts has it, of eight. */
function between(low: v128, high: v128, missing: v128, stake: v128): v128 {
  const first = i16x8.add(low, i16x8.splat(1));
  const room = i16x8.sub(high, first);
  const a = part(i32x4.extend_low_i16x8_u(missing), i32x4.extend_low_i16x8_u(stake), i32x4.extend_low_i16x8_s(room));
  const b = part(i32x4.extend_high_i16x8_u(missing), i32x4.extend_high_i16x8_u(stake), i32x4.extend_high_i16x8_s(room));
  return i16x8.add(first, i16x8.narrow_i32x4_s(a, b));
}

/** What `between` adds to its first: room · missing / stake of four columns, kept away from both ends, room < 2^15. */
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

/**
 * A first look: writes h of all rows, and of one more, which has no score, and goes through them in passing as `pass` does. Rows that do not vote have no
 * stake; that their h may be the nearest ones only leaves the interval wider.
 */
function lookFirst(block: u32, shift: i32, pivot: v128): void {
  const last = i16x8.sub(pivot, i16x8.splat(1));
  let cells = area.weightsOf(block);
  const end = area.cellsAt(cells, area.height + 1);
  let to = halvesOf(block);
  let stake = area.halfStake;
  let sum = i16x8.splat(0);
  let smallest = i16x8.splat(-1);
  let largest = sum;
  do {
    const h = halves(v128.load(cells), v128.load(cells, 16), shift);
    v128.store(to, h);
    const toHalf = i16x8.sub(last, h);
    smallest = i16x8.min_u(smallest, toHalf);
    largest = i16x8.max_u(largest, toHalf);
    sum = i16x8.add(sum, v128.and(v128.load32_splat(stake), i16x8.gt_s(pivot, h)));
    cells += area.CELLS;
    to += ROW;
    stake += 4;
  } while (cells < end);
  decide(block, sum, i16x8.sub(last, smallest), i16x8.sub(last, largest));
}

/** Whether some column of a block still has to be looked at. */
function isOpen(block: u32): bool {
  const state = STATES + block * STATE;
  return v128.any_true(i16x8.lt_s(v128.load(state, LOW), v128.load(state, HIGH)));
}

/**
 * `bottoms` and `tops` of a block ← the smallest and the largest score that have the h of the answer, which is `low` by now. What these
 * differ in is below 2^16, as scores are below 2^31.
 */
function enclose(block: u32, shift: i32, bottoms: usize, tops: usize): void {
  const low = v128.load(STATES + block * STATE, LOW);
  const rest = i32x4.splat((1 << shift) - 1);
  let most = i16x8.splat(0); // the largest of these parts,
  let least = most; //          and of their complements
  const scores = area.weightsOf(block);
  const end = area.cellsAt(scores, area.height);
  let cells = area.cellsAt(scores, area.others);
  let row = halvesOf(block) + area.others * ROW;
  do {
    const isHere = i16x8.eq(v128.load(row), low);
    const part = i16x8.narrow_i32x4_u(v128.and(rest, v128.load(cells)), v128.and(rest, v128.load(cells, 16)));
    most = i16x8.max_u(most, v128.and(part, isHere));
    least = i16x8.max_u(least, v128.andnot(isHere, part));
    row += ROW;
    cells += area.CELLS;
  } while (cells < end);
  const smallest = v128.not(least);
  const firstA = i32x4.shl(i32x4.extend_low_i16x8_u(low), shift);
  const firstB = i32x4.shl(i32x4.extend_high_i16x8_u(low), shift);
  const at = (<usize>block) << 5;
  v128.store(bottoms + at, v128.or(firstA, i32x4.extend_low_i16x8_u(smallest)));
  v128.store(bottoms + at, v128.or(firstB, i32x4.extend_high_i16x8_u(smallest)), 16);
  v128.store(tops + at, v128.or(firstA, i32x4.extend_low_i16x8_u(most)));
  v128.store(tops + at, v128.or(firstB, i32x4.extend_high_i16x8_u(most)), 16);
}
