/**
 * The time of each part of the fused path, called by itself again and again over what an epoch has left: the same sources are compiled with a
 * function a part. The quickest counts; what the parts cost one another's caches is not in it.
 */
import { PATH_CHOOSE, PATH_FUSED } from "../assembly/contract.js";
import { guarded, type Kernel } from "../host/load/kernel.js";
import { checkSnapshot } from "../host/marshal/snapshot.js";
import { beginEpoch } from "../host/marshal/write.js";
import type { EpochSnapshot } from "../host/types.js";
import { buildWith } from "./build.js";

const ROUNDS = 300;
/** Calls between two looks at the clock. */
const CALLS = 5;

/** A part's name and its work, in AssemblyScript. */
const PARTS = [
  ["once a uid: stake, permits, incentive, dividends, emission, u16", "uids"],
  ["choose rows and columns", "choose"],
  ["spread the rows, by their masks", "spread"],
  ["normalise weights, find consensus", "agree"],
  ["clip, trust, ranks", "cut"],
  ["penalty", "punish"],
  ["moving average, codes", "average"],
  ["what rows earn", "earn"],
  ["store bonds", "keep"],
] as const;

const SOURCE = `
import { maskStake } from "./assembly/consensus/activeStake";
import { markActive } from "./assembly/consensus/activity";
import { weighVotes } from "./assembly/consensus/consensusMedian";
import { payDividends } from "./assembly/consensus/dividends";
import { splitEmission } from "./assembly/consensus/emission";
import * as frame from "./assembly/consensus/frame";
import * as area from "./assembly/consensus/fused/area";
import { applyPenalty, averageYuma3 } from "./assembly/consensus/fused/bonds";
import { findColumns, listColumns } from "./assembly/consensus/fused/columns";
import { sumBondTotals } from "./assembly/consensus/fused/dividends";
import { averageLiquid } from "./assembly/consensus/fused/liquid";
import { storeFusedBonds } from "./assembly/consensus/fused/output";
import { findRows, listRows } from "./assembly/consensus/fused/rows";
import { spreadRows } from "./assembly/consensus/fused/spread";
import { storeTrust } from "./assembly/consensus/fused/trust";
import { clip, findConsensus } from "./assembly/consensus/fused/votes";
import { averageYuma2 } from "./assembly/consensus/fused/yuma2";
import * as input from "./assembly/consensus/input";
import { storeVectors } from "./assembly/consensus/outputs";
import { grantPermits, takePermits } from "./assembly/consensus/permits";
import { weighStake } from "./assembly/consensus/stake";
import { FLAG_LIQUID_ALPHA, FLAG_YUMA3 } from "./assembly/contract";
import * as vector from "./assembly/linear/vector";

export function uids(): void {
  input.validate();
  markActive();
  weighStake();
  takePermits();
  grantPermits();
  maskStake();
  weighVotes();
  storeTrust();
  vector.normalise(frame.incentive, frame.ranks, input.n);
  payDividends();
  splitEmission();
  storeVectors();
}
export function choose(): void {
  findRows();
  findColumns();
  listRows();
  listColumns();
}
export function spread(): void {
  spreadRows(input.flag(FLAG_YUMA3) && input.flag(FLAG_LIQUID_ALPHA));
}
export function agree(): void {
  for (let j: u32 = 0; j < area.columns; j += 2 * area.BLOCK) findConsensus(j);
}
export function cut(): void {
  for (let j: u32 = 0; j < area.columns; j += area.BLOCK) clip((j / area.BLOCK) & 1, j);
}
export function punish(): void {
  for (let j: u32 = 0; j < area.columns; j += area.BLOCK) applyPenalty(area.weightsOf((j / area.BLOCK) & 1));
}
export function average(): void {
  const yuma3 = input.flag(FLAG_YUMA3);
  const liquid = input.flag(FLAG_LIQUID_ALPHA);
  for (let j: u32 = 0; j < area.columns; j += area.BLOCK) {
    if (!yuma3) averageYuma2(j);
    else if (liquid) averageLiquid(j);
    else averageYuma3(j);
  }
}
export function earn(): void {
  sumBondTotals();
}
export function keep(): void {
  storeFusedBonds();
}
`;

/** A kernel that exports the parts besides everything else. */
export function buildFusedKernel(optimised = true): Promise<Kernel> {
  return buildWith(SOURCE, optimised);
}

/** A part and its quickest time. */
export interface FusedPart {
  readonly part: string;
  readonly microseconds: number;
}

/** Times the parts over a snapshot, and the whole epoch. Throws where the fused path does not take it. */
export function timeFusedParts(kernel: Kernel, snapshot: EpochSnapshot, rounds = ROUNDS): FusedPart[] {
  const { exports } = kernel;
  const functions = exports as unknown as Record<string, () => void>;
  beginEpoch(kernel, checkSnapshot(snapshot));
  exports.epochPath(PATH_CHOOSE);
  guarded(kernel, exports.epochRun);
  if (exports.epochPathTaken() !== PATH_FUSED) throw new Error(`the fused path does not take ${snapshot.name}`);
  const parts = PARTS.map(([part, name]) => ({ part, microseconds: quickest(functions[name] as () => void, rounds) }));
  return [...parts, { part: "the whole epoch", microseconds: quickest(exports.epochRun, rounds) }];
}

function quickest(work: () => void, rounds: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (let call = 0; call < CALLS; call++) work();
    best = Math.min(best, performance.now() - started);
  }
  return (best * 1000) / CALLS;
}
