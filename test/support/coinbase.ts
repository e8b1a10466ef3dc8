/** The twin's blocks, and what the library answers to them. */
import { runCoinbase } from "../../host/api/emission/coinbase.js";
import type { CoinbaseResult, CoinbaseState } from "../../host/api/emission/types.js";
import type { Kernel } from "../../host/load/kernel.js";
import type { Rules } from "../../host/types.js";
import type { TwinBlock } from "../oracle/coinbase.js";

const EPOCH_RULES = {
  specVersion: null,
  liquidAlphaConsensus: "current",
  nullMode: false,
  bondsMask: "lastEpoch",
  ownerPrivilege: true,
  perSubnetBonds: true,
} as const;

/** The twin's block as a state. */
export function stateOf({ rules, ...block }: TwinBlock): CoinbaseState {
  return { ...block, rules: { ...EPOCH_RULES, ...rules } as Rules };
}

/** All but the rules, which the twin does not repeat. */
export function coinbaseOf(
  kernel: Kernel,
  block: TwinBlock,
  injection: "credit" | "nothing" = "credit",
): Omit<CoinbaseResult, "rules"> {
  const { rules: _rules, ...result } = runCoinbase(kernel, stateOf(block), { injection });
  return result;
}
