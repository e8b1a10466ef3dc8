/**
 * Choosing the rows, spreading them out densely, and turning them into columns. All the masks of K.5 and K.9 are applied
 * here, on u16 values as they are stored.
 */
import {
  BONDS_MASK_LAST_UPDATE,
  FLAG_COMMIT_REVEAL,
  FLAG_OWNER_PRIVILEGE,
  FLAG_YUMA3,
  NO_OWNER,
  SCALAR_BONDS_MASK,
  SCALAR_OWNER_UID,
} from "../../contract";
import { at, setU8, setU32, u16At, u32At, u64At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import { lastEpochBlock } from "../oldBonds";
import { hasPermit } from "../permits";
import * as area from "./area";

const U16_ONE: u32 = 65535;

/** Whether row i takes part: it may set weights, or it holds bonds. */
export function takesPart(i: u32): bool {
  return hasPermit(i) || u32At(input.bondRows, i + 1) > u32At(input.bondRows, i);
}

/** Lists the rows, voters first, with their stakes. */
export function listRows(): void {
  let voter: u32 = 0;
  let other = area.others;
  for (let i: u32 = 0; i < input.n; i++) {
    if (!takesPart(i)) continue;
    const votes = at(frame.medianStake, i) > 0;
    const r = votes ? voter++ : other++;
    setU32(area.rowUid, r, i);
    setU32(area.stake, r, <u32>at(frame.activeStake, i));
    setU32(area.medianStake, r, <u32>at(frame.medianStake, i));
  }
}

/**
 * Spreads every row. Returns false where a row is not what the fused path needs: strictly ascending uids below n, and, if
 * `strict`, no explicit zero among the weights that count.
 */
export function spreadRows(strict: bool): bool {
  for (let r: u32 = 0; r < area.height; r++) store<f64>(area.rowSum + ((<usize>r) << 3), 1.0);
  const lastEpoch = lastEpochBlock();
  for (let r: u32 = 0; r < area.height; r++) {
    const i = u32At(area.rowUid, r);
    if (i === area.NOBODY) continue;
    if (hasPermit(i) && !spreadWeights(r, i, strict)) return false;
    const byUpdate = input.scalar(SCALAR_BONDS_MASK) === BONDS_MASK_LAST_UPDATE;
    if (!spreadBonds(r, i, byUpdate ? u64At(input.lastUpdate, i) : lastEpoch)) return false;
  }
  return true;
}

function spreadWeights(r: u32, i: u32, strict: bool): bool {
  const to = area.rowAt(area.weightRows, r);
  const owner = input.flag(FLAG_OWNER_PRIVILEGE) ? input.scalar(SCALAR_OWNER_UID) : NO_OWNER;
  const self = <u64>i === owner ? NO_OWNER : i;
  const updated = u64At(input.lastUpdate, i);
  const committed = input.flag(FLAG_COMMIT_REVEAL) ? u64At(input.commitBlock, i) : u64.MAX_VALUE;
  const end = u32At(input.weightRows, i + 1);
  let next: u32 = 0; // the smallest uid that may come
  let sum: u32 = 0;
  let last: u32 = 0;
  let lastWeight: u32 = 0;
  for (let e = u32At(input.weightRows, i); e < end; e++) {
    const j = u16At(input.weightUids, e);
    if (j < next || j >= input.n) return false;
    next = j + 1;
    const registered = u64At(input.blockAtRegistration, j);
    if (j === self || updated <= registered || committed < registered) continue;
    const value = u16At(input.weightValues, e);
    if (value === 0 && strict) return false;
    sum += value;
    if (value !== 0) {
      last = j;
      lastWeight = value;
    }
    store<u16>(to + ((<usize>j) << 1), <u16>value);
  }
  if (sum === 0) return true;
  if (sum === lastWeight) setU8(area.hasOne, last, 1);
  // Σ ≤ 4096·65535 < 2^28, and dividing by a power of two is exact.
  store<f64>(area.rowSum + ((<usize>r) << 3), <f64>sum / 4294967296.0);
  return true;
}

function spreadBonds(r: u32, i: u32, since: u64): bool {
  const to = area.rowAt(area.bondRows, r);
  const yuma3 = input.flag(FLAG_YUMA3);
  const end = u32At(input.bondRows, i + 1);
  let next: u32 = 0;
  for (let e = u32At(input.bondRows, i); e < end; e++) {
    const j = u16At(input.bondUids, e);
    if (j < next || j >= input.n) return false;
    next = j + 1;
    if (since <= u64At(input.blockAtRegistration, j)) continue;
    const value = u16At(input.bondValues, e);
    if (yuma3 && value === U16_ONE) setU8(area.hasOne, j, 1);
    store<u16>(to + ((<usize>j) << 1), <u16>value);
  }
  return true;
}

/** Both blocks by columns. */
export function turnIntoColumns(): void {
  transpose16(area.weightRows, area.weightColumns);
  transpose16(area.bondRows, area.bondColumns);
}

/** Row-major u16 to column-major, eight by eight. */
function transpose16(from: usize, to: usize): void {
  const fromStride = (<usize>area.width) << 1;
  const toStride = (<usize>area.height) << 1;
  for (let r: u32 = 0; r < area.height; r += 8) {
    for (let j: u32 = 0; j < area.width; j += 8) {
      transposeTile(
        area.rowAt(from, r) + ((<usize>j) << 1),
        fromStride,
        area.columnAt(to, j) + ((<usize>r) << 1),
        toStride,
      );
    }
  }
}

function transposeTile(a: usize, s: usize, o: usize, d: usize): void {
  const r0 = v128.load(a);
  const r1 = v128.load(a + s);
  const r2 = v128.load(a + 2 * s);
  const r3 = v128.load(a + 3 * s);
  const r4 = v128.load(a + 4 * s);
  const r5 = v128.load(a + 5 * s);
  const r6 = v128.load(a + 6 * s);
  const r7 = v128.load(a + 7 * s);
  const a0 = i16x8.shuffle(r0, r1, 0, 8, 1, 9, 2, 10, 3, 11);
  const a1 = i16x8.shuffle(r0, r1, 4, 12, 5, 13, 6, 14, 7, 15);
  const a2 = i16x8.shuffle(r2, r3, 0, 8, 1, 9, 2, 10, 3, 11);
  const a3 = i16x8.shuffle(r2, r3, 4, 12, 5, 13, 6, 14, 7, 15);
  const a4 = i16x8.shuffle(r4, r5, 0, 8, 1, 9, 2, 10, 3, 11);
  const a5 = i16x8.shuffle(r4, r5, 4, 12, 5, 13, 6, 14, 7, 15);
  const a6 = i16x8.shuffle(r6, r7, 0, 8, 1, 9, 2, 10, 3, 11);
  const a7 = i16x8.shuffle(r6, r7, 4, 12, 5, 13, 6, 14, 7, 15);
  const b0 = i32x4.shuffle(a0, a2, 0, 4, 1, 5);
  const b1 = i32x4.shuffle(a0, a2, 2, 6, 3, 7);
  const b2 = i32x4.shuffle(a1, a3, 0, 4, 1, 5);
  const b3 = i32x4.shuffle(a1, a3, 2, 6, 3, 7);
  const b4 = i32x4.shuffle(a4, a6, 0, 4, 1, 5);
  const b5 = i32x4.shuffle(a4, a6, 2, 6, 3, 7);
  const b6 = i32x4.shuffle(a5, a7, 0, 4, 1, 5);
  const b7 = i32x4.shuffle(a5, a7, 2, 6, 3, 7);
  v128.store(o, i64x2.shuffle(b0, b4, 0, 2));
  v128.store(o + d, i64x2.shuffle(b0, b4, 1, 3));
  v128.store(o + 2 * d, i64x2.shuffle(b1, b5, 0, 2));
  v128.store(o + 3 * d, i64x2.shuffle(b1, b5, 1, 3));
  v128.store(o + 4 * d, i64x2.shuffle(b2, b6, 0, 2));
  v128.store(o + 5 * d, i64x2.shuffle(b2, b6, 1, 3));
  v128.store(o + 6 * d, i64x2.shuffle(b3, b7, 0, 2));
  v128.store(o + 7 * d, i64x2.shuffle(b3, b7, 1, 3));
}
