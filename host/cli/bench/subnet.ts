/** Made-up subnets of any size, for measuring: the same numbers on every machine. */
import type { EpochSnapshot, Pair } from "../../types.js";

/** What to make. */
export interface SubnetShape {
  readonly n: number;
  readonly validators: number;
  /** Part of the uids that validators weigh at all, 0 to 1; they all weigh the same ones. */
  readonly density: number;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly bondsPenalty: number;
  readonly seed: number;
}

/** A generator of u32 (xorshift), the same everywhere. */
function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}

/** A subnet whose first uids are validators with falling stake; weights scatter around a quality each miner has. */
export function makeSubnet(shape: SubnetShape): EpochSnapshot {
  const { n, validators, density } = shape;
  const next = random(shape.seed);
  const quality = Array.from({ length: n }, () => 2000 + (next() % 60000));
  const weighed = Array.from({ length: n }, () => next() % 10000 < density * 10000);
  const row = (noise: number): Pair[] => {
    const pairs: Pair[] = [];
    for (let j = 0; j < n; j++) {
      if (!weighed[j]) continue;
      const value = (quality[j] ?? 0) + (next() % noise) - noise / 2;
      pairs.push([j, Math.max(1, Math.min(65535, Math.trunc(value)))]);
    }
    return pairs;
  };
  const isValidator = (uid: number) => uid < validators;
  const uids = Array.from({ length: n }, (_, uid) => uid);
  return {
    name: `made-${n}-${validators}`,
    n,
    currentBlock: 5_000_360,
    tempo: 360,
    lastMechanismStepBlock: 5_000_000,
    activityCutoff: 5000,
    kappa: 32767,
    bondsPenalty: shape.bondsPenalty,
    bondsMovingAverage: 900_000,
    yuma3: shape.yuma3,
    liquidAlpha: shape.liquidAlpha,
    alphaLow: 45875,
    alphaHigh: 58982,
    alphaSigmoidSteepness: 1000,
    maxAllowedValidators: validators,
    stakeThreshold: 0,
    ownerUid: null,
    commitRevealEnabled: false,
    commitBlocks: null,
    raoEmission: "361000000000",
    lastUpdate: uids.map(() => 5_000_100),
    blockAtRegistration: uids.map(() => 4_000_000),
    validatorPermit: uids.map(isValidator),
    alphaStake: uids.map((uid) => (isValidator(uid) ? String(2_000_000_000_000_000n / BigInt(uid + 4)) : "0")),
    taoStake: uids.map(() => "0"),
    taoWeight: "3320413933267719290",
    weights: uids.map((uid) => (isValidator(uid) ? row(8000) : [])),
    bonds: uids.map((uid) => (isValidator(uid) ? row(12000) : [])),
  };
}
