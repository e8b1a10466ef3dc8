/** `yuma registration`: prices and pruning as text with units and as JSON; refusals. */
import { describe, expect, test } from "vitest";
import { requireBuild, yuma } from "./support/command.js";
import { lines } from "./support/vectors.js";

requireBuild();

/** Figures to be checked by hand: with a half-life of one block the price halves each block, with multiplier 2 it doubles. */
const state = {
  netuid: 7,
  currentBlock: 5_000_000,
  burn: {
    burn: "8000000000",
    minBurn: "500000",
    maxBurn: "100000000000",
    halfLife: 1,
    multiplier: (2n << 64n).toString(),
  },
  lock: {
    lastLock: "1000000000000",
    minLock: "100000000000",
    lastLockBlock: 4_999_000,
    reductionInterval: 2000,
    totalIssuance: "10500000000000000",
  },
  neurons: {
    n: 3,
    immunityPeriod: 5000,
    minNonImmuneUids: 1,
    immuneOwnerUidsLimit: 1,
    keys: ["owner", "miner", "other"],
    blockAtRegistration: [1000, 4_999_000, 4_000_000],
    emission: ["5000000000", "1", "2000000"],
    ownedHotkeys: ["owner"],
    ownerHotkey: "owner",
  },
};
const ask = (changes: object, ...args: string[]) =>
  yuma(["registration", "-", ...args], JSON.stringify({ ...state, ...changes }));

describe("answers", () => {
  test("as text, every figure with its unit", () => {
    const { code, out, err } = ask({}, "--blocks", "3", "--registrations", "2");
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n").slice(2)).toEqual([
      "registration 8.000000000 TAO now",
      "             1.000000000 TAO after 3 blocks without a registration",
      "             32.000000000 TAO after 2 registrations at once",
      "             between 0.000500000 and 100.000000000 TAO, half-life 1 block",
      // Half the supply is issued: the interval of 2000 blocks halves, and 1000 of them are over.
      "new subnet   1,000.000000000 TAO; it falls by the last lock in 1,000 blocks",
      "pruned next  uid 1 (hotkey miner): emission 0.000000001 alpha, registered in block 4,999,000, immune, but too few are not",
      "owner's own  uid 0 protected",
      "",
    ]);
  });

  test("as JSON, amounts as decimal strings", () => {
    const { code, out } = ask({ lock: undefined }, "--json", "--blocks", "0");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      netuid: 7,
      currentBlock: "5000000",
      burn: { burn: "8000000000", afterBlocks: "8000000000", afterRegistrations: "16000000000" },
      lock: null,
      prune: { uid: 1, hotkey: "miner", immune: true, immuneOwnerUids: [0] },
    });
  });

  test("nobody to prune, no decay, no fall", () => {
    const { out } = ask({
      burn: { ...state.burn, halfLife: 0 },
      lock: { ...state.lock, reductionInterval: 0 },
      neurons: { ...state.neurons, n: 0, keys: [], blockAtRegistration: [], emission: [] },
    });
    for (const text of [", no decay\n", "; it does not fall\n", "nobody may be\n", "none protected\n"]) {
      expect(out).toContain(text);
    }
  });
});

describe("refusals: exit code 2 and a sentence", () => {
  test.each<[object, string[], string]>([
    [{ netuid: undefined }, [], "netuid is missing."],
    [{ burn: undefined, lock: undefined, neurons: undefined }, [], "A state must hold burn, lock or neurons"],
    [{ burn: { ...state.burn, halfLife: -1 } }, [], "halfLife must be an integer from 0 to 65535, not -1."],
    [{ lock: { ...state.lock, lastLock: 1.5 } }, [], "lastLock must be an integer"],
    [{ neurons: [] }, [], "neurons must be a JSON object"],
    [{}, ["--blocks", "-1"], "--blocks takes a number from 0 to 999999"],
    [{}, ["--registrations", "1e3"], "--registrations takes a number from 0 to 999999"],
  ])("%j %j", (changes, args, sentence) => {
    const { code, out, err } = ask(changes, ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.startsWith(`yuma: ${sentence}`), err).toBe(true);
  });
});

test.each(["shares", "registration"])("conform %s answers as published, to the letter", (suite) => {
  const { code, out, err } = yuma(["conform", suite], lines(`${suite}.cases.jsonl.gz`).join("\n"));
  expect([code, err]).toEqual([0, ""]);
  expect(out === `${lines(`${suite}.results.jsonl.gz`).join("\n")}\n`).toBe(true);
});
