/** The border: what a snapshot may not hold, each refusal typed and naming the offending field and value. */
import { describe, expect, test } from "vitest";
import {
  epoch,
  KNOWN_SPEC_VERSIONS,
  mechanismsEpoch,
  rulesOf,
  type YumaError,
  type YumaErrorCode,
} from "../host/index.js";
import type { EpochSnapshot, MechanismsSnapshot } from "../host/types.js";
import { refusalOf } from "./support/refusal.js";
import { type Loose, validMechanisms, validSnapshot } from "./support/snapshots.js";

const refused = (snapshot: unknown): YumaError => refusalOf(() => epoch(snapshot as EpochSnapshot));
const withField = (field: string, value: unknown): YumaError => refused(validSnapshot({ [field]: value }));

const U64 = ["currentBlock", "lastMechanismStepBlock", "activityCutoff", "bondsMovingAverage"];
const AMOUNTS = ["stakeThreshold", "raoEmission", "taoWeight"];
const U16 = ["tempo", "kappa", "bondsPenalty", "alphaLow", "alphaHigh", "maxAllowedValidators"];
const FLAGS = ["yuma3", "liquidAlpha", "commitRevealEnabled"];
const U64_ARRAYS = ["lastUpdate", "blockAtRegistration", "alphaStake", "taoStake"];
const OPTIONAL = ["name"];

/** Never a u64. */
const NOT_U64: unknown[] = [
  ...[null, true, {}, [], [1], -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300],
  ...["", "-1", "+1", "1e3", " 1", "1 ", "0x10", "01", "1.0", "1_000", "٣", "18446744073709551616", "9".repeat(5000)],
  ...[2 ** 53, 2 ** 64, -1n, 1n << 64n, Symbol("1"), () => 1, new Date(0), Object(1), new Map(), Object.create(null)],
];
/** Never a small integer, whatever its width: numbers only. */
const NOT_INTEGER: unknown[] = [
  ...[null, true, {}, [], [1], 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 70000, -40000],
  ...["", "1", "-1", "1e3", "0x10", 1n, 1n << 64n, Symbol("1"), () => 1, Object(1)],
];
const NOT_FLAG: unknown[] = [null, 0, 1, "true", "", [], {}, 1n, Object(true), Number.NaN];

test("the snapshot these tests spoil is good", () => {
  expect(epoch(validSnapshot() as unknown as EpochSnapshot).name).toBe("by hand");
  expect(mechanismsEpoch(validMechanisms() as unknown as MechanismsSnapshot).mechanisms.length).toBe(2);
});

test.each([undefined, null, 1, "x", true, [], [validSnapshot()], 5n, Symbol("s"), () => 1])(
  "no snapshot at all: %p",
  (given) => {
    expect(refused(given).code).toBe("BAD_VALUE");
  },
);

