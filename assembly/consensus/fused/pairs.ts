/**
 * α of a block of pairs from their differences: by bounds (bounds.ts), of all pairs where most move, else of a list of those that do. Where
 * these leave two of them, and the bond comes out otherwise for one than for the other, by the reference's own sum (series.ts), and what
 * is open even then exactly, in integers.
 */
import * as i32f32 from "../../fixed/i32f32";
import { setU32, u16At, u32At } from "../../linear/array";
import * as area from "./area";
import { boundAlphas, OPEN, PART } from "./bounds";
import { isFlat, pairAlpha, restAlpha, sumAlphas } from "./certified";

/** Pairs a list has room for: a PART of them. */
const CAPACITY: u32 = 256;
/** Pairs that move, u32 each: where one lies in the block, in bytes, its difference, its α. */
const PLACES = memory.data(1024, 16);
const DIFFERENCES = memory.data(1024, 16);
const FOUND = memory.data(1024, 16);
/** Pairs whose α is summed, likewise; 0 where the sum does not say it. */
const OPEN_PLACES = memory.data(1024, 16);
const OPEN_DIFFERENCES = memory.data(1024, 16);
const SUMMED = memory.data(1024, 16);
/** Bytes of the differences of 64 pairs, whose bits of OPEN are a u64. */
const WORD: usize = 256;
/** For each of 16 masks of lanes, the bytes of these lanes from the left. */
const ORDERS = memory.data(256, 16);
const LOW32: u64 = 0xffffffff;
let filled: bool = false;

/** How many pairs are in the one list, and in the other. */
let moving: u32 = 0;
let open: u32 = 0;
/** The column the block begins with. */
let column: u32 = 0;

/** Once an instance. */
function fillOrders(): void {
  for (let mask: u32 = 0; mask < 16; mask++) {
    let to = ORDERS + ((<usize>mask) << 4);
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      store<u32>(to, 0x03020100 + 0x04040404 * ctz(rest));
      to += 4;
    }
  }
  filled = true;
}

/**
 * area.alpha ← α of the differences in area.old, of the block from column j on, `count` of which are not zero: one of zero is that of a
 * pair at rest. Of two neighbours it may be the smaller one where either makes the same bond of area.bonds and area.bondWeight.
 */
export function findAlphas(count: u32, j: u32): void {
  if (!filled) fillOrders();
  column = j;
  const bytes = area.cellsAt(0, area.height);
  if (isFlat || count < (area.BLOCK >> 1) * area.height) {
    restAll(bytes);
    if (!isFlat) boundMoving(bytes);
  } else {
    for (let at: usize = 0; at < bytes; at += PART) {
      const part = min(bytes - at, PART);
      boundAlphas(area.old + at, area.alpha + at, part);
      for (let word: usize = 0; word < part; word += WORD) listOpen(word, at, false);
    }
  }
  sumOpen();
}

/** All of the block is at rest. */
function restAll(bytes: usize): void {
  const rest = i32x4.splat(<i32>restAlpha);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(area.alpha + at, rest);
}

/** The bounds, of those that move alone. */
function boundMoving(bytes: usize): void {
  const zero = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    list(at, i32x4.bitmask(i32x4.ne(v128.load(area.old + at), zero)));
    if (moving > CAPACITY - 4) boundListed();
  }
  boundListed();
}

/** Lists the pairs of a mask of the four at a place. It may write four, which is no more than there is room for. */
function list(at: usize, mask: i32): void {
  const order = v128.load(ORDERS + ((<usize>mask) << 4));
  const to = (<usize>moving) << 2;
  v128.store(PLACES + to, i8x16.swizzle(i32x4.add(i32x4.splat(<i32>at), i32x4(0, 4, 8, 12)), order));
  v128.store(DIFFERENCES + to, i8x16.swizzle(v128.load(area.old + at), order));
  moving += popcnt(mask);
}

/** Writes what the bounds make of all pairs that were listed to their places, and empties the list. */
function boundListed(): void {
  if (moving === 0) return;
  // Whatever fills the last eight up is at rest, and not open.
  for (let k = moving; (k & 7) !== 0; k++) setU32(DIFFERENCES, k, 0);
  const bytes = ((<usize>moving + 7) & ~7) << 2;
  boundAlphas(DIFFERENCES, FOUND, bytes);
  for (let k: u32 = 0; k < moving; k++) store<u32>(area.alpha + u32At(PLACES, k), u32At(FOUND, k));
  for (let word: usize = 0; word < bytes; word += WORD) listOpen(word, 0, true);
  moving = 0;
}

/** Lists those of 64 pairs whose α has to be summed; they are the ones from a place on, or those of the list of pairs that move. */
function listOpen(word: usize, at: usize, isListed: bool): void {
  for (let rest = load<u64>(OPEN + (word >> 5)); rest !== 0; rest &= rest - 1) {
    const pair = word + ((<usize>ctz(rest)) << 2);
    const place = isListed ? <usize>load<u32>(PLACES + pair) : at + pair;
    setU32(OPEN_PLACES, open, <u32>place);
    setU32(OPEN_DIFFERENCES, open, load<u32>(area.old + place));
    open += matters(place);
  }
  if (open > CAPACITY - 64) sumOpen();
}

/**
 * 1 where it makes a difference to a pair's bond whether its α is what it has or the next one, and where nothing is known of it, else 0. One
 * more takes `old` from the first of the two products the bond is made of, and adds the weight to the second: it matters where either
 * goes past a multiple of 2^32, as the first does for a bond of one, here 2^−32 less. Without a weight there is no bond. No branches: nobody
 * could foretell them.
 */
function matters(place: usize): u32 {
  const alpha = <u64>load<u32>(area.alpha + place);
  const weight = <u64>load<u32>(area.bondWeight + place);
  const row = area.halfAt(area.bonds, <u32>(place / area.CELLS), column);
  const half = <u64>u16At(row, <u32>(place % area.CELLS) >> 2);
  const old = half * 0x10001; // half·2^32 / 65535
  const isLess = ((((<u64>i32f32.ONE - alpha) * old) & LOW32) - old) >> 63;
  const isMore = (((alpha * weight) & LOW32) + weight) >> 32;
  return <u32>(isLess | isMore | u64(alpha === 0)) & u32(weight !== 0);
}

/** Writes the α of all pairs listed to their places by the sum, and empties the list. */
function sumOpen(): void {
  if (open === 0) return;
  // Whatever fills the last eight up, let it not be what is always open.
  for (let k = open; (k & 7) !== 0; k++) setU32(OPEN_DIFFERENCES, k, u32At(OPEN_DIFFERENCES, 0));
  sumAlphas(OPEN_DIFFERENCES, SUMMED, ((<usize>open + 7) & ~7) << 2);
  for (let k: u32 = 0; k < open; k++) {
    const found = u32At(SUMMED, k);
    const alpha = found !== 0 ? found : <u32>pairAlpha(0, u32At(OPEN_DIFFERENCES, k), 0);
    store<u32>(area.alpha + u32At(OPEN_PLACES, k), alpha);
  }
  open = 0;
}
