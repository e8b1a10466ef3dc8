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
  // As they are counted, from zero up: what was counted down is very much.
  const counted = (id: number) => exports.epochCounter(id) >>> 0;
  return {
    quotients: counted(abi.COUNTER_EXACT_QUOTIENTS),
    columns: counted(abi.COUNTER_COLUMNS_BY_HAND),
    alphas: counted(abi.COUNTER_EXACT_ALPHAS),
    shares: counted(abi.COUNTER_EXACT_SHARES),
    refusal: counted(abi.COUNTER_REFUSAL),
  };
}
