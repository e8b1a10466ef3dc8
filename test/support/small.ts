/**
 * A subnet of five uids, small enough to compute by hand. Stakes are 7, 6 and 3 sixteenths, weights quarters; the numbers
 * that follow are in test/explain.test.ts.
 */
import type { EpochSnapshot } from "../../host/types.js";

/** Validators 0, 1 and 2 hold permits, 3 and 4 none. Each rule that masks a weight meets one. */
export const fiveUids: EpochSnapshot = {
  name: "five",
  n: 5,
  currentBlock: 1000,
  tempo: 100,
  lastMechanismStepBlock: 900,
  activityCutoff: 500,
  kappa: 32767,
  bondsPenalty: 65535,
  bondsMovingAverage: 900_000,
  yuma3: true,
  liquidAlpha: false,
  alphaLow: 45875,
  alphaHigh: 58982,
  alphaSigmoidSteepness: 1000,
  maxAllowedValidators: 2,
  stakeThreshold: 0,
  ownerUid: null,
  commitRevealEnabled: true,
  commitBlocks: [930, null, null, null, null],
  raoEmission: 41_000_000_000n,
  // Uid 2 registered after uid 0 committed, uid 4 after uid 0 set its weights.
  lastUpdate: [950, 950, 950, 990, 0],
  blockAtRegistration: [0, 0, 940, 0, 960],
  validatorPermit: [true, true, true, false, false],
  alphaStake: [700_000_000_000n, 600_000_000_000n, 300_000_000_000n, 0n, 0n],
  taoStake: [0, 0, 0, 0, 0],
  taoWeight: 0,
  weights: [
    [
      [0, 500],
      [1, 10000],
      [2, 600],
      [3, 30000],
      [4, 700],
      [9, 800],
    ],
    [
      [0, 20000],
      [3, 20000],
    ],
    [
      [1, 300],
      [3, 100],
    ],
    [
      [1, 1],
      [7, 2],
    ],
    [],
  ],
  bonds: [[], [], [], [], []],
  hotkeys: ["zero", "one", "two", "three", "four"],
};
