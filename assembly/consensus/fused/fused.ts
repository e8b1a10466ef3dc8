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
 * Numbers are I32F32 below one in u32 lanes. Columns that hold an exact one, in a weight or a Yuma 3 bond, go through byHand.ts.
 */
import { FLAG_LIQUID_ALPHA, FLAG_YUMA3, SCALAR_KAPPA } from "../../contract";
import * as i32f32 from "../../fixed/i32f32";
import * as proportion from "../../fixed/proportion";
import { at, u8At } from "../../linear/array";
import * as vector from "../../linear/vector";
import * as frame from "../frame";
import * as input from "../input";
import { chooseLiquidConsensus, isLiquid } from "../liquidAlpha";
import { fixedAlpha } from "../movingAverage";
import * as area from "./area";
import { applyPenalty, averageYuma2, averageYuma3, prepareBonds } from "./bonds";
import * as byHand from "./byHand";
import { sumBondTotals } from "./dividends";
import { averageLiquid, prepareLiquid } from "./liquid";

export { storeFusedBonds } from "./output";

import * as quotient from "./quotient";
import { listRows, takesPart } from "./rows";
import { spreadRows } from "./spread";
import { turnIntoColumns } from "./turn";
import { countVotes, prepareVotes, recallVotes } from "./votes";

let allStake: i64 = 0;
let kappa: i64 = 0;

/** Whether the fused path can take this epoch; if so, its rows are spread out and ready. Needs active and median stake. */
export function prepareFused(): bool {
  const alpha = fixedAlpha();
  if (alpha <= 0 || alpha >= i32f32.ONE) return false;
  let voters: u32 = 0;
  let others: u32 = 0;
  for (let i: u32 = 0; i < input.n; i++) {
    if (!takesPart(i)) continue;
    if (at(frame.activeStake, i) >= i32f32.ONE || at(frame.medianStake, i) >= i32f32.ONE) return false;
    if (at(frame.medianStake, i) > 0) voters++;
    else others++;
  }
  if (area.bytes(voters, others, input.n) > frame.matrixBytes()) return false;
  area.draw(frame.matrixBase, voters, others, input.n);
  listRows();
  if (!spreadRows(input.flag(FLAG_YUMA3) && input.flag(FLAG_LIQUID_ALPHA))) return false;
  turnIntoColumns();
  prepareBonds(alpha);
  return true;
}

/** Consensus, incentive, bonds and bond totals. */
export function runFused(): void {
  quotient.resetCount();
  byHand.resetCount();
  allStake = vector.sum(frame.medianStake, input.n);
  kappa = proportion.fromU16(<u32>input.scalar(SCALAR_KAPPA));
  prepareVotes(allStake, kappa);
  const mayBeLiquid = input.flag(FLAG_YUMA3) && input.flag(FLAG_LIQUID_ALPHA);
  for (let j: u32 = 0; j < input.n; j++) {
    voteOn(j);
    if (!mayBeLiquid) bondOn(j);
  }
  chooseLiquidConsensus();
  if (mayBeLiquid) bondAgain();
  vector.normalise(frame.incentive, frame.ranks, input.n);
  sumBondTotals();
}

function voteOn(j: u32): void {
  if (u8At(area.hasOne, j) !== 0) byHand.countVotesByHand(j, allStake, allStake - kappa);
  else countVotes(j);
}

function bondOn(j: u32): void {
  if (u8At(area.hasOne, j) !== 0) {
    byHand.averageByHand(j, fixedAlpha(), false);
    return;
  }
  applyPenalty();
  if (input.flag(FLAG_YUMA3)) averageYuma3(j);
  else averageYuma2(j);
}

/** Liquid alpha depends on whether any consensus stands, so its bonds come after all votes. */
function bondAgain(): void {
  const liquid = isLiquid();
  prepareLiquid();
  for (let j: u32 = 0; j < input.n; j++) {
    if (u8At(area.hasOne, j) !== 0) {
      byHand.averageByHand(j, fixedAlpha(), liquid);
      continue;
    }
    recallVotes(j);
    applyPenalty();
    if (liquid) averageLiquid(j);
    else averageYuma3(j);
  }
}
