/**
 * The kernel's exports, grouped by layer, and nothing else.
 */
import { ABI_VERSION } from "./contract";

export { alphaSigmoid, sigmoidSlope } from "./consensus/sigmoid";
export { fixedApply, fixedSlots } from "./fixed/apply";
export { errorCode, errorValue } from "./trap";

/** Version of everything below: exports, layouts, codes (contract.ts). */
export function abiVersion(): i32 {
  return ABI_VERSION;
}
