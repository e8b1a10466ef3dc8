/** Who is pruned: the BigInt twin on random and extreme input, laws, cases by hand, refusals. */
import { describe, expect, test } from "vitest";
import * as main from "../assembly/contract.js";
import * as abi from "../assembly/emission/contract.js";
import type { PruneInput } from "../host/api/registration.js";
import { neuronToPrune } from "../host/index.js";
import { prunable } from "./oracle/randomRegistration.js";
import * as twin from "./oracle/registration.js";
import { Abi } from "./support/abi.js";
import { forAll } from "./support/fuzz.js";
import { refusalOf } from "./support/refusal.js";

const RUNS = 1000;

describe("the kernel and its twin agree", () => {
  test("on small subnets with every tie", () => {
    forAll(prunable(40), RUNS, (input) => {
      expect(neuronToPrune(input)).toEqual(twin.neuronToPrune(input));
    });
  });

  test("on 4096 uids, all the owner's", () => {
    const n = main.MAX_UIDS;
    const keys = Array.from({ length: n }, (_, uid) => uid);
    const blocks = keys.map((uid) => (uid * 7919) % 1000);
    const input = { ...small, n, keys, blockAtRegistration: blocks, emission: [], ownedHotkeys: keys };
    for (const immuneOwnerUidsLimit of [0, 100, n - 1, n, 65535]) {
      const one = { ...input, immuneOwnerUidsLimit, ownerHotkey: n - 1 };
      expect(neuronToPrune(one)).toEqual(twin.neuronToPrune(one));
    }
  });
});

const small = {
  n: 3,
  currentBlock: 100,
  immunityPeriod: 10,
  minNonImmuneUids: 0,
  immuneOwnerUidsLimit: 1,
  keys: [10, 11, 12],
  blockAtRegistration: [1, 2, 95],
  emission: ["5", "4", "3"],
  ownedHotkeys: [11],
  ownerHotkey: null,
} satisfies PruneInput;

describe("laws", () => {
  test("nobody protected is pruned, and nobody immune while enough are not", () => {
    forAll(prunable(20), RUNS, (input) => {
      const { uid, immuneOwnerUids } = neuronToPrune(input);
      expect(immuneOwnerUids.length).toBeLessThanOrEqual(input.immuneOwnerUidsLimit);
      expect(new Set(immuneOwnerUids).size).toBe(immuneOwnerUids.length);
      if (uid === null) return;
      expect(immuneOwnerUids).not.toContain(uid);
      const age = (one: number) => Math.max(input.currentBlock - input.blockAtRegistration[one]!, 0);
      const free = input.keys.filter((_, one) => !immuneOwnerUids.includes(one) && age(one) >= input.immunityPeriod);
      expect(age(uid) >= input.immunityPeriod).toBe(free.length > input.minNonImmuneUids);
    });
  });

  test("asking does not disturb an epoch under way", () => {
    const own = new Abi();
    own.begin(3);
    own.exports.epochRun();
    const read = () => {
      const at = own.exports.epochField(main.FIELD_EMISSION) >>> 0;
      return Array.from(new BigUint64Array(own.kernel.memory.buffer, at, 3));
    };
    const before = read();
    own.exports.pruneRun(3, 1n, 1n, 0, 1, abi.PRUNE_NONE);
    own.exports.lockInterval(1n, 1n);
    expect(read()).toEqual(before);
  });
});

describe("by hand", () => {
  test.each<[string, Partial<PruneInput>, number | null, number[]]>([
    ["uid 1 is the owner's, uid 2 immune: uid 0 goes", {}, 0, [1]],
    ["without owner the least emission that is not immune", { ownedHotkeys: [] }, 1, []],
    ["too few that are not immune: an immune one", { minNonImmuneUids: 1 }, 2, [1]],
    ["the owner's hotkey goes before the older one", { ownerHotkey: 12 }, 1, [2]],
    ["a limit of 0 protects nobody", { immuneOwnerUidsLimit: 0, ownerHotkey: 11 }, 1, []],
    ["an owner's hotkey without uid", { ownerHotkey: 99, ownedHotkeys: [98] }, 1, []],
    ["emission that is not stored is 0", { emission: ["5"], ownedHotkeys: [] }, 1, []],
    ["nobody is left", { ownedHotkeys: [10, 11, 12], immuneOwnerUidsLimit: 3 }, null, [0, 1, 2]],
    ["nobody is there", { n: 0, keys: [], blockAtRegistration: [], emission: [] }, null, []],
  ])("%s", (_name, changes, uid, immuneOwnerUids) => {
    expect(neuronToPrune({ ...small, ...changes })).toEqual({ uid, immuneOwnerUids });
  });
});

describe("refusals", () => {
  test.each<[string, () => unknown, string]>([
    ["4,097 uids", () => neuronToPrune({ ...small, n: 4097 }), "n"],
    ["too few keys", () => neuronToPrune({ ...small, keys: [1] }), "keys"],
    ["a key twice", () => neuronToPrune({ ...small, keys: [1, 2, 1] }), "keys[2]"],
    ["an owned key twice", () => neuronToPrune({ ...small, ownedHotkeys: [7, 7] }), "ownedHotkeys[1]"],
    ["more emission than uids", () => neuronToPrune({ ...small, emission: [1, 2, 3, 4] }), "emission"],
    ["an account that is none", () => neuronToPrune({ ...small, ownerHotkey: {} as never }), "ownerHotkey"],
    ["no owner's hotkey", () => neuronToPrune({ ...small, ownerHotkey: undefined as never }), "ownerHotkey"],
  ])("%s", (_name, work, field) => {
    expect(refusalOf(work).details.field).toBe(field);
  });

  test("the kernel traps on what is out of range", () => {
    const own = new Abi();
    const { ERROR_FIELD, ERROR_UIDS } = main;
    const run = (n: number, owner: number) => () => own.exports.pruneRun(n, 1n, 1n, 1, 1, owner);
    own.expectTrap(run(4097, abi.PRUNE_NONE), ERROR_UIDS, 4097);
    own.expectTrap(run(3, 3), ERROR_FIELD, 3);
    own.expectTrap(run(3, 65535), ERROR_FIELD, 65535);
    own.expectTrap(() => own.exports.pruneField(4), ERROR_FIELD, 4);
  });
});
