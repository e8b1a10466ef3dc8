/**
 * K.5 to K.7 for one column, four rows at a time: normalise, find consensus, clip, add up trust and rank. A column that holds
 * a weight of exactly one does not fit 32 bits and goes the exact way (byHand.ts).
 */
import { at, set, u32At } from "../../linear/array";
import { weightedQuantile } from "../../linear/quantile";
import * as frame from "../frame";
import * as area from "./area";
import { floorToU32, max32, min32, mulHigh, mulLow, sum32, sum64 } from "./lanes";

/** S, the stake of all voters, and S − kappa. Both fit 33 bits and a sign. */
let allStake: i64 = 0;
let minority: i64 = 0;

/** Once an epoch. */
export function prepareVotes(stakeOfAll: i64, kappa: i64): void {
  allStake = stakeOfAll;
  minority = stakeOfAll - kappa;
}

/** Consensus, trust and rank of column j; leaves its normalised weights in area.weight. */
export function countVotes(j: u32): void {
  const from = area.columnAt(area.weightColumns, j);
  let guess = i64x2.splat(0);
  let top = i32x4.splat(0);
  for (let r: usize = 0; r < area.voters; r += 4) {
    const q = normalise(v128.load_ext<u16>(from + (r << 1)), area.rowSum + (r << 3));
    v128.store(area.weight + (r << 2), q);
    top = i32x4.max_u(top, q);
    const stake = v128.load(area.medianStake + (r << 2));
    guess = i64x2.add(guess, i64x2.add(mulLow(q, stake), mulHigh(q, stake)));
  }
  for (let r: usize = area.others; r < area.height; r += 4) {
    v128.store(area.weight + (r << 2), normalise(v128.load_ext<u16>(from + (r << 1)), area.rowSum + (r << 3)));
  }
  const consensus = findQuantile(<u32>sum64(guess), max32(top));
  set(frame.consensus, j, consensus);
  set(frame.ranks, j, clip(consensus));
}

/** Weights and clipped weights of column j once more, its consensus being known. */
export function recallVotes(j: u32): void {
  const from = area.columnAt(area.weightColumns, j);
  const limit = i32x4.splat(<i32>at(frame.consensus, j));
  for (let r: usize = 0; r < area.height; r += 4) {
    const q = normalise(v128.load_ext<u16>(from + (r << 1)), area.rowSum + (r << 3));
    v128.store(area.weight + (r << 2), q);
    v128.store(area.bondWeight + (r << 2), i32x4.min_u(q, limit));
  }
}

/**
 * ⌊w·2^32 / Σ⌋ of four weights, by division of doubles.
 *
 * Proof: w·2^32 < 2^48 and Σ < 2^28 are integers, exact as doubles (Σ is stored over 2^32, which only shifts the exponent). If
 * the quotient is not an integer it lies at least 1/Σ below the next one; the rounding error is at most
 * quotient · 2^−53 = (w·2^32/Σ) · 2^−53 < 2^−5/Σ. So rounding never reaches the next integer, and the floor is exact.
 */
function normalise(w: v128, sums: usize): v128 {
  const low = f64x2.div(f64x2.convert_low_i32x4_u(w), v128.load(sums));
  const high = f64x2.div(f64x2.convert_low_i32x4_u(i32x4.shuffle(w, w, 2, 3, 2, 3)), v128.load(sums, 16));
  return floorToU32(low, high);
}

/**
 * The weighted quantile of area.weight over the voters (linear/quantile.ts says what it is): the largest score v for which the
 * stake of all scores < v does not exceed the minority. `guess` and the interpolation only choose where to look; `top` is the
 * largest score. Padding rows have no stake and score 0: never above a pivot, and below one they change nothing.
 */
function findQuantile(guess: u32, top: u32): u32 {
  if (area.voters === 0) return 0;
  if (minority < 0) return smallestVote();
  if (minority >= allStake || top === 0) return top;
  if (top > <u32>i32.MAX_VALUE) return quantileByHand();
  let low: u32 = 0;
  let high = top;
  let below: i64 = 0; // stake of scores < low
  let reached = allStake; // stake of scores ≤ high, or more
  let pivot = min(max(guess, 1), high);
  while (low < high) {
    const threshold = i32x4.splat(<i32>pivot);
    let sum = i32x4.splat(0);
    let under = i32x4.splat(0);
    let over = i32x4.splat(-1);
    for (let r: usize = 0; r < area.voters; r += 4) {
      const score = v128.load(area.weight + (r << 2));
      // Signed: the comparison processors have. All scores are below 2^31.
      const isUnder = i32x4.gt_s(threshold, score);
      sum = i32x4.add(sum, v128.and(v128.load(area.medianStake + (r << 2)), isUnder));
      under = i32x4.max_s(under, v128.and(score, isUnder));
      over = i32x4.min_u(over, v128.or(score, isUnder));
    }
    // The voter with the score `high` is never under, so this is less than S ≤ 2^32 and fits.
    const stake = <i64>sum32(sum);
    if (stake > minority) {
      high = max32(under);
      reached = stake;
    } else {
      low = min32(over);
      below = stake;
    }
    if (low < high) pivot = between(low, high, below, reached);
  }
  return high;
}

/** The same where some weight is a half or more, which 31 bits do not hold: few columns of an epoch, a voter at a time. */
function quantileByHand(): u32 {
  let count: u32 = 0;
  let voted: i64 = 0;
  for (let r: u32 = 0; r < area.voters; r++) {
    const weight = u32At(area.weight, r);
    if (weight === 0) continue;
    const stake = u32At(area.medianStake, r);
    set(area.bond, count, weight);
    set(area.part, count++, stake);
    voted += stake;
  }
  const silent = area.voters - count;
  return <u32>weightedQuantile(area.bond, area.part, count, silent, allStake - voted, minority);
}

/** Where the minority would fall if stake were spread evenly between low and high, kept away from both. */
function between(low: u32, high: u32, below: i64, reached: i64): u32 {
  const part = <f64>(minority - below) / <f64>(reached - below);
  return low + 1 + <u32>(<f64>(high - low - 1) * min(max(part, 0.15), 0.85));
}

function smallestVote(): u32 {
  let smallest = u32.MAX_VALUE;
  for (let r: u32 = 0; r < area.voters; r++) smallest = min(smallest, u32At(area.weight, r));
  return smallest;
}

/** Cuts area.weight at consensus into area.bondWeight, adds it to trust; returns Σ ⌊stake · clipped⌋. */
function clip(consensus: u32): i64 {
  const limit = i32x4.splat(<i32>consensus);
  let rank = i64x2.splat(0);
  for (let r: usize = 0; r < area.height; r += 4) {
    const clipped = i32x4.min_u(v128.load(area.weight + (r << 2)), limit);
    v128.store(area.bondWeight + (r << 2), clipped);
    const trust = area.trust + (r << 3);
    v128.store(trust, i64x2.add(v128.load(trust), i64x2.extend_low_i32x4_u(clipped)));
    v128.store(trust, i64x2.add(v128.load(trust, 16), i64x2.extend_high_i32x4_u(clipped)), 16);
    const stake = v128.load(area.stake + (r << 2));
    rank = i64x2.add(rank, i64x2.add(mulLow(clipped, stake), mulHigh(clipped, stake)));
  }
  return <i64>sum64(rank);
}
