/**
 * The memory of the fused path. It overlays the matrices of the general path, which it does not use: an epoch takes no more
 * memory for having two paths. Where the overlay would not fit, less than about one cell in eleven is stored, and the general path is the
 * better one: that is close to where the two take the same time (bench/README.md).
 *
 * V rows (permitted or bonded uids; those who vote last) and C columns (uids, ascending: columns.ts), padded to whole blocks of eight.
 * A block is worked on for all rows at once, a column a lane:
 *
 *   row-major u16 weights, bonds, codes  [V][C]  what the rows hold, zeros between; the bonds as they will be stored
 *   row-major u32 new bonds              [V][C]  what they are before they are stored; each row's part of the column is what earns
 *   u8 present                           [V][C/8] a bit a column: the row holds a bond of it
 */
import { align } from "../../arena";
import { u16At } from "../../linear/array";

/** Columns are handled this many at a time. */
export const BLOCK: u32 = 8;
/** Cells of u16 in a cache line of 64 bytes. */
const LINE: u32 = 32;
/** Bytes of a row of a block in hand: eight u32. */
export const CELLS: usize = 32;
/** Bytes of a row's divisor: the inverse of Σ in two parts, Σ itself; u32. */
export const DIVISOR: usize = 12;

/** Rows without voting stake: the first ones. */
export let others: u32 = 0;
/** Number of rows. */
export let height: u32 = 0;
/** Number of columns, and padded. */
export let columns: u32 = 0;
export let width: u32 = 0;
/**
 * Cells from one row to the next. As u16 never an even number of cache lines, so that the rows of a block fall into different sets of
 * the cache: 64 rows of 512 bytes each would drive each other out.
 */
export let pitch: u32 = 0;

/** u32 a row: its uid. */
export let rowUid: usize = 0;
/** u32 a row: active stake, below one; 0 for rows without. */
export let stake: usize = 0;
/** u32 a row: the stake that votes on consensus. One more row than there is, so that they can be read in pairs: it has no stake. */
export let medianStake: usize = 0;
/** u32 a row: the upper half of that, twice. One more row, too. */
export let halfStake: usize = 0;
/** u32 a row: Σ of its weights, below 2^28; 0 where it has none. */
export let rowSum: usize = 0;
/** DIVISOR bytes a row: how to divide by Σ (votes.ts). */
export let divisor: usize = 0;
/** A row: Σ of its clipped weights, in four u32 lanes, and, of columns done by hand, u64. */
export let trust: usize = 0;
export let trustByHand: usize = 0;
/**
 * The block in hand, eight u32 a row: normalised weights (of two blocks, each with zeros in one more row), their upper halves (narrow.ts), weights for
 * bonds; what Yuma 2 averages; the differences of pairs and their α, where they have one of their own.
 */
export let weight: usize = 0;
export let halves: usize = 0;
export let bondWeight: usize = 0;
export let fresh: usize = 0;
export let old: usize = 0;
export let alpha: usize = 0;
/** One column in hand, u64 a row, for columns that are done by hand; they lie where `old` does. */
export let columnA: usize = 0;
export let columnB: usize = 0;
export let columnC: usize = 0;
/** u16 a column: its uid. */
export let columnUid: usize = 0;
/** u8 a column: 1 = it holds a weight of exactly one. */
export let hasOne: usize = 0;
/** u64 a column: Σ of its new bonds. */
export let total: usize = 0;
/** f64 a column: incentive over that; u32, eight bytes apart, of each eight: how close to a whole number is too close (dividends.ts). */
export let factor: usize = 0;
export let threshold: usize = 0;

export let weights: usize = 0;
export let bonds: usize = 0;
export let codes: usize = 0;
export let newBonds: usize = 0;
export let present: usize = 0;

let cursor: usize = 0;

function take(bytes: usize): usize {
  const address = cursor;
  cursor += align(bytes);
  return address;
}

