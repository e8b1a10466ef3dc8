/** Choosing the rows of the fused path: uids that may set weights, or that hold bonds. */
import * as i32f32 from "../../fixed/i32f32";
import { at, setU32, u32At } from "../../linear/array";
import * as frame from "../frame";
import * as input from "../input";
import { hasPermit } from "../permits";
import * as area from "./area";

/** How many rows there are, and how many of them vote on consensus. */
export let rows: u32 = 0;
export let voters: u32 = 0;

/** Finds the rows: frame.keys ← u32 each, their uids, ascending. False where one holds all of the stake that counts, or that votes. */
export function findRows(): bool {
  const n = input.n;
  const starts = input.bondRows;
  let found: u32 = 0;
  let voices: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    if (!hasPermit(i) && u32At(starts, i + 1) === u32At(starts, i)) continue;
    const voice = at(frame.medianStake, i);
    if (max(at(frame.activeStake, i), voice) >= i32f32.ONE) return false;
    voices += u32(voice > 0);
    setU32(frame.keys, found++, i);
  }
  rows = found;
  voters = voices;
  return true;
}

/** The uid of the k-th row found. */
export function foundAt(k: u32): u32 {
  return u32At(frame.keys, k);
}

/** Lists the rows in the area, voters last, with their stakes. */
export function listRows(): void {
  let voter = area.others;
  let other: u32 = 0;
  for (let k: u32 = 0; k < rows; k++) {
    const i = foundAt(k);
    const voice = <u32>at(frame.medianStake, i);
    const r = voice > 0 ? voter++ : other++;
    setU32(area.rowUid, r, i);
    setU32(area.stake, r, <u32>at(frame.activeStake, i));
    setU32(area.medianStake, r, voice);
    setU32(area.halfStake, r, (voice >> 16) * 0x10001);
  }
}
