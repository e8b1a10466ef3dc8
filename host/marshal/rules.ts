/**
 * The rules an epoch and a block's emission run under: one record a spec version, derived once. A version that is not listed is
 * refused, never guessed; someone who knows better passes a record. Source: assembly/consensus/README.md and
 * assembly/emission/README.md, "Rules".
 */
import { YumaError } from "../errors.js";
import type { LiquidAlphaConsensusMode, Rules } from "../types.js";
import type { ParsedSettings } from "./schema.js";
import { integer } from "./values.js";

/** The version the kernel was matched against, and the default. */
export const DEFAULT_SPEC_VERSION = 425;

type VersionRules = Required<Omit<Rules, "specVersion">>;

const SPEC_143: VersionRules = {
  liquidAlphaConsensus: "current",
  nullMode: false,
  bondsMask: "lastUpdate",
  ownerPrivilege: false,
  perSubnetBonds: false,
  emissionShares: "none",
  emissionGate: "none",
};

const SPEC_425: VersionRules = {
  liquidAlphaConsensus: "current",
  nullMode: false,
  bondsMask: "lastEpoch",
  ownerPrivilege: true,
  perSubnetBonds: true,
  emissionShares: "priceBurn",
  emissionGate: "none",
};

const SPEC_440: VersionRules = { ...SPEC_425, emissionGate: "quantile" };

const SPEC_443: VersionRules = { ...SPEC_425, emissionGate: "rank" };

const SPEC_444: VersionRules = { ...SPEC_443, emissionShares: "price" };

const SPEC_446: VersionRules = { ...SPEC_443, liquidAlphaConsensus: "perSubnet" };

const SPEC_474: VersionRules = { ...SPEC_446, nullMode: true };

const VERSIONS: ReadonlyMap<number, VersionRules> = new Map([
  ...list(SPEC_143, 143),
  ...list(SPEC_425, 425, 432),
  ...list(SPEC_440, 440, 441, 442),
  ...list(SPEC_443, 443),
  ...list(SPEC_444, 444),
  ...list(SPEC_443, 445),
  ...list(SPEC_446, 446, 450, 453, 459, 469, 470, 472, 473),
  ...list(SPEC_474, 474, 475),
]);

function list(rules: VersionRules, ...versions: number[]): [number, VersionRules][] {
  return versions.map((version) => [version, rules]);
}

/** The spec versions whose epoch rules are known, ascending. */
export const KNOWN_SPEC_VERSIONS: readonly number[] = [...VERSIONS.keys()];

/** The rules of a spec version. Throws UNKNOWN_RULES for one that is not listed, BAD_VALUE for what is no version. */
export function rulesOf(specVersion: number): Rules {
  const rules = VERSIONS.get(integer("specVersion", specVersion, 0, Number.MAX_SAFE_INTEGER));
  if (rules === undefined) {
    throw new YumaError(
      "UNKNOWN_RULES",
      `The epoch rules of spec version ${specVersion} are not known; known are ${KNOWN_SPEC_VERSIONS.join(", ")}.`,
      { specVersion, known: KNOWN_SPEC_VERSIONS },
    );
  }
  return { specVersion, ...rules };
}

/** The rules given by version or by hand, 425 where none are. Throws UNKNOWN_RULES. */
export function givenRules(given: number | Rules | undefined): Rules {
  const rules = given ?? DEFAULT_SPEC_VERSION;
  return typeof rules === "number" ? rulesOf(rules) : rules;
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
  const rules = givenRules(settings.rules);
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
