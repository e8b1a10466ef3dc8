/**
 * Yuma Consensus in floating point: what a good engineer would write in plain TypeScript to be fast and nearly right. The
 * opponent the kernel is measured against, and the proof that nearly right is not right. Two passes over dense columns, no
 * allocation per run.
 *
 * Known differences by design: rows are taken as sorted (the chain's liquid alpha sees unsorted rows in part), and every
 * rounding is that of doubles.
 */
import { checkSnapshot } from "../../host/marshal/snapshot.js";
import type { EpochSnapshot } from "../../host/types.js";
import { blendLiquid, blendShares, type Column, type Sigmoid } from "./bonds.js";
import { type Layout, layOut, NO_ROW } from "./layout.js";
import { weightedQuantile } from "./quantile.js";
import { drawUids, payUids, type UidVectors, weighUids } from "./uids.js";

/** A twin ready to run. */
export interface Float64Epoch {
  /** Computes the epoch; allocates nothing. */
  run(): void;
  /** Results a uid, of the last run. */
  readonly result: UidVectors;
  /** New bonds as u16, column by column (see Layout). */
  readonly bonds: Uint16Array;
  readonly layout: Layout;
}

/** Row vectors and scratch of a run. */
interface Work extends Column {
  readonly stakes: Float64Array;
  readonly perSum: Float64Array;
  readonly trust: Float64Array;
  readonly earned: Float64Array;
  /** 65535 where a permit was granted, else 0. */
  readonly grantedScale: Float64Array;
  /** Of the column at hand: its rank, and the sum of its bonds. */
  readonly sums: Float64Array;
  readonly scores: Float64Array;
  readonly scoreStakes: Float64Array;
  /** The bounds within which no mask needs a look at single cells. */
  oldestUpdate: number;
  oldestCommit: number;
  /** Σ stakes, and how many rows have any. */
  stakeSum: number;
  voters: number;
}

const U16 = 65535;

/** Checks and lays out a snapshot. Throws YumaError for a bad one, RangeError for rules the twin does not know. */
export function prepareFloat64(snapshot: EpochSnapshot): Float64Epoch {
  const layout = layOut(checkSnapshot(snapshot));
  const result = drawUids(layout.n);
  const bonds = new Uint16Array(layout.rows * layout.columns);
  const R = layout.rows;
  const work: Work = {
    weights: new Float64Array(R),
    present: new Uint8Array(R),
    old: new Float64Array(R),
    fresh: new Float64Array(R),
    stakes: new Float64Array(R),
    perSum: new Float64Array(R),
    trust: new Float64Array(R),
    earned: new Float64Array(R),
    grantedScale: new Float64Array(R),
    sums: new Float64Array(2),
    scores: new Float64Array(R),
    scoreStakes: new Float64Array(R),
    oldestUpdate: 0,
    oldestCommit: 0,
    stakeSum: 0,
    voters: 0,
  };
  return { run: () => runEpoch(layout, result, bonds, work), result, bonds, layout };
}

function runEpoch(layout: Layout, result: UidVectors, bonds: Uint16Array, work: Work): void {
  weighUids(layout, result);
  prepareRows(layout, result, work);
  const { liquidAlpha } = layout.settings;
  let ranks = runColumns(layout, result, bonds, work, liquidAlpha);
  // Liquid alpha stays off where there is no consensus at all: rare, and only known now.
  if (liquidAlpha && result.consensus.every((level) => level === 0)) {
    ranks = runColumns(layout, result, bonds, work, false);
  }
  const { rows, rowUid } = layout;
  result.dividends.fill(0);
  result.validatorTrust.fill(0);
  let dividendSum = 0;
  for (let r = 0; r < rows; r++) {
    const earned = layout.settings.yuma3 ? work.earned[r]! * work.stakes[r]! : work.earned[r]!;
    result.dividends[rowUid[r]!] = earned;
    result.validatorTrust[rowUid[r]!] = work.trust[r]!;
    dividendSum += earned;
  }
  payUids(layout, result, ranks, dividendSum);
}

