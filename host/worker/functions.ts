/** The functions a worker answers, by name: everything that can be asked of a kernel, and records of the binary format. */
import type { Yuma } from "../api/yuma.js";

/** Functions of `Yuma` that stand alone. `prepareEpoch` is not among them: what it gives stays in its worker. */
export const FUNCTIONS = [
  "epoch",
  "tracedEpoch",
  "mechanismsEpoch",
  "explain",
  "burnDecay",
  "burnIncrease",
  "lockCost",
  "neuronToPrune",
  "checkWeights",
  "checkWeightsBatch",
  "storedRow",
  "whatIf",
  "foreseeWeights",
  "inheritedStake",
  "distributeDividends",
  "shareDividends",
  "splitDividends",
  "delegateTake",
  "coinbase",
  "blockEmission",
  "emissionSchedule",
  "projectIssuance",
  "movingPrice",
] as const satisfies readonly (keyof Yuma)[];

/** Functions of `Yuma` that stand in groups. */
export const GROUPS = {
  pool: ["price", "quoteBuy", "quoteSell", "inject", "init", "alphaForTao", "alphaNeeded", "power"],
  safeFloat: ["create", "add", "sub", "div", "mulDiv", "greater", "toU64", "fromU64", "fromU64F64"],
  sharePool: ["value", "canRepresent", "changeAll", "changeOne"],
} as const satisfies { readonly [Group in keyof Yuma]?: readonly (keyof Yuma[Group])[] };
