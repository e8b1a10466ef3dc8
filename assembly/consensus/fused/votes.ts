/**
 * K.5 to K.7 for one block of columns: normalise, find consensus, clip, add up trust and rank. A column that holds a weight of
 * exactly one does not fit 32 bits; it is silenced here and goes the exact way (byHand.ts).
 */
import { set, setU32, u8At, u32At } from "../../linear/array";
import { weightedQuantile } from "../../linear/quantile";
import * as frame from "../frame";
import * as area from "./area";
import { mul } from "./lanes";
import { narrow, prepareNarrow } from "./narrow";
import { prepareSearch, search } from "./search";
import { quotients } from "./smallQuotient";

/** S, the stake of all voters, and S − kappa. Both fit 33 bits and a sign. */
let allStake: i64 = 0;
let minority: i64 = 0;

/** Of the two blocks in hand, sixteen columns each, u32: the smallest and the largest weight of a voter, and consensus. */
const BOTTOM = memory.data(64, 16);
const TOP = memory.data(64, 16);
const CONSENSUS = memory.data(64, 16);
/** u32: the ranks of the columns of the block that was clipped last. */
export const RANKS = memory.data(32, 16);

/** Once an epoch. */
export function prepareVotes(stakeOfAll: i64, kappa: i64): void {
  allStake = stakeOfAll;
  minority = stakeOfAll - kappa;
  prepareSearch(allStake, minority);
  prepareNarrow(minority);
}

/** Weights and consensus of the block from column j on and of the one behind it, if there is one. */
export function findConsensus(j: u32): void {
  const blocks: u32 = j + area.BLOCK < area.width ? 2 : 1;
  for (let block: u32 = 0; block < blocks; block++) {
    const first = j + block * area.BLOCK;
    if (area.others !== 0) normalise(block, first, 0, area.others);
    if (area.others !== area.height) normalise(block, first, area.others, area.height);
    silence(block, first);
  }
  agree(blocks);
  const end = min(j + blocks * area.BLOCK, area.columns);
  for (let k = j; k < end; k++) set(frame.consensus, area.uidOf(k), u32At(CONSENSUS, k - j));
}

/** area.weight of a block in hand ← ⌊w·2^32 / Σ⌋ of rows from … to, from column j on; BOTTOM and TOP of those rows. */
function normalise(block: u32, j: u32, from: u32, to: u32): void {
  let bottomA = i32x4.splat(-1);
  let bottomB = bottomA;
  let topA = i32x4.splat(0);
  let topB = topA;
  const stride = (<usize>area.pitch) << 1;
  let row = area.halfAt(area.weights, from, j);
  let divisor = area.divisorAt(from);
  const end = area.cellsAt(area.weightsOf(block), to);
  let cells = area.cellsAt(area.weightsOf(block), from);
  do {
    const halves = v128.load(row);
    const high = v128.load32_splat(divisor);
    const low = v128.load32_splat(divisor, 4);
    const sum = v128.load32_splat(divisor, 8);
    const a = quotients(i32x4.extend_low_i16x8_u(halves), high, low, sum);
    const b = quotients(i32x4.extend_high_i16x8_u(halves), high, low, sum);
    v128.store(cells, a);
    v128.store(cells, b, 16);
    bottomA = i32x4.min_u(bottomA, a);
    bottomB = i32x4.min_u(bottomB, b);
    topA = i32x4.max_u(topA, a);
    topB = i32x4.max_u(topB, b);
    row += stride;
    divisor += area.DIVISOR;
    cells += area.CELLS;
  } while (cells < end);
  const at = (<usize>block) << 5;
  v128.store(BOTTOM + at, bottomA);
  v128.store(BOTTOM + at, bottomB, 16);
  v128.store(TOP + at, topA);
  v128.store(TOP + at, topB, 16);
}

