/**
 * The fast path through steps K.5 to K.12: column by column, four rows at a time, the same result bit by bit.
 *
 * It is taken where all of this holds, and the general path everywhere else:
 *   - the permitted rows and the rows with bonds are strictly ascending, with uids below n;
 *   - under liquid alpha, no weight that counts is an explicit zero (it would keep a bond alive that an absent one drops);
 *   - no voter holds all of the stake;
 *   - the fixed α lies strictly between 0 and 1;
 *   - the dense blocks fit the memory the sparse matrices would take, which is where rows are dense enough for it to pay.
 *
 * Numbers are I32F32 below one in u32 lanes. A bond of exactly one is corrected for; columns that hold a weight of exactly one go
 * through byHand.ts.
 */
import {
  FLAG_LIQUID_ALPHA,
  FLAG_YUMA3,
  REFUSED_ALPHA,
  REFUSED_NOT,
  REFUSED_ROWS,
  REFUSED_SPARSE,
  REFUSED_STAKE,
  SCALAR_KAPPA,
} from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { at, set, u8At } from "../../linear/array";
import * as vector from "../../linear/vector";
import * as frame from "../frame";
import * as input from "../input";
import { chooseLiquidConsensus, isLiquid, liquidConsensusOf } from "../liquidAlpha";
import { fixedAlpha } from "../movingAverage";
import * as area from "./area";
import { applyPenalty, averageYuma2, averageYuma3, prepareBonds } from "./bonds";
import * as byHand from "./byHand";
import { sumBondTotals } from "./dividends";
import { averageLiquid, prepareLiquid } from "./liquid";

import { listRows, takesPart } from "./rows";
import { spreadRows } from "./spread";
import { turnIntoColumns } from "./turn";
import { countVotes, prepareVotes, recallVotes } from "./votes";

export { storeFusedBonds } from "./output";

let allStake: i64 = 0;
let kappa: i64 = 0;

/**
 * Spreads the rows out and returns REFUSED_NOT where the fused path can take this epoch, else what stands against it. Needs
 * active and median stake.
 */
export function prepareFused(): i32 {
  const alpha = fixedAlpha();
  if (alpha <= 0 || alpha >= i32f32.ONE) return REFUSED_ALPHA;
  let voters: u32 = 0;
  let others: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    if (!takesPart(i)) continue;
    if (at(frame.activeStake, i) >= i32f32.ONE || at(frame.medianStake, i) >= i32f32.ONE) return REFUSED_STAKE;
    if (at(frame.medianStake, i) > 0) voters++;
    else others++;
  }
  if (area.bytes(voters, others, input.n) > frame.matrixBytes()) return REFUSED_SPARSE;
  area.draw(frame.matrixBase, voters, others, input.n);
  listRows();
  if (!spreadRows(input.flag(FLAG_YUMA3) && input.flag(FLAG_LIQUID_ALPHA))) return REFUSED_ROWS;
  turnIntoColumns();
  prepareBonds(alpha);
  return REFUSED_NOT;
}

/** Consensus, incentive, bonds and bond totals. */
export function runFused(): void {
  allStake = vector.sum(frame.medianStake, input.n);
  kappa = proportion.fromU16(<u32>input.scalar(SCALAR_KAPPA));
  prepareVotes(allStake, kappa);
  const liquid = input.flag(FLAG_YUMA3) && input.flag(FLAG_LIQUID_ALPHA);
  if (liquid) prepareLiquid();
  else chooseLiquidConsensus();
  for (let j: u32 = 0; j < input.n; j++) {
    voteOn(j);
    if (liquid) set(frame.liquidConsensus, j, liquidConsensusOf(j));
    bondOn(j, liquid);
  }
  // Liquid alpha asks for some consensus; that there is none is known only now.
  if (liquid && !isLiquid()) for (let j: u32 = 0; j < input.n; j++) bondAgain(j);
  vector.normalise(frame.incentive, frame.ranks, input.n);
  sumBondTotals();
}

function voteOn(j: u32): void {
  if (u8At(area.hasOne, j) !== 0) byHand.countVotesByHand(j, allStake, allStake - kappa);
  else countVotes(j);
}

/** Bonds of column j, whose weights and clipped weights are in hand. */
function bondOn(j: u32, liquid: bool): void {
  if (u8At(area.hasOne, j) !== 0) {
    byHand.averageByHand(j, fixedAlpha(), liquid);
    return;
  }
  applyPenalty();
  if (liquid) averageLiquid(j);
  else if (input.flag(FLAG_YUMA3)) averageYuma3(j);
  else averageYuma2(j);
}

function bondAgain(j: u32): void {
  recallVotes(j);
  bondOn(j, false);
}
