/** Weight calls: each rule alone fails by its name, of two the first in the chain's order, and the twin on random states. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkWeights as checkWith } from "../host/api/weights/checkWeights.js";
import { commitHash } from "../host/api/weights/commitHash.js";
import type { WeightsCall, WeightsError, WeightsState, WeightsVerdict } from "../host/api/weights/types.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import * as twin from "./oracle/weightCalls.js";
import { maxUpscale } from "./oracle/weights.js";
import { forAll } from "./support/fuzz.js";
import { anyState, goodState, HOTKEY } from "./support/weightState.js";

const kernel = instantiate(inlinedModule());
const checkWeights = (state: twin.TwinState, call: unknown): WeightsVerdict =>
  checkWith(kernel, state as WeightsState, call as WeightsCall);

const ROW = { uids: [3, 4], values: [1, 2], versionKey: 5n };
const set = (more: object = {}) => ({ call: "setWeights", uid: 1, ...ROW, ...more });
const SALT = [11, 12];
const hashOf = (row: object = ROW, mechid = 0) =>
  commitHash({ hotkey: HOTKEY, netuid: 7, mechid, salt: SALT, ...ROW, ...row });
const commit = (hash: string, epoch: bigint, uid = 1) => ({ uid, hash, epoch, block: 9_000n });

/** What spoils one rule of a call: a state, a call, or both. */
interface Spoilt {
  readonly error: WeightsError;
  readonly state?: Partial<twin.TwinState>;
  readonly call?: object;
}

/** Holds every single spoiler to its name, and every two that do not touch one field to the earlier name. */
function holdsOrder(base: (spoilt: Partial<twin.TwinState>) => twin.TwinState, call: object, spoilers: Spoilt[]) {
  const ask = (...spoilt: Spoilt[]) =>
    checkWeights(base(Object.assign({}, ...spoilt.map(({ state }) => state))), {
      ...call,
      ...Object.assign({}, ...spoilt.map((each) => each.call)),
    });
  expect(ask()).toMatchObject({ accepted: true, error: null, pool: { error: null, code: null } });
  const names = ask().rules.map(({ error }) => error);
  const touched = ({ state, call }: Spoilt) => Object.keys({ ...state, ...call });
  for (const [i, one] of spoilers.entries()) {
    const { accepted, error, rules, effect } = ask(one);
    expect([accepted, error, effect]).toEqual([false, one.error, null]);
    const at = names.indexOf(one.error);
    expect(rules.map(({ outcome }) => outcome)).toEqual(
      names.map((_, k) => (k < at ? "holds" : k === at ? "fails" : "unreached")),
    );
    for (const { outcome, sentence, found } of rules) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(found === null).toBe(outcome === "unreached");
    }
    for (const other of spoilers.slice(i + 1)) {
      if (touched(one).some((field) => touched(other).includes(field))) continue;
      expect(ask(one, other).error, `${one.error} with ${other.error}`).toBe(one.error);
    }
  }
}

