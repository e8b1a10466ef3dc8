/**
 * What an epoch can never exceed: shares of one, the emission to pay, consensus, seats. Raw I32F32 integers throughout,
 * where 2^32 is one; each truncated division loses less than one unit, so the losses are bounded as well.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIELD_CLIPPED_WEIGHTS } from "../assembly/contract.js";
import { runEpoch, runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { matrix } from "../host/marshal/read.js";
import type { EpochResult, EpochSnapshot as HostSnapshot } from "../host/types.js";
import { snapshotArbitrary } from "./oracle/random.js";
import type { EpochSnapshot, StoredRow } from "./oracle/types.js";
import { forAll } from "./support/fuzz.js";
import { fiveUids } from "./support/small.js";

const RUNS = 400;
const ONE = 1n << 32n;
const kernel = instantiate(inlinedModule());
const total = (values: readonly bigint[]) => values.reduce((sum, value) => sum + value, 0n);
const rowTotal = (row: readonly (readonly [number, bigint])[]) => total(row.map(([, bits]) => bits));

/** A moving average of at most one whole, as every chain has: beyond, bonds and dividends may turn negative. */
const any = snapshotArbitrary({ maxUids: 20, extremeStakes: false, laterRules: true }).map(
  (snapshot): EpochSnapshot => ({
    ...snapshot,
    bondsMovingAverage: String(BigInt(snapshot.bondsMovingAverage) % 1_000_001n),
  }),
);

/** Shares that sum to one or a little less: not negative, and either all nothing or short by less than one unit each. */
function expectShares(what: string, shares: readonly bigint[]) {
  const sum = total(shares);
  const whole = sum <= ONE && sum > ONE - BigInt(shares.length);
  expect([what, shares.every((share) => share >= 0n), sum === 0n || whole]).toEqual([what, true, true]);
}

describe("shares of one", () => {
  test("stake, active stake, incentive, dividends and every row of weights", () => {
    forAll(any, RUNS, (snapshot) => {
      const result = runTracedEpoch(kernel, snapshot);
      expectShares("stake", result.stakeBits);
      expectShares("active stake", result.activeStakeBits);
      expectShares("incentive", result.incentiveBits);
      expectShares("dividends", result.dividendsBits);
      for (const row of result.weightsBits)
        expectShares(
          "weights",
          row.map(([, bits]) => bits),
        );
    });
  });

  test("bonds are positive and at most one", () => {
    forAll(any, RUNS, (snapshot) => {
      const result = runTracedEpoch(kernel, snapshot);
      const bonds = result.emaBondsBits.flat().map(([, bits]) => bits);
      expect(bonds.filter((bits) => bits <= 0n || bits > ONE)).toEqual([]);
    });
  });
});

/** What a truncation to I32F32 and one to whole rao may cost each payment. */
const lost = (rao: bigint) => rao / ONE + 2n;

describe("emission", () => {
  const paidBy = (result: EpochResult) => total(result.serverEmission) + total(result.validatorEmission);

  test("never exceeds what there is, and falls short of it by the truncations alone", () => {
    forAll(any, RUNS, (snapshot) => {
      const result = runEpoch(kernel, snapshot);
      const rao = BigInt(snapshot.raoEmission);
      const n = BigInt(snapshot.n);
      expect(paidBy(result)).toBeLessThanOrEqual(rao);
      expect(total(result.emission)).toBeLessThanOrEqual(rao);
      if (total(result.stakeBits) === 0n) return expect(paidBy(result)).toBe(0n);
      expect(rao - paidBy(result)).toBeLessThanOrEqual(2n * n * lost(rao));
      expect(rao - total(result.emission)).toBeLessThanOrEqual(n * lost(rao));
    });
  });

  test("is server and validator part together, up to their truncations", () => {
    forAll(any, RUNS, (snapshot) => {
      const result = runEpoch(kernel, snapshot);
      const more = result.emission.map(
        (rao, uid) => rao - result.serverEmission[uid]! - result.validatorEmission[uid]!,
      );
      const most = lost(BigInt(snapshot.raoEmission));
      expect(more.filter((rao) => rao < 0n || rao > most)).toEqual([]);
    });
  });

  test("under Null mode is paid to the last rao wherever there is a uid", () => {
    forAll(any, RUNS, (snapshot) => {
      const result = runEpoch(kernel, { ...snapshot, rules: 475, epochConsensus: "null" });
      expect(paidBy(result)).toBe(BigInt(snapshot.raoEmission));
      expect(total(result.emission)).toBe(BigInt(snapshot.raoEmission));
    });
  });
});

