/** Batches of weight calls, the reveal window, and what would follow. */
import { describe, expect, test } from "vitest";
import { checkWeightsBatch as batchWith } from "../host/api/weights/batches.js";
import { checkWeights as checkWith } from "../host/api/weights/checkWeights.js";
import { commitHash } from "../host/api/weights/commitHash.js";
import { revealWindow } from "../host/api/weights/schedule.js";
import type { BatchSetWeights, WeightsCall, WeightsState } from "../host/api/weights/types.js";
import { whatIf as whatIfWith } from "../host/api/weights/whatIf.js";
import { epoch } from "../host/index.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot } from "../host/types.js";
import { epochNow, type TwinState } from "./oracle/weightCalls.js";
import { maxUpscale } from "./oracle/weights.js";
import { fiveUids } from "./support/small.js";
import { goodState, HOTKEY } from "./support/weightState.js";

const kernel = instantiate(inlinedModule());
const asState = (state: TwinState) => state as unknown as WeightsState;
const batchOf = (states: TwinState[], batch: object) =>
  batchWith(kernel, states.map(asState), batch as BatchSetWeights);

describe("batch_set_weights", () => {
  const states = [goodState(), goodState({ netuid: 8, weightsVersionKey: 6n })];
  const row = [
    [3, 1],
    [4, 2],
  ];
  const batch = {
    call: "batchSetWeights",
    netuids: [7, 8, 7],
    signers: [1, 1, 1],
    weights: [row, row, row],
    versionKeys: [5n, 5n, 5n],
  };

  test("items stand alone, and see what those before them left", () => {
    const { accepted, items } = batchOf(states, batch);
    expect([accepted, items.map(({ error }) => error)]).toEqual([
      true,
      [null, "IncorrectWeightVersionKey", "SettingWeightsTooFast"],
    ]);
    expect(items[0]?.effect).toEqual({
      row: [
        [3, 32768],
        [4, 65535],
      ],
      lastUpdate: 10_000n,
      commits: null,
    });
  });

  test("lists of unequal length and one poor item refuse the whole", () => {
    const short = batchOf(states, { ...batch, versionKeys: [5n] });
    expect(short).toEqual({ accepted: false, error: "InputLengthsUnequal", code: 18, items: [] });
    const poor = batchOf([states[0]!, goodState({ netuid: 8, stakeThreshold: 1n << 60n })], batch);
    expect(poor).toEqual({ accepted: false, error: "NotEnoughStakeToSetWeights", code: 1, items: [] });
  });

  test("commits queue up behind each other", () => {
    const hash = `0x${"00".repeat(32)}`;
    const state = goodState({ commitRevealEnabled: true, weightsSetRateLimit: 0n });
    const many = { call: "batchCommitWeights", netuids: new Array(11).fill(7), signers: new Array(11).fill(1) };
    const { items } = batchOf([state], { ...many, hashes: new Array(11).fill(hash) });
    expect(items.map(({ error }) => error)).toEqual([...new Array(10).fill(null), "TooManyUnrevealedCommits"]);
    expect(items[9]?.effect?.commits).toHaveLength(10);
  });
});

describe("batch_reveal_weights", () => {
  const rows = [
    { uids: [3, 4], values: [1, 2] },
    { uids: [3, 4], values: [5, 5] },
  ];
  const hashes = rows.map((row) => commitHash({ hotkey: HOTKEY, netuid: 7, ...row, salt: [1], versionKey: 5n }));
  const commits = [...hashes, `0x${"00".repeat(32)}`].map((hash) => ({ uid: 1, hash, epoch: 39n, block: 9_000n }));
  const state = goodState({ commitRevealEnabled: true, commits });
  const call = {
    call: "batchRevealWeights",
    uid: 1,
    hotkey: HOTKEY,
    uidsList: rows.map(({ uids }) => uids),
    valuesList: rows.map(({ values }) => values),
    saltsList: [[1], [1]],
    versionKeys: [5n, 5n],
  };
  const ask = (more: object) => checkWith(kernel, asState(state), { ...call, ...more } as WeightsCall);

  test("the last row stays, and only what was revealed leaves the queue", () => {
    const { error, effect } = ask({});
    expect([error, effect]).toEqual([
      null,
      {
        row: [
          [3, 65535],
          [4, 65535],
        ],
        lastUpdate: null,
        commits: [commits[2]],
      },
    ]);
  });

  test("lists of unequal length", () => {
    const { error, pool } = ask({ saltsList: [[1]] });
    expect([error, pool.error, pool.code]).toEqual(["InputLengthsUnequal", "InputLengthsUnequal", 18]);
  });
});