describe("set_weights", () => {
  const spoilers: Spoilt[] = [
    { error: "CommitRevealEnabled", state: { commitRevealEnabled: true } },
    { error: "CanNotSetRootNetworkWeights", state: { netuid: 0 } },
    { error: "WeightVecNotEqualSize", call: { values: [1, 2, 3] } },
    { error: "MechanismDoesNotExist", state: { mechid: 2 } },
    { error: "MechanismDoesNotExist", state: { mechanismCount: 0 } },
    { error: "UidsLengthExceedUidsInSubNet", call: { uids: [0, 1, 2, 3, 4, 5], values: [1, 1, 1, 1, 1, 1] } },
    { error: "NotEnoughStakeToSetWeights", state: { stakeThreshold: 3_000_000_001n } },
    { error: "IncorrectWeightVersionKey", call: { versionKey: 4n } },
    { error: "SettingWeightsTooFast", state: { weightsSetRateLimit: 101n } },
    { error: "NeuronNoValidatorPermit", state: { validatorPermit: [true, false, true, true, true] } },
    { error: "DuplicateUids", call: { uids: [4, 4] } },
    { error: "UidVecContainInvalidOne", call: { uids: [4, 5] } },
    { error: "WeightVecLengthIsLow", state: { minAllowedWeights: 3 } },
  ];

  test("each rule alone, and of two the first", () => holdsOrder(goodState, set(), spoilers));

  test("a hotkey without uid comes before its stake", () => {
    const { error, pool } = checkWeights(goodState(), set({ uid: null }));
    expect([error, pool.error, pool.code]).toEqual(["HotKeyNotRegisteredInSubNet", "NotEnoughStakeToSetWeights", 1]);
    expect(checkWeights(goodState({ stakeThreshold: 0n }), set({ uid: null })).pool.error).toBe(null);
  });

  test("an accepted row is stored in the caller's order, upscaled, with the block", () => {
    const { effect } = checkWeights(goodState(), set({ uids: [4, 3, 0], values: [1, 0, 3] }));
    expect(effect).toEqual({
      row: [
        [4, 21845],
        [3, 0],
        [0, 65535],
      ],
      lastUpdate: 10_000n,
      commits: null,
    });
  });

  test("the owner needs neither stake nor permit, and a self-weight neither permit nor length", () => {
    expect(checkWeights(goodState(), set({ uid: 0 })).accepted).toBe(true);
    expect(checkWeights(goodState(), set({ uid: 4, uids: [4], values: [9] })).accepted).toBe(true);
    expect(checkWeights(goodState(), set({ uid: 4, uids: [3], values: [9] })).error).toBe("NeuronNoValidatorPermit");
    // 999,999,999 alpha and 100 tao at 0.18 are 1,000,000,016.99… rao at the threshold's own scale.
    expect(checkWeights(goodState({ currentBlock: 10_050n }), set({ uid: 2 })).accepted).toBe(true);
    const above = goodState({ currentBlock: 10_050n, stakeThreshold: 1_000_000_017n });
    expect(checkWeights(above, set({ uid: 2 })).error).toBe("NotEnoughStakeToSetWeights");
  });

  test("the rate limit counts from the last update, which may never have been", () => {
    const at = (currentBlock: bigint) => checkWeights(goodState({ currentBlock }), set()).error;
    expect([at(9_999n), at(10_000n), at(0n)]).toEqual(["SettingWeightsTooFast", null, "SettingWeightsTooFast"]);
    expect(checkWeights(goodState({ currentBlock: 1n }), set({ uid: 0 })).error).toBe(null);
    const { pool } = checkWeights(goodState({ currentBlock: 9_999n }), set());
    expect([pool.error, pool.code]).toEqual(["SettingWeightsTooFast", 6]);
  });
});

describe("commit_weights", () => {
  const call = { call: "commitWeights", uid: 1, hash: hashOf() };
  const open = (more: Partial<twin.TwinState> = {}) => goodState({ commitRevealEnabled: true, ...more });
  const waiting = (count: number, epoch: bigint) => Array.from({ length: count }, () => commit(hashOf(), epoch));

  test("each rule alone, and of two the first", () =>
    holdsOrder(open, call, [
      { error: "MechanismDoesNotExist", state: { mechid: 2 } },
      { error: "CommitRevealDisabled", state: { commitRevealEnabled: false } },
      { error: "CommittingWeightsTooFast", state: { weightsSetRateLimit: 101n } },
      { error: "TooManyUnrevealedCommits", state: { commits: waiting(10, 40n) } },
    ]));

  test("expired commits do not count, and go; the new one joins with its epoch and block", () => {
    const commits = [...waiting(5, 38n), ...waiting(9, 39n), commit(hashOf(), 40n, 2)];
    const { effect } = checkWeights(open({ commits }), call);
    expect(effect).toEqual({
      row: null,
      lastUpdate: 10_000n,
      commits: [...waiting(9, 39n), { uid: 1, hash: hashOf(), epoch: 40n, block: 10_000n }],
    });
    const due = checkWeights(open({ pendingEpochAt: 10_000n }), call).effect;
    expect(due?.commits).toMatchObject([{ epoch: 41n }]);
  });

  test("the call does not ask for stake, the pool does", () => {
    const { accepted, error, rules, pool } = checkWeights(open({ stakeThreshold: 1n << 60n }), call);
    expect([accepted, error, pool.code]).toEqual([false, "NotEnoughStakeToSetWeights", 1]);
    expect(rules.every(({ outcome }) => outcome === "holds")).toBe(true);
  });
});

