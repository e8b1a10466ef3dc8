/**
 * What an epoch must not depend on: names, order, units, origin of time, and settings that do not apply. Each law holds
 * to the last bit under the conditions its test states, on random snapshots of every version's rules.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runEpoch, runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { snapshotArbitrary } from "./oracle/random.js";
import type { Amount, EpochSnapshot, StoredRow } from "./oracle/types.js";
import { forAll } from "./support/fuzz.js";
import { ascending, relabelResult, relabelSnapshot } from "./support/relabel.js";

const RUNS = 400;
const kernel = instantiate(inlinedModule());
const traced = (snapshot: EpochSnapshot) => runTracedEpoch(kernel, snapshot);
const any = snapshotArbitrary({ maxUids: 16, extremeStakes: false, laterRules: true });

/**
 * A moving average of at most one whole, as every chain has. Beyond, alpha is negative and sums of bonds may saturate,
 * which makes them depend on their order.
 */
const averageInRange = (snapshot: EpochSnapshot): EpochSnapshot => ({
  ...snapshot,
  bondsMovingAverage: String(BigInt(snapshot.bondsMovingAverage) % 1_000_001n),
});

const withRows = (snapshot: EpochSnapshot, change: (row: StoredRow, uid: number) => StoredRow): EpochSnapshot => ({
  ...snapshot,
  weights: snapshot.weights.map(change),
  bonds: snapshot.bonds.map(change),
});
const sorted = (snapshot: EpochSnapshot) => withRows(snapshot, (row) => [...row].sort((a, b) => a[0] - b[0]));

/** Equal stakes are ranked by uid, so where there are any, every uid shall have a seat. */
function seatsForTies(snapshot: EpochSnapshot): EpochSnapshot {
  const stakes = runEpoch(kernel, snapshot).stakeBits.filter((bits) => bits > 0n);
  return new Set(stakes).size === stakes.length ? snapshot : { ...snapshot, maxAllowedValidators: 65535 };
}

describe("names and order", () => {
  test("renaming uids renames results: distinct stakes or seats for all; sorted rows if liquid alpha is on", () => {
    const both = any.chain((snapshot) =>
      fc.tuple(
        fc.constant(seatsForTies(averageInRange(snapshot))),
        fc.shuffledSubarray([...snapshot.alphaStake.keys()], { minLength: snapshot.n }),
      ),
    );
    forAll(both, RUNS, ([snapshot, to]) => {
      const settle = snapshot.liquidAlpha ? sorted : (same: EpochSnapshot) => same;
      const renamed = traced(settle(relabelSnapshot(snapshot, to)));
      expect(ascending(renamed)).toEqual(ascending(relabelResult(traced(settle(snapshot)), to)));
    });
  });

  test("the stored order of a row says nothing without liquid alpha", () => {
    const off = any.map((snapshot) => averageInRange({ ...snapshot, liquidAlpha: false }));
    forAll(off, RUNS, (snapshot) => {
      const reversed = withRows(snapshot, (row) => [...row].reverse());
      expect(ascending(traced(reversed))).toEqual(ascending(traced(snapshot)));
    });
  });

  test("with liquid alpha it does, wherever that runs: the law above needs its condition", () => {
    let different = 0;
    const bonds = (snapshot: EpochSnapshot) => JSON.stringify(ascending(runEpoch(kernel, snapshot)).bonds);
    forAll(any, RUNS, (snapshot) => {
      const on = averageInRange({ ...snapshot, yuma3: true, liquidAlpha: true });
      different += bonds(withRows(on, (row) => [...row].reverse())) === bonds(on) ? 0 : 1;
    });
    expect(different).toBeGreaterThan(0);
  });

  test("weights on uids outside the subnet say nothing", () => {
    forAll(any, RUNS, (snapshot) => {
      const inside = snapshot.weights.map((row) => row.filter(([uid]) => uid < snapshot.n));
      const more = inside.map((row, uid) => [[snapshot.n + uid, 7] as const, ...row, [60000, 65535] as const]);
      expect(traced({ ...snapshot, weights: more })).toEqual(traced({ ...snapshot, weights: inside }));
    });
  });
});

