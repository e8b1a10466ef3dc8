/** Which rules a ledger runs under: chosen at its genesis, kept in its state. */
import * as v from "valibot";
import { YumaError } from "../../errors.js";
import { givenRules } from "../../marshal/rules.js";
import { GivenRules, parse } from "../../marshal/schema.js";
import { integer } from "../../marshal/values.js";
import type { Rules } from "../../types.js";
import { ChosenRules, type LedgerRules } from "../state/rules.js";
import type { ReadableState, State } from "../state/state.js";
import { SubnetEpochConsensus } from "../state/subnets.js";

/** Spec 425: the rules of a ledger that chooses none, and what all ledgers have in common. */
const USUAL = givenRules(undefined) as Required<Rules>;

/** What a ledger can do of each capability; where none is listed it does what spec 425 does. */
const ABLE: { readonly [N in keyof Rules]?: readonly Rules[N][] } = {
  liquidAlphaConsensus: ["current", "perSubnet"],
  nullMode: [false, true],
  emissionShares: ["priceBurn", "price"],
  emissionGate: ["none", "quantile", "rank"],
};

/** So that a fault is named as one of the rules. */
const DOCUMENT = v.object({ rules: GivenRules });

const MOST_VERSION = 2 ** 32 - 1;

/** The rules a state is under. */
export function rulesInForce(state: ReadableState): Rules {
  const chosen = state.read(ChosenRules);
  return chosen === undefined ? USUAL : { ...USUAL, ...chosen };
}

/** Whether one validator decides a subnet's epochs alone. */
export function isNull(state: ReadableState, netuid: number): boolean {
  return state.read(SubnetEpochConsensus, netuid) === "null" && rulesInForce(state).nullMode;
}

/**
 * The rules of a spec version or of a record; undefined for those of spec 425. Throws UNKNOWN_RULES for a version that is not known,
 * RULES_CONFLICT for rules no ledger can run under, BAD_VALUE for a record that is none.
 */
export function readLedgerRules(input: unknown): Required<Rules> | undefined {
  const { rules: given } = parse(DOCUMENT, { rules: input });
  const rules: Required<Rules> = { ...USUAL, ...givenRules(given as number | Rules) };
  const { specVersion, ...capabilities } = rules;
  for (const [name, value] of Object.entries(capabilities)) {
    const able: readonly unknown[] = ABLE[name as keyof Rules] ?? [USUAL[name as keyof Rules]];
    if (!able.includes(value)) conflict(specVersion, name, value);
  }
  if (specVersion !== null) integer("rules.specVersion", specVersion, 0, MOST_VERSION);
  return Object.entries(rules).every(([name, value]) => USUAL[name as keyof Rules] === value) ? undefined : rules;
}

/** Puts a state under rules. */
export function chooseRules(state: State, rules: Required<Rules> | undefined): void {
  if (rules === undefined) {
    state.remove(ChosenRules);
    return;
  }
  const { specVersion, liquidAlphaConsensus, nullMode, emissionShares, emissionGate } = rules;
  state.write(ChosenRules, {
    specVersion,
    liquidAlphaConsensus,
    nullMode,
    emissionShares: emissionShares as LedgerRules["emissionShares"],
    emissionGate,
  });
}

function conflict(specVersion: number | null, name: string, value: unknown): never {
  const whose = specVersion === null ? "these rules have" : `spec version ${specVersion} has`;
  const text = `No ledger runs under ${name} ${JSON.stringify(value)}, which ${whose}.`;
  throw new YumaError("RULES_CONFLICT", text, { field: `rules.${name}`, value, specVersion });
}