test("a uid that no voting validator weighs has no consensus, no incentive and no server emission", () => {
  forAll(any, RUNS, (snapshot) => {
    const { n } = snapshot;
    const weights = snapshot.weights.map((row) => row.map(([uid, value]) => [uid, uid === n - 1 ? 0 : value] as const));
    const unweighed = runEpoch(kernel, { ...snapshot, weights });
    expect([unweighed.consensusBits[n - 1], unweighed.incentiveBits[n - 1], unweighed.serverEmission[n - 1]]).toEqual([
      0n,
      0n,
      0n,
    ]);
    const result = runTracedEpoch(kernel, snapshot);
    const voted = new Set(
      result.weightsBits.flatMap((row, i) =>
        result.activeStakeBits[i]! > 0n ? row.filter(([, bits]) => bits > 0n).map(([uid]) => uid) : [],
      ),
    );
    const earning = result.incentiveBits.flatMap((bits, uid) => (bits > 0n ? [uid] : []));
    expect(earning.filter((uid) => !voted.has(uid))).toEqual([]);
  });
});

describe("consensus and the clip", () => {
  test("clipped = min(weight, consensus), dropped above a consensus of 0; its row sum is validator trust", () => {
    forAll(any, RUNS, (snapshot) => {
      const { weightsBits, consensusBits, validatorTrustBits } = runTracedEpoch(kernel, snapshot);
      const clip = (rows: readonly (readonly (readonly [number, bigint])[])[]) =>
        rows.map((row) =>
          row.flatMap(([uid, bits]) => {
            const limit = consensusBits[uid]!;
            return bits <= limit ? [[uid, bits]] : limit > 0n ? [[uid, limit]] : [];
          }),
        ) as [number, bigint][][];
      const clipped = matrix(kernel, FIELD_CLIPPED_WEIGHTS).rows();
      expect(clipped).toEqual(clip(weightsBits));
      expect(clip(clipped)).toEqual(clipped);
      expect(clipped.map(rowTotal)).toEqual(validatorTrustBits);
    });
  });

  test("the consensus of the clipped weights is the consensus", () => {
    // Every row sums to 65535, so that a clipped weight is a stored number again; uid 0 takes up what the others leave,
    // and what the clip cuts off. For all others consensus and clipped weights must come out as they were.
    const level = any.map((snapshot): EpochSnapshot => {
      const share = Math.floor(65535 / snapshot.n);
      const each = <T>(value: T) => snapshot.weights.map(() => value);
      const weights = snapshot.weights.map((row, i) => {
        const others = row.filter(([uid]) => uid > 0 && uid < snapshot.n && uid !== i);
        return i === 0 ? [] : topUp(others.map(([uid, value]) => [uid, value % share] as const));
      });
      const clocks = { currentBlock: 1, lastUpdate: each(1), blockAtRegistration: each(0), commitRevealEnabled: false };
      return { ...snapshot, ...clocks, validatorPermit: each(true), weights };
    });
    let clips = 0;
    forAll(level, RUNS, (snapshot) => {
      const { consensusBits } = runEpoch(kernel, snapshot);
      const before = clippedOnOthers();
      const stored = consensusBits.map((bits) => Number((bits * 65535n + ONE - 1n) >> 32n));
      const weights = snapshot.weights.map((row, i) => {
        const others = row.filter(([uid]) => uid > 0);
        clips += others.some(([uid, value]) => value > stored[uid]!) ? 1 : 0;
        return i === 0 ? [] : topUp(others.map(([uid, value]) => [uid, Math.min(value, stored[uid]!)] as const));
      });
      const again = runEpoch(kernel, { ...snapshot, weights });
      expect(again.consensusBits.slice(1)).toEqual(consensusBits.slice(1));
      expect(clippedOnOthers()).toEqual(before);
    });
    expect(clips).toBeGreaterThan(0);
  });

  test("more kappa never means more consensus or more trust", () => {
    forAll(fc.tuple(any, fc.nat(65535)), RUNS, ([snapshot, more]) => {
      const low = runEpoch(kernel, snapshot);
      const high = runEpoch(kernel, { ...snapshot, kappa: Math.max(snapshot.kappa, more) });
      for (const field of ["consensusBits", "validatorTrustBits"] as const) {
        expect(high[field].filter((bits, uid) => bits > low[field][uid]!)).toEqual([]);
      }
    });
  });
});

