/** How a call fails: with the chain's own name of the error. The names are declared by area, beside what raises them. */
import { YumaError } from "../errors.js";
import type { VALIDITY_ERRORS } from "./block/validity.js";
import type { DRAND_ERRORS } from "./calls/drand/index.js";
import type { DELEGATION_ERRORS } from "./calls/governance/delegation.js";
import type { GOVERNANCE_ERRORS } from "./calls/governance/index.js";
import type { GOVERNANCE_PARAMETER_ERRORS } from "./calls/governance/parameters.js";
import type { TRACK_ERRORS } from "./calls/governance/tracks.js";
import type { VOTE_ERRORS } from "./calls/governance/voting.js";
import type { KeyError } from "./calls/keys/index.js";
import type { SUDO_ERRORS } from "./calls/sudo/sudo.js";
import type { UTILITY_ERRORS } from "./calls/utility/batch.js";
import type { BALANCES_ERRORS } from "./rules/currency.js";
import type { NEURON_ERRORS } from "./rules/neurons.js";
import type { PROPOSAL_ERRORS } from "./rules/proposals.js";
import type { StakingError } from "./rules/stakingErrors.js";
import type { SubnetError } from "./rules/subnetErrors.js";
import type { WEIGHTS_ERRORS } from "./rules/weights.js";

/** Errors of the frame: a call by the wrong origin; one that may not be called. */
export const SYSTEM_ERRORS = ["BadOrigin", "System.CallFiltered"] as const;

/** The names of all errors: pallet and name, or the chain's bare name. */
export type LedgerErrorName =
  | (typeof SYSTEM_ERRORS)[number]
  | (typeof VALIDITY_ERRORS)[number]
  | (typeof BALANCES_ERRORS)[number]
  | (typeof NEURON_ERRORS)[number]
  | SubnetError
  | (typeof SUDO_ERRORS)[number]
  | StakingError
  | (typeof UTILITY_ERRORS)[number]
  | (typeof WEIGHTS_ERRORS)[number]
  | (typeof DRAND_ERRORS)[number]
  | KeyError
  | (typeof PROPOSAL_ERRORS)[number]
  | (typeof GOVERNANCE_ERRORS)[number]
  | (typeof TRACK_ERRORS)[number]
  | (typeof DELEGATION_ERRORS)[number]
  | (typeof GOVERNANCE_PARAMETER_ERRORS)[number]
  | (typeof VOTE_ERRORS)[number];

/** A call that may not be: `error` is the chain's name. Caught by the dispatch, which undoes the call. */
export class LedgerError extends YumaError {
  constructor(
    readonly error: LedgerErrorName,
    details: Record<string, unknown> = {},
  ) {
    super("CALL_REFUSED", `The call is refused: ${error}.`, { error, ...details });
  }
}

/** Throws the error unless the condition holds. */
export function ensure(
  condition: boolean,
  error: LedgerErrorName,
  details?: Record<string, unknown>,
): asserts condition {
  if (!condition) throw new LedgerError(error, details);
}
