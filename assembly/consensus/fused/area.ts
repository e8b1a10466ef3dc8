/**
 * The memory of the fused path. It overlays the matrices of the general path, which it does not use: an epoch takes no more
 * memory for having two paths, and where the overlay would not fit, the rows are sparse and the general path is the better.
 *
 * V rows (voters first, then the other permitted or bonded uids), padded to a multiple of 8; n columns, likewise.
 *
 *   row-major u16 weights, bonds  [V][n]   what the rows hold, zeros between; later, over both, u32 codes of new bonds
 *   column-major u16 weights, bonds [n][V] the same, transposed
 *   column-major u32 shares, codes  [n][V] what the columns make of it
 */
import { align } from "../../arena";

/** Rows and columns are padded to this. */
const PADDING: u32 = 8;
/** Rows are handled this many at a time; other rows begin at a multiple of it, so that no group mixes them with voters. */
const GROUP: u32 = 4;
/** The uid of a padding row. */
export const NOBODY: u32 = u32.MAX_VALUE;

/** Rows with voting stake: the first ones. */
export let voters: u32 = 0;
/** Where the other rows begin. */
export let others: u32 = 0;
/** Padded numbers of rows and columns. */
export let height: u32 = 0;
export let width: u32 = 0;

/** u32 a row: its uid, or NOBODY. */
export let rowUid: usize = 0;
/** u32 a row: active stake, below one; 0 for rows without. */
export let stake: usize = 0;
/** u32 a row: the stake that votes on consensus. */
export let medianStake: usize = 0;
/** f64 a row: Σ of its weights / 2^32, an exact double; 1 where it has none. */
export let rowSum: usize = 0;
/** u64 a row: Σ of its clipped weights; Σ of bond share · incentive. */
export let trust: usize = 0;
export let bondTotal: usize = 0;
/** One column in hand: normalised weights and weights for bonds, u32; bonds, their shares and scratch, u64. */
export let weight: usize = 0;
export let bondWeight: usize = 0;
export let bond: usize = 0;
export let share: usize = 0;
export let part: usize = 0;
/** u8 a column: 1 = it holds a weight of exactly one. */
export let hasOne: usize = 0;
/** u32 a column: the row (plus one) that holds all of its bonds, 0 = none; its share of one does not fit `shares`. */
export let soleRow: usize = 0;

export let weightRows: usize = 0;
export let bondRows: usize = 0;
export let weightColumns: usize = 0;
export let bondColumns: usize = 0;
export let shares: usize = 0;
export let codes: usize = 0;
/** u32 [V][n], over weightRows and bondRows. */
export let codeRows: usize = 0;

let cursor: usize = 0;

function take(bytes: usize): usize {
  const address = cursor;
  cursor += align(bytes);
  return address;
}

function padded(count: u32, to: u32): u32 {
  return (count + to - 1) & ~(to - 1);
}

/** Bytes for the given numbers of voters, other rows and columns. */
export function bytes(voterCount: u32, otherCount: u32, columnCount: u32): u64 {
  const h = <u64>padded(padded(voterCount, GROUP) + otherCount, PADDING);
  const w = <u64>padded(columnCount, PADDING);
  return h * (4 * 5 + 8 * 6) + w * (1 + 4) + 16 * h * w + 256;
}

/** Lays the area out at `address` and clears what has to start at zero. */
export function draw(address: usize, voterCount: u32, otherCount: u32, columnCount: u32): void {
  cursor = (address + 15) & ~15;
  voters = voterCount;
  others = padded(voterCount, GROUP);
  height = padded(others + otherCount, PADDING);
  width = padded(columnCount, PADDING);
  const h = <usize>height;
  const w = <usize>width;
  rowUid = take(h << 2);
  stake = take(h << 2);
  medianStake = take(h << 2);
  rowSum = take(h << 3);
  trust = take(h << 3);
  bondTotal = take(h << 3);
  weight = take(h << 2);
  bondWeight = take(h << 2);
  bond = take(h << 3);
  share = take(h << 3);
  part = take(h << 3);
  soleRow = take(w << 2);
  hasOne = take(w);
  const cells = h * w;
  weightRows = take(cells << 1);
  bondRows = take(cells << 1);
  codeRows = weightRows;
  weightColumns = take(cells << 1);
  bondColumns = take(cells << 1);
  shares = take(cells << 2);
  codes = take(cells << 2);
  memory.fill(rowUid, 0xff, h << 2);
  memory.fill(stake, 0, weightRows - stake);
  memory.fill(weightRows, 0, cells << 2);
}

/** Address of row r of a row-major u16 block. */
export function rowAt(block: usize, r: u32): usize {
  return block + ((<usize>r * width) << 1);
}

/** Address of column j of a column-major u16 block. */
export function columnAt(block: usize, j: u32): usize {
  return block + ((<usize>j * height) << 1);
}

/** Address of column j of a column-major u32 block. */
export function wideColumnAt(block: usize, j: u32): usize {
  return block + ((<usize>j * height) << 2);
}
