/** Small snapshots made by hand, for tests of the border: plain JSON values, so that any one of them can be spoilt. */

/** A snapshot before anyone has looked at it. */
export type Loose = Record<string, unknown>;

/** Three uids: a validator that owns the subnet, another, and a miner both weigh. */
export function validSnapshot(more: Loose = {}): Loose {
  return {
    name: "by hand",
    n: 3,
    currentBlock: 1000,
    tempo: 360,
    lastMechanismStepBlock: 640,
    activityCutoff: 5000,
    kappa: 32767,
    bondsPenalty: 65535,
    bondsMovingAverage: 900000,
    yuma3: true,
    liquidAlpha: false,
    alphaLow: 45875,
    alphaHigh: 58982,
    alphaSigmoidSteepness: 1000,
    maxAllowedValidators: 64,
    stakeThreshold: "0",
    ownerUid: 0,
    commitRevealEnabled: false,
    commitBlocks: null,
    raoEmission: "1000000000",
    taoWeight: "0",
    lastUpdate: [900, 900, 900],
    blockAtRegistration: [1, 2, 3],
    validatorPermit: [true, true, false],
    alphaStake: ["3000000000", "1000000000", "0"],
    taoStake: ["0", "0", "0"],
    weights: [
      [[2, 65535]],
      [
        [2, 1],
        [0, 1],
      ],
      [],
    ],
    bonds: [[], [], []],
    ...more,
  };
}

/** A subnet of two mechanisms over the same three uids. */
export function validMechanisms(more: Loose = {}): Loose {
  const { lastUpdate, commitBlocks, weights, bonds, ...shared } = validSnapshot();
  const own = { lastUpdate, commitBlocks, weights, bonds };
  return {
    ...shared,
    mechanismCount: 2,
    split: null,
    mechanisms: [own, { ...own, weights: [[], [[2, 7]], []] }],
    ...more,
  };
}
