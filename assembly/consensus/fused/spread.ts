/**
 * Spreading sparse rows out densely, and all the masks of K.5 and K.9, on u16 values as they are stored.
 *
 * A row is copied whole, eight entries at once where they go to eight consecutive uids; what a mask drops is taken out of the
 * dense row afterwards, and only where a mask can bite: where some uid was registered late enough.
 */
import {
  BONDS_MASK_LAST_UPDATE,
  FLAG_COMMIT_REVEAL,
  FLAG_OWNER_PRIVILEGE,
  NO_OWNER,
  SCALAR_BONDS_MASK,
  SCALAR_OWNER_UID,
} from "../../contract";
import { setU8, setU16, u16At, u32At, u64At } from "../../linear/array";
import * as input from "../input";
import { lastEpochBlock } from "../oldBonds";
import { hasPermit } from "../permits";
import * as area from "./area";
import { countFrom, sum32 } from "./lanes";

const U16_ONE: u32 = 65535;

/** The block of the latest registration. */
let newest: u64 = 0;
/** The dense row in hand, the uid it may not weigh, and the blocks its weights are masked by. */
let row: usize = 0;
let self: u64 = 0;
let updated: u64 = 0;
let committed: u64 = 0;

/**
 * Spreads every row. Returns false where a row is not what the fused path needs: strictly ascending uids below n, and, if
 * `strict`, no explicit zero among the weights that count.
 */
export function spreadRows(strict: bool): bool {
  newest = 0;
  for (let j: u32 = 0; j < input.n; j++) newest = max(newest, u64At(input.blockAtRegistration, j));
  const lastEpoch = lastEpochBlock();
  const byUpdate = input.scalar(SCALAR_BONDS_MASK) === BONDS_MASK_LAST_UPDATE;
  for (let r: u32 = 0; r < area.height; r++) {
    store<f64>(area.rowSum + ((<usize>r) << 3), 1.0);
    const i = u32At(area.rowUid, r);
    if (i === area.NOBODY) continue;
    if (hasPermit(i) && !spreadWeights(r, i, strict)) return false;
    if (!spreadBonds(r, i, byUpdate ? u64At(input.lastUpdate, i) : lastEpoch)) return false;
  }
  return true;
}

function spreadWeights(r: u32, i: u32, strict: bool): bool {
  const owner = input.flag(FLAG_OWNER_PRIVILEGE) ? input.scalar(SCALAR_OWNER_UID) : NO_OWNER;
  row = area.rowAt(area.weightRows, r);
  self = <u64>i === owner ? NO_OWNER : i;
  updated = u64At(input.lastUpdate, i);
  committed = input.flag(FLAG_COMMIT_REVEAL) ? u64At(input.commitBlock, i) : u64.MAX_VALUE;
  if (!copyWeights(u32At(input.weightRows, i), u32At(input.weightRows, i + 1), strict)) return false;
  if (updated <= newest || committed < newest) {
    for (let j: u32 = 0; j < input.n; j++) if (isMasked(j)) setU16(row, j, 0);
  } else if (self !== NO_OWNER) {
    setU16(row, i, 0);
  }
  const sum = sumRow();
  if (sum === 0) return true;
  // A row with a single weight gives it a normalised weight of one.
  if (sum <= U16_ONE) markSole(sum);
  // Σ ≤ 4096·65535 < 2^28, and dividing by a power of two is exact.
  store<f64>(area.rowSum + ((<usize>r) << 3), <f64>sum / 4294967296.0);
  return true;
}

/** Whether the weight on uid j does not count (consensus/masks.ts). */
function isMasked(j: u32): bool {
  const registered = u64At(input.blockAtRegistration, j);
  return j === self || updated <= registered || committed < registered;
}

/** Copies entries from … to of the weights; false where they are not as `spreadRows` asks. */
function copyWeights(from: u32, to: u32, strict: bool): bool {
  let next: u32 = 0; // the smallest uid that may come
  for (let e = from; e < to; ) {
    if (e + 8 <= to && areConsecutive(input.weightUids, e, next)) {
      const values = v128.load(input.weightValues + ((<usize>e) << 1));
      if (!strict || i16x8.all_true(values)) {
        next = u16At(input.weightUids, e);
        v128.store(row + ((<usize>next) << 1), values);
        next += 8;
        e += 8;
        continue;
      }
    }
    const j = u16At(input.weightUids, e);
    if (j < next || j >= input.n) return false;
    next = j + 1;
    const value = u16At(input.weightValues, e++);
    if (value === 0 && strict && !isMasked(j)) return false;
    setU16(row, j, value);
  }
  return true;
}

/** Whether eight entries from e on go to consecutive uids, none below `next` or beyond n. */
function areConsecutive(uids: usize, e: u32, next: u32): bool {
  const first = u16At(uids, e);
  if (first < next || first + 8 > input.n) return false;
  return i16x8.all_true(i16x8.eq(v128.load(uids + ((<usize>e) << 1)), countFrom(first)));
}

/** Σ of the row in hand. */
function sumRow(): u32 {
  let sum = i32x4.splat(0);
  for (let j: usize = 0; j < area.width; j += 8) {
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(v128.load(row + (j << 1))));
  }
  return sum32(sum);
}

/** Marks the column of the row's only weight, if there is only one: the first is then the whole sum. */
function markSole(sum: u32): void {
  let j: u32 = 0;
  while (u16At(row, j) === 0) j++;
  if (u16At(row, j) === sum) setU8(area.hasOne, j, 1);
}

function spreadBonds(r: u32, i: u32, since: u64): bool {
  row = area.rowAt(area.bondRows, r);
  if (!copyBonds(u32At(input.bondRows, i), u32At(input.bondRows, i + 1))) return false;
  if (since > newest) return true;
  for (let j: u32 = 0; j < input.n; j++) if (since <= u64At(input.blockAtRegistration, j)) setU16(row, j, 0);
  return true;
}

/** Copies entries from … to of the bonds; false where uids are not strictly ascending and below n. */
function copyBonds(from: u32, to: u32): bool {
  let next: u32 = 0;
  for (let e = from; e < to; ) {
    if (e + 8 <= to && areConsecutive(input.bondUids, e, next)) {
      next = u16At(input.bondUids, e);
      v128.store(row + ((<usize>next) << 1), v128.load(input.bondValues + ((<usize>e) << 1)));
      next += 8;
      e += 8;
      continue;
    }
    const j = u16At(input.bondUids, e);
    if (j < next || j >= input.n) return false;
    next = j + 1;
    setU16(row, j, u16At(input.bondValues, e++));
  }
  return true;
}
