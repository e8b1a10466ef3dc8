/** From unknown JSON to a checked snapshot in typed arrays, ready to be copied into the kernel. */
import { YumaError } from "../errors.js";
import { type Rows, rows } from "./rows.js";
import { applyRules, type ChosenRules } from "./rules.js";
import { type ParsedSettings, parse, Settings } from "./schema.js";
import { refuseMisspelt, spellings, spelt } from "./spelling.js";
import { array, flags, MAX_U64, present, record, refuse, u16Array, u64Array } from "./values.js";

/** No open commit. */
export const NO_COMMIT = MAX_U64;

/** A snapshot whose every value is in range and in the kernel's own width. */
export interface CheckedSnapshot extends ChosenRules {
  readonly settings: ParsedSettings;
  readonly lastUpdate: BigUint64Array;
  readonly blockAtRegistration: BigUint64Array;
  readonly alphaStake: BigUint64Array;
  readonly taoStake: BigUint64Array;
  /** NO_COMMIT where there is none. */
  readonly commitBlocks: BigUint64Array;
  readonly validatorPermit: Uint8Array;
  /** null where none is stored. */
  readonly previousConsensus: Uint16Array | null;
  readonly weights: Rows;
  readonly bonds: Rows;
  readonly hotkeys: readonly string[] | null;
}

const REQUIRED_ARRAYS = [
  "lastUpdate",
  "blockAtRegistration",
  "validatorPermit",
  "alphaStake",
  "taoStake",
  "weights",
  "bonds",
  "commitBlocks",
] as const;

const OTHER_FIELDS = [...Object.keys(Settings.entries), "previousConsensus", "hotkeys"] as const;

/**
 * Checks a snapshot. Unknown fields are ignored unless they spell a known one in another way, which would silently be
 * left out. Throws MISSING_FIELD, UNKNOWN_FIELD, BAD_VALUE, BAD_LENGTH, BAD_UID, DUPLICATE_UID, UNKNOWN_RULES,
 * RULES_CONFLICT or TOO_LARGE.
 */
export function checkSnapshot(input: unknown): CheckedSnapshot {
  return check(input, (_name, read) => read());
}

/** A field of one entry a uid. */
type ArrayField = Exclude<keyof CheckedSnapshot, "settings" | keyof ChosenRules>;

/** The same of a snapshot of as many uids that shares arrays with one checked before: those `isShared` names are not looked at again. */
export function recheckSnapshot(
  input: unknown,
  last: CheckedSnapshot,
  isShared: (name: ArrayField) => boolean,
): CheckedSnapshot {
  return check(input, (name, read) => (isShared(name) ? last[name] : read()));
}

type Taken = <Name extends ArrayField>(name: Name, read: () => CheckedSnapshot[Name]) => CheckedSnapshot[Name];

function check(input: unknown, taken: Taken): CheckedSnapshot {
  const fields = record("A snapshot", input);
  refuseMisspelt("a snapshot", fields, KNOWN);
  if (fields.mechanisms !== undefined && fields.weights === undefined) {
    const text = "weights is missing: this is the snapshot of a subnet with mechanisms, not of one epoch.";
    throw new YumaError("MISSING_FIELD", text, { field: "weights" });
  }
  for (const name of REQUIRED_ARRAYS) present(name, fields[name]);
  const settings = parse(Settings, fields);
  const n = settings.n;
  if (settings.ownerUid !== null && settings.ownerUid >= n) {
    throw new YumaError("BAD_UID", `ownerUid must be below n = ${n}, not ${settings.ownerUid}.`, {
      field: "ownerUid",
      value: settings.ownerUid,
    });
  }
  return {
    settings,
    ...applyRules(settings),
    lastUpdate: taken("lastUpdate", () => u64Array("lastUpdate", fields.lastUpdate, n)),
    blockAtRegistration: taken("blockAtRegistration", () =>
      u64Array("blockAtRegistration", fields.blockAtRegistration, n),
    ),
    alphaStake: taken("alphaStake", () => u64Array("alphaStake", fields.alphaStake, n)),
    taoStake: taken("taoStake", () => u64Array("taoStake", fields.taoStake, n)),
    commitBlocks: taken("commitBlocks", () => commits(fields.commitBlocks, n)),
    validatorPermit: taken("validatorPermit", () => flags("validatorPermit", fields.validatorPermit, n)),
    previousConsensus: taken("previousConsensus", () =>
      fields.previousConsensus == null ? null : u16Array("previousConsensus", fields.previousConsensus, n),
    ),
    weights: taken("weights", () => rows("weights", fields.weights, n)),
    bonds: taken("bonds", () => rows("bonds", fields.bonds, n)),
    hotkeys: taken("hotkeys", () => (fields.hotkeys == null ? null : texts("hotkeys", fields.hotkeys, n))),
  };
}

function commits(value: unknown, n: number): BigUint64Array {
  return value === null ? new BigUint64Array(n).fill(NO_COMMIT) : u64Array("commitBlocks", value, n, NO_COMMIT);
}

function texts(where: string, value: unknown, n: number): readonly string[] {
  return Array.from(array(where, value, n), (entry, i) =>
    typeof entry === "string" ? entry : refuse(`${where}[${i}]`, "a string", entry),
  );
}

const KNOWN = spellings([...REQUIRED_ARRAYS, ...OTHER_FIELDS]);

/** The field of a snapshot that `name` spells, rightly or not. */
export function fieldSpelt(name: string): string | undefined {
  return spelt(KNOWN, name);
}