describe("units and origin", () => {
  test("a row of weights means its ratios: an integer factor changes nothing", () => {
    const scaled = any.chain((snapshot) => {
      const small = snapshot.weights.map((row) => row.map(([uid, value]) => [uid, value % 656] as const));
      const factors = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: snapshot.n, maxLength: snapshot.n });
      return fc.tuple(fc.constant({ ...snapshot, weights: small }), factors);
    });
    forAll(scaled, RUNS, ([snapshot, factors]) => {
      const weights = snapshot.weights.map((row, i) => row.map(([uid, value]) => [uid, value * factors[i]!] as const));
      expect(traced({ ...snapshot, weights })).toEqual(traced(snapshot));
    });
  });

  test("stake means its ratios: a common factor of all stakes and the threshold only multiplies the stakes told", () => {
    const times = (amount: Amount, factor: bigint) => {
      const product = BigInt(amount) * factor;
      return String(product < 1n << 64n ? product : (1n << 64n) - 1n);
    };
    // Up to 16 uids with at most 21 million TAO and as much alpha each: eight times that stays below 2^63 rao.
    forAll(fc.tuple(any, fc.bigInt({ min: 1n, max: 8n })), RUNS, ([snapshot, factor]) => {
      const { stake, ...result } = traced(snapshot);
      const { stake: more, ...same } = traced({
        ...snapshot,
        alphaStake: snapshot.alphaStake.map((amount) => times(amount, factor)),
        taoStake: snapshot.taoStake.map((amount) => times(amount, factor)),
        stakeThreshold: times(snapshot.stakeThreshold, factor),
      });
      expect(same).toEqual(result);
      // Whole rao are told: what was cut off below one rao comes back multiplied.
      more.forEach((rao, uid) => {
        expect(rao / factor).toBe(stake[uid]);
      });
    });
  });

  test("time has no origin: moving every block changes nothing once an epoch is recorded", () => {
    forAll(fc.tuple(any, fc.nat(10_000_000)), RUNS, ([snapshot, blocks]) => {
      const later = (block: Amount) => Number(block) + blocks;
      const late = (block: Amount | null) => (block === null ? null : String(BigInt(block) + BigInt(blocks)));
      const commits = snapshot.commitBlocks?.map((block) => (BigInt(block ?? 0) >> 63n ? null : block)) ?? null;
      // Uids outside the subnet count as registered at block 0 and one tempo ago stops there: neither would move along.
      const start: EpochSnapshot = {
        ...withRows(snapshot, (row) => row.filter(([uid]) => uid < snapshot.n)),
        commitBlocks: commits,
        currentBlock: Number(snapshot.currentBlock) + snapshot.tempo,
        lastMechanismStepBlock: Number(snapshot.lastMechanismStepBlock) + 1,
      };
      const moved: EpochSnapshot = {
        ...start,
        currentBlock: later(start.currentBlock),
        lastMechanismStepBlock: later(start.lastMechanismStepBlock),
        lastUpdate: start.lastUpdate.map(later),
        blockAtRegistration: start.blockAtRegistration.map(later),
        commitBlocks: commits?.map(late) ?? null,
      };
      expect(traced(moved)).toEqual(traced(start));
    });
  });
});

describe("what does not apply", () => {
  const settings = fc.record({
    alphaLow: fc.nat(65535),
    alphaHigh: fc.nat(65535),
    alphaSigmoidSteepness: fc.integer({ min: -32768, max: 32767 }),
  });

  test("the curve of liquid alpha where that is off or the rules are Yuma 2", () => {
    const off = any.filter((snapshot) => !snapshot.yuma3 || !snapshot.liquidAlpha);
    forAll(fc.tuple(off, settings), RUNS, ([snapshot, other]) => {
      expect(traced({ ...snapshot, ...other })).toEqual(traced(snapshot));
    });
  });

  test("commits where commit-reveal is off", () => {
    forAll(any, RUNS, (snapshot) => {
      const off = { ...snapshot, commitRevealEnabled: false };
      expect(traced({ ...off, commitBlocks: null })).toEqual(traced(off));
    });
  });

  test("the weights of a uid without a permit", () => {
    forAll(any, RUNS, (snapshot) => {
      const counts = (uid: number) => snapshot.validatorPermit[uid] || uid === snapshot.ownerUid;
      const weights = snapshot.weights.map((row, uid) => (counts(uid) ? row : []));
      expect(traced({ ...snapshot, weights })).toEqual(traced(snapshot));
    });
  });

  test("the emission for everything but the amounts paid", () => {
    forAll(fc.tuple(any, fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })), RUNS, ([snapshot, raoEmission]) => {
      const paid = { serverEmission: [], validatorEmission: [], emission: [] };
      const other = { ...traced({ ...snapshot, raoEmission: String(raoEmission) }), ...paid };
      expect(other).toEqual({ ...traced(snapshot), ...paid });
    });
  });
});

test("two validators alike in everything, neither weighing itself or the other, come out alike", () => {
  const pair = any
    .filter((snapshot) => snapshot.n >= 2)
    .chain((snapshot) =>
      fc.tuple(
        fc.constant(snapshot),
        fc.shuffledSubarray([...snapshot.alphaStake.keys()], { minLength: 2, maxLength: 2 }),
      ),
    );
  forAll(pair, RUNS, ([snapshot, [a, b]]) => {
    const copy = <T>(values: readonly T[]) => values.map((value, uid) => (uid === b ? values[a!]! : value));
    const others = (rows: readonly StoredRow[]) =>
      rows.map((row, uid) => (uid === a || uid === b ? row.filter(([j]) => j !== a && j !== b) : row));
    const result = traced({
      ...snapshot,
      ownerUid: snapshot.ownerUid === a || snapshot.ownerUid === b ? null : snapshot.ownerUid,
      ...{ lastUpdate: copy(snapshot.lastUpdate), blockAtRegistration: copy(snapshot.blockAtRegistration) },
      ...{ alphaStake: copy(snapshot.alphaStake), taoStake: copy(snapshot.taoStake) },
      ...{ validatorPermit: copy(snapshot.validatorPermit) },
      commitBlocks: snapshot.commitBlocks && copy(snapshot.commitBlocks),
      weights: others(copy(snapshot.weights)),
      bonds: others(copy(snapshot.bonds)),
    });
    const fields = ["active", "stake", "stakeBits", "activeStakeBits", "weightsBits", "validatorTrustBits"] as const;
    const paid = ["weightsForBondsBits", "emaBondsBits", "dividendsBits", "validatorEmission"] as const;
    for (const field of [...fields, ...paid]) expect([field, result[field][a!]]).toEqual([field, result[field][b!]]);
    // Only the last seat can tell them apart: of equal stakes it goes to the higher uid.
    const [low, high] = a! < b! ? [a!, b!] : [b!, a!];
    const alike = result.validatorPermit[low] === result.validatorPermit[high];
    if (alike) expect(result.bonds[low]).toEqual(result.bonds[high]);
    else expect([result.validatorPermit[low], result.bonds[low]]).toEqual([false, []]);
  });
});
