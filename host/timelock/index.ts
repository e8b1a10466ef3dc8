/**
 * `yuma-kernel/timelock`: weights sealed until a round of drand's quicknet, as `commit_timelocked_weights` takes them, and opened by the round's
 * signature. For Node and browsers.
 */
import type { U64 } from "../types.js";
import { payloadOf, refuseUneven, type SealedWeights, type WeightsToSeal, weightsOf } from "./payload.js";
import { open, type SealOptions, seal } from "./seal.js";

export { YumaError, type YumaErrorCode } from "../errors.js";
export { type Beacon, isPulse, type OwnBeacon, ownBeacon, QUICKNET, roundAt, secondsOf } from "./beacon.js";
export type { SealedWeights, WeightsToSeal } from "./payload.js";
export { ENTROPY_BYTES, open, type SealOptions, seal } from "./seal.js";

/** The ciphertext of a row of weights for a round. Throws BAD_VALUE and BAD_LENGTH for what is no row, and as `seal` does. */
export function sealWeights(weights: WeightsToSeal, round: U64, options?: SealOptions): Uint8Array {
  const payload = payloadOf(weights);
  refuseUneven(weights);
  return seal(payload, round, options);
}

/** The row in a ciphertext, by the signature of its round (48 bytes). Throws BAD_BINARY and BAD_VALUE as `open` does. */
export function openWeights(ciphertext: Uint8Array, signature: Uint8Array): SealedWeights {
  return weightsOf(open(ciphertext, signature));
}