function padded(count: u32): u32 {
  return (count + BLOCK - 1) & ~(BLOCK - 1);
}

/** Cells from one row to the next, for so many columns. */
function pitchOf(columnCount: u32): u32 {
  const w = padded(columnCount);
  return w % (2 * LINE) === 0 ? w + LINE : w;
}

/** Bytes for the given numbers of rows and columns. */
export function bytes(rows: u32, columnCount: u32): u64 {
  const h = <u64>rows;
  const w = <u64>padded(columnCount);
  const cells = h * pitchOf(columnCount);
  return h * (4 * 5 + 12 + 16 + 8 + 32 * 6) + w * (2 + 1 + 8 + 8 + 1) + cells * (2 * 3 + 4) + (cells >> 3) + 512;
}

/** Lays the area out at `address` and clears what has to start at zero. */
export function draw(address: usize, otherCount: u32, rows: u32, columnCount: u32): void {
  cursor = (address + 15) & ~15;
  others = otherCount;
  height = rows;
  columns = columnCount;
  width = padded(columnCount);
  pitch = pitchOf(columnCount);
  const h = <usize>height;
  const w = <usize>width;
  rowUid = take(h << 2);
  stake = take(h << 2);
  medianStake = take((h + 1) << 2);
  halfStake = take((h + 1) << 2);
  rowSum = take(h << 2);
  divisor = take(h * DIVISOR);
  trust = take(h << 4);
  trustByHand = take(h << 3);
  weight = take(2 * (h + 1) * CELLS);
  halves = take((h + 1) * CELLS);
  bondWeight = take(h * CELLS);
  fresh = take(h * CELLS);
  old = take(h * CELLS);
  alpha = fresh; // never both
  columnA = old; // never both
  columnB = old + (h << 3);
  columnC = old + (h << 4);
  columnUid = take(w << 1);
  hasOne = take(w);
  total = take(w << 3);
  factor = take(w << 3);
  threshold = take(w);
  const cells = h * pitch;
  weights = take(cells << 1);
  bonds = take(cells << 1);
  codes = take(cells << 1);
  newBonds = take(cells << 2);
  present = take(cells >> 3);
  memory.fill(hasOne, 0, weights - hasOne);
  memory.fill(present, 0, cells >> 3);
  memory.fill(weightsOf(0) + h * CELLS, 0, CELLS);
  memory.fill(weightsOf(1) + h * CELLS, 0, CELLS);
  store<u32>(medianStake + (h << 2), 0);
  store<u32>(halfStake + (h << 2), 0);
  clearTrust();
}

/** Nobody's weights are counted yet. */
export function clearTrust(): void {
  memory.fill(trust, 0, weight - trust);
}

/** The uid of column j. */
export function uidOf(j: u32): u32 {
  return u16At(columnUid, j);
}

/** Address of column j of row r in a row-major u16 block. */
export function halfAt(rows: usize, r: u32, j: u32): usize {
  return rows + ((<usize>r * pitch + j) << 1);
}

/** Address of column j of row r of `newBonds`. */
export function newBondAt(r: u32, j: u32): usize {
  return newBonds + ((<usize>r * pitch + j) << 2);
}

/** Address of the sum of column j. */
export function totalAt(j: u32): usize {
  return total + ((<usize>j) << 3);
}

/** Address of the bits of column j's block in row r of `present`. */
export function presentAt(r: u32, j: u32): usize {
  return present + ((<usize>r * pitch + j) >> 3);
}

/** Address of the normalised weights of the first or the second of two blocks in hand. */
export function weightsOf(block: u32): usize {
  return weight + block * (height + 1) * CELLS;
}

/** Address of row r's divisor. */
export function divisorAt(r: u32): usize {
  return divisor + <usize>r * DIVISOR;
}

/** Address of row r of a block in hand. */
export function cellsAt(block: usize, r: u32): usize {
  return block + <usize>r * CELLS;
}
