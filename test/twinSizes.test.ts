/** Kernel and BigInt twin at both ends of what the kernel takes: one uid, and 4096. */
import { describe, expect, test } from "vitest";
import { PATH_CHOOSE, PATH_FUSED, PATH_GENERAL } from "../assembly/contract.js";
import { makeSubnet } from "../bench/subnet.js";
import { runTracedEpoch } from "../host/api/epoch.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import type { EpochSnapshot as HostSnapshot } from "../host/types.js";
import { oracleEpoch } from "./oracle/epoch.js";
import { snapshotArbitrary } from "./oracle/random.js";
import type { EpochSnapshot } from "./oracle/types.js";
import { forAll } from "./support/fuzz.js";
import { plain } from "./support/plain.js";

const kernel = instantiate(inlinedModule());
const agrees = (snapshot: EpochSnapshot) =>
  expect(plain(runTracedEpoch(kernel, snapshot))).toStrictEqual(oracleEpoch(snapshot));

test("one uid, under any rules", () => {
  forAll(snapshotArbitrary({ maxUids: 1, extremeStakes: false, laterRules: true }), 600, agrees);
});

test("one uid, every combination of permit, owner, stake, activity and a weight on itself", () => {
  for (let mask = 0; mask < 64; mask++) {
    const is = (bit: number) => ((mask >> bit) & 1) === 1;
    agrees({
      ...base,
      ownerUid: is(0) ? 0 : null,
      validatorPermit: [is(1)],
      alphaStake: [is(2) ? "1" : "0"],
      lastUpdate: [is(3) ? 1000 : 0],
      weights: [is(4) ? [[0, 65535]] : []],
      yuma3: is(5),
      bonds: [[[0, 65535]]],
    });
  }
});

const base: EpochSnapshot = {
  ...{ name: "one", n: 1, currentBlock: 1000, tempo: 360, lastMechanismStepBlock: 640, activityCutoff: 100 },
  ...{ kappa: 32767, bondsPenalty: 65535, bondsMovingAverage: "900000", yuma3: true, liquidAlpha: false },
  ...{ alphaLow: 45875, alphaHigh: 58982, alphaSigmoidSteepness: 1000, maxAllowedValidators: 1, ownerUid: null },
  ...{ stakeThreshold: "0", commitRevealEnabled: false, commitBlocks: null, raoEmission: "1000000007" },
  ...{ lastUpdate: [1000], blockAtRegistration: [1], validatorPermit: [true], alphaStake: ["1"], taoStake: ["0"] },
  ...{ taoWeight: "0", weights: [[]], bonds: [[]] },
};

describe("4096 uids", () => {
  test.each([
    ["Yuma 3, dense", { yuma3: true, density: 1, bondsPenalty: 65535 }],
    ["Yuma 3, sparse", { yuma3: true, density: 0.01, bondsPenalty: 32768 }],
    ["Yuma 2, dense", { yuma3: false, density: 1, bondsPenalty: 0 }],
  ])("%s, by both paths", (_name, shape) => {
    const made: HostSnapshot = makeSubnet({ n: 4096, validators: 5, seed: 11, liquidAlpha: false, ...shape });
    const snapshot = { ...made, ownerUid: 4095, maxAllowedValidators: 3 };
    const expected = oracleEpoch(snapshot as EpochSnapshot);
    for (const [asked, taken] of [
      [PATH_CHOOSE, PATH_FUSED],
      [PATH_GENERAL, PATH_GENERAL],
    ] as const) {
      kernel.exports.epochPath(asked);
      expect(plain(runTracedEpoch(kernel, snapshot))).toStrictEqual(expected);
      expect(kernel.exports.epochPathTaken()).toBe(taken);
    }
    kernel.exports.epochPath(PATH_CHOOSE);
  });

  test("all of them validators with equal stake, each weighing its neighbour and the last uid", () => {
    const made: HostSnapshot = makeSubnet({
      n: 4096,
      validators: 1,
      seed: 3,
      density: 0,
      yuma3: true,
      liquidAlpha: false,
      bondsPenalty: 65535,
    });
    const each = <T>(of: (uid: number) => T) => Array.from({ length: 4096 }, (_, uid) => of(uid));
    agrees({
      ...made,
      ...{ validatorPermit: each(() => true), alphaStake: each(() => "1000000000"), taoStake: each(() => "0") },
      ...{ lastUpdate: each(() => Number(made.currentBlock)), blockAtRegistration: each(() => 0), stakeThreshold: "0" },
      ...{
        maxAllowedValidators: 4096,
        weights: each((uid) =>
          uid < 4094
            ? [
                [uid + 1, 9],
                [4095, 1],
              ]
            : [],
        ),
      },
      bonds: each((uid) => (uid < 4095 ? [[uid + 1, 65535]] : [])),
    } as EpochSnapshot);
  });
});
