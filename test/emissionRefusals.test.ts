/** Emission on bad input, the table's ABI, and projections: typed refusals, traps that leave the instance usable, dates. */
import { describe, expect, test } from "vitest";
import { ERROR_FIELD, ERROR_RULES, ERROR_STATE } from "../assembly/contract.js";
import * as emission from "../assembly/emission/contract.js";
import { conformEmission } from "../host/api/emission/conform.js";
import {
  blockEmission,
  type CoinbaseState,
  coinbase,
  emissionSchedule,
  movingPrice,
  projectIssuance,
} from "../host/index.js";
import { Abi } from "./support/abi.js";
import { refusalOf } from "./support/refusal.js";

const SUBNET = {
  netuid: 1,
  movingPriceBits: "4294967296",
  priceBits: "18446744073709551616",
  alphaIn: "1000000000",
  alphaOut: "1000000000",
  tao: "1000000000",
  firstEmissionBlock: 1,
};
const STATE: CoinbaseState = {
  currentBlock: 7_000_000,
  totalIssuance: "10600000000000000",
  rootTao: "5000000000000000",
  taoWeight: "3320413933267719290",
  ownerCut: 11_796,
  movingAlphaBits: "1288490",
  subnets: [SUBNET],
};
const GATE = { barBits: "0", quantileBits: "0", exponentBits: "0" };
const U128 = (1n << 128n) - 1n;

const codeOf = (change: object) => refusalOf(() => coinbase({ ...STATE, ...change } as CoinbaseState)).code;
const ofSubnet = (change: object) => codeOf({ subnets: [{ ...SUBNET, ...change }] });

describe("a state is refused for", () => {
  test.each<[string, object, string]>([
    ["an amount as a number", { totalIssuance: 1 }, "BAD_VALUE"],
    ["an amount beyond u64", { rootTao: (1n << 64n).toString() }, "BAD_VALUE"],
    ["a negative amount", { rootTao: "-1" }, "BAD_VALUE"],
    ["a missing amount", { rootTao: undefined }, "MISSING_FIELD"],
    ["an owner cut beyond u16", { ownerCut: 65_536 }, "BAD_VALUE"],
    ["bits as a number", { movingAlphaBits: 1 }, "BAD_VALUE"],
    ["bits beyond 128", { movingAlphaBits: (1n << 127n).toString() }, "BAD_VALUE"],
    ["a field it does not know", { totalIssuence: "1" }, "UNKNOWN_FIELD"],
    ["another schema version", { schemaVersion: 2 }, "BAD_VALUE"],
    ["an unknown spec version", { rules: 500 }, "UNKNOWN_RULES"],
    ["rules older than prices", { rules: 143 }, "RULES_CONFLICT"],
    ["a gate too early", { gate: GATE }, "RULES_CONFLICT"],
    ["a missing gate", { rules: 440 }, "MISSING_FIELD"],
    ["a rank too early", { rules: 440, gate: { ...GATE, rank: 1 } }, "RULES_CONFLICT"],
    ["settings of flow without flow", { flow: {} }, "RULES_CONFLICT"],
    ["subnets that are no array", { subnets: {} }, "BAD_VALUE"],
    ["a netuid twice", { subnets: [SUBNET, SUBNET] }, "BAD_VALUE"],
    ["too many subnets", { subnets: new Array(4097).fill(SUBNET) }, "TOO_LARGE"],
  ])("%s", (_name, change, code) => expect(codeOf(change)).toBe(code));

  test.each<[string, object, string]>([
    ["the root", { netuid: 0 }, "BAD_VALUE"],
    ["a name that is no text", { name: 5 }, "BAD_VALUE"],
    ["a reserve as a number", { alphaIn: 1000 }, "BAD_VALUE"],
    ["a missing price", { priceBits: undefined }, "MISSING_FIELD"],
    ["a negative price", { priceBits: "-1" }, "BAD_VALUE"],
    ["a flag that is none", { emissionEnabled: 1 }, "BAD_VALUE"],
    ["a misspelt flag", { emissionEnable: true }, "UNKNOWN_FIELD"],
    ["a start left out", { firstEmissionBlock: undefined }, "MISSING_FIELD"],
    ["pendings it does not know", { pending: { miners: "1" } }, "UNKNOWN_FIELD"],
  ])("in a subnet: %s", (_name, change, code) => expect(ofSubnet(change)).toBe(code));

  test("pools that answer nonsense", () => {
    const odd = (answer: unknown) => refusalOf(() => coinbase(STATE, { injection: () => answer as never })).code;
    expect(odd(null)).toBe("BAD_VALUE");
    expect(odd({ alphaIn: 1, alphaOut: 1n, tao: 1n })).toBe("BAD_VALUE");
    expect(odd({ alphaIn: 1n, alphaOut: 1n })).toBe("BAD_VALUE");
    expect(refusalOf(() => coinbase(STATE, { injection: "some" as never })).code).toBe("BAD_VALUE");
    expect(coinbase(STATE, { injection: () => ({ alphaIn: 1n, alphaOut: 1n, tao: 1n }) }).subnets.length).toBe(1);
  });

  test("and the smaller functions refuse too", () => {
    expect(refusalOf(() => blockEmission(5 as never)).code).toBe("BAD_VALUE");
    expect(refusalOf(() => movingPrice({} as never)).code).toBe("MISSING_FIELD");
    const { kernel } = new Abi();
    for (const one of [{}, { op: "toString" }, { op: "shares" }, { op: "block_emission", issuance: -1 }, []]) {
      refusalOf(() => conformEmission(kernel, one));
    }
  });
});

