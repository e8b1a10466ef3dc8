/**
 * K.5 to K.7 for one block of columns: normalise, find consensus, clip, add up trust and rank. A column that holds a weight of
 * exactly one does not fit 32 bits; it is silenced here and goes the exact way (byHand.ts).
 */
import { set, setU32, u8At, u32At } from "../../linear/array";
import { weightedQuantile } from "../../linear/quantile";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { mul, toU32 } from "./lanes";
import { narrow, prepareNarrow } from "./narrow";
import { prepareSearch, search } from "./search";

const ABOVE: f64 = 1.0 + 4.440892098500626e-16;

/** S, the stake of all voters, and S − kappa. Both fit 33 bits and a sign. */
let allStake: i64 = 0;
let minority: i64 = 0;

/** Of the block in hand, eight lanes each: the smallest and the largest weight of a voter (u32), and where consensus may lie (f32). */
const BOTTOM = memory.data(32, 16);
const TOP = memory.data(32, 16);
const GUESS = memory.data(32, 16);
/** Consensus and rank of its columns, u32. */
const CONSENSUS = memory.data(32, 16);
const RANKS = memory.data(32, 16);

/** Once an epoch. */
export function prepareVotes(stakeOfAll: i64, kappa: i64): void {
  allStake = stakeOfAll;
  minority = stakeOfAll - kappa;
  prepareSearch(allStake, minority);
  prepareNarrow(minority);
  for (let r: u32 = 0; r < area.height; r++) {
    const part = <f32>u32At(area.medianStake, r) / <f32>max<i64>(allStake, 1);
    store<f32>(area.voice + ((<usize>r) << 2), part);
  }
}

/** Consensus, trust and rank of the block from column j on; leaves weights and clipped weights in the area. */
export function countVotes(j: u32): void {
  if (area.others !== 0) normalise(j, 0, area.others);
  if (area.others !== area.height) normalise(j, area.others, area.height);
  silence(j);
  agree();
  clip();
  for (let k: u32 = 0; k < area.BLOCK && j + k < input.n; k++) {
    set(frame.consensus, j + k, u32At(CONSENSUS, k));
    set(frame.ranks, j + k, u32At(RANKS, k));
  }
}

/**
 * area.weight ← ⌊w·2^32 / Σ⌋ of rows from … to, BOTTOM, TOP and GUESS of those rows.
 *
 * Proof that the floor of the double product is exact: w < 2^16 and Σ < 2^28 are integers, and R, 2^32 / Σ rounded and times
 * 1 + 2^−51 rounded, is above 2^32 / Σ by a factor of 1 + 2^−52 to 1 + 2^−50.4. The product, rounded once more, is not below
 * w·2^32 / Σ and above it by less than w·2^32 / Σ · 2^−50 < 2^48 · 2^−50 / Σ < 1/Σ. The exact quotient, where it is no
 * integer, lies at least 1/Σ below the next one.
 */
function normalise(j: u32, from: u32, to: u32): void {
  let bottomA = i32x4.splat(-1);
  let bottomB = bottomA;
  let topA = i32x4.splat(0);
  let topB = topA;
  let guessA = f32x4.splat(0);
  let guessB = f32x4.splat(0);
  const stride = (<usize>area.pitch) << 1;
  let row = area.halfAt(area.weights, from, j);
  let inverse = area.inverseSum + ((<usize>from) << 3);
  let voice = area.voice + ((<usize>from) << 2);
  const end = area.cellsAt(area.weight, to);
  let cells = area.cellsAt(area.weight, from);
  do {
    const halves = v128.load(row);
    const a = divide(i32x4.extend_low_i16x8_u(halves), v128.load64_splat(inverse));
    const b = divide(i32x4.extend_high_i16x8_u(halves), v128.load64_splat(inverse));
    v128.store(cells, a);
    v128.store(cells, b, 16);
    bottomA = i32x4.min_u(bottomA, a);
    bottomB = i32x4.min_u(bottomB, b);
    topA = i32x4.max_u(topA, a);
    topB = i32x4.max_u(topB, b);
    // Weights of a half and more count as negative here; their columns are not searched by lanes.
    guessA = f32x4.add(guessA, f32x4.mul(f32x4.convert_i32x4_s(a), v128.load32_splat(voice)));
    guessB = f32x4.add(guessB, f32x4.mul(f32x4.convert_i32x4_s(b), v128.load32_splat(voice)));
    row += stride;
    inverse += 8;
    voice += 4;
    cells += area.CELLS;
  } while (cells < end);
  v128.store(BOTTOM, bottomA);
  v128.store(BOTTOM, bottomB, 16);
  v128.store(TOP, topA);
  v128.store(TOP, topB, 16);
  v128.store(GUESS, guessA);
  v128.store(GUESS, guessB, 16);
}

