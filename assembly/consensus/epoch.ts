/**
 * The epoch: Yuma Consensus for one mechanism of one subnet, step by step in the order of README.md beside it (K.1 to K.13). This
 * file is its table of contents; every line is a file beside it.
 */
import {
  ERROR_FIELD,
  FLAG_NULL_MODE,
  FLAG_YUMA3,
  PATH_CHOOSE,
  PATH_FUSED,
  PATH_GENERAL,
  REFUSED_NOT,
} from "../contract";
import { check } from "../trap";
import { maskStake } from "./activeStake";
import { markActive } from "./activity";
import { interpolateBondWeights } from "./bondWeights";
import { clipWeights } from "./clip";
import { findConsensus, weighVotes } from "./consensusMedian";
import { noteRefusal, resetCounters } from "./counters";
import { payDividends, sumBondTotals } from "./dividends";
import { splitEmission } from "./emission";
import * as frame from "./frame";
import * as fused from "./fused/fused";
import { rankUids } from "./incentive";
import * as input from "./input";
import { chooseLiquidConsensus } from "./liquidAlpha";
import { maskWeights } from "./masks";
import { normaliseRows } from "./normaliseWeights";
import { decideAlone, keepBonds, permitAlone } from "./nullMode";
import { maskBonds } from "./oldBonds";
import { storeBonds, storeVectors } from "./outputs";
import { grantPermits, takePermits } from "./permits";
import { weighStake } from "./stake";
import { sumTrust } from "./validatorTrust";
import { updateYuma2Bonds } from "./yuma2Bonds";
import { updateYuma3Bonds } from "./yuma3Bonds";

/** Which path the epoch is to take, and which the last one took (PATH_*). */
let path: i32 = PATH_CHOOSE;
export let pathTaken: i32 = PATH_GENERAL;

/** Chooses the path of the epochs to come; PATH_FUSED falls back where its preconditions do not hold. */
export function choosePath(wanted: i32): void {
  check(wanted >= PATH_CHOOSE && wanted <= PATH_FUSED, ERROR_FIELD, <u64>wanted);
  path = wanted;
}

/** Runs one epoch over the input block; the frame holds every result. Matches run_epoch.rs `epoch_mechanism`. */
export function runEpoch(): void {
  pathTaken = PATH_GENERAL;
  resetCounters();
  input.validate();
  markActive(); //       K.1
  weighStake(); //       K.2
  if (input.flag(FLAG_NULL_MODE)) {
    runNullMode(); //    A.6
  } else {
    takePermits(); //    K.3
    grantPermits(); //   K.3
    maskStake(); //      K.4
    weighVotes(); //     K.6
    shareIncentive(); // K.5 to K.10, by either path
    payDividends(); //   K.9, K.10
    splitEmission(); //  K.11
    storeBondRows(); //  K.12
  }
  storeVectors(); //     K.12
}

/** From weights to incentive, bonds and bond totals. */
function shareIncentive(): void {
  if (!takesFused()) {
    runGeneral();
    return;
  }
  pathTaken = PATH_FUSED;
  if (ASC_FEATURE_SIMD) fused.runFused();
}

/** Whether the fused path takes this epoch; it is then prepared. A kernel without SIMD does not even compile it. */
function takesFused(): bool {
  if (ASC_FEATURE_SIMD) {
    if (path === PATH_GENERAL) return false;
    const refusal = fused.prepareFused();
    noteRefusal(refusal);
    return refusal === REFUSED_NOT;
  }
  return false;
}

/** The general path. Also run after the fused one, for whoever asks for the matrices behind the result. */
export function runGeneral(): void {
  frame.drawMatrices(input.n, input.weightCount, input.bondCount);
  maskWeights(); //            K.5
  normaliseRows(); //          K.5
  findConsensus(); //          K.6
  clipWeights(); //            K.7
  sumTrust(); //               K.7
  rankUids(); //               K.7
  interpolateBondWeights(); // K.8
  maskBonds(); //              K.9
  chooseLiquidConsensus(); //  K.9
  if (input.flag(FLAG_YUMA3)) {
    updateYuma3Bonds(); //     K.9
  } else {
    updateYuma2Bonds(); //     K.10
  }
  sumBondTotals(); //          K.9, K.10
}

function storeBondRows(): void {
  if (pathTaken === PATH_GENERAL) {
    storeBonds();
    return;
  }
  if (ASC_FEATURE_SIMD) fused.storeFusedBonds();
}

/** The same subnet under Null mode (A.6): one validator's weights decide. */
function runNullMode(): void {
  frame.drawMatrices(input.n, input.weightCount, input.bondCount);
  permitAlone();
  maskStake();
  maskWeights();
  decideAlone();
  normaliseRows();
  keepBonds();
}
