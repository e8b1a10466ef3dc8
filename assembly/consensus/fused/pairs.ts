/**
 * The pairs of a block that are not at rest, in a list, so that each step of finding their α is one loop: by the bounds of growth.ts;
 * those left open by the reference's own sum (series.ts); and what is still open exactly, in integers.
 */
import { setU32, u32At } from "../../linear/array";
import * as area from "./area";
import {
  ALPHAS,
  CAPACITY,
  DIFFERENCES,
  findAlphas,
  findExponents,
  findPowers,
  flatAlpha,
  OPEN,
  pairAlpha,
  restAlpha,
  sumPowers,
} from "./certified";

/** u32: where the α of each pair goes. */
const PLACES = memory.data(2048, 16);
/** For each of 16 masks of lanes, the bytes of these lanes from the left. */
const ORDERS = memory.data(256, 16);
/** Where α of what fills up a group of four may go. */
const NOWHERE = memory.data(4);
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

/** Empties the list; all of the block is at rest. */
export function restAll(): void {
  if (!filled) fillOrders();
  count = 0;
  const rest = i32x4.splat(<i32>restAlpha);
  const end = area.cellsAt(area.alpha, area.height);
  let at = area.alpha;
  do {
    v128.store(at, rest);
    v128.store(at, rest, 16);
    at += area.CELLS;
  } while (at < end);
}

/** Whether there is room for eight more. */
export function hasRoom(): bool {
  return count + area.BLOCK <= CAPACITY;
}

/** Lists those of four pairs whose difference is not zero; their α are at `at`. */
export function list(at: usize, differences: v128): void {
  const mask = i32x4.bitmask(i32x4.ne(differences, i32x4.splat(0)));
  append(i32x4.add(i32x4.splat(<i32>at), i32x4(0, 4, 8, 12)), differences, mask);
}

/** Appends the pairs of a mask. It may write four, which is no more than are still to come. */
function append(addresses: v128, differences: v128, mask: i32): void {
  const order = v128.load(ORDERS + ((<usize>mask) << 4));
  const to = (<usize>count) << 2;
  v128.store(PLACES + to, i8x16.swizzle(addresses, order));
  v128.store(DIFFERENCES + to, i8x16.swizzle(differences, order));
  count += popcnt(mask);
}

/** Writes the α of all pairs listed to their places, and empties the list. */
export function settle(): void {
  if (count === 0) return;
  if (flatAlpha() !== 0) {
    for (let k: u32 = 0; k < count; k++) store<u32>(u32At(PLACES, k), flatAlpha());
    count = 0;
    return;
  }
  fillUp();
  memory.fill(OPEN, 0, (<usize>count + 3) << 2);
  findExponents(count);
  findPowers(count);
  findAlphas(count);
  keepOpen();
  if (count === 0) return;
  fillUp();
  findExponents(count);
  sumPowers(count);
  findAlphas(count);
  for (let k: u32 = 0; k < count; k++) {
    const isOpen = u32At(OPEN, k) !== 0;
    const alpha = isOpen ? <u32>pairAlpha(0, u32At(DIFFERENCES, k), 0) : u32At(ALPHAS, k);
    store<u32>(u32At(PLACES, k), alpha);
  }
  count = 0;
}

/** Fills the last group of four up. */
function fillUp(): void {
  for (let k = count; (k & 3) !== 0; k++) {
    setU32(PLACES, k, <u32>NOWHERE);
    setU32(DIFFERENCES, k, 0);
  }
}

/** Writes α to their places, and keeps the pairs whose α is open in the list. */
function keepOpen(): void {
  const all = count;
  count = 0;
  for (let k: u32 = 0; k < all; k += 4) {
    const from = (<usize>k) << 2;
    const addresses = v128.load(PLACES + from);
    const first = <usize>i32x4.extract_lane(addresses, 0);
    if (<usize>i32x4.extract_lane(addresses, 3) === first + 12) {
      v128.store(first, v128.load(ALPHAS + from));
    } else {
      for (let lane = k; lane < k + 4; lane++) store<u32>(u32At(PLACES, lane), u32At(ALPHAS, lane));
    }
    const isPair = i32x4.gt_s(i32x4.splat(all - k), i32x4(0, 1, 2, 3));
    const open = i32x4.bitmask(v128.and(v128.load(OPEN + from), isPair));
    append(addresses, v128.load(DIFFERENCES + from), open);
  }
}