/** ⌊w·R⌋ of four weights. */
function divide(w: v128, inverse: v128): v128 {
  const low = f64x2.mul(f64x2.convert_low_i32x4_s(w), inverse);
  const high = f64x2.mul(f64x2.convert_low_i32x4_s(i32x4.shuffle(w, w, 2, 3, 2, 3)), inverse);
  return toU32(f64x2.floor(low), f64x2.floor(high));
}

/** 2^32 / Σ of a sum below 2^28, nudged up as `normalise` needs it; 0 for none. */
export function inverse(sum: u32): f64 {
  return sum === 0 ? 0.0 : (4294967296.0 / <f64>sum) * ABOVE;
}

/** Takes the weights on columns that are done by hand out of the block. */
function silence(j: u32): void {
  if (load<u64>(area.hasOne + j) === 0) return;
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    if (u8At(area.hasOne, j + k) === 0) continue;
    const lane = (<usize>k) << 2;
    store<u32>(BOTTOM + lane, 0);
    store<u32>(TOP + lane, 0);
    for (let r: u32 = 0; r < area.height; r++) store<u32>(area.cellsAt(area.weight, r) + lane, 0);
  }
}

/** CONSENSUS of the block: the weighted quantile of the voters' weights (linear/quantile.ts says what it is). */
function agree(): void {
  if (area.others === area.height) {
    memory.fill(CONSENSUS, 0, 32);
  } else if (minority < 0) {
    memory.copy(CONSENSUS, BOTTOM, 32);
  } else if (minority >= allStake) {
    memory.copy(CONSENSUS, TOP, 32);
  } else {
    narrow(area.weight, BOTTOM, TOP, GUESS);
    agreeByLanes(0);
    agreeByLanes(16);
    for (let k: u32 = 0; k < area.BLOCK; k++) if (<i32>u32At(TOP, k) < 0) setU32(CONSENSUS, k, quantileByHand(k));
  }
}

/** Four lanes of it, from byte `at` on. */
function agreeByLanes(at: usize): void {
  const consensus = search(area.weight + at, v128.load(BOTTOM + at), v128.load(TOP + at), v128.load(GUESS + at));
  v128.store(CONSENSUS + at, consensus);
}

/** The quantile of lane k where some weight is a half or more, which 31 bits do not hold: few columns, a voter at a time. */
function quantileByHand(k: u32): u32 {
  let count: u32 = 0;
  let voted: i64 = 0;
  for (let r = area.others; r < area.height; r++) {
    const weight = u32At(area.cellsAt(area.weight, r), k);
    if (weight === 0) continue;
    const stake = u32At(area.medianStake, r);
    set(area.columnA, count, weight);
    set(area.columnB, count++, stake);
    voted += stake;
  }
  const silent = area.height - area.others - count;
  return <u32>weightedQuantile(area.columnA, area.columnB, count, silent, allStake - voted, minority);
}

/**
 * area.bondWeight ← weights cut at consensus; adds them to trust; RANKS = Σ ⌊stake · clipped⌋ over the rows. Stakes sum to at
 * most one, so that ranks are below one and fit; a row's weights do as well, and what its trust makes of exactly one is said in
 * trust.ts.
 */
function clip(): void {
  const limitA = v128.load(CONSENSUS);
  const limitB = v128.load(CONSENSUS, 16);
  let rankA = i32x4.splat(0);
  let rankB = i32x4.splat(0);
  const end = area.cellsAt(area.weight, area.height);
  let clipped = area.bondWeight;
  let trust = area.trust;
  let stake = area.stake;
  let cells = area.weight;
  do {
    const a = i32x4.min_u(v128.load(cells), limitA);
    const b = i32x4.min_u(v128.load(cells, 16), limitB);
    v128.store(clipped, a);
    v128.store(clipped, b, 16);
    v128.store(trust, i32x4.add(v128.load(trust), i32x4.add(a, b)));
    rankA = i32x4.add(rankA, mul(v128.load32_splat(stake), a));
    rankB = i32x4.add(rankB, mul(v128.load32_splat(stake), b));
    clipped += area.CELLS;
    trust += 16;
    stake += 4;
    cells += area.CELLS;
  } while (cells < end);
  v128.store(RANKS, rankA);
  v128.store(RANKS, rankB, 16);
}
