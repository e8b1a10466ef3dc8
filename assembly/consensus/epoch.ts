/**
 * The epoch: Yuma Consensus for one mechanism of one subnet, step by step in the order of README.md beside it (K.1 to K.13). This
 * file is its table of contents; every line is a file beside it.
 */
import { FLAG_NULL_MODE, FLAG_YUMA3 } from "../contract";
import { maskStake } from "./activeStake";
import { markActive } from "./activity";
import { interpolateBondWeights } from "./bondWeights";
import { clipWeights } from "./clip";
import { findConsensus } from "./consensusMedian";
import { payDividends } from "./dividends";
import { splitEmission } from "./emission";
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

/** Runs one epoch over the input block; the frame holds every result. Matches run_epoch.rs `epoch_mechanism`. */
export function runEpoch(): void {
  input.validate();
  markActive(); //               K.1
  weighStake(); //               K.2
  if (input.flag(FLAG_NULL_MODE)) {
    runNullMode(); //            A.6
  } else {
    takePermits(); //            K.3
    grantPermits(); //           K.3
    maskStake(); //              K.4
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
    payDividends(); //           K.9, K.10
    splitEmission(); //          K.11
    storeBonds(); //             K.12
  }
  storeVectors(); //             K.12
}

/** The same subnet under Null mode (A.6): one validator's weights decide. */
function runNullMode(): void {
  permitAlone();
  maskStake();
  maskWeights();
  decideAlone();
  normaliseRows();
  keepBonds();
}
