/**
 * The floating-point twin of bench/ is the same algorithm: within 1e-6 of the kernel on realistic subnets of every kind. And
 * it is not the same numbers: how many u16 outputs differ is counted and printed, never asserted to be many.
 */
import { describe, expect, it } from "vitest";
import { prepareFloat64 } from "../bench/float64/epoch.js";
import { weightedQuantile } from "../bench/float64/quantile.js";
import { makeSubnet } from "../bench/subnet.js";
import { runEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot } from "../host/types.js";
import { records } from "./support/vectors.js";

const kernel = instantiate(inlinedModule());
const TOLERANCE = 1e-6;
const U16 = 65535;

const KINDS = [false, true].flatMap((yuma3) =>
  (yuma3 ? [false, true] : [false]).flatMap((liquidAlpha) =>
    [0, 32768, 65535].map((bondsPenalty) => ({ yuma3, liquidAlpha, bondsPenalty })),
  ),
);

interface Comparison {
  /** The largest difference of the vectors. */
  readonly worst: number;
  /** u16 outputs that are not the chain's, and how many there are. */
  readonly different: number;
  readonly outputs: number;
  /** Emissions above zero that are not the chain's to the rao, and how many there are. */
  readonly mispaid: number;
  readonly paid: number;
}

function compare(snapshot: EpochSnapshot): Comparison {
  const exact = runEpoch(kernel, snapshot);
  const twin = prepareFloat64(snapshot);
  twin.run();
  const { result } = twin;
  const vectors = [
    [result.consensus, exact.consensusBits, exact.consensus],
    [result.incentive, exact.incentiveBits, exact.incentive],
    [result.dividends, exact.dividendsBits, exact.dividends],
    [result.validatorTrust, exact.validatorTrustBits, exact.validatorTrust],
    [result.stake, exact.stakeBits, exact.stakeWeight],
  ] as const;
  expect([...result.validatorPermit].map(Boolean)).toEqual(exact.validatorPermit);
  let worst = 0;
  let different = 0;
  for (const [given, bits, u16] of vectors) {
    for (let i = 0; i < snapshot.n; i++) {
      worst = Math.max(worst, Math.abs(given[i]! - Number(bits[i]) / 2 ** 32));
      different += Math.min(U16, Math.floor(given[i]! * U16)) === u16[i] ? 0 : 1;
    }
  }
  const paid = exact.emission.filter((rao) => rao > 0n).length;
  const mispaid = exact.emission.filter((rao, uid) => rao > 0n && BigInt(result.emission[uid]!) !== rao).length;
  return { worst, different, outputs: vectors.length * snapshot.n, mispaid, paid };
}

function total(snapshots: readonly EpochSnapshot[], label: string): void {
  const all = snapshots.map(compare);
  const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((acc, one) => acc + of(one), 0);
  const [different, outputs] = [sum((one) => one.different), sum((one) => one.outputs)];
  const [mispaid, paid] = [sum((one) => one.mispaid), sum((one) => one.paid)];
  const share = (part: number, whole: number) => `${part} of ${whole} (${((100 * part) / whole).toFixed(3)} %)`;
  console.info(`float64, ${label}: differ ${share(different, outputs)} u16, ${share(mispaid, paid)} emissions in rao`);
  for (const { worst } of all) expect(worst).toBeLessThan(TOLERANCE);
}

describe("the floating-point twin", () => {
  it.each(KINDS)("is the same algorithm: %o", (kind) => {
    const made = [1, 0.3].map((density) => makeSubnet({ n: 200, validators: 24, density, seed: 11, ...kind }));
    total(made, `made subnets ${JSON.stringify(kind)}`);
  });

  it("is the same algorithm on the published subnets", () => {
    total(records<EpochSnapshot>("epoch-subnet.cases.jsonl.gz"), "published subnets");
  });

  it("pays what the kernel pays, to a millionth of the whole", () => {
    const snapshot = makeSubnet({ n: 64, validators: 16, density: 1, seed: 5, ...KINDS[3]! });
    const exact = runEpoch(kernel, snapshot);
    const twin = prepareFloat64(snapshot);
    twin.run();
    for (const [uid, rao] of exact.emission.entries()) {
      expect(Math.abs(twin.result.emission[uid]! - Number(rao))).toBeLessThan(361e9 * TOLERANCE);
    }
    const first = twin.result.emission.slice();
    twin.run();
    expect(twin.result.emission).toEqual(first);
  });

  it("finds the quantile a sort would find", () => {
    let state = 1;
    const next = (most: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % most;
    };
    for (let round = 0; round < 3000; round++) {
      const pairs = Array.from({ length: 1 + next(20) }, () => [1 + next(12), 1 + next(5)] as const);
      const minority = next(40) - 2;
      const sorted = [...pairs].sort(([a], [b]) => a - b);
      let reached = 3;
      const wanted = sorted.find(([, stake]) => {
        reached += stake;
        return reached > minority;
      });
      const scores = Float64Array.from(pairs, ([score]) => score);
      const stakes = Float64Array.from(pairs, ([, stake]) => stake);
      expect(weightedQuantile(scores, stakes, pairs.length, 3, minority)).toBe(wanted?.[0] ?? sorted.at(-1)![0]);
    }
  });
});
