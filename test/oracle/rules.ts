/**
 * What of an epoch depends on the spec version. Protocol A.6 and its table of rules (liquidAlphaConsensus, bondsMask,
 * ownerPermitAndSelfWeight); the oldest version known is 143, which its own runtime showed to mask bonds by last update.
 */
import type { EpochSnapshot, RulesRecord } from "./types.js";

type Capabilities = Pick<RulesRecord, "liquidAlphaConsensus" | "bondsMask" | "ownerPrivilege">;

const OLDEST = 143;
/** The first spec version whose liquid alpha may look at the previous epoch's consensus. */
const CONSENSUS_MODE_SINCE = 446;

export function capabilities({ rules = 425 }: EpochSnapshot): Capabilities {
  if (typeof rules === "object") return rules;
  return {
    liquidAlphaConsensus: rules < CONSENSUS_MODE_SINCE ? "current" : "perSubnet",
    bondsMask: rules === OLDEST ? "lastUpdate" : "lastEpoch",
    ownerPrivilege: rules !== OLDEST,
  };
}

/** The owner's uid where it always holds a permit and may weight itself. Its stake counts below the threshold either way. */
export function privilegedUid(snapshot: EpochSnapshot): number | null {
  return capabilities(snapshot).ownerPrivilege ? snapshot.ownerUid : null;
}
