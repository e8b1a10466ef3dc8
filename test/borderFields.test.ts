/**
 * Every field of a snapshot spoilt in turn, in every way its kind can be: missing, null, too small, too large, a fraction, not a
 * number, another type, too short, too long, one bad entry. One table; each line must be a typed refusal that names field
 * and value, from the functions and from the command alike.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { epoch } from "../host/index.js";
import { Settings } from "../host/marshal/schema.js";
import type { EpochSnapshot } from "../host/types.js";
import { requireBuild, yuma } from "./support/command.js";
import { refusalOf } from "./support/refusal.js";
import { type Loose, validSnapshot } from "./support/snapshots.js";

/** A way to spoil a field: what it is called, the value, the code, and where in the field if not the field itself. */
type Spoiling = readonly [way: string, value: unknown, code: string, inside?: string];

const bad = (way: string, value: unknown, inside = ""): Spoiling => [way, value, "BAD_VALUE", inside];
const MISSING: Spoiling = ["missing", undefined, "MISSING_FIELD"];
const WRONG_TYPES = [bad("null", null), bad("a flag", true), bad("a list", [1]), bad("an object", {})];
const NOT_FINITE = [bad("not a number", Number.NaN), bad("infinite", Number.POSITIVE_INFINITY)];

/** A number from `low` to `high`, the first value below and the first above. */
function whole(low: number, high: number): Spoiling[] {
  const limits = [bad("too small", low - 1), bad("too large", high + 1), bad("far too large", 2 ** 53)];
  return [...limits, bad("a fraction", 1.5), bad("text", "1"), bad("a bigint", 1n), ...NOT_FINITE, ...WRONG_TYPES];
}

/** A u64 as bigint, decimal text or safe integer. */
const u64 = [
  ...[bad("too small", -1), bad("too small as text", "-1"), bad("too small as a bigint", -1n)],
  ...[
    bad("too large", 2 ** 53),
    bad("too large as text", "18446744073709551616"),
    bad("too large as a bigint", 1n << 64n),
  ],
  ...[bad("a fraction", 1.5), bad("a fraction as text", "1.5"), bad("no digits", ""), bad("words", "many")],
  ...[...NOT_FINITE, ...WRONG_TYPES],
];
const flag = [
  bad("null", null),
  bad("0", 0),
  bad("1", 1),
  bad("text", "true"),
  bad("a list", []),
  bad("an object", {}),
];
const text = [bad("a number", 1), bad("null", null), bad("a flag", false), bad("a list", ["x"]), bad("an object", {})];
const withoutNull = (list: readonly Spoiling[]) => list.filter(([way]) => way !== "null");
const required = (list: readonly Spoiling[]) => [MISSING, ...list];

/** A list of one entry a uid, the one of uid 1 spoilt in each way and `entry` for the others. */
function entries(entry: unknown, ways: readonly Spoiling[]): Spoiling[] {
  return ways.map(([way, value, code, inside = ""]): Spoiling => {
    return [`an entry: ${way}`, [entry, value, entry], code, `[1]${inside}`];
  });
}

/** Such a list too short, too long, no list at all, and with each way to spoil an entry. */
function perUid(entry: unknown, ways: readonly Spoiling[]): Spoiling[] {
  const others = [bad("a number", 1), bad("text", "abc"), bad("a flag", true), bad("an object", { length: 3 })];
  const lengths: Spoiling[] = [
    ["empty", [], "BAD_LENGTH"],
    ["too short", [entry, entry], "BAD_LENGTH"],
    ["too long", [entry, entry, entry, entry], "BAD_LENGTH"],
  ];
  return [...lengths, ...others, ...entries(entry, ways)];
}

const u16 = whole(0, 65535);

/** Rows of [uid, u16]. */
const rows = required([
  bad("null", null),
  ...perUid([], [bad("null", null), bad("a number", 1), bad("text", "[]"), bad("an object", {})]),
  ...entries([], u16.map(([way, value, code]): Spoiling => [`uid ${way}`, [[value, 1]], code, "[0][0]"])), // biome-ignore format: one line a way
  ...entries([], u16.map(([way, value, code]): Spoiling => [`value ${way}`, [[1, value]], code, "[0][1]"])), // biome-ignore format: one line a way
  ...entries([], [bad("a pair of one", [[1]], "[0]"), bad("a pair of three", [[1, 2, 3]], "[0]")]),
  ["a uid twice", [[], [[1, 2], [1, 2]], []], "DUPLICATE_UID"], // biome-ignore format: one line a way
]);

const word = [bad("another word", "other"), bad("in capitals", "Current"), ...text];

