/**
 * The ABI of a row of weights: rowBegin → fill the arrays → any of the others → read.
 *
 * The row lies above the arena's top without being drawn from it: it leaves an epoch and tables alone, and ends with the next call
 * that draws memory, be it in passing, which is noticed.
 */
import * as arena from "../arena";
import { ERROR_FIELD, ERROR_STATE, MAX_UIDS } from "../contract";
import * as i64f64 from "../fixed/i64f64";
import { check } from "../trap";
import { ERROR_ROW_LENGTH, ROW_ARRAYS, ROW_BITS, ROW_RESULT, ROW_UIDS, ROW_VALUES } from "./contract";
import { isLongEnough, isSelfWeight, repeats, SEEN_BYTES } from "./rowRules";
import { shares, wholeShares, withinLimit } from "./shares";
import { taoWeight, totalStake } from "./totalStake";
import { upscale, upscaleWhole } from "./upscale";

const STAKE = memory.data(16);

let uidCount: u32 = 0;
let valueCount: u32 = 0;
let base: usize = 0;
/** What the arena counted when the row was drawn. */
let era: u32 = 0;
let passes: u32 = 0;

/** Draws a row of so many uids and values, at most MAX_UIDS each; its contents are undefined. */
export function rowBegin(uids: u32, values: u32): void {
  check(uids <= <u32>MAX_UIDS, ERROR_ROW_LENGTH, uids);
  check(values <= <u32>MAX_UIDS, ERROR_ROW_LENGTH, values);
  base = 0;
  uidCount = uids;
  valueCount = values;
  const top = arena.mark();
  const drawn = arena.alloc(<u64>(SEEN_BYTES + arena.align(uids << 1) + 2 * arena.align(values << 1) + (values << 3)));
  arena.giveBack(top);
  era = arena.era;
  passes = arena.passes;
  base = drawn;
}

/** Address of an array of the row (ROW_*). */
export function rowArray(id: i32): usize {
  check(stands(), ERROR_STATE, <u64>id);
  check(<u32>id < <u32>ROW_ARRAYS, ERROR_FIELD, <u64>id);
  const bits = base + SEEN_BYTES;
  if (id === ROW_BITS) return bits;
  const values = bits + ((<usize>valueCount) << 3);
  if (id === ROW_VALUES) return values;
  const result = values + arena.align((<usize>valueCount) << 1);
  return id === ROW_RESULT ? result : result + arena.align((<usize>valueCount) << 1);
}

/** Whether nothing has been drawn where the row lies since it was begun. */
function stands(): bool {
  return base !== 0 && base === arena.mark() && era === arena.era && passes === arena.passes;
}

/** ROW_RESULT ← ROW_VALUES stretched so that the largest is 65535: the row as the chain stores it. */
export function rowUpscale(): void {
  upscaleWhole(rowArray(ROW_RESULT), rowArray(ROW_VALUES), valueCount);
}

/** ROW_RESULT ← ROW_BITS likewise. */
export function rowUpscaleBits(): void {
  upscale(rowArray(ROW_RESULT), rowArray(ROW_BITS), valueCount);
}

/** ROW_BITS ← ROW_VALUES as I32F32 shares of their sum. */
export function rowNormalise(): void {
  shares(rowArray(ROW_BITS), rowArray(ROW_VALUES), valueCount);
}

/** ROW_RESULT ← ROW_VALUES as shares of their sum, over 65535. */
export function rowNormaliseWhole(): void {
  wholeShares(rowArray(ROW_RESULT), rowArray(ROW_VALUES), valueCount);
}

/** 1 if the largest share of ROW_VALUES is at most limit / 65535. */
export function rowWithinLimit(limit: u32): i32 {
  return i32(withinLimit(rowArray(ROW_VALUES), valueCount, limit));
}

/** 1 if the row is a self-weight of `uid`. */
export function rowIsSelf(uid: u32): i32 {
  return i32(isSelfWeight(uid, rowArray(ROW_UIDS), uidCount, valueCount));
}

/** 1 if `uid` may set a row of this length on a subnet of n uids with this MinAllowedWeights; netuid 0 is root. */
export function rowIsLongEnough(uid: u32, n: u32, minAllowed: u32, netuid: u32): i32 {
  return i32(isLongEnough(valueCount, n, minAllowed, rowIsSelf(uid) !== 0, netuid === 0));
}

/** 1 if ROW_UIDS names a uid twice. */
export function rowRepeats(): i32 {
  return i32(repeats(rowArray(ROW_UIDS), uidCount, base));
}

/** ⌊alpha + tao · taoWeight / (2^64 − 1)⌋ in rao: the stake the threshold is held against. Needs no row. */
export function stakeWeight(alphaRao: u64, taoRao: u64, rawTaoWeight: u64): u64 {
  totalStake(STAKE, alphaRao, taoRao, taoWeight(rawTaoWeight));
  return i64f64.toU64(STAKE);
}