describe("settings", () => {
  const required = Object.keys(validSnapshot()).filter((field) => !OPTIONAL.includes(field));

  test.each(required)("%s must be there", (field) => {
    const { [field]: _left, ...rest } = validSnapshot();
    for (const error of [refused(rest), withField(field, undefined)]) {
      expect([error.code, error.details.field]).toEqual(["MISSING_FIELD", field]);
    }
  });

  const refuses = (field: string, values: readonly unknown[], code: YumaErrorCode = "BAD_VALUE") => {
    for (const value of values) {
      const error = withField(field, value);
      expect([error.code, error.details.field, "value" in error.details]).toEqual([code, field, true]);
      expect(error.message.startsWith(`${field} must be `)).toBe(true);
    }
  };

  test.each([...U64, ...AMOUNTS])("%s is a u64", (field) => refuses(field, NOT_U64));
  test.each([...U16, "alphaSigmoidSteepness", "n"])("%s is a small integer", (field) => refuses(field, NOT_INTEGER));
  test.each(U16)("%s is not negative", (field) => refuses(field, [-1, 65536]));
  test.each(FLAGS)("%s is true or false", (field) => refuses(field, NOT_FLAG));

  test("alphaSigmoidSteepness is an i16", () => refuses("alphaSigmoidSteepness", [-32769, 32768]));
  test("n is 1 to 4096", () => refuses("n", [0, -1, 4097]));
  test("name is text", () => refuses("name", [null, 1, true, [], {}, 1n]));
  test("schemaVersion is 1", () => refuses("schemaVersion", [0, 2, "1", null, 1.5, [1]]));
  test("ownerUid is a u16 or null", () => refuses("ownerUid", [-1, 65536, 1.5, "0", true, [], 1n]));
  test("source is an object", () => refuses("source", [null, 1, "x", []]));
  test("epochConsensus is a word", () => refuses("epochConsensus", [null, "Yuma", "", 1, [], {}]));
  test("liquidAlphaConsensusMode is a word", () => refuses("liquidAlphaConsensusMode", [null, "Current", "", 1, []]));

  test("what stands inside source is checked", () => {
    expect(withField("source", { netuid: 65536 }).details).toEqual({ field: "source.netuid", value: 65536 });
    expect(withField("source", { network: 1 }).details).toEqual({ field: "source.network", value: 1 });
  });

  test("ownerUid names a uid of the subnet", () => {
    const error = withField("ownerUid", 3);
    expect([error.code, error.details]).toEqual(["BAD_UID", { field: "ownerUid", value: 3 }]);
  });

  test.each([...U64, ...AMOUNTS])("%s may be a bigint, a string or a safe integer", (field) => {
    const results = [1000n, "1000", 1000].map((value) => epoch(validSnapshot({ [field]: value }) as never));
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    epoch(validSnapshot({ [field]: "18446744073709551615" }) as never);
  });

  test("a number too large to be exact is told to stand in quotes", () => {
    const error = withField("raoEmission", JSON.parse("12345678901234567890"));
    expect(error.message).toContain("in quotes");
    expect(error.details).toEqual({ field: "raoEmission", value: 12345678901234567000 });
  });

  test("the offending value is in the details, as JSON can hold it", () => {
    expect(withField("kappa", "65535").details.value).toBe("65535");
    expect(withField("kappa", Number.NaN).details.value).toBe("NaN");
    expect(withField("raoEmission", 1n << 64n).details.value).toBe("18446744073709551616");
    expect(withField("yuma3", null).details.value).toBe(null);
    // Without a suffix; where the digits alone would be in range, it says what is wrong.
    expect(withField("kappa", 70_000n).message).toBe("kappa must be an integer from 0 to 65535, not 70000.");
    expect(withField("kappa", 5n).message).toContain("an integer from 0 to 65535, a number and no bigint, not 5.");
    expect(withField("kappa", [1, { a: "b" }]).details.value).toBe('[1,{"a":"b"}]');
  });
});

describe("arrays, one entry a uid", () => {
  const arrays = [...U64_ARRAYS, "validatorPermit", "weights", "bonds", "commitBlocks", "previousConsensus", "hotkeys"];
  test.each(arrays)("%s has n entries", (field) => {
    for (const length of [0, 2, 4]) {
      const error = withField(field, new Array(length).fill(1));
      expect([error.code, error.details]).toEqual(["BAD_LENGTH", { field, expected: 3, length }]);
    }
  });

  test.each(arrays)("%s is an array", (field) => {
    for (const value of [1, "abc", true, {}, { length: 3 }, new Set([1, 2, 3]), new DataView(new ArrayBuffer(24))]) {
      expect([withField(field, value).code, withField(field, value).details.field]).toEqual(["BAD_VALUE", field]);
    }
  });

  test.each(arrays)("%s has no holes", (field) => {
    const error = withField(field, new Array(3));
    expect([error.code, error.details.field]).toEqual(["BAD_VALUE", `${field}[0]`]);
  });

  const second = (field: string, values: readonly unknown[], entry: unknown) => {
    for (const value of values) {
      const error = withField(field, [entry, value, entry]);
      expect([error.code, error.details.field]).toEqual(["BAD_VALUE", `${field}[1]`]);
    }
  };
  test.each(U64_ARRAYS)("%s holds u64", (field) => second(field, NOT_U64, "1"));
  test("validatorPermit holds flags", () => second("validatorPermit", NOT_FLAG, true));
  test("previousConsensus holds u16", () => second("previousConsensus", [...NOT_INTEGER, -1, 65536], 1));
  test("hotkeys holds text", () => second("hotkeys", [null, 1, [], {}], "x"));
  test("commitBlocks holds u64 or null", () => {
    const values = NOT_U64.filter((value) => value !== null);
    second("commitBlocks", values, null);
    epoch(validSnapshot({ commitBlocks: [null, "1", 2n] }) as never);
  });
});

