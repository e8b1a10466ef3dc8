/** Everything the kernel left behind after one epoch, read once for an explanation. */
import * as abi from "../../../assembly/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { bits, field, matrix, readResult, wideBits } from "../../marshal/read.js";
import { type CheckedSnapshot, checkSnapshot } from "../../marshal/snapshot.js";
import { SparseMatrix } from "../../marshal/sparse.js";
import { beginEpoch } from "../../marshal/write.js";
import type { EpochResult, EpochSnapshot } from "../../types.js";

/** Inputs, outputs and intermediates of one epoch. Bits are I32F32 unless the name says otherwise. */
export interface View {
  readonly n: number;
  readonly input: CheckedSnapshot;
  readonly result: EpochResult;
  readonly permit: readonly boolean[];
  readonly totalStakeI64F64: readonly bigint[];
  readonly medianStake: readonly bigint[];
  readonly ranks: readonly bigint[];
  readonly bondTotals: readonly bigint[];
  readonly liquidConsensus: readonly bigint[];
  /** Whether liquid alpha ran. */
  readonly liquid: boolean;
  /** MASK_* code of each stored weight. */
  readonly weightMasks: Uint8Array;
  readonly weights: SparseMatrix;
  readonly clipped: SparseMatrix;
  readonly bondWeights: SparseMatrix;
  readonly oldBonds: SparseMatrix;
  /** Under Yuma 2; empty otherwise. */
  readonly bondsDelta: SparseMatrix;
  readonly emaBonds: SparseMatrix;
  /** By entry of emaBonds. */
  readonly bondShares: SparseMatrix;
  /** By entry of bondWeights; meaningful only where liquid alpha ran. */
  readonly alphas: SparseMatrix;
}

/** Runs the epoch and reads all of it. */
export function viewEpoch(kernel: Kernel, snapshot: EpochSnapshot): View {
  const input = checkSnapshot(snapshot);
  const { n, name } = input.settings;
  beginEpoch(kernel, input);
  guarded(kernel, () => kernel.exports.epochRun());
  const { buffer } = kernel.memory;
  const liquidConsensus = bits(kernel, abi.FIELD_LIQUID_CONSENSUS, n);
  const yuma2 = !input.settings.yuma3 && !input.nullMode;
  return {
    n,
    input,
    result: readResult(kernel, n, name),
    permit: Array.from(new Uint8Array(buffer, field(kernel, abi.FIELD_PERMIT), n), (flag) => flag !== 0),
    totalStakeI64F64: wideBits(kernel, abi.FIELD_TOTAL_STAKE, n),
    medianStake: bits(kernel, abi.FIELD_MEDIAN_STAKE, n),
    ranks: bits(kernel, abi.FIELD_RANKS, n),
    bondTotals: bits(kernel, abi.FIELD_BOND_TOTALS, n),
    liquidConsensus,
    liquid: liquidConsensus.some((value) => value !== 0n),
    weightMasks: new Uint8Array(buffer, field(kernel, abi.FIELD_WEIGHT_MASKS), input.weights.uids.length).slice(),
    weights: matrix(kernel, abi.FIELD_WEIGHTS),
    clipped: matrix(kernel, abi.FIELD_CLIPPED_WEIGHTS),
    bondWeights: matrix(kernel, abi.FIELD_WEIGHTS_FOR_BONDS),
    oldBonds: matrix(kernel, abi.FIELD_OLD_BONDS),
    bondsDelta: yuma2 ? matrix(kernel, abi.FIELD_BONDS_DELTA) : SparseMatrix.EMPTY,
    emaBonds: matrix(kernel, abi.FIELD_EMA_BONDS),
    bondShares: matrix(kernel, abi.FIELD_EMA_BONDS, abi.FIELD_BOND_SHARES),
    alphas: matrix(kernel, abi.FIELD_WEIGHTS_FOR_BONDS, abi.FIELD_ALPHAS),
  };
}
