/**
 * Spreading sparse rows out densely, and all the masks of K.5 and K.9, on u16 values as they are stored.
 *
 * A row is copied whole, eight entries at once where they go to eight consecutive columns (runs.ts); what a mask drops is taken out of the
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
import { setU8, setU16, setU32, u16At, u32At, u64At } from "../../linear/array";
import * as input from "../input";
import { lastEpochBlock } from "../oldBonds";
import { hasPermit } from "../permits";
import * as area from "./area";
import { columnOf } from "./columns";
import { sum32 } from "./lanes";
import { clear, copyEight, copyRun } from "./runs";
import { highPart, inverse, lowPart } from "./smallQuotient";

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
  for (let j: u32 = 0; j < area.columns; j++) newest = max(newest, registeredAt(j));
  const lastEpoch = lastEpochBlock();
  const byUpdate = input.scalar(SCALAR_BONDS_MASK) === BONDS_MASK_LAST_UPDATE;
  for (let r: u32 = 0; r < area.height; r++) {
    const i = u32At(area.rowUid, r);
    if (!spreadWeights(r, i, strict)) return false;
    if (!spreadBonds(r, i, byUpdate ? u64At(input.lastUpdate, i) : lastEpoch)) return false;
  }
  return true;
}

function spreadWeights(r: u32, i: u32, strict: bool): bool {
  const owner = input.flag(FLAG_OWNER_PRIVILEGE) ? input.scalar(SCALAR_OWNER_UID) : NO_OWNER;
  row = area.halfAt(area.weights, r, 0);
  self = <u64>i === owner ? NO_OWNER : i;
  updated = u64At(input.lastUpdate, i);
  committed = input.flag(FLAG_COMMIT_REVEAL) ? u64At(input.commitBlock, i) : u64.MAX_VALUE;
  const from = u32At(input.weightRows, i);
  const to = hasPermit(i) ? u32At(input.weightRows, i + 1) : from;
  if (!copyRow(input.weightUids, input.weightValues, from, to, strict)) return false;
  if (updated <= newest || committed < newest) {
    for (let j: u32 = 0; j < area.columns; j++) if (isMasked(area.uidOf(j))) setU16(row, j, 0);
  } else if (self !== NO_OWNER && columnOf(i) < area.columns) {
    setU16(row, columnOf(i), 0);
  }
  const sum = sumRow();
  setU32(area.rowSum, r, sum);
  const divisor = area.divisorAt(r);
  const inverted = inverse(sum);
  store<u32>(divisor, highPart(inverted));
  store<u32>(divisor, lowPart(inverted), 4);
  store<u32>(divisor, sum, 8);
  // A row with a single weight gives it a normalised weight of one.
  if (sum !== 0 && sum <= U16_ONE) markSole(sum);
  return true;
}

/** The block in which the uid of column j was registered. */
function registeredAt(j: u32): u64 {
  return u64At(input.blockAtRegistration, area.uidOf(j));
}

/** Whether the weight on uid j does not count (consensus/masks.ts). */
function isMasked(j: u32): bool {
  const registered = u64At(input.blockAtRegistration, j);
  return j === self || updated <= registered || committed < registered;
}

/** Copies entries from … to and zeros elsewhere; false where they are not as `spreadRows` asks. */
function copyRow(uids: usize, values: usize, from: u32, to: u32, strict: bool): bool {
  const start = (<usize>from) << 1;
  if (copyRun(row, uids + start, values + start, to - from, strict)) return true;
  clear(row, 0, area.width);
  let next: u32 = 0; // the smallest column that may come
  for (let e = from; e < to; ) {
    const uid = u16At(uids, e);
    const j = columnOf(uid);
    if (j < next || j >= area.columns) return false;
    const at = (<usize>e) << 1;
    if (e + 8 <= to && copyEight(row, uids + at, values + at, j, strict)) {
      next = j + 8;
      e += 8;
      continue;
    }
    next = j + 1;
    const value = u16At(values, e++);
    if (value === 0 && strict && !isMasked(uid)) return false;
    setU16(row, j, value);
  }
  return true;
}

/** Σ of the row in hand. */
function sumRow(): u32 {
  let sum = i32x4.splat(0);
  const end = row + ((<usize>area.width) << 1);
  let at = row;
  do {
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(v128.load(at)));
    at += 16;
  } while (at < end);
  // Σ ≤ 4096·65535 < 2^28.
  return <u32>sum32(sum);
}

/** Marks the column of the row's only weight, if there is only one: the first is then the whole sum. */
function markSole(sum: u32): void {
  let j: u32 = 0;
  while (u16At(row, j) === 0) j++;
  if (u16At(row, j) === sum) setU8(area.hasOne, j, 1);
}

function spreadBonds(r: u32, i: u32, since: u64): bool {
  row = area.halfAt(area.bonds, r, 0);
  const from = u32At(input.bondRows, i);
  if (!copyRow(input.bondUids, input.bondValues, from, u32At(input.bondRows, i + 1), false)) return false;
  if (since > newest) return true;
  for (let j: u32 = 0; j < area.columns; j++) if (since <= registeredAt(j)) setU16(row, j, 0);
  return true;
}