describe.each(["weights", "bonds"])("%s", (field) => {
  const row = (first: unknown): YumaError => withField(field, [first, [], []]);

  test.each([null, 1, "[]", {}, true])("a row is an array, not %p", (value) => {
    expect(row(value).details.field).toBe(`${field}[0]`);
  });
  test.each([null, 1, "01", {}, [], [1], [1, 2, 3], [[1, 2]]])("a pair has two entries, not %j", (value) => {
    const error = row([[2, 1], value]);
    expect(error.details.field).toMatch(new RegExp(`^${field}\\[0\\]\\[1\\]`));
    expect(error.code).toBe("BAD_VALUE");
  });
  test.each([-1, 65536, 1.5, Number.NaN, "1", 1n, null, true, [1]])("uid and value are u16, not %p", (value) => {
    expect(row([[value, 1]]).details.field).toBe(`${field}[0][0][0]`);
    expect(row([[1, value]]).details.field).toBe(`${field}[0][0][1]`);
  });
  test("a hole is no pair", () => {
    expect(row(new Array(1)).details.field).toBe(`${field}[0][0]`);
    expect(row([new Array(2)]).details.field).toBe(`${field}[0][0][0]`);
  });
  test("a uid stands once in a row", () => {
    const error = row([
      [1, 1],
      [2, 1],
      [1, 5],
    ]);
    expect([error.code, error.details]).toEqual(["DUPLICATE_UID", { field, row: 0, uid: 1 }]);
    expect(
      row([
        [65535, 1],
        [65535, 1],
      ]).code,
    ).toBe("DUPLICATE_UID");
  });
  test("the same uid may stand in several rows, and beyond the subnet", () => {
    epoch(
      validSnapshot({
        [field]: [
          [[2, 1]],
          [
            [2, 1],
            [3, 1],
            [65535, 65535],
          ],
          [[2, 1]],
        ],
      }) as never,
    );
  });
});

