/** The border of stake inheritance and dividends: typed refusals in the API, typed traps in the kernel. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as abi from "../assembly/contract.js";
import * as emission from "../assembly/emission/contract.js";
import { conformLine } from "../host/api/conform.js";
import {
  delegateTake,
  distributeDividends,
  inheritedStake,
  shareDividends,
  splitDividends,
  YumaError,
} from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { accountOf } from "./oracle/randomFamilies.js";
import { Abi } from "./support/abi.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";

type Loose = Record<string, unknown>;
const [a, b] = [accountOf(1), accountOf(2)];
const hotkey = (fields: Loose = {}) => ({
  ...{ hotkey: a, alphaStake: "5", taoStake: 7n, owner: b, childkeyTake: 9 },
  ...{ parents: [["1", b]], children: [[2n, b]] },
  ...fields,
});
const valid = (fields: Loose = {}): Loose => ({
  ...{ taoWeight: "1", childkeyBurn: 0, hotkeys: [hotkey()], uids: [a], hotkey: a },
  ...{ pendingServer: "1", pendingValidator: 2n, pendingRoot: "3", emission: [[a, "1", 2n]], dividends: [[a, 8n]] },
  ...fields,
});
const CALLS: Readonly<Record<string, { call: (input: never) => unknown; fields: readonly string[]; own: Loose }>> = {
  inheritedStake: { call: inheritedStake, fields: ["taoWeight", "hotkeys", "uids"], own: {} },
  shareDividends: {
    call: shareDividends,
    fields: ["taoWeight", "hotkeys", "childkeyBurn", "hotkey", "dividends"],
    own: { dividends: "100" },
  },
  splitDividends: {
    call: splitDividends,
    fields: ["taoWeight", "hotkeys", "pendingValidator", "pendingRoot", "dividends"],
    own: {},
  },
  distributeDividends: {
    call: distributeDividends,
    fields: [
      ...["taoWeight", "hotkeys", "childkeyBurn", "emission"],
      ...["pendingServer", "pendingValidator", "pendingRoot"],
    ],
    own: {},
  },
};
const entries = Object.entries(CALLS);

describe.each(entries)("%s", (_name, { call, fields, own }) => {
  const refused = (change: Loose) => refusalOf(() => call({ ...valid(own), ...change } as never));

  test("takes the input these tests spoil", () => {
    expect(() => call(valid(own) as never)).not.toThrow();
  });

  test.each(fields)("needs %s", (field) => {
    const { code, details } = refused({ [field]: undefined });
    expect([code, details.field]).toEqual(["MISSING_FIELD", field]);
  });

  test.each([undefined, null, 1, "x", [], 5n])("is not content with %p", (given) => {
    expect(refusalOf(() => call(given as never)).code).toBe("BAD_VALUE");
  });

  test.each<[string, unknown, string, string]>([
    ["no records", {}, "BAD_VALUE", "hotkeys"],
    ["a record that is none", [a], "BAD_VALUE", "hotkeys[0]"],
    ["no name", [hotkey({ hotkey: undefined })], "MISSING_FIELD", "hotkeys[0].hotkey"],
    ["a short account", [hotkey({ hotkey: "0x12" })], "BAD_VALUE", "hotkeys[0].hotkey"],
    ["an address", [hotkey({ hotkey: `5${"F".repeat(47)}` })], "BAD_VALUE", "hotkeys[0].hotkey"],
    [
      "a hotkey twice",
      [hotkey(), hotkey({ hotkey: a.toUpperCase().replace("X", "x") })],
      "DUPLICATE_ACCOUNT",
      "hotkeys[1]",
    ],
    ["a stake as a number", [hotkey({ alphaStake: 5 })], "BAD_VALUE", "hotkeys[0].alphaStake"],
    ["a stake of 2^64", [hotkey({ taoStake: 1n << 64n })], "BAD_VALUE", "hotkeys[0].taoStake"],
    ["a negative stake", [hotkey({ taoStake: "-1" })], "BAD_VALUE", "hotkeys[0].taoStake"],
    ["no owner but null", [hotkey({ owner: null })], "BAD_VALUE", "hotkeys[0].owner"],
    ["a take of 65536", [hotkey({ childkeyTake: 65536 })], "BAD_VALUE", "hotkeys[0].childkeyTake"],
    ["a link that is no pair", [hotkey({ parents: [["1"]] })], "BAD_VALUE", "hotkeys[0].parents[0]"],
    ["a proportion of 2^64", [hotkey({ children: [[1n << 64n, b]] })], "BAD_VALUE", "hotkeys[0].children[0][0]"],
    ["a parent by number", [hotkey({ parents: [["1", 2]] })], "BAD_VALUE", "hotkeys[0].parents[0][1]"],
    ["a misspelt field", [hotkey({ child_key_take: 1 })], "UNKNOWN_FIELD", "hotkeys[0].child_key_take"],
  ])("refuses %s", (_what, hotkeys, code, field) => {
    const error = refused({ hotkeys });
    expect([error.code, error.details.field]).toEqual([code, field]);
  });

  test("anything at all is answered or refused", () => {
    const odd = fc.anything({ withBigInt: true, withNullPrototype: true });
    forAll(fc.tuple(fc.constantFrom(...fields, "nothing"), odd, odd), 300, ([field, value, whole]) => {
      for (const input of [
        { ...valid(own), [field]: value },
        { ...valid(own), hotkeys: [hotkey({ parents: value })] },
        whole,
      ]) {
        try {
          call(input as never);
        } catch (error) {
          if (!(error instanceof YumaError) || error.code === "INTERNAL") throw error;
        }
      }
    });
  });
});

describe("what only some take", () => {
  const code = (call: (input: never) => unknown, change: Loose) => {
    const error = refusalOf(() => call(valid(change) as never));
    return [error.code, error.details.field];
  };

  test("uids, emission, pots, dividends", () => {
    expect(code(inheritedStake, { uids: [a, "b"] })).toEqual(["BAD_VALUE", "uids[1]"]);
    expect(code(distributeDividends, { emission: [[a, "1"]] })).toEqual(["BAD_VALUE", "emission[0]"]);
    expect(code(distributeDividends, { emission: [[a, 1, 2n]] })).toEqual(["BAD_VALUE", "emission[0][1]"]);
    expect(
      code(distributeDividends, {
        emission: [
          [a, "1", "1"],
          [a, "1", "1"],
        ],
      }),
    ).toEqual(["DUPLICATE_ACCOUNT", "emission[1]"]);
    expect(code(distributeDividends, { pendingRoot: 3 })).toEqual(["BAD_VALUE", "pendingRoot"]);
    expect(code(splitDividends, { dividends: [[a, 1n << 128n]] })).toEqual(["BAD_VALUE", "dividends[0][1]"]);
    expect(
      code(splitDividends, {
        dividends: [
          [a, 1n],
          [a, 1n],
        ],
      }),
    ).toEqual(["DUPLICATE_ACCOUNT", "dividends[1]"]);
    expect(code(shareDividends, { dividends: 100 })).toEqual(["BAD_VALUE", "dividends"]);
  });

  test("a delegate take and bits", () => {
    expect(refusalOf(() => delegateTake(65536, 1n)).details.field).toBe("take");
    expect(refusalOf(() => delegateTake("1" as never, 1n)).details.field).toBe("take");
    expect(refusalOf(() => delegateTake(1, 5 as never)).details.field).toBe("dividendsBits");
    expect(refusalOf(() => delegateTake(1, -1n)).details.field).toBe("dividendsBits");
  });

  test("more links than the kernel holds", () => {
    const parents = Array.from({ length: emission.MAX_LINKS + 1 }, () => ["1", b] as const);
    expect(code(inheritedStake, { hotkeys: [hotkey({ parents })] })[0]).toBe("TOO_LARGE");
    expect(inheritedStake(valid() as never).alphaStake).toEqual([5n]);
  });

  test("the suite refuses ops and tables it cannot read", () => {
    const kernel = instantiate(inlinedModule());
    const line = (given: Loose) => refusalOf(() => [...conformLine(kernel, "emission", JSON.stringify(given))]);
    expect(line({ op: "toString" }).code).toBe("BAD_OPERATION");
    expect(line({}).code).toBe("BAD_OPERATION");
    expect(line({ op: "inherited", hotkeys: [1] }).code).toBe("MISSING_FIELD");
    expect(line({ op: "take", take: 1, dividends: "x" }).code).toBe("BAD_VALUE");
    expect(line({ op: "split_emissions", alpha: "1", mechanismCount: 2, split: [1] }).code).toBe("BAD_VALUE");
    expect(line({ op: "weighted_acc", existing: "1", added: "1", existing16: 1, added16: 1 }).code).toBe("BAD_VALUE");
  });
});

describe("the kernel's table", () => {
  const begun = (hotkeys = 2, parents = 1, children = 1) => {
    const kernel = new Abi();
    kernel.exports.hotkeysBegin(hotkeys, parents, children);
    for (const [id, links] of [
      [emission.HOTKEY_PARENT_ROWS, parents],
      [emission.HOTKEY_CHILD_ROWS, children],
    ] as const) {
      const at = kernel.exports.hotkeysArray(id) >>> 0;
      new Uint32Array(kernel.kernel.memory.buffer, at, hotkeys + 1).fill(links, 1);
    }
    return kernel;
  };

  test("runs once it is filled", () => {
    const { exports } = begun();
    exports.inheritStake();
    exports.distributeDividends();
    exports.splitDividends();
    expect(exports.shareDividends(0, 5n)).toBe(2);
  });

  test.each<[string, (kernel: Abi) => unknown]>([
    ["inheritStake", ({ exports }) => exports.inheritStake()],
    ["shareDividends", ({ exports }) => exports.shareDividends(0, 1n)],
    ["splitDividends", ({ exports }) => exports.splitDividends()],
    ["distributeDividends", ({ exports }) => exports.distributeDividends()],
    ["hotkeysArray", ({ exports }) => exports.hotkeysArray(0)],
  ])("%s needs a table, and one that nobody has drawn over", (_name, call) => {
    const fresh = new Abi();
    fresh.expectTrap(() => call(fresh), abi.ERROR_STATE, 0);
    const over = new Abi();
    over.begin(3);
    over.exports.hotkeysBegin(1, 0, 0);
    over.begin(2);
    over.expectTrap(() => call(over), abi.ERROR_STATE, 0);
    const packed = new Abi();
    packed.expectUsable();
    packed.exports.hotkeysBegin(1, 0, 0);
    packed.exports.epochResult(0);
    packed.expectTrap(() => call(packed), abi.ERROR_STATE, 0);
  });

  test("leaves an epoch under way alone", () => {
    const kernel = new Abi();
    kernel.begin(3);
    kernel.exports.hotkeysBegin(500, 0, 0);
    const stakes = kernel.exports.epochInput(abi.INPUT_ALPHA_STAKE) >>> 0;
    new BigUint64Array(kernel.kernel.memory.buffer, stakes, 3).fill(5n);
    kernel.exports.inheritStake();
    kernel.exports.epochRun();
    const stake = kernel.exports.epochField(abi.FIELD_STAKE) >>> 0;
    expect([...new BigUint64Array(kernel.kernel.memory.buffer, stake, 3)]).toEqual([5n, 5n, 5n]);
  });

  test("begun over and over takes no more memory", () => {
    const kernel = new Abi();
    const begin = () => kernel.exports.hotkeysBegin(1000, 1000, 1000);
    const first = begin();
    const bytes = kernel.memoryBytes;
    for (let i = 0; i < 1000; i++) expect(begin()).toBe(first);
    expect(kernel.memoryBytes).toBe(bytes);
  });

  test("refuses sizes, numbers and rows that lead astray", () => {
    const most = emission.MAX_HOTKEYS + 1;
    const links = emission.MAX_LINKS + 1;
    const cases: [Abi, (kernel: Abi) => unknown, number, number][] = [
      [begun(), ({ exports }) => exports.hotkeysBegin(most, 0, 0), emission.ERROR_HOTKEYS, most],
      [begun(), ({ exports }) => exports.hotkeysBegin(1, links, 0), emission.ERROR_LINKS, links],
      [begun(), ({ exports }) => exports.hotkeysBegin(1, 0, links), emission.ERROR_LINKS, links],
      [begun(), ({ exports }) => exports.hotkeysArray(emission.HOTKEY_ARRAYS), abi.ERROR_FIELD, emission.HOTKEY_ARRAYS],
      [begun(), ({ exports }) => exports.shareDividends(2, 1n), emission.ERROR_HOTKEY, 2],
      [begun(), ({ exports }) => exports.takePayout(65536), abi.ERROR_FIELD, 65536],
    ];
    for (const [kernel, call, code, value] of cases) kernel.expectTrap(() => call(kernel), code, value);
    const spoil = (id: number, values: readonly number[]) => {
      const kernel = begun();
      const at = kernel.exports.hotkeysArray(id) >>> 0;
      new Uint32Array(kernel.kernel.memory.buffer, at, values.length).set(values);
      return kernel;
    };
    const spoilt: [Abi, number, number][] = [
      [spoil(emission.HOTKEY_PARENTS, [2]), emission.ERROR_HOTKEY, 2],
      [spoil(emission.HOTKEY_PARENT_ROWS, [1]), abi.ERROR_ROWS, 0],
      [spoil(emission.HOTKEY_PARENT_ROWS, [0, 2]), abi.ERROR_ROWS, 1],
      [spoil(emission.HOTKEY_CHILD_ROWS, [0, 1, 0]), abi.ERROR_ROWS, 1],
      [spoil(emission.HOTKEY_CHILD_ROWS, [0, 1, 2]), abi.ERROR_ROWS, 2],
    ];
    for (const [kernel, code, value] of spoilt) kernel.expectTrap(() => kernel.exports.inheritStake(), code, value);
  });

  test("addresses are distinct and aligned, every array long enough", () => {
    const { exports } = begun(3, 2, 5);
    const ids = Array.from({ length: emission.HOTKEY_ARRAYS }, (_, id) => id);
    const at = ids.map((id) => exports.hotkeysArray(id));
    expect(new Set(at).size).toBe(emission.HOTKEY_ARRAYS);
    expect(at.every((address) => address % 8 === 0)).toBe(true);
  });
});
