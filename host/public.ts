/** What every entry of the package exports besides its functions. */
export type { DelegateTake } from "./api/emission/delegateTake.js";
export type {
  Dividends,
  DividendsInput,
  HotkeyDividends,
  HotkeyEmission,
  SplitInput,
} from "./api/emission/dividends.js";
export { type EmissionFlow, emissionFlows, type FlowPlace } from "./api/emission/flows.js";
export type { InheritanceInput, InheritedStake } from "./api/emission/inheritance.js";
export type { ParentShares, ParentSharesInput } from "./api/emission/parentShares.js";
export type * from "./api/emission/types.js";
export type { Explanation, ExplanationSection, ExplanationTable, Quantity, Step } from "./api/explain/types.js";
export type { PoolRefusal, Refused, Side, SwapAnswer } from "./api/pool/curve.js";
export type { InjectionResult, Pools } from "./api/pool/pool.js";
export type { SwapEffects, SwapQuote } from "./api/pool/quote.js";
export type {
  Account,
  BurnDecayInput,
  BurnIncreaseInput,
  BurnPrice,
  LockCost,
  LockCostInput,
  Pruned,
  PruneInput,
} from "./api/registration.js";
export type { SafeFloat, SafeFloatInput, SafeFloats, Wide } from "./api/safeFloat.js";
export type { ChangedShares, I64, PoolShares, SharePool } from "./api/shares.js";
export { type CommitHashInput, commitHash } from "./api/weights/commitHash.js";
export type { ForeseenWeights } from "./api/weights/foreseeWeights.js";
export { type RevealWindow, revealWindow } from "./api/weights/schedule.js";
export type * from "./api/weights/types.js";
export type { Difference, TriedWeights, UidChange, WhatIf, WhatIfQuantity } from "./api/weights/whatIf.js";
export { YumaError, type YumaErrorCode } from "./errors.js";
export { type AccountId, ZERO_ACCOUNT } from "./marshal/accounts.js";
export { decodeResults, encodeResult } from "./marshal/binaryResult.js";
export { type BinaryOptions, type DecodedSnapshot, decodeSnapshots, encodeSnapshot } from "./marshal/binarySnapshot.js";
export type { HotkeyState, HotkeyTable, Link, Rao } from "./marshal/hotkeys.js";
export type { CheckedPool, Pool, PowerOperands, SwapOptions } from "./marshal/pool.js";
export { DEFAULT_SPEC_VERSION, KNOWN_SPEC_VERSIONS, rulesOf } from "./marshal/rules.js";
export type * from "./types.js";
export { decimal, fromRao, proportion, RAO_PER_TAO } from "./units.js";
