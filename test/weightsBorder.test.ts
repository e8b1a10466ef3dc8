/** Weight calls and states that are none are refused by a typed error that names the field. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WeightsCall, WeightsState } from "../host/api/weights/types.js";
import { checkWeights, checkWeightsBatch, commitHash, revealWindow, storedRow, whatIf } from "../host/index.js";
import type { EpochSnapshot } from "../host/types.js";
import { forAll } from "./support/fuzz.js";
import { fitToShow, refusalOf } from "./support/refusal.js";
import { validSnapshot } from "./support/snapshots.js";
import { goodState, HOTKEY } from "./support/weightState.js";

const SET = { call: "setWeights", uid: 1, uids: [3, 4], values: [1, 2], versionKey: 5n };
const REVEAL = { ...SET, call: "revealWeights", hotkey: HOTKEY, salt: [1] };
const TIMELOCKED = { call: "commitTimelockedWeights", uid: 1, commitBytes: 9, revealRound: 1n, commitRevealVersion: 4 };
const HASH = `0x${"00".repeat(32)}`;

const ask = (state: object, call: object) => () =>
  checkWeights(state as unknown as WeightsState, call as unknown as WeightsCall);
const without = (record: object, field: string) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));

/** A typed array whose buffer has gone elsewhere. */
function movedAway(array: Uint16Array<ArrayBuffer>): Uint16Array {
  structuredClone(array, { transfer: [array.buffer] });
  return array;
}

describe("calls", () => {
  test.each<[string, object, string, string]>([
    ["an unknown call", { ...SET, call: "set_weights" }, "BAD_VALUE", "call"],
    ["a name of every object", { ...SET, call: "constructor" }, "BAD_VALUE", "call"],
    ["no call", without(SET, "call"), "MISSING_FIELD", "call"],
    ["no signer", without(SET, "uid"), "BAD_VALUE", "uid"],
    ["a signer outside", { ...SET, uid: 5 }, "BAD_UID", "uid"],
    ["no values", without(SET, "values"), "MISSING_FIELD", "values"],
    ["a uid of 17 bits", { ...SET, uids: [65536, 1] }, "BAD_VALUE", "uids[0]"],
    ["a negative value", { ...SET, values: [1, -1] }, "BAD_VALUE", "values[1]"],
    ["values moved away", { ...SET, values: movedAway(Uint16Array.of(1, 2)) }, "BAD_VALUE", "values"],
    ["a version key of 65 bits", { ...SET, versionKey: 1n << 64n }, "BAD_VALUE", "versionKey"],
    ["a short hash", { call: "commitWeights", uid: 1, hash: "0x12" }, "BAD_VALUE", "hash"],
    ["a hotkey in ss58", { ...REVEAL, hotkey: "5F3sa2TJ" }, "BAD_VALUE", "hotkey"],
    ["no salt", without(REVEAL, "salt"), "MISSING_FIELD", "salt"],
    ["a ciphertext too long", { ...TIMELOCKED, commitBytes: 5001 }, "BAD_VALUE", "commitBytes"],
    ["no round", without(TIMELOCKED, "revealRound"), "MISSING_FIELD", "revealRound"],
  ])("%s", (_name, call, code, field) => {
    const error = refusalOf(ask(goodState(), call));
    expect([error.code, error.details.field]).toEqual([code, field]);
  });

  test("what is no object", () => {
    for (const bad of [null, undefined, 1, "set", [SET]]) {
      expect(refusalOf(ask(goodState(), bad as unknown as object)).code).toBe("BAD_VALUE");
      expect(refusalOf(ask(bad as unknown as object, SET)).code).toBe("BAD_VALUE");
    }
  });

  test("a row longer than any subnet is refused by the chain's rule, not by this library", () => {
    const uids = Array.from({ length: 5000 }, (_, i) => i);
    expect(ask(goodState(), { ...SET, uids, values: uids })().error).toBe("UidsLengthExceedUidsInSubNet");
  });
});

describe("states", () => {
  test.each<[string, object, string, string]>([
    ["more uids than the kernel holds", { n: 4097 }, "BAD_VALUE", "n"],
    ["root's neighbour beyond the last subnet", { netuid: 4096 }, "BAD_VALUE", "netuid"],
    ["arrays of another length", { lastUpdate: [1n] }, "BAD_LENGTH", "lastUpdate"],
    ["permits that are numbers", { validatorPermit: [0, 1, 1, 0, 0] }, "BAD_VALUE", "validatorPermit[0]"],
    ["an owner outside", { ownerUid: 5 }, "BAD_UID", "ownerUid"],
    ["a negative stake", { alphaStake: [-1, 0, 0, 0, 0] }, "BAD_VALUE", "alphaStake[0]"],
    ["another spelling", { pending_epoch_at: 3 }, "UNKNOWN_FIELD", "pending_epoch_at"],
    ["a commit of a stranger", { commits: [{ uid: 9, hash: HASH, epoch: 1, block: 1 }] }, "BAD_UID", "commits[0].uid"],
    ["a commit without epoch", { commits: [{ uid: 1, hash: HASH, block: 1 }] }, "MISSING_FIELD", "commits[0].epoch"],
  ])("%s", (_name, more, code, field) => {
    const error = refusalOf(ask({ ...goodState(), ...more }, SET));
    expect([error.code, error.details.field]).toEqual([code, field]);
  });

  test("each call says what it needs of the state, and needs nothing else", () => {
    const schedule = ["tempo", "subnetEpochIndex", "lastEpochBlock", "revealPeriodEpochs"];
    const needs: [object, string[]][] = [
      [SET, ["minAllowedWeights", "weightsVersionKey", "weightsSetRateLimit"]],
      [{ call: "commitWeights", uid: 1, hash: HASH }, ["weightsSetRateLimit", "commits", ...schedule]],
      [REVEAL, ["minAllowedWeights", "weightsVersionKey", "commits", ...schedule]],
      [TIMELOCKED, ["weightsSetRateLimit", "timelockedCommits", "lastStoredRound"]],
    ];
    const optional = [...new Set(needs.flatMap(([, fields]) => fields))];
    for (const [call, fields] of needs) {
      for (const field of optional) {
        const run = ask(without(goodState(), field), call);
        if (fields.includes(field)) expect(refusalOf(run).details).toEqual({ field });
        else expect(run().rules.length).toBeGreaterThan(0);
      }
    }
    const bare = ["commits", "timelockedCommits", "lastStoredRound", "subnetEpochIndex", "tempo", "lastEpochBlock"];
    expect(ask(bare.reduce<object>(without, goodState()), SET)().accepted).toBe(true);
  });

  test("netuid and mechid may stand in the source, as in a snapshot", () => {
    const state = { ...without(without(goodState(), "netuid"), "mechid"), source: { netuid: 0, mechid: 1 } };
    expect(ask(state, SET)().error).toBe("CanNotSetRootNetworkWeights");
    expect(refusalOf(ask(without(state, "source"), SET)).details).toEqual({ field: "netuid" });
  });
});

