/** What every entry of the package exports besides its functions. */
export { type EmissionFlow, emissionFlows, type FlowPlace } from "./api/emission/flows.js";
export type * from "./api/emission/types.js";
export type { Explanation, ExplanationSection, ExplanationTable, Quantity, Step } from "./api/explain/types.js";
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
export { YumaError, type YumaErrorCode } from "./errors.js";
export { decodeResults, encodeResult } from "./marshal/binaryResult.js";
export { type BinaryOptions, type DecodedSnapshot, decodeSnapshots, encodeSnapshot } from "./marshal/binarySnapshot.js";
export { DEFAULT_SPEC_VERSION, KNOWN_SPEC_VERSIONS, rulesOf } from "./marshal/rules.js";
export type * from "./types.js";
export { decimal, fromRao, proportion, RAO_PER_TAO } from "./units.js";
