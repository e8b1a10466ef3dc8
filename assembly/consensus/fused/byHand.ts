/**
 * One column in plain 64-bit integers: what a weight of exactly one asks for, since one is 33 bits long. The same steps
 * as votes.ts, bonds.ts and liquid.ts, a row at a time.
 */
import { FLAG_YUMA3, SCALAR_BONDS_PENALTY } from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { at, set, setU64, u16At, u32At, u64At } from "../../linear/array";
import { weightedQuantile } from "../../linear/quantile";
import * as frame from "../frame";
import * as input from "../input";
import * as area from "./area";
import { shareColumn, writeCodes } from "./bonds";
import { pairAlpha } from "./certified";
import { divideColumn } from "./quotient";

/** How many columns were computed by hand since the epoch began. */
export let columnsByHand: u32 = 0;

/** Starts the count anew. */
export function resetCount(): void {
  columnsByHand = 0;
}

/** The normalised weight of row r on column j. */
function weightOf(r: u32, j: u32): i64 {
  const sum = <u64>(load<f64>(area.rowSum + ((<usize>r) << 3)) * 4294967296.0);
  return <i64>(((<u64>u16At(area.columnAt(area.weightColumns, j), r)) << 32) / sum);
}

/** Consensus, trust and rank of column j. `scores` in area.bond, stakes in area.part. */
export function countVotesByHand(j: u32, allStake: i64, minority: i64): void {
  columnsByHand++;
  let count: u32 = 0;
  let voted: i64 = 0;
  for (let r: u32 = 0; r < area.voters; r++) {
    const weight = weightOf(r, j);
    if (weight === 0) continue;
    const stake = <i64>u32At(area.medianStake, r);
    set(area.bond, count, weight);
    set(area.part, count++, stake);
    voted += stake;
  }
  const silent = area.voters - count;
  const consensus = weightedQuantile(area.bond, area.part, count, silent, allStake - voted, minority);
  let rank: i64 = 0;
  for (let r: u32 = 0; r < area.height; r++) {
    const clipped = min(weightOf(r, j), consensus);
    setU64(area.trust, r, u64At(area.trust, r) + clipped);
    rank += i32f32.mul(clipped, u32At(area.stake, r));
  }
  set(frame.consensus, j, consensus);
  set(frame.ranks, j, rank);
}

/** Bonds, shares and codes of column j. `liquid` = each pair has its own α; else `alpha` is that of all. */
export function averageByHand(j: u32, alpha: i64, liquid: bool): void {
  if (!input.flag(FLAG_YUMA3)) {
    averageYuma2ByHand(j, alpha);
    return;
  }
  let total: u64 = 0;
  for (let r: u32 = 0; r < area.height; r++) {
    const weight = bondWeightOf(r, j);
    const old = proportion.fromU16(u16At(area.columnAt(area.bondColumns, j), r));
    let own = alpha;
    if (liquid) own = pairAlpha(at(frame.liquidConsensus, j), weight, old);
    const average = i32f32.mul(own, weight) + i32f32.mul(i32f32.ONE - own, old);
    const bond = liquid && weight === 0 ? 0 : min(average, i32f32.ONE);
    set(area.bond, r, bond);
    total += bond;
  }
  if (shareColumn(j, total)) writeCodes(j, area.bond);
}

/** The weight for bonds of row r on column j (consensus/bondWeights.ts). */
function bondWeightOf(r: u32, j: u32): i64 {
  const weight = weightOf(r, j);
  const clipped = min(weight, at(frame.consensus, j));
  const ratio = proportion.fromU16(<u32>input.scalar(SCALAR_BONDS_PENALTY));
  return weight + i32f32.mul(ratio, clipped - weight);
}

function averageYuma2ByHand(j: u32, alpha: i64): void {
  let oldTotal: u64 = 0;
  let deltaTotal: u64 = 0;
  for (let r: u32 = 0; r < area.height; r++) {
    const old = u16At(area.columnAt(area.bondColumns, j), r);
    const delta = i32f32.mul(bondWeightOf(r, j), u32At(area.stake, r));
    setU64(area.part, r, old);
    set(area.share, r, delta);
    oldTotal += old;
    deltaTotal += delta;
  }
  if (oldTotal !== 0) divideColumn(area.part, area.part, area.height, oldTotal);
  if (deltaTotal !== 0) divideColumn(area.share, area.share, area.height, deltaTotal);
  let total: u64 = 0;
  let top: u64 = 0;
  for (let r: u32 = 0; r < area.height; r++) {
    const bond = i32f32.mul(alpha, at(area.share, r)) + i32f32.mul(i32f32.ONE - alpha, at(area.part, r));
    set(area.bond, r, bond);
    total += bond;
  }
  if (!shareColumn(j, total)) return;
  for (let r: u32 = 0; r < area.height; r++) top = max(top, u64At(area.share, r));
  divideColumn(area.part, area.share, area.height, top);
  writeCodes(j, area.part);
}
