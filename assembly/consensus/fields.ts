/** Where each result lies, by its number (contract.ts, FIELD_*): the one place that maps numbers to the frame. */
import * as abi from "../contract";
import { fail } from "../trap";
import * as frame from "./frame";

/** Address of a result array or matrix. */
export function fieldAddress(id: i32): usize {
  if (id < 0) fail(abi.ERROR_FIELD, <u64>id);
  return id < abi.FIELD_CONSENSUS_BITS ? integers(id) : id < abi.FIELD_WEIGHTS ? reals(id) : details(id);
}

function integers(id: i32): usize {
  switch (id) {
    case abi.FIELD_ACTIVE:
      return frame.active;
    case abi.FIELD_VALIDATOR_PERMIT:
      return frame.newPermit;
    case abi.FIELD_CONSENSUS:
      return frame.consensusU16;
    case abi.FIELD_INCENTIVE:
      return frame.incentiveU16;
    case abi.FIELD_DIVIDENDS:
      return frame.dividendsU16;
    case abi.FIELD_VALIDATOR_TRUST:
      return frame.validatorTrustU16;
    case abi.FIELD_STAKE_WEIGHT:
      return frame.stakeWeightU16;
    case abi.FIELD_SERVER_EMISSION:
      return frame.serverEmission;
    case abi.FIELD_VALIDATOR_EMISSION:
      return frame.validatorEmission;
    case abi.FIELD_EMISSION:
      return frame.emission;
    default:
      return frame.rawStake;
  }
}

function reals(id: i32): usize {
  switch (id) {
    case abi.FIELD_CONSENSUS_BITS:
      return frame.consensus;
    case abi.FIELD_INCENTIVE_BITS:
      return frame.incentive;
    case abi.FIELD_DIVIDENDS_BITS:
      return frame.dividends;
    case abi.FIELD_VALIDATOR_TRUST_BITS:
      return frame.validatorTrust;
    case abi.FIELD_STAKE_BITS:
      return frame.stake;
    case abi.FIELD_ACTIVE_STAKE_BITS:
      return frame.activeStake;
    case abi.FIELD_BOND_ROWS:
      return frame.bondRows;
    case abi.FIELD_BOND_UIDS:
      return frame.bondUids;
    default:
      return frame.bondValues;
  }
}

function details(id: i32): usize {
  switch (id) {
    case abi.FIELD_WEIGHTS:
      return frame.weights;
    case abi.FIELD_CLIPPED_WEIGHTS:
      return frame.clipped;
    case abi.FIELD_WEIGHTS_FOR_BONDS:
      return frame.bondWeights;
    case abi.FIELD_OLD_BONDS:
      return frame.oldBonds;
    case abi.FIELD_EMA_BONDS:
      return frame.emaBonds;
    case abi.FIELD_BOND_SHARES:
      return frame.bondShares;
    case abi.FIELD_ALPHAS:
      return frame.alphas;
    case abi.FIELD_WEIGHT_MASKS:
      return frame.weightMask;
    case abi.FIELD_TOTAL_STAKE:
      return frame.totalStake;
    case abi.FIELD_MEDIAN_STAKE:
      return frame.medianStake;
    case abi.FIELD_RANKS:
      return frame.ranks;
    case abi.FIELD_BOND_TOTALS:
      return frame.bondTotals;
    case abi.FIELD_PERMIT:
      return frame.permit;
    case abi.FIELD_LIQUID_CONSENSUS:
      return frame.liquidConsensus;
    case abi.FIELD_BONDS_DELTA:
      return frame.bondsDelta;
    default:
      fail(abi.ERROR_FIELD, <u64>id);
      return 0;
  }
}

/** Whether a field lies in, or is made with, the matrices of the general path. */
export function isMatrixField(id: i32): bool {
  return (id >= abi.FIELD_WEIGHTS && id <= abi.FIELD_WEIGHT_MASKS) || id === abi.FIELD_BONDS_DELTA;
}