/** What each row brings along: stake, permit, and one over the sum of its masked weights. */
function prepareRows(layout: Layout, { activeStake, validatorPermit }: UidVectors, work: Work): void {
  const { rows, columns, rowUid, rowUpdate, rowCommit } = layout;
  const { perSum, weights } = work;
  work.oldestUpdate = Number.POSITIVE_INFINITY;
  work.oldestCommit = Number.POSITIVE_INFINITY;
  work.stakeSum = 0;
  work.voters = 0;
  for (let r = 0; r < rows; r++) {
    work.stakes[r] = activeStake[rowUid[r]!]!;
    work.stakeSum += work.stakes[r]!;
    if (work.stakes[r]! > 0) work.voters++;
    work.grantedScale[r] = U16 * validatorPermit[rowUid[r]!]!;
    if (rowUpdate[r]! < work.oldestUpdate) work.oldestUpdate = rowUpdate[r]!;
    if (rowCommit[r]! < work.oldestCommit) work.oldestCommit = rowCommit[r]!;
  }
  perSum.fill(0);
  for (let c = 0; c < columns; c++) {
    loadWeights(layout, work, c);
    for (let r = 0; r < rows; r++) perSum[r] = perSum[r]! + weights[r]!;
  }
  for (let r = 0; r < rows; r++) perSum[r] = perSum[r] === 0 ? 0 : 1 / perSum[r]!;
}

/** The stored weights of a column with the masks applied. */
function loadWeights(layout: Layout, work: Work, c: number): void {
  const { rows, selfRow, columnUid, registered, rowUpdate, rowCommit, weights: stored } = layout;
  const { weights } = work;
  const from = c * rows;
  const since = registered[columnUid[c]!]!;
  for (let r = 0; r < rows; r++) weights[r] = stored[from + r]!;
  const self = selfRow[c]!;
  if (self !== NO_ROW) weights[self] = 0;
  if (since < work.oldestUpdate && since <= work.oldestCommit) return;
  for (let r = 0; r < rows; r++) if (rowUpdate[r]! <= since || rowCommit[r]! < since) weights[r] = 0;
}

/** The same masks on which weights for bonds are there at all; before the weights are clipped to `level`. */
function loadPresent(layout: Layout, work: Work, c: number, level: number): void {
  const { rows, selfRow, columnUid, registered, rowUpdate, rowCommit } = layout;
  const { present, weights } = work;
  const { bondsPenalty } = layout.settings;
  const from = c * rows;
  const since = registered[columnUid[c]!]!;
  for (let r = 0; r < rows; r++) present[r] = layout.present[from + r]!;
  // A full penalty drops what is clipped to nothing, a partial one whatever is nothing in the end.
  if (bondsPenalty === 1 && level === 0) for (let r = 0; r < rows; r++) if (weights[r]! > 0) present[r] = 0;
  if (bondsPenalty > 0 && bondsPenalty < 1) for (let r = 0; r < rows; r++) if (weights[r] === 0) present[r] = 0;
  const self = selfRow[c]!;
  if (self !== NO_ROW) present[self] = 0;
  if (since < work.oldestUpdate && since <= work.oldestCommit) return;
  for (let r = 0; r < rows; r++) if (rowUpdate[r]! <= since || rowCommit[r]! < since) present[r] = 0;
}

/** Everything from consensus to dividends, column by column. Returns Σ ranks. */
function runColumns(layout: Layout, result: UidVectors, out: Uint16Array, work: Work, liquid: boolean): number {
  const { rows, columns, columnUid, settings } = layout;
  const { consensus, incentive } = result;
  const { alpha, yuma3, tempo, currentBlock, lastStep } = settings;
  const sigmoid: Sigmoid = sigmoidOf(layout);
  const bondsSince = lastStep !== 0 ? lastStep + 1 : Math.max(0, currentBlock - tempo);
  consensus.fill(0);
  incentive.fill(0);
  work.trust.fill(0);
  work.earned.fill(0);
  let ranks = 0;
  for (let c = 0; c < columns; c++) {
    const uid = columnUid[c]!;
    loadWeights(layout, work, c);
    const level = consensusOf(work, rows, settings.kappa);
    if (liquid) loadPresent(layout, work, c, level);
    consensus[uid] = level;
    const keep = bondsSince > layout.registered[uid]!;
    const from = c * rows;
    if (yuma3 && !liquid) {
      clipAndBlend(layout, work, from, level, keep);
    } else {
      work.sums[0] = clip(work, rows, level, settings.bondsPenalty);
      loadBonds(layout, work, from, keep);
      work.sums[1] = yuma3 ? blendLiquid(work, rows, level, sigmoid) : blendShares(work, rows, alpha, work.stakes);
    }
    const rank = work.sums[0]!;
    incentive[uid] = rank;
    ranks += rank;
    storeBonds(layout, work, out, from);
  }
  return ranks;
}