describe("the reveal window", () => {
  const schedule = (more: Partial<TwinState> = {}) => goodState({ tempo: 100, lastEpochBlock: 9_950n, ...more });

  test("a commit made now, by epochs and blocks", () => {
    expect(revealWindow(schedule())).toEqual({
      currentEpoch: 40n,
      commitEpoch: 40n,
      revealEpoch: 41n,
      status: "early",
      opensAtBlock: 10_050n,
      closesAtBlock: 10_149n,
    });
    const far = revealWindow(schedule({ revealPeriodEpochs: 3n }));
    expect([far.opensAtBlock, far.closesAtBlock]).toEqual([10_250n, 10_349n]);
  });

  test("an epoch due at this block counts already", () => {
    const due = revealWindow(schedule({ lastEpochBlock: 9_900n }));
    expect([due.currentEpoch, due.opensAtBlock, due.closesAtBlock]).toEqual([41n, 10_100n, 10_199n]);
    expect(revealWindow(schedule({ pendingEpochAt: 10_010n })).opensAtBlock).toBe(10_010n);
    expect(revealWindow(schedule({ blocksSinceLastStep: 50_400n })).currentEpoch).toBe(40n);
    expect(revealWindow(schedule({ blocksSinceLastStep: 50_401n })).currentEpoch).toBe(41n);
  });

  test("earlier commits are open or expired, and a subnet that never runs has no blocks", () => {
    expect(revealWindow(schedule(), 39n)).toMatchObject({ status: "open", opensAtBlock: null, closesAtBlock: 10_049n });
    expect(revealWindow(schedule(), "38")).toMatchObject({
      status: "expired",
      opensAtBlock: null,
      closesAtBlock: null,
    });
    expect(revealWindow(schedule({ tempo: 0 }))).toMatchObject({ opensAtBlock: null, closesAtBlock: null });
  });

  test("stepping block by block, a commit is open exactly where the window says", () => {
    const start = schedule({ tempo: 7, lastEpochBlock: 9_996n, revealPeriodEpochs: 2n });
    const { opensAtBlock, closesAtBlock } = revealWindow(start);
    let state = start;
    for (let block = 10_000n; block < 10_040n; block++) {
      state = { ...state, currentBlock: block };
      const now = epochNow(state);
      if (now > state.subnetEpochIndex) state = { ...state, subnetEpochIndex: now, lastEpochBlock: block };
      const open = block >= opensAtBlock! && block <= closesAtBlock!;
      expect(revealWindow(state, 40n).status === "open", `block ${block}`).toBe(open);
    }
  });
});

describe("what would follow", () => {
  const { commitRevealEnabled: _on, commitBlocks: _blocks, ...rest } = fiveUids;
  const plain: EpochSnapshot = { ...rest, commitRevealEnabled: false, commitBlocks: null };
  const tried = { uids: [4, 3], values: [1, 3] };

  test("the differences are those of two epochs, one of them with the stored row", () => {
    const answer = whatIfWith(kernel, plain, 1, tried);
    const values = maxUpscale(tried.values);
    expect(answer.row).toEqual([
      [4, values[0]],
      [3, values[1]],
    ]);
    const before = epoch(plain);
    const after = epoch({
      ...plain,
      weights: plain.weights.map((row, i) => (i === 1 ? answer.row : row)),
      lastUpdate: plain.lastUpdate.map((block, i) => (i === 1 ? 999 : block)),
    });
    const quantities = ["validatorTrust", "consensus", "incentive", "dividends", "emission"] as const;
    for (let uid = 0; uid < plain.n; uid++) {
      const found = uid === 1 ? answer.own : answer.others.find((each) => each.uid === uid)?.changes;
      for (const quantity of quantities) {
        const [from, to] = [BigInt(before[quantity][uid]!), BigInt(after[quantity][uid]!)];
        const change = { before: from, after: to, difference: to - from };
        expect(found?.[quantity], `uid ${uid} ${quantity}`).toEqual(from === to && uid !== 1 ? undefined : change);
      }
    }
    expect(answer.others.length).toBeGreaterThan(0);
  });

  test("weights that are there already change nothing", () => {
    const { own, others } = whatIfWith(
      kernel,
      {
        ...plain,
        weights: [
          [],
          [
            [0, 65535],
            [3, 65535],
          ],
          [],
          [],
          [],
        ],
      },
      1,
      {
        uids: [0, 3],
        values: [7, 7],
        block: 950,
      },
    );
    expect(others).toEqual([]);
    for (const { difference } of Object.values(own)) expect(difference).toBe(0n);
  });

  test("the block counts for masks, unless commit-reveal is on", () => {
    // Uid 4 registered in block 960: weights onto it count only if they were set later.
    const at = (block: number, snapshot = plain) =>
      whatIfWith(kernel, snapshot, 1, { uids: [3, 4], values: [1, 1], block }).own.validatorTrust.after;
    expect(at(960)).not.toBe(at(961));
    const hidden = { ...plain, commitRevealEnabled: true };
    expect(at(961, hidden)).toBe(at(960, hidden));
  });
});
