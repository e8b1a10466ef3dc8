/**
 * α of a block of pairs from their differences, four at a time: by the bounds of growth.ts, of all pairs where most move, else of a
 * list of those that do; what the bounds leave open by the reference's own sum (series.ts), and what is open even then exactly, in
 * integers.
 */
import { setU32, u32At } from "../../linear/array";
import * as area from "./area";
import { boundAlphas } from "./bounds";
import { isFlat, pairAlpha, restAlpha, sumAlphas } from "./certified";

/** Pairs the list has room for; a multiple of eight. */
const CAPACITY: u32 = 512;
/** u32 each: where a pair lies in area.alpha, and its difference. */
const PLACES = memory.data(2048, 16);
const DIFFERENCES = memory.data(2048, 16);
/** For each of 16 masks of lanes, the bytes of these lanes from the left. */
const ORDERS = memory.data(256, 16);
/** Their α, u32. */
const FOUND = memory.data(2048, 16);
let filled: bool = false;

/** Pairs in the list. */
let count: u32 = 0;

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

/** area.alpha ← α of the differences in area.old, `moving` of which are not zero; one of zero is that of a pair at rest. */
export function findAlphas(moving: u32): void {
  if (!filled) fillOrders();
  const end = area.cellsAt(area.alpha, area.height);
  if (isFlat || moving < (area.BLOCK >> 1) * area.height) {
    restAll(end);
    if (isFlat) return;
    boundMoving(end);
  } else {
    boundAlphas(area.old, area.alpha, end);
  }
  let at = area.alpha;
  do {
    const open = i32x4.bitmask(i32x4.eq(v128.load(at), i32x4.splat(0)));
    if (open !== 0) list(at, open);
    if (count > CAPACITY - 4) settle();
    at += 16;
  } while (at < end);
  settle();
}

/** All of the block is at rest. */
function restAll(end: usize): void {
  const rest = i32x4.splat(<i32>restAlpha);
  let at = area.alpha;
  do {
    v128.store(at, rest);
    at += 16;
  } while (at < end);
}

/** The bounds, of those that move alone. */
function boundMoving(end: usize): void {
  const zero = i32x4.splat(0);
  let at = area.alpha;
  do {
    list(at, i32x4.bitmask(i32x4.ne(v128.load(at - area.alpha + area.old), zero)));
    if (count > CAPACITY - 4) boundListed();
    at += 16;
  } while (at < end);
  boundListed();
}

/** Writes what the bounds make of all pairs listed to their places, and empties the list. */
function boundListed(): void {
  if (count === 0) return;
  boundAlphas(DIFFERENCES, FOUND, FOUND + ((<usize>count) << 2));
  for (let k: u32 = 0; k < count; k++) store<u32>(u32At(PLACES, k), u32At(FOUND, k));
  count = 0;
}

/** Lists the pairs of a mask of the four at `at`. It may write four, which is no more than there is room for. */
function list(at: usize, mask: i32): void {
  const order = v128.load(ORDERS + ((<usize>mask) << 4));
  const to = (<usize>count) << 2;
  v128.store(PLACES + to, i8x16.swizzle(i32x4.add(i32x4.splat(<i32>at), i32x4(0, 4, 8, 12)), order));
  v128.store(DIFFERENCES + to, i8x16.swizzle(v128.load(at - area.alpha + area.old), order));
  count += popcnt(mask);
}

/** Writes the α of all pairs listed to their places by the sum, and empties the list. */
function settle(): void {
  // Whatever fills the last eight up, let it not be what is always open.
  for (let k = count; (k & 7) !== 0; k++) setU32(DIFFERENCES, k, u32At(DIFFERENCES, 0));
  for (let k: u32 = 0; k < count; k += 8) {
    const open = sumAlphas(DIFFERENCES + ((<usize>k) << 2), FOUND);
    for (let lane: u32 = 0; lane < min(count - k, 8); lane++) {
      const found = (open >> lane) & 1 ? 0 : u32At(FOUND, lane);
      store<u32>(u32At(PLACES, k + lane), found !== 0 ? found : <u32>pairAlpha(0, u32At(DIFFERENCES, k + lane), 0));
    }
  }
  count = 0;
}