describe("fields and rules", () => {
  test.each([
    ["liquid_alpha_consensus_mode", "liquidAlphaConsensusMode"],
    ["liquidalphaconsensusmode", "liquidAlphaConsensusMode"],
    ["previous-consensus", "previousConsensus"],
    ["Rules", "rules"],
    ["KAPPA", "kappa"],
    [`kap${"-".repeat(10_000)}pa`, "kappa"],
  ])("%.40s is a misspelt field", (name, known) => {
    const error = withField(name, "current");
    expect([error.code, error.details.known]).toEqual(["UNKNOWN_FIELD", known]);
    expect(error.message).toContain(`did you mean "${known}"?`);
  });

  test("a field of another kind is ignored", () => {
    const plain = epoch(validSnapshot() as never);
    const more = { comment: "x", extra: { n: 5 }, toString: 1, constructor: 2, hasOwnProperty: null, length: 3 };
    expect(epoch(validSnapshot(more) as never)).toEqual(plain);
  });

  test("keys that every object has change nothing", () => {
    const text = JSON.stringify(validSnapshot()).replace("{", '{"__proto__":{"kappa":1,"polluted":true},');
    expect(epoch(JSON.parse(text))).toEqual(epoch(validSnapshot() as never));
    expect(({} as Loose).polluted).toBeUndefined();
    expect(refused(JSON.parse('{"__proto__":{"n":3}}')).code).toBe("MISSING_FIELD");
  });

  test.each([0, 1, 142, 426, 447, 476, 2 ** 53 - 1])("spec version %i is not known", (version) => {
    const error = withField("rules", version);
    expect([error.code, error.details]).toEqual([
      "UNKNOWN_RULES",
      { specVersion: version, known: KNOWN_SPEC_VERSIONS },
    ]);
  });
  test.each([-1, 1.5, Number.NaN, "425", null, true, [], 425n])("%p is no spec version", (value) => {
    expect([withField("rules", value).code, withField("rules", value).details.field]).toEqual(["BAD_VALUE", "rules"]);
  });

  test("a record of rules is whole and holds nothing else", () => {
    const rules = rulesOf(425);
    expect(epoch(validSnapshot({ rules }) as never)).toEqual(epoch(validSnapshot() as never));
    expect(withField("rules", { ...rules, nulMode: true }).details).toEqual({ field: "rules.nulMode" });
    expect(withField("rules", { ...rules, nulMode: true }).code).toBe("UNKNOWN_FIELD");
    expect(withField("rules", { ...rules, nullMode: 1 }).details).toEqual({ field: "rules.nullMode", value: 1 });
    expect(withField("rules", { ...rules, bondsMask: "none" }).details.field).toBe("rules.bondsMask");
    expect(withField("rules", {}).code).toBe("MISSING_FIELD");
  });

  test("settings that the rules do not have are refused", () => {
    for (const mode of ["auto", "previous"]) {
      const error = withField("liquidAlphaConsensusMode", mode);
      expect([error.code, error.details]).toEqual([
        "RULES_CONFLICT",
        { field: "liquidAlphaConsensusMode", value: mode, specVersion: 425 },
      ]);
    }
    expect(withField("epochConsensus", "null").code).toBe("RULES_CONFLICT");
    expect(refused(validSnapshot({ epochConsensus: "null", rules: 473 })).code).toBe("RULES_CONFLICT");
    epoch(validSnapshot({ liquidAlphaConsensusMode: "current", epochConsensus: "yuma" }) as never);
    epoch(validSnapshot({ liquidAlphaConsensusMode: "previous", rules: 446 }) as never);
    epoch(validSnapshot({ epochConsensus: "null", rules: 474 }) as never);
  });

  test("what came after spec 143 is refused under it", () => {
    const old = { rules: 143, yuma3: false, liquidAlpha: false, bondsPenalty: 65535 };
    epoch(validSnapshot(old) as never);
    for (const later of [{ yuma3: true }, { liquidAlpha: true }, { bondsPenalty: 65534 }]) {
      const error = refused(validSnapshot({ ...old, ...later }));
      expect([error.code, error.details.field]).toEqual(["RULES_CONFLICT", Object.keys(later)[0]]);
    }
  });

  test("arrays of numbers may be typed", () => {
    const plainly = validSnapshot({});
    const typed = { ...plainly, alphaStake: BigUint64Array.from((plainly.alphaStake as string[]).map(BigInt)) };
    expect(epoch(typed as never)).toEqual(epoch(plainly as never));
    structuredClone(typed, { transfer: [typed.alphaStake.buffer] });
    const { code, details } = refused(typed);
    expect([code, details.field]).toEqual(["BAD_VALUE", "alphaStake"]);
  });

  test("stakes that no chain state can hold are refused", () => {
    const half = (1n << 62n).toString();
    const error = refused(validSnapshot({ alphaStake: [half, half, "0"] }));
    expect([error.code, error.details]).toEqual(["STAKE_OVERFLOW", { kernelError: 12, field: "alphaStake", uid: 1 }]);
    epoch(validSnapshot({ alphaStake: [half, ((1n << 62n) - 1n).toString(), "0"] }) as never);
  });

  test("too many entries are refused before anything is allocated", () => {
    const row = Array.from({ length: 65536 }, (_, uid) => [uid, 1]);
    const fields = Object.fromEntries(U64_ARRAYS.map((field) => [field, new Array(4096).fill(1)]));
    const more = { ...fields, n: 4096, validatorPermit: new Array(4096).fill(true), bonds: new Array(4096).fill([]) };
    const error = refused(validSnapshot({ ...more, weights: new Array(4096).fill(row) }));
    expect([error.code, error.details]).toEqual(["TOO_LARGE", { field: "weights", entries: 4096 * 65536 }]);
  });
});