describe("batches, windows, what would follow", () => {
  const states = [goodState() as unknown as WeightsState];
  const batch = { call: "batchSetWeights", netuids: [7], signers: [1], weights: [[[3, 1]]], versionKeys: [5] };

  test.each<[string, object, string, string]>([
    ["a netuid without state", { netuids: [8] }, "BAD_VALUE", "netuids[0]"],
    ["a signer too few", { signers: [] }, "BAD_LENGTH", "signers"],
    ["a signer outside", { signers: [5] }, "BAD_UID", "signers[0]"],
    ["a row of numbers", { weights: [[3, 1]] }, "BAD_VALUE", "weights[0][0]"],
    ["a pair of three", { weights: [[[3, 1, 2]]] }, "BAD_VALUE", "weights[0][0]"],
    ["another call", { call: "setWeights" }, "BAD_VALUE", "call"],
  ])("batch: %s", (_name, more, code, field) => {
    const error = refusalOf(() => checkWeightsBatch(states, { ...batch, ...more } as never));
    expect([error.code, error.details.field]).toEqual([code, field]);
  });

  test("a batch reaches mechanism 0 only", () => {
    const second = [goodState({ mechid: 1 }) as unknown as WeightsState];
    expect(refusalOf(() => checkWeightsBatch(second, batch as never)).details.field).toBe("states[0].mechid");
    const lists = { uidsList: [], valuesList: [], saltsList: [], versionKeys: [] };
    const call = { call: "batchRevealWeights", uid: 1, hotkey: HOTKEY, ...lists };
    expect(refusalOf(ask(goodState({ mechid: 1 }), call)).details.field).toBe("mechid");
  });

  test("a window", () => {
    expect(refusalOf(() => revealWindow(goodState({ revealPeriodEpochs: 0n }))).code).toBe("BAD_VALUE");
    expect(refusalOf(() => revealWindow(goodState({ revealPeriodEpochs: 101n }))).code).toBe("BAD_VALUE");
    expect(refusalOf(() => revealWindow(without(goodState(), "tempo") as never)).code).toBe("MISSING_FIELD");
    expect(refusalOf(() => revealWindow(goodState(), -1)).code).toBe("BAD_VALUE");
  });

  test.each<[string, number, object, string]>([
    ["a uid outside", 3, { uids: [0], values: [1] }, "BAD_UID"],
    ["a target outside", 1, { uids: [3], values: [1] }, "BAD_UID"],
    ["a target twice", 1, { uids: [2, 2], values: [1, 1] }, "DUPLICATE_UID"],
    ["lists of two lengths", 1, { uids: [2], values: [] }, "BAD_LENGTH"],
    ["a bad block", 1, { uids: [2], values: [1], block: -1 }, "BAD_VALUE"],
  ])("what if: %s", (_name, uid, weights, code) => {
    const snapshot = validSnapshot() as unknown as EpochSnapshot;
    expect(refusalOf(() => whatIf(snapshot, uid, weights as never)).code).toBe(code);
  });
});

describe("anything at all, in any place", () => {
  const anything = fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true });
  const odd = fc.oneof(anything, fc.constantFrom(null, -1, 65536, 1n << 64n, "", [], {}));
  const spoilt = (record: object) =>
    fc.tuple(fc.constantFrom(...Object.keys(record)), odd).map(([field, value]) => ({ ...record, [field]: value }));
  const answers = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      fitToShow(error);
    }
  };

  test("is answered or refused", () => {
    const state = goodState() as unknown as WeightsState;
    const calls = fc.oneof(spoilt(SET), spoilt(REVEAL), spoilt(TIMELOCKED), odd);
    forAll(fc.tuple(fc.oneof(spoilt(state), odd), calls, odd), 600, ([given, call, value]) => {
      answers(() => checkWeights(state, call as never));
      answers(() => checkWeights(given as never, SET as never));
      answers(() => checkWeightsBatch([given] as never, value as never));
      answers(() => revealWindow(given as never, value as never));
      answers(() => commitHash(call as never));
      answers(() => storedRow(value as never, value as never));
      answers(() => whatIf(validSnapshot() as never, 1, value as never));
    });
  });
});