const SIGMOID = { low: 0, high: 0, slope: 0 };

function sigmoidOf({ settings }: Layout): Sigmoid {
  SIGMOID.low = settings.alphaLow;
  SIGMOID.high = settings.alphaHigh;
  SIGMOID.slope = settings.steepness;
  return SIGMOID;
}

/** Normalises the column's weights by row and finds the weight that more than kappa of the stake supports. */
function consensusOf(work: Work, rows: number, kappa: number): number {
  const { weights, perSum, stakes, scores, scoreStakes } = work;
  let count = 0;
  let voting = 0;
  for (let r = 0; r < rows; r++) {
    const weight = weights[r]! * perSum[r]!;
    const stake = stakes[r]!;
    weights[r] = weight;
    scores[count] = weight;
    scoreStakes[count] = stake;
    const votes = Number(weight * stake > 0);
    count += votes;
    voting += stake * votes;
  }
  const minority = work.stakeSum - kappa;
  const silent = count < work.voters ? work.stakeSum - voting : 0;
  if (count === 0 || (count < work.voters && silent > minority)) return 0;
  return weightedQuantile(scores, scoreStakes, count, silent, minority);
}

/** min(a, b) without a branch that would be mispredicted every other time; within one rounding. */
function smaller(a: number, b: number): number {
  return 0.5 * (a + b - Math.abs(a - b));
}

/** Clips, adds to trust, turns the weights into those for bonds; returns the rank. */
function clip(work: Work, rows: number, level: number, penalty: number): number {
  const { weights, stakes, trust } = work;
  let rank = 0;
  for (let r = 0; r < rows; r++) {
    const weight = weights[r]!;
    const clipped = smaller(weight, level);
    trust[r] = trust[r]! + clipped;
    rank += stakes[r]! * clipped;
    const forBonds = weight + penalty * (clipped - weight);
    weights[r] = forBonds;
  }
  return rank;
}

/** The stored bonds of a column, or none where its uid is too young. */
function loadBonds({ rows, bonds }: Layout, { old }: Work, from: number, keep: boolean): void {
  if (keep) for (let r = 0; r < rows; r++) old[r] = bonds[from + r]!;
  else old.fill(0);
}

/** `clip` and the moving average with one α in a single pass: sums ← rank and Σ fresh. */
function clipAndBlend(layout: Layout, work: Work, from: number, level: number, keep: boolean): void {
  const { rows, bonds } = layout;
  const { bondsPenalty, alpha } = layout.settings;
  const { weights, stakes, trust, fresh, sums } = work;
  const rest = keep ? (1 - alpha) / U16 : 0;
  let rank = 0;
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    const weight = weights[r]!;
    const clipped = smaller(weight, level);
    trust[r] = trust[r]! + clipped;
    rank += stakes[r]! * clipped;
    const bond = alpha * (weight + bondsPenalty * (clipped - weight)) + rest * bonds[from + r]!;
    fresh[r] = bond;
    sum += bond;
  }
  sums[0] = rank;
  sums[1] = sum;
}

/** What is stored, as u16 (under Yuma 2 relative to the largest), and what the column earns its holders. */
function storeBonds({ settings, rows }: Layout, work: Work, out: Uint16Array, from: number): void {
  const { fresh, earned, grantedScale, sums } = work;
  let scale = 1;
  if (!settings.yuma3) {
    let top = 0;
    for (let r = 0; r < rows; r++) if (fresh[r]! > top) top = fresh[r]!;
    scale = top > 0 ? 1 / top : 0;
  }
  const pay = sums[1]! > 0 ? sums[0]! / sums[1]! : 0;
  for (let r = 0; r < rows; r++) {
    const bond = fresh[r]!;
    earned[r] = earned[r]! + bond * pay;
    out[from + r] = bond * scale * grantedScale[r]!;
  }
}