describe("commit_timelocked_weights", () => {
  const call = {
    call: "commitTimelockedWeights",
    uid: 1,
    commitBytes: 5000,
    revealRound: 1_000n,
    commitRevealVersion: 4,
  };
  const open = (more: Partial<twin.TwinState> = {}) => goodState({ commitRevealEnabled: true, ...more });

  test("each rule alone, and of two the first", () =>
    holdsOrder(open, call, [
      { error: "MechanismDoesNotExist", state: { mechid: 2 } },
      { error: "CommitRevealDisabled", state: { commitRevealEnabled: false } },
      { error: "IncorrectCommitRevealVersion", call: { commitRevealVersion: 3 } },
      { error: "CommittingWeightsTooFast", state: { weightsSetRateLimit: 101n } },
      { error: "TooManyUnrevealedCommits", state: { timelockedCommits: new Array<number>(10).fill(1) } },
    ]));

  test("a round whose key is out is refused by the pool", () => {
    const { accepted, error, pool } = checkWeights(open(), { ...call, revealRound: 999n });
    expect([accepted, error, pool.code]).toEqual([false, "InvalidRevealRound", 15]);
  });
});

describe("reveal_weights", () => {
  const call = { call: "revealWeights", uid: 1, hotkey: HOTKEY, salt: SALT, ...ROW };
  const open = (more: Partial<twin.TwinState> = {}) =>
    goodState({ commitRevealEnabled: true, commits: [commit(hashOf(), 39n)], ...more });

  test("each rule alone, and of two the first", () =>
    holdsOrder(open, call, [
      { error: "CommitRevealDisabled", state: { commitRevealEnabled: false } },
      { error: "NoWeightsCommitFound", state: { commits: [commit(hashOf({ values: [9, 9] }), 38n)] } },
      { error: "ExpiredWeightCommit", state: { commits: [commit(hashOf(), 38n)] } },
      { error: "InvalidRevealCommitHashNotMatch", state: { commits: [commit(hashOf({ values: [9, 9] }), 39n)] } },
      { error: "RevealTooEarly", state: { commits: [commit(hashOf(), 40n)] } },
      { error: "NotEnoughStakeToSetWeights", state: { stakeThreshold: 3_000_000_001n } },
      { error: "NeuronNoValidatorPermit", state: { validatorPermit: [true, false, true, true, true] } },
      { error: "WeightVecLengthIsLow", state: { minAllowedWeights: 3 } },
    ]));

  test("no rate limit, LastUpdate stays, and the commit goes with all before it", () => {
    const later = commit(hashOf({ values: [7, 7] }), 40n);
    const commits = [commit(hashOf({ values: [8, 8] }), 39n), commit(hashOf(), 39n), later];
    const { error, effect } = checkWeights(open({ commits, weightsSetRateLimit: 1n << 40n }), call);
    expect([error, effect]).toEqual([
      null,
      {
        row: [
          [3, 32768],
          [4, 65535],
        ],
        lastUpdate: null,
        commits: [later],
      },
    ]);
  });

  test("the pool knows fewer names: what expired is too early for it", () => {
    const pool = (state: twin.TwinState) => checkWeights(state, call).pool;
    expect(pool(open({ commits: [commit(hashOf(), 38n)] }))).toMatchObject({ error: "RevealTooEarly", code: 17 });
    expect(pool(open({ commits: [commit(hashOf({ values: [9, 9] }), 39n)] }))).toMatchObject({
      error: "NoWeightsCommitFound",
      code: 16,
    });
  });

  test("another mechanism has another hash", () => {
    const state = open({ mechid: 1, commits: [commit(hashOf({}, 1), 39n)] });
    expect(checkWeights(state, call).accepted).toBe(true);
    expect(checkWeights({ ...state, mechid: 0 }, call).error).toBe("InvalidRevealCommitHashNotMatch");
  });
});

