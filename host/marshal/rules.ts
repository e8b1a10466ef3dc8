/**
 * The rules an epoch runs under: one record a spec version, derived once. A version that is not listed is refused, never
 * guessed; someone who knows better passes a record. Source: PROTOCOL.md A.6, A.7.
 */
import { YumaError } from "../errors.js";
import type { Rules } from "../types.js";

/** The version the kernel was matched against, and the default. */
export const DEFAULT_SPEC_VERSION = 425;

type EpochRules = Omit<Rules, "specVersion">;

const SPEC_143: EpochRules = {
  liquidAlphaConsensus: "current",
  nullMode: false,
  bondsMask: "lastUpdate",
  ownerPrivilege: false,
};

const SPEC_425: EpochRules = {
  liquidAlphaConsensus: "current",
  nullMode: false,
  bondsMask: "lastEpoch",
  ownerPrivilege: true,
};

const SPEC_446: EpochRules = { ...SPEC_425, liquidAlphaConsensus: "perSubnet" };

const SPEC_474: EpochRules = { ...SPEC_446, nullMode: true };

const VERSIONS: ReadonlyMap<number, EpochRules> = new Map([
  ...list(SPEC_143, 143),
  ...list(SPEC_425, 425, 432, 440, 441, 442, 443, 444, 445),
  ...list(SPEC_446, 446, 450, 453, 459, 469, 470, 472, 473),
  ...list(SPEC_474, 474, 475),
]);

function list(rules: EpochRules, ...versions: number[]): [number, EpochRules][] {
  return versions.map((version) => [version, rules]);
}

/** The spec versions whose epoch rules are known, ascending. */
export const KNOWN_SPEC_VERSIONS: readonly number[] = [...VERSIONS.keys()];

/** The rules of a spec version. Throws UNKNOWN_RULES for one that is not listed. */
export function rulesOf(specVersion: number): Rules {
  const rules = VERSIONS.get(specVersion);
  if (rules === undefined) {
    throw new YumaError(
      "UNKNOWN_RULES",
      `The epoch rules of spec version ${specVersion} are not known; known are ${KNOWN_SPEC_VERSIONS.join(", ")}.`,
      { specVersion, known: KNOWN_SPEC_VERSIONS },
    );
  }
  return { specVersion, ...rules };
}
