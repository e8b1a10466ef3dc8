/**
 * One column in plain 64-bit integers: what an exact one asks for, since one is 33 bits long. The same steps as votes.ts, bonds.ts,
 * yuma2.ts and liquid.ts, a row at a time.
 */
import { FLAG_YUMA3, SCALAR_BONDS_PENALTY } from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { at, set, setU16, setU32, setU64, u8At, u16At, u32At, u64At } from "../../linear/array";
import { weightedQuantile } from "../../linear/quantile";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { pairAlpha } from "./certified";

/** How many columns were computed by hand since the epoch began. */
export let columnsByHand: u32 = 0;

/** Starts the count anew. */
export function resetCount(): void {
  columnsByHand = 0;
}

/** The normalised weight of row r on column j. */
export function weightOf(r: u32, j: u32): i64 {
  const sum = u32At(area.rowSum, r);
  return sum === 0 ? 0 : <i64>(((<u64>u16At(area.halfAt(area.weights, r, j), 0)) << 32) / sum);
}

/** Consensus, trust and rank of column j. */
export function countVotesByHand(j: u32, allStake: i64, minority: i64): void {
  let count: u32 = 0;
  let voted: i64 = 0;
  for (let r = area.others; r < area.height; r++) {
    const weight = weightOf(r, j);
    if (weight === 0) continue;
    const stake = <i64>u32At(area.medianStake, r);
    set(area.columnA, count, weight);
    set(area.columnB, count++, stake);
    voted += stake;
  }
  const silent = area.height - area.others - count;
  const consensus = weightedQuantile(area.columnA, area.columnB, count, silent, allStake - voted, minority);
  let rank: i64 = 0;
  for (let r: u32 = 0; r < area.height; r++) {
    const clipped = min(weightOf(r, j), consensus);
    setU64(area.trustByHand, r, u64At(area.trustByHand, r) + clipped);
    rank += i32f32.mul(clipped, u32At(area.stake, r));
  }
  set(frame.consensus, area.uidOf(j), consensus);
  set(frame.ranks, area.uidOf(j), rank);
}

/** Bonds and codes of column j. `liquid` = each pair has its own α; else `alpha` is that of all. */
export function averageByHand(j: u32, alpha: i64, liquid: bool): void {
  columnsByHand++;
  if (!input.flag(FLAG_YUMA3)) {
    averageYuma2(j, alpha);
    return;
  }
  for (let r: u32 = 0; r < area.height; r++) {
    const weight = bondWeightOf(r, j);
    const old = oldBondOf(r, j);
    let average: i64 = 0;
    if (!liquid || weight !== 0) {
      const own = liquid ? pairAlpha(at(frame.liquidConsensus, area.uidOf(j)), weight, old) : alpha;
      average = min(averageOf(own, weight, old), i32f32.ONE);
    }
    set(area.columnA, r, average);
  }
  shareColumn(j);
  for (let r: u32 = 0; r < area.height; r++) setCode(r, j, at(area.columnA, r), at(area.columnA, r));
}

/** What a bond moves to by α. */
function averageOf(alpha: i64, fresh: i64, old: i64): i64 {
  return i32f32.mul(alpha, fresh) + i32f32.mul(i32f32.ONE - alpha, old);
}

/** The old bond of row r on column j. */
function oldBondOf(r: u32, j: u32): i64 {
  return proportion.fromU16(u16At(area.halfAt(area.bonds, r, j), 0));
}

/** The weight for bonds of row r on column j (consensus/bondWeights.ts). */
function bondWeightOf(r: u32, j: u32): i64 {
  const weight = weightOf(r, j);
  const clipped = min(weight, at(frame.consensus, area.uidOf(j)));
  const ratio = proportion.fromU16(<u32>input.scalar(SCALAR_BONDS_PENALTY));
  return weight + i32f32.mul(ratio, clipped - weight);
}

function averageYuma2(j: u32, alpha: i64): void {
  for (let r: u32 = 0; r < area.height; r++) {
    setU64(area.columnB, r, u16At(area.halfAt(area.bonds, r, j), 0));
    set(area.columnC, r, i32f32.mul(bondWeightOf(r, j), u32At(area.stake, r)));
  }
  divideColumn(area.columnB, area.columnB);
  divideColumn(area.columnC, area.columnC);
  for (let r: u32 = 0; r < area.height; r++)
    set(area.columnA, r, averageOf(alpha, at(area.columnC, r), at(area.columnB, r)));
  shareColumn(j);
  let top: i64 = 0;
  for (let r: u32 = 0; r < area.height; r++) top = max(top, at(area.columnB, r));
  for (let r: u32 = 0; r < area.height; r++) {
    setCode(r, j, i32f32.safeDiv(at(area.columnB, r), top), at(area.columnA, r));
  }
}

/**
 * area.columnB ← area.columnA over its sum, the shares of column j. They go to area.newBonds, with one as their sum, so that shares of
 * these are the same; but for a share of one, which does not fit: it is written as one bit, and so is the sum.
 */
function shareColumn(j: u32): void {
  divideColumn(area.columnB, area.columnA);
  store<u64>(area.totalAt(j), i32f32.ONE);
  for (let r: u32 = 0; r < area.height; r++) {
    const share = at(area.columnB, r);
    const isWhole = share === i32f32.ONE;
    setU32(area.newBondAt(r, j), 0, isWhole ? 1 : <u32>share);
    if (isWhole) store<u64>(area.totalAt(j), 1);
  }
}

/** to ← from over its sum; zeros where that is zero. `to` may be `from`. */
function divideColumn(to: usize, from: usize): void {
  let total: i64 = 0;
  for (let r: u32 = 0; r < area.height; r++) total += at(from, r);
  for (let r: u32 = 0; r < area.height; r++) set(to, r, i32f32.safeDiv(at(from, r), total));
}

/** How row r's bond of column j is stored, and whether there is one. */
function setCode(r: u32, j: u32, value: i64, bond: i64): void {
  setU16(area.halfAt(area.codes, r, j), 0, proportion.toU16(value));
  const present = area.presentAt(r, j);
  const bit: u32 = 1 << (j % area.BLOCK);
  store<u8>(present, <u8>(bond === 0 ? u8At(present, 0) & ~bit : u8At(present, 0) | bit));
}
