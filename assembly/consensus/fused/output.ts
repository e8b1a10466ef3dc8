/** K.12 New bond rows from the codes. */
import { setU16, setU32, u8At, u16At, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";

const ALL: u32 = 0xff;
const ALL_OF_FOUR: u32 = 0xffffffff;
/** For each of 256 masks of lanes, the bytes of these lanes from the left. */
const ORDERS = memory.data(4096, 16);
let filled: bool = false;

/** Once an instance. */
function fillOrders(): void {
  for (let mask: u32 = 0; mask < 256; mask++) {
    let to = ORDERS + ((<usize>mask) << 4);
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      store<u16>(to, <u16>(0x0100 + 0x0202 * ctz(rest)));
      to += 2;
    }
  }
  filled = true;
}

/** frame.bondRows, bondUids, bondValues: for each uid with a new permit the codes that are present, ascending. */
export function storeFusedBonds(): void {
  if (!filled) fillOrders();
  // frame.keys: the row (plus one) of each uid.
  memory.fill(frame.keys, 0, (<usize>input.n) << 3);
  for (let r: u32 = 0; r < area.height; r++) setU32(frame.keys, 2 * u32At(area.rowUid, r), r + 1);
  let kept: u32 = 0;
  setU32(frame.bondRows, 0, 0);
  for (let i: u32 = 0; i < input.n; i++) {
    const row = u32At(frame.keys, 2 * i);
    if (row !== 0 && u8At(frame.newPermit, i) !== 0) kept = storeRow(row - 1, kept);
    setU32(frame.bondRows, i + 1, kept);
  }
}

/** Appends the present codes of row r, blocks of eight as they are where all are present; returns how many are stored then. */
function storeRow(r: u32, from: u32): u32 {
  let kept = from;
  for (let j: u32 = 0; j < area.columns; j += area.BLOCK) {
    const present: u32 = u8At(area.presentAt(r, j), 0);
    if (present === ALL) {
      const all = storeFull(r, j, kept);
      kept += all;
      j += all - area.BLOCK;
    } else {
      storePart(r, j, kept, present);
      kept += popcnt(present);
    }
  }
  return kept;
}

/**
 * Appends those of a block of eight that have a bit. Eight are written, which those to come write over; one by one where there is no room for
 * them any more.
 */
function storePart(r: u32, j: u32, kept: u32, present: u32): void {
  const codes = area.halfAt(area.codes, r, j);
  const uid = area.columnUid + ((<usize>j) << 1);
  const at = (<usize>kept) << 1;
  if (kept + area.BLOCK <= input.weightCount + input.bondCount) {
    const order = v128.load(ORDERS + ((<usize>present) << 4));
    v128.store(frame.bondUids + at, i8x16.swizzle(v128.load(uid), order));
    v128.store(frame.bondValues + at, i8x16.swizzle(v128.load(codes), order));
    return;
  }
  let k = kept;
  for (let rest = present; rest !== 0; rest &= rest - 1) {
    setU16(frame.bondUids, k, u16At(uid, ctz<u32>(rest)));
    setU16(frame.bondValues, k++, u16At(codes, ctz<u32>(rest)));
  }
}

/** Appends blocks from column j on for as long as all of a block are present; returns how many columns these are. */
function storeFull(r: u32, j: u32, kept: u32): u32 {
  let values = frame.bondValues + ((<usize>kept) << 1);
  let uids = frame.bondUids + ((<usize>kept) << 1);
  let codes = area.halfAt(area.codes, r, j);
  let uid = area.columnUid + ((<usize>j) << 1);
  const first = area.presentAt(r, j);
  let present = first;
  const end = area.presentAt(r, area.columns); // a whole block ends here, or before
  while (present + 4 <= end && load<u32>(present) === ALL_OF_FOUR) {
    copyBlock(values, codes, 0);
    copyBlock(uids, uid, 0);
    copyBlock(values, codes, 16);
    copyBlock(uids, uid, 16);
    copyBlock(values, codes, 32);
    copyBlock(uids, uid, 32);
    copyBlock(values, codes, 48);
    copyBlock(uids, uid, 48);
    uid += 64;
    values += 64;
    uids += 64;
    codes += 64;
    present += 4;
  }
  while (present < end && load<u8>(present) === ALL) {
    copyBlock(values, codes, 0);
    copyBlock(uids, uid, 0);
    uid += 16;
    values += 16;
    uids += 16;
    codes += 16;
    present++;
  }
  return (<u32>(present - first)) << 3;
}

/** Eight u16, so many bytes on. */
function copyBlock(to: usize, from: usize, at: usize): void {
  v128.store(to + at, v128.load(from + at));
}