test("stake that equals the minority exactly does not exceed it", () => {
  // Kappa is 2147450879 of 2^32, so the minority is 2147516417; the two stakes are just that many rao of 2^32.
  const minority = 2147516417n;
  const consensusAt = (lower: bigint, light: StoredRow): [bigint, bigint] => {
    const snapshot: HostSnapshot = {
      ...fiveUids,
      commitRevealEnabled: false,
      alphaStake: [lower, ONE - lower, 0n, 0n, 0n],
      weights: [
        light,
        [
          [2, 1],
          [3, 3],
        ],
        [],
        [],
        [],
      ],
    };
    const { consensusBits } = runEpoch(kernel, snapshot);
    return [consensusBits[2]!, consensusBits[3]!];
  };
  const quarters = (a: bigint, b: bigint) => [(a * ONE) / 4n, (b * ONE) / 4n];
  // The first validator gives uid 3 a quarter, or nothing; the second three quarters.
  expect(
    consensusAt(minority, [
      [2, 3],
      [3, 1],
    ]),
  ).toEqual(quarters(3n, 3n));
  expect(
    consensusAt(minority + 1n, [
      [2, 3],
      [3, 1],
    ]),
  ).toEqual(quarters(3n, 1n));
  expect(consensusAt(minority, [[2, 1]])).toEqual(quarters(4n, 3n));
  expect(consensusAt(minority + 1n, [[2, 1]])).toEqual(quarters(4n, 0n));
});

/** The row with what is missing to 65535 put on uid 0. */
function topUp(row: StoredRow): StoredRow {
  return [[0, 65535 - row.reduce((sum, [, value]) => sum + value, 0)], ...row];
}

/** The clipped weights of the epoch just run, without uid 0 and without entries that say nothing. */
function clippedOnOthers() {
  return matrix(kernel, FIELD_CLIPPED_WEIGHTS)
    .rows()
    .map((row) => row.filter(([uid, bits]) => uid > 0 && bits > 0n));
}

test("permits: no more than seats and the owner, and none with less stake than a uid that got none", () => {
  forAll(any, RUNS, (snapshot) => {
    const { validatorPermit, stakeBits } = runEpoch(kernel, snapshot);
    const seated = validatorPermit.flatMap((permit, uid) => (permit && uid !== snapshot.ownerUid ? [uid] : []));
    const left = validatorPermit.flatMap((permit, uid) => (permit ? [] : [stakeBits[uid]!]));
    expect(seated.length).toBeLessThanOrEqual(snapshot.maxAllowedValidators);
    expect(seated.filter((uid) => stakeBits[uid] === 0n || left.some((stake) => stake > stakeBits[uid]!))).toEqual([]);
  });
});
