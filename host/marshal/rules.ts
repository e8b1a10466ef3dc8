/**
 * The rules an epoch runs under: one record a spec version, derived once. A version that is not listed is refused, never
 * guessed; someone who knows better passes a record. Source: assembly/consensus/README.md, "Rules".
 */
import { YumaError } from "../errors.js";
import type { LiquidAlphaConsensusMode, Rules } from "../types.js";
import type { ParsedSettings } from "./schema.js";

/** The version the kernel was matched against, and the default. */
export const DEFAULT_SPEC_VERSION = 425;

type EpochRules = Omit<Rules, "specVersion">;

const SPEC_143: EpochRules = {
  liquidAlphaConsensus: "current",
  nullMode: false,
  bondsMask: "lastUpdate",
  ownerPrivilege: false,
  perSubnetBonds: false,
};

const SPEC_425: EpochRules = {
  liquidAlphaConsensus: "current",
  nullMode: false,
  bondsMask: "lastEpoch",
  ownerPrivilege: true,
  perSubnetBonds: true,
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

/** What a snapshot's rules make of its settings. */
export interface ChosenRules {
  readonly rules: Rules;
  readonly liquidAlphaConsensusMode: LiquidAlphaConsensusMode;
  readonly nullMode: boolean;
}

const FULL_PENALTY = 65535;

/** Chooses the rules of a snapshot. Throws UNKNOWN_RULES, and RULES_CONFLICT for a setting they do not have. */
export function applyRules(settings: ParsedSettings): ChosenRules {
  const given = settings.rules ?? DEFAULT_SPEC_VERSION;
  const rules = typeof given === "number" ? rulesOf(given) : given;
  const mode = settings.liquidAlphaConsensusMode;
  const nullMode = settings.epochConsensus === "null";
  if (rules.liquidAlphaConsensus === "current" && mode !== undefined && mode !== "current") {
    conflict(rules, "liquidAlphaConsensusMode", mode, "needs spec 446 or later");
  }
  if (nullMode && !rules.nullMode) conflict(rules, "epochConsensus", "null", "needs spec 474 or later");
  if (!rules.perSubnetBonds) {
    if (settings.yuma3) conflict(rules, "yuma3", true, "came later");
    if (settings.liquidAlpha) conflict(rules, "liquidAlpha", true, "came later");
    if (settings.bondsPenalty !== FULL_PENALTY) {
      conflict(
        rules,
        "bondsPenalty",
        settings.bondsPenalty,
        `came later; the clipped weights bought bonds, so give ${FULL_PENALTY}`,
      );
    }
  }
  const byRules = rules.liquidAlphaConsensus === "current" ? "current" : "auto";
  return { rules, liquidAlphaConsensusMode: mode ?? byRules, nullMode };
}

function conflict(rules: Rules, field: string, value: unknown, why: string): never {
  const version = rules.specVersion === null ? "These rules do" : `Spec version ${rules.specVersion} does`;
  throw new YumaError("RULES_CONFLICT", `${version} not know ${field} ${JSON.stringify(value)}: that ${why}.`, {
    field,
    value,
    specVersion: rules.specVersion,
  });
}
