/** What the kernel counted in its last epoch: the path it refused or took, and how often it fell back. */
import * as abi from "../../assembly/contract.js";
import type { Kernel } from "../../host/load/kernel.js";

export interface Counters {
  readonly quotients: number;
  readonly columns: number;
  readonly alphas: number;
  readonly shares: number;
  /** REFUSED_*: 0 where the fused path was taken. */
  readonly refusal: number;
}

/** Reads them. */
export function counters({ exports }: Kernel): Counters {
  return {
    quotients: exports.epochCounter(abi.COUNTER_EXACT_QUOTIENTS),
    columns: exports.epochCounter(abi.COUNTER_COLUMNS_BY_HAND),
    alphas: exports.epochCounter(abi.COUNTER_EXACT_ALPHAS),
    shares: exports.epochCounter(abi.COUNTER_EXACT_SHARES),
    refusal: exports.epochCounter(abi.COUNTER_REFUSAL),
  };
}