/** SNAPSHOT fields, all of them, and what each may not be. */
const TABLE: Readonly<Record<string, readonly Spoiling[]>> = {
  schemaVersion: [
    bad("the version before", 0),
    bad("the version after", 2),
    bad("text", "1"),
    bad("null", null),
    ...NOT_FINITE,
  ],
  name: text,
  n: required(whole(1, 4096)),
  currentBlock: required(u64),
  tempo: required(u16),
  lastMechanismStepBlock: required(u64),
  activityCutoff: required(u64),
  kappa: required(u16),
  bondsPenalty: required(u16),
  bondsMovingAverage: required(u64),
  yuma3: required(flag),
  liquidAlpha: required(flag),
  alphaLow: required(u16),
  alphaHigh: required(u16),
  alphaSigmoidSteepness: required(whole(-32768, 32767)),
  maxAllowedValidators: required(u16),
  stakeThreshold: required(u64),
  ownerUid: [MISSING, ["of no uid", 3, "BAD_UID"], ...withoutNull(u16)],
  commitRevealEnabled: required(flag),
  commitBlocks: required(perUid(null, withoutNull(u64))),
  raoEmission: required(u64),
  lastUpdate: required(perUid(1, u64)),
  blockAtRegistration: required(perUid(1, u64)),
  validatorPermit: required(perUid(true, flag)),
  alphaStake: required(perUid("1", u64)),
  taoStake: required(perUid("1", u64)),
  taoWeight: required(u64),
  weights: rows,
  bonds: rows,
  rules: [
    ...[bad("too small", -1), bad("a fraction", 1.5), bad("text", "425"), bad("null", null), ...NOT_FINITE],
    ...[0, 424, 426, 476].map((version): Spoiling => [`version ${version}`, version, "UNKNOWN_RULES"]),
    ["an empty record", {}, "MISSING_FIELD", ".specVersion"],
  ],
  liquidAlphaConsensusMode: [...word, ["what 425 does not know", "previous", "RULES_CONFLICT"]],
  epochConsensus: [...word, ["what 425 does not know", "null", "RULES_CONFLICT"]],
  previousConsensus: perUid(1, u16),
  source: [
    ...[bad("null", null), bad("a number", 1), bad("text", "x"), bad("a list", [])],
    ...[-1, 65536, 1.5, "1"].map((netuid) => bad(`netuid ${netuid}`, { netuid }, ".netuid")),
    ...[-1, 256, 1.5, "1"].map((mechid) => bad(`mechid ${mechid}`, { mechid }, ".mechid")),
    ...[bad("network", { network: 1 }, ".network"), bad("blockHash", { blockHash: 1 }, ".blockHash")],
    ...[bad("block", { block: -1 }, ".block"), bad("specVersion", { specVersion: "x" }, ".specVersion")],
  ],
  hotkeys: perUid("5F", text),
};

const CASES = Object.entries(TABLE).flatMap(([field, ways]) =>
  ways.map(([way, value, code, inside = ""]) => ({ field, way, value, code, where: `${field}${inside}` })),
);

/** The snapshot with one field spoilt; undefined leaves it out. */
function spoilt({ field, value }: { field: string; value: unknown }): Loose {
  const { [field]: _, ...rest } = validSnapshot();
  return value === undefined ? rest : { ...rest, [field]: value };
}

test("the table holds every field a snapshot has", () => {
  const arrays = ["lastUpdate", "blockAtRegistration", "validatorPermit", "alphaStake", "taoStake", "weights", "bonds"];
  const known = [...Object.keys(Settings.entries), ...arrays, "commitBlocks", "previousConsensus", "hotkeys"];
  expect(Object.keys(TABLE).sort()).toEqual([...known].sort());
  expect(CASES.length).toBeGreaterThan(500);
});

describe.each(Object.keys(TABLE))("%s", (field) => {
  const own = CASES.filter((one) => one.field === field);
  test.each(own.map((one) => [one.way, one] as const))("%s", (_way, one) => {
    const error = refusalOf(() => epoch(spoilt(one) as unknown as EpochSnapshot));
    expect([error.code, "field" in error.details ? error.details.field : one.where]).toEqual([
      one.code,
      one.code === "DUPLICATE_UID" || one.code.endsWith("LENGTH") ? field : one.where,
    ]);
    if (one.code === "BAD_VALUE") expect("value" in error.details).toBe(true);
  });
});

describe("by the command, each on a line of its own", () => {
  beforeAll(requireBuild);

  test("the same refusals in order, between two epochs that are answered", () => {
    const said = (value: unknown): boolean => {
      if (typeof value === "bigint" || typeof value === "number")
        return Number.isFinite(Number(value)) && typeof value === "number";
      return typeof value !== "object" || value === null || Object.values(value).every(said);
    };
    // What JSON cannot say is left out: bigints, NaN, infinity.
    const cases = CASES.filter((one) => said(one.value));
    const good = JSON.stringify(validSnapshot());
    const input = [good, ...cases.map((one) => JSON.stringify(spoilt(one))), good].join("\n");
    const { code, out, err } = yuma(["epoch", "-", "--jsonl"], input);
    expect(code).toBe(2);
    const answers = out.trimEnd().split("\n").map((line) => JSON.parse(line)); // biome-ignore format: one line
    const codes = answers.slice(1, -1).map(({ error }) => error?.code);
    expect(codes.map((given, k) => [cases[k]?.field, cases[k]?.way, given])).toEqual(
      cases.map((one) => [one.field, one.way, one.code]),
    );
    expect([answers[0].emission, answers.at(-1).emission].every(Array.isArray)).toBe(true);
    expect(err.trimEnd().split("\n").length).toBe(cases.length);
  });
});
