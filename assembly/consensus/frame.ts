/**
 * The frame: every array one epoch writes, drawn once, chained by arithmetic. A step reads the input and the frame and
 * writes the frame; no step computes an address of its own. Everything stays readable after the run.
 *
 * Lengths: n uids, W stored weights, B stored bonds. I32F32 vectors and matrices hold raw i64 bits.
 */
import { align } from "../arena";
import * as rowset from "../linear/rowset";
import * as sparse from "../linear/sparse";

// u8 a uid
export let active: usize = 0;
export let permit: usize = 0;
export let newPermit: usize = 0;
// u16 a uid, over 65535
export let consensusU16: usize = 0;
export let incentiveU16: usize = 0;
export let dividendsU16: usize = 0;
export let validatorTrustU16: usize = 0;
export let stakeWeightU16: usize = 0;
// u64 a uid, rao
export let rawStake: usize = 0;
export let serverEmission: usize = 0;
export let validatorEmission: usize = 0;
export let emission: usize = 0;
// I64F64 a uid (16 bytes): stake before, and after, the threshold
export let totalStake: usize = 0;
export let stake64: usize = 0;
// I32F32 a uid
export let stake: usize = 0;
export let activeStake: usize = 0;
export let medianStake: usize = 0;
export let consensus: usize = 0;
export let liquidConsensus: usize = 0;
export let validatorTrust: usize = 0;
export let ranks: usize = 0;
export let incentive: usize = 0;
export let bondTotals: usize = 0;
export let dividends: usize = 0;
// scratch, a uid: I32F32 columns; packed keys; dense rows
export let column: usize = 0;
export let keys: usize = 0;
export let rowA: usize = 0;
export let rowB: usize = 0;
// u8 a stored weight: MASK_* code
export let weightMask: usize = 0;
// sparse matrices of I32F32
export let weights: usize = 0;
export let clipped: usize = 0;
export let bondWeights: usize = 0;
export let oldBonds: usize = 0;
export let bondsDelta: usize = 0;
export let emaBonds: usize = 0;
// I32F32 an entry: α of each bond weight; column share of each EMA bond
export let alphas: usize = 0;
export let bondShares: usize = 0;
// the positive weights of voting rows by column: u32 start[n + 1], I32F32 score[W], I32F32 stake[W]
export let columnStart: usize = 0;
export let columnScores: usize = 0;
export let columnStakes: usize = 0;
// new bond rows: u32 start[n + 1], u16 uid, u16 value
export let bondRows: usize = 0;
export let bondUids: usize = 0;
export let bondValues: usize = 0;

/** Where the matrices begin and end. */
export let matrixBase: usize = 0;
let matrixEnd: usize = 0;

let cursor: usize = 0;

function take(bytes: u64): usize {
  const address = cursor;
  cursor += align(<usize>bytes);
  return address;
}

function takeMatrix(rows: u32, capacity: u32): usize {
  const m = take(sparse.bytes(rows, capacity));
  sparse.init(m, rows, capacity);
  return m;
}

/**
 * Bytes of the frame, exactly. About 224 a uid, 87 a weight and 32 a bond. The sum is kept beside
 * `draw`, which traps if the two ever disagree.
 */
export function bytes(n: u32, weights: u32, bonds: u32): u64 {
  const flags = 3 * <u64>align(n);
  const halves = 5 * <u64>align((<usize>n) << 1);
  const words = 16 * ((<u64>n) << 3) + 2 * ((<u64>n) << 4);
  const rows = 2 * <u64>align(<usize>rowset.bytes(n));
  const starts = 2 * <u64>align((<usize>n + 1) << 2);
  const merged = weights + bonds;
  const matrices =
    4 * <u64>align(<usize>sparse.bytes(n, weights)) +
    <u64>align(<usize>sparse.bytes(n, bonds)) +
    <u64>align(<usize>sparse.bytes(n, merged));
  const entries =
    <u64>align(weights) + 3 * ((<u64>weights) << 3) + ((<u64>merged) << 3) + 2 * <u64>align((<usize>merged) << 1);
  return flags + halves + words + rows + starts + matrices + entries;
}

/** Lays the frame out at `address`; returns its end. The matrices come last, so that the fused path can overlay them. */
export function draw(address: usize, n: u32, w: u32, b: u32): usize {
  cursor = address;
  drawVectors(n);
  weightMask = take(w);
  bondRows = take((<u64>n + 1) << 2);
  bondUids = take((<u64>(w + b)) << 1);
  bondValues = take((<u64>(w + b)) << 1);
  matrixBase = cursor;
  drawMatrices(n, w, b);
  matrixEnd = cursor;
  return cursor;
}

/** Lays the matrices out, empty: what a run by the general path begins with. */
export function drawMatrices(n: u32, w: u32, b: u32): void {
  cursor = matrixBase;
  weights = takeMatrix(n, w);
  clipped = takeMatrix(n, w);
  bondWeights = takeMatrix(n, w);
  bondsDelta = takeMatrix(n, w);
  oldBonds = takeMatrix(n, b);
  emaBonds = takeMatrix(n, w + b);
  alphas = take((<u64>w) << 3);
  bondShares = take((<u64>(w + b)) << 3);
  columnStart = take((<u64>n + 1) << 2);
  columnScores = take((<u64>w) << 3);
  columnStakes = take((<u64>w) << 3);
}

/** Bytes the matrices take. */
export function matrixBytes(): u64 {
  return matrixEnd - matrixBase;
}

function drawVectors(n: u32): void {
  active = take(n);
  permit = take(n);
  newPermit = take(n);
  const half = (<u64>n) << 1;
  consensusU16 = take(half);
  incentiveU16 = take(half);
  dividendsU16 = take(half);
  validatorTrustU16 = take(half);
  stakeWeightU16 = take(half);
  const word = (<u64>n) << 3;
  rawStake = take(word);
  serverEmission = take(word);
  validatorEmission = take(word);
  emission = take(word);
  stake = take(word);
  activeStake = take(word);
  medianStake = take(word);
  consensus = take(word);
  liquidConsensus = take(word);
  validatorTrust = take(word);
  ranks = take(word);
  incentive = take(word);
  bondTotals = take(word);
  dividends = take(word);
  column = take(word);
  keys = take(word);
  totalStake = take((<u64>n) << 4);
  stake64 = take((<u64>n) << 4);
  rowA = take(rowset.bytes(n));
  rowB = take(rowset.bytes(n));
  rowset.init(rowA, n);
  rowset.init(rowB, n);
}
