/**
 * The fast path through steps K.5 to K.12: eight columns at a time, each in a lane, the same result bit by bit.
 *
 * It is taken where all of this holds, and the general path everywhere else:
 *   - the permitted rows and the rows with bonds are strictly ascending, with uids below n;
 *   - under liquid alpha, no weight that counts is an explicit zero (it would keep a bond alive that an absent one drops);
 *   - no voter holds all of the stake;
 *   - the fixed α lies strictly between 0 and 1;
 *   - the dense blocks, of the columns somebody weighs or holds bonds of, fit the memory the sparse matrices would take, which is where
 *     these are dense enough for it to pay.
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
import { set } from "../../linear/array";
import * as vector from "../../linear/vector";
import * as frame from "../frame";
import * as input from "../input";
import { chooseLiquidConsensus, isLiquid, liquidConsensusOf, seesPrevious } from "../liquidAlpha";
import { fixedAlpha } from "../movingAverage";
import { isAgreed } from "./agreement";
import * as area from "./area";
import { applyPenalty, averageYuma3, prepareBonds } from "./bonds";
import * as byHand from "./byHand";
import { findColumns, listColumns } from "./columns";
import { sumBondTotals } from "./dividends";
import { averageLiquid, prepareLiquid } from "./liquid";
import { findRows, listRows, rows, voters } from "./rows";
import { spreadRows } from "./spread";
import { storeTrust } from "./trust";
import { clip, findConsensus, prepareVotes } from "./votes";
import { averageYuma2 } from "./yuma2";

export { storeFusedBonds } from "./output";

/** A bit for each of eight columns. */
const ALL: u32 = 0xff;

let allStake: i64 = 0;
let kappa: i64 = 0;
/** Whether pairs have an α of their own, and whether all of these lie strictly between 0 and 1. */
let liquid: bool = false;
let byLanes: bool = false;

/**
 * Spreads the rows out and returns REFUSED_NOT where the fused path can take this epoch, else what stands against it. Needs
 * active and median stake.
 */
export function prepareFused(): i32 {
  const alpha = fixedAlpha();
  if (alpha <= 0 || alpha >= i32f32.ONE) return REFUSED_ALPHA;
  if (!findRows()) return REFUSED_STAKE;
  const columns = findColumns();
  if (columns === 0 || area.bytes(rows, columns) > frame.matrixBytes()) return REFUSED_SPARSE;
  area.draw(frame.matrixBase, rows - voters, rows, columns);
  listRows();
  listColumns();
  if (!spreadRows(input.flag(FLAG_YUMA3) && input.flag(FLAG_LIQUID_ALPHA))) return REFUSED_ROWS;
  prepareBonds(alpha);
  return REFUSED_NOT;
}

/** Consensus, incentive, bonds and bond totals. */
export function runFused(): void {
  allStake = vector.sum(frame.medianStake, input.n);
  kappa = proportion.fromU16(<u32>input.scalar(SCALAR_KAPPA));
  prepareVotes(allStake, kappa);
  liquid = findLiquid();
  byLanes = !liquid || prepareLiquid();
  if (area.columns !== input.n) clearUids();
  runBlocks();
  storeTrust();
  vector.normalise(frame.incentive, frame.ranks, input.n);
  sumBondTotals();
}

/** Whether liquid alpha is on and the sigmoid sees some consensus; writes that, where it is known already, or zeros. */
function findLiquid(): bool {
  const isOn = input.flag(FLAG_YUMA3) && input.flag(FLAG_LIQUID_ALPHA);
  if (isOn && !seesPrevious()) {
    memory.fill(frame.liquidConsensus, 0, (<usize>input.n) << 3);
    return isAgreed(allStake - kappa);
  }
  chooseLiquidConsensus();
  return isOn && isLiquid();
}

/** No consensus on, and no rank of, the uids that are no column. */
function clearUids(): void {
  memory.fill(frame.consensus, 0, (<usize>input.n) << 3);
  memory.fill(frame.ranks, 0, (<usize>input.n) << 3);
}

/** All blocks, the search for consensus in two of them at once. */
function runBlocks(): void {
  for (let j: u32 = 0; j < area.columns; j += 2 * area.BLOCK) {
    findConsensus(j);
    runBlock(0, j);
    if (j + area.BLOCK < area.columns) runBlock(1, j + area.BLOCK);
  }
}

/** One of the two blocks in hand, from column j on. */
function runBlock(block: u32, j: u32): void {
  const ones = i8x16.bitmask(i8x16.ne(v128.load64_zero(area.hasOne + j), i8x16.splat(0)));
  clip(block, j);
  for (let rest = ones; rest !== 0; rest &= rest - 1) {
    byHand.countVotesByHand(j + ctz(rest), allStake, allStake - kappa);
  }
  if (liquid) {
    for (let k = j; k < min(j + area.BLOCK, area.columns); k++) {
      set(frame.liquidConsensus, area.uidOf(k), liquidConsensusOf(area.uidOf(k)));
    }
  }
  for (let rest = ones | averageBlock(block, j); rest !== 0; rest &= rest - 1) {
    const column = j + ctz(rest);
    if (column < area.columns) byHand.averageByHand(column, fixedAlpha(), liquid);
  }
}

/** Bonds of the block from column j on, whose weights and clipped weights are in hand. Returns a bit a column to do by hand. */
function averageBlock(block: u32, j: u32): u32 {
  if (!byLanes) return ALL;
  applyPenalty(area.weightsOf(block));
  if (!input.flag(FLAG_YUMA3)) return averageYuma2(j);
  if (liquid) averageLiquid(j);
  else averageYuma3(j);
  return 0;
}