/** Takes the weights on columns that are done by hand out of the block. */
function silence(block: u32, j: u32): void {
  if (load<u64>(area.hasOne + j) === 0) return;
  const weights = area.weightsOf(block);
  for (let k: u32 = 0; k < area.BLOCK; k++) {
    if (u8At(area.hasOne, j + k) === 0) continue;
    setU32(BOTTOM, block * area.BLOCK + k, 0);
    setU32(TOP, block * area.BLOCK + k, 0);
    for (let r: u32 = 0; r < area.height; r++) setU32(area.cellsAt(weights, r), k, 0);
  }
}

/** CONSENSUS of the blocks: the weighted quantile of the voters' weights (linear/quantile.ts says what it is). */
function agree(blocks: u32): void {
  const bytes = (<usize>blocks) << 5;
  if (area.others === area.height) {
    memory.fill(CONSENSUS, 0, bytes);
  } else if (minority < 0) {
    memory.copy(CONSENSUS, BOTTOM, bytes);
  } else if (minority >= allStake) {
    memory.copy(CONSENSUS, TOP, bytes);
  } else {
    narrow(BOTTOM, TOP, blocks);
    for (let block: u32 = 0; block < blocks; block++) {
      agreeByLanes(block, 0);
      agreeByLanes(block, 16);
    }
  }
}

/** Four lanes of it, from byte `at` of a block on. */
function agreeByLanes(block: u32, at: usize): void {
  const lanes = ((<usize>block) << 5) + at;
  const bottom = v128.load(BOTTOM + lanes);
  const top = v128.load(TOP + lanes);
  v128.store(CONSENSUS + lanes, top);
  if (!v128.any_true(v128.xor(bottom, top))) return;
  v128.store(CONSENSUS + lanes, search(area.weightsOf(block) + at, bottom, top));
  for (let rest = i32x4.bitmask(top); rest !== 0; rest &= rest - 1) {
    const k = (lanes >> 2) + ctz(rest);
    setU32(CONSENSUS, k, quantileByHand(k));
  }
}

/** The quantile of column k of the two blocks where some weight is a half or more, which 31 bits do not hold: few columns, a voter at a time. */
function quantileByHand(k: u32): u32 {
  const weights = area.weightsOf(k / area.BLOCK);
  let count: u32 = 0;
  let voted: i64 = 0;
  for (let r = area.others; r < area.height; r++) {
    const weight = u32At(area.cellsAt(weights, r), k % area.BLOCK);
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
 * area.bondWeight ← the weights of a block in hand cut at consensus; adds them to trust; frame.ranks = Σ ⌊stake · clipped⌋ over the
 * rows, from column j on. Stakes sum to at most one, so that ranks are below one and fit; a row's weights do as well, and what its trust
 * makes of exactly one is said in trust.ts.
 */
export function clip(block: u32, j: u32): void {
  const limitA = v128.load(CONSENSUS + ((<usize>block) << 5));
  const limitB = v128.load(CONSENSUS + ((<usize>block) << 5), 16);
  let rankA = i32x4.splat(0);
  let rankB = i32x4.splat(0);
  let cells = area.weightsOf(block);
  const end = area.cellsAt(cells, area.height);
  let clipped = area.bondWeight;
  let trust = area.trust;
  let stake = area.stake;
  let products = area.fresh;
  do {
    const a = i32x4.min_u(v128.load(cells), limitA);
    const b = i32x4.min_u(v128.load(cells, 16), limitB);
    v128.store(clipped, a);
    v128.store(clipped, b, 16);
    v128.store(trust, i32x4.add(v128.load(trust), i32x4.add(a, b)));
    const voice = v128.load32_splat(stake);
    const productA = mul(a, voice);
    const productB = mul(b, voice);
    v128.store(products, productA);
    v128.store(products, productB, 16);
    rankA = i32x4.add(rankA, productA);
    rankB = i32x4.add(rankB, productB);
    products += area.CELLS;
    clipped += area.CELLS;
    trust += 16;
    stake += 4;
    cells += area.CELLS;
  } while (cells < end);
  v128.store(RANKS, rankA);
  v128.store(RANKS, rankB, 16);
  for (let k: u32 = 0; k < area.BLOCK && j + k < area.columns; k++)
    set(frame.ranks, area.uidOf(j + k), u32At(RANKS, k));
}
