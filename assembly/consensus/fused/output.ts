/** K.12 New bond rows from the codes of the columns. */
import { setU16, setU32, u8At, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { countFrom } from "./lanes";
import { turnIntoRows } from "./turn";

const PRESENT: u32 = 1 << 16;

/** frame.bondRows, bondUids, bondValues: for each uid with a new permit the codes that are present, ascending. */
export function storeFusedBonds(): void {
  turnIntoRows();
  // frame.keys: the row (plus one) of each uid.
  memory.fill(frame.keys, 0, (<usize>input.n) << 3);
  for (let r: u32 = 0; r < area.height; r++) {
    const i = u32At(area.rowUid, r);
    if (i !== area.NOBODY) setU32(frame.keys, 2 * i, r + 1);
  }
  let kept: u32 = 0;
  setU32(frame.bondRows, 0, 0);
  for (let i: u32 = 0; i < input.n; i++) {
    const row = u32At(frame.keys, 2 * i);
    if (row !== 0 && u8At(frame.newPermit, i) !== 0) kept = storeRow(row - 1, kept);
    setU32(frame.bondRows, i + 1, kept);
  }
}

/** Appends the present codes of row r; eight at once where all are. */
function storeRow(r: u32, from: u32): u32 {
  const codes = area.codeRows + ((<usize>r * area.width) << 2);
  const all = i32x4.splat(<i32>PRESENT);
  let kept = from;
  for (let j: u32 = 0; j < input.n; j += 8) {
    const a = v128.load(codes + ((<usize>j) << 2));
    const b = v128.load(codes + ((<usize>j) << 2), 16);
    const both = v128.and(v128.and(a, b), all);
    if (j + 8 <= input.n && i32x4.all_true(both)) {
      const at = (<usize>kept) << 1;
      v128.store(frame.bondValues + at, i8x16.shuffle(a, b, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29));
      v128.store(frame.bondUids + at, countFrom(j));
      kept += 8;
    } else if (v128.any_true(v128.and(v128.or(a, b), all))) {
      kept = storeSome(codes, j, min(j + 8, input.n), kept);
    }
  }
  return kept;
}

function storeSome(codes: usize, from: u32, to: u32, at: u32): u32 {
  let kept = at;
  for (let j = from; j < to; j++) {
    const code = u32At(codes, j);
    if ((code & PRESENT) === 0) continue;
    setU16(frame.bondUids, kept, j);
    setU16(frame.bondValues, kept++, code);
  }
  return kept;
}