describe("random states and calls", () => {
  const uid = fc.constantFrom<number | null>(1, 1, 1, 2, 0, 3, null);
  const target = fc.integer({ min: 0, max: 5 });
  const row = fc.record({
    uids: fc.oneof(fc.constant([3, 4]), fc.array(target, { maxLength: 6 })),
    values: fc.oneof(fc.constant([1, 2]), fc.array(fc.integer({ min: 0, max: 65535 }), { maxLength: 6 })),
    versionKey: fc.constantFrom(5n, 4n, 6n),
  });
  const rows = [
    ROW,
    { ...ROW, values: [2, 1] },
    { ...ROW, uids: [3, 3] },
    { ...ROW, uids: [3, 4, 2], values: [1, 2, 3] },
  ];
  const hashes = rows.map((one) => hashOf(one));
  const index = fc.integer({ min: 0, max: rows.length - 1 });
  const state = anyState(hashes).map((one) => ({ ...one, netuid: 7 }));

  const seen = new Set<string | null>();

  const agree = (found: WeightsVerdict, { own, pool }: { own: string | null; pool: string | null }) => {
    seen.add(own);
    expect([found.error, found.pool.error]).toEqual([own ?? pool, pool]);
    expect([found.accepted, found.effect !== null]).toEqual([own === null && pool === null, found.accepted]);
  };

  test("set", () => {
    forAll(fc.tuple(anyState(hashes), uid, row), 1500, ([s, who, own]) => {
      const found = checkWeights(s, { call: "setWeights", uid: who, ...own });
      agree(found, twin.setWeights(s, who, own));
      if (found.effect) expect(found.effect.row?.map(([, value]) => value)).toEqual(maxUpscale(own.values));
    });
  });

  test("commit, plain and timelocked", () => {
    const timelocked = fc.record({ version: fc.constantFrom(4, 4, 3), round: fc.constantFrom(1_000n, 999n, 5_000n) });
    forAll(fc.tuple(anyState(hashes), uid, timelocked), 1000, ([s, who, call]) => {
      agree(checkWeights(s, { call: "commitWeights", uid: who, hash: hashes[0] }), twin.commitWeights(s, who));
      const { version: commitRevealVersion, round: revealRound } = call;
      const given = { call: "commitTimelockedWeights", uid: who, commitBytes: 1, commitRevealVersion, revealRound };
      agree(checkWeights(s, given), twin.commitTimelocked(s, who, call));
    });
  });

  test("reveal, one and several", () => {
    forAll(fc.tuple(state, uid, index, fc.array(index, { maxLength: 4 })), 1500, ([given, who, which, several]) => {
      const s = { ...given, mechid: 0 };
      const single = { call: "revealWeights", uid: who, hotkey: HOTKEY, salt: SALT, ...rows[which] };
      agree(checkWeights(s, single), twin.revealWeights(s, who, hashes[which]!, rows[which]!));
      const batch = {
        call: "batchRevealWeights",
        uid: who,
        hotkey: HOTKEY,
        uidsList: several.map((each) => rows[each]!.uids),
        valuesList: several.map((each) => rows[each]!.values),
        saltsList: several.map(() => SALT),
        versionKeys: several.map((each) => rows[each]!.versionKey),
      };
      const reveals = several.map((each) => ({ hash: hashes[each]!, row: rows[each]! }));
      agree(checkWeights(s, batch), twin.batchReveal(s, who, reveals));
    });
  });

  test("every error occurred, and acceptance", () => {
    // A limit that is everything cannot be exceeded; lists of equal length and sound rounds are tested by themselves.
    expect(seen.size).toBe(22);
    expect(seen).toContain(null);
  });
});