describe("the table's ABI", () => {
  const abi = new Abi();
  const { exports } = abi;
  const begun = () => {
    exports.emissionBegin(1);
    return exports;
  };

  test("traps with codes, and the instance works afterwards", () => {
    const fresh = new Abi();
    fresh.expectTrap(() => fresh.exports.emissionField(0), ERROR_STATE, 0);
    fresh.expectTrap(() => fresh.exports.emissionRun(1), ERROR_STATE, 1);
    fresh.expectTrap(() => fresh.exports.emissionPowNormalise(), ERROR_STATE, 0);
    abi.expectTrap(() => exports.emissionBegin(emission.MAX_SUBNETS + 1), emission.ERROR_SUBNETS, 4097);
    abi.expectTrap(() => begun().emissionField(33), ERROR_FIELD, 33);
    abi.expectTrap(() => begun().emissionField(-1), ERROR_FIELD, -1n);
    abi.expectTrap(() => begun().emissionRun(32), ERROR_FIELD, 32);
  });

  test("rules that do not exist trap", () => {
    const rule = (id: number) => () => {
      const base = exports.emissionBegin(1) >>> 0;
      new DataView(abi.kernel.memory.buffer).setBigUint64(base + 16 * id, 3n, true);
      exports.emissionRun(emission.PHASE_SHARES);
    };
    abi.expectTrap(rule(emission.BLOCK_SHARES_RULE), ERROR_RULES, 3);
    abi.expectTrap(rule(emission.BLOCK_GATE_RULE), ERROR_RULES, 3);
  });

  test("a table leaves an epoch alone, and ends with the memory below it", () => {
    abi.begin(3);
    const stake = exports.epochInput(2) >>> 0;
    new BigUint64Array(abi.kernel.memory.buffer, stake, 3).fill(5n);
    exports.emissionBegin(4);
    exports.emissionRun(emission.PHASES_ALL);
    exports.epochRun();
    expect([...new BigUint64Array(abi.kernel.memory.buffer, exports.epochField(10) >>> 0, 3)]).toEqual([5n, 5n, 5n]);
    exports.epochBegin(1, 0, 0);
    abi.expectTrap(() => exports.emissionField(0), ERROR_STATE, 0);
  });

  test("tables again and again take no more memory, and are empty", () => {
    exports.emissionBegin(512);
    const before = abi.memoryBytes;
    for (let k = 0; k < 200; k++) {
      const base = exports.emissionBegin(1 + ((k * 37) % 512)) >>> 0;
      const view = new BigUint64Array(abi.kernel.memory.buffer, base, 40);
      expect(view.every((word) => word === 0n)).toBe(true);
      view.fill(1n);
    }
    expect(abi.memoryBytes).toBe(before);
  });
});

describe("issuance", () => {
  test("the schedule's thresholds are where the curve steps", () => {
    const eras = emissionSchedule();
    expect(eras.length).toBe(31);
    for (const { fromIssuance, blockEmission: rao } of eras) {
      expect(blockEmission(fromIssuance)).toBe(rao);
      if (fromIssuance > 0n) expect(blockEmission(fromIssuance - 1n)).toBeGreaterThan(rao);
    }
    expect(eras[1]).toEqual({ halvings: 1, fromIssuance: 10_500_000_000_000_000n, blockEmission: 500_000_000n });
    expect(eras.at(-1)!.blockEmission).toBe(0n);
  });

  test("a projection counts blocks of 12 seconds from the date it is given", () => {
    // 10 rao-blocks short of the first halving, at 1 TAO a block.
    const from = { issuance: 10_500_000_000_000_000n - 10_000_000_000n, start: "2026-01-31T23:59:00" };
    const [now, next] = projectIssuance(from);
    expect(now).toMatchObject({ halvings: 0, afterBlocks: 0n, date: "2026-01-31T23:59:00.000Z" });
    expect(next).toMatchObject({ halvings: 1, afterBlocks: 10n, date: "2026-02-01T00:01:00.000Z" });
    const slower = projectIssuance({ ...from, recycledPerBlock: "500000000" });
    // Half is recycled; and all of it once half a TAO is minted: the second halving never comes.
    expect(slower[1]!.afterBlocks).toBe(20n);
    expect(slower[2]).toMatchObject({ afterBlocks: null, date: null });
    // The zone counts.
    expect(projectIssuance({ ...from, start: "2026-01-31T23:59:00+01:00" })[0]!.date).toBe("2026-01-31T22:59:00.000Z");
  });

  test("a projection agrees with counting block by block", () => {
    const start = 10_500_000_000_000_000n - 1_234_567_890_123n;
    const first = blockEmission(start);
    let [issuance, blocks] = [start, 0n];
    for (; blocks < 10_000n && blockEmission(issuance) === first; blocks++) issuance += first;
    expect(blocks).toBe(1235n);
    expect(projectIssuance({ issuance: start, start: "2026-01-01" })[1]!.afterBlocks).toBe(blocks);
  });

  test("dates that are none are refused", () => {
    for (const start of [
      "",
      "soon",
      "2026-02-30",
      "2026-13-01",
      "2026-1-1",
      "2026-01-01T25:00:00",
      5,
      null,
      undefined,
    ]) {
      refusalOf(() => projectIssuance({ issuance: "0", start: start as never }));
    }
    expect(projectIssuance({ issuance: "0", start: "1969-07-20T20:17Z" })[0]!.date).toBe("1969-07-20T20:17:00.000Z");
  });

  test("nothing here reads a number as TAO", () => {
    expect(refusalOf(() => projectIssuance({ issuance: 1 as never, start: "2026-01-01" })).code).toBe("BAD_VALUE");
    expect(coinbase({ ...STATE, subnets: [{ ...SUBNET, minerBurnedBits: U128 }] }).subnets[0]!.shares.ruleBits).toBe(
      1n << 64n,
    );
  });
});
