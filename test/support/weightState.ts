/** A state under which a validator's calls pass, made so that one field spoils one rule; and random ones that spoil several. */
import fc from "fast-check";
import type { TwinState } from "../oracle/weightCalls.js";

/** The account behind uid 1. */
export const HOTKEY = `0x${"1d".repeat(32)}`;

/** Five uids on subnet 7: uid 0 is the owner's, 1 and 2 are validators, 3 and 4 miners. */
export function goodState(more: Partial<TwinState> = {}): TwinState {
  return {
    netuid: 7,
    mechid: 0,
    mechanismCount: 2,
    n: 5,
    currentBlock: 10_000n,
    tempo: 360,
    stakeThreshold: 1_000_000_000n,
    ownerUid: 0,
    commitRevealEnabled: false,
    lastUpdate: [0n, 9_900n, 9_950n, 0n, 0n],
    validatorPermit: [false, true, true, false, false],
    alphaStake: [0n, 3_000_000_000n, 999_999_999n, 0n, 2_000_000_000n],
    taoStake: [0n, 0n, 100n, 0n, 0n],
    taoWeight: 3_320_413_933_267_719_290n,
    minAllowedWeights: 2,
    weightsVersionKey: 5n,
    weightsSetRateLimit: 100n,
    subnetEpochIndex: 40n,
    lastEpochBlock: 9_800n,
    pendingEpochAt: 0n,
    blocksSinceLastStep: 200n,
    revealPeriodEpochs: 1n,
    commits: [],
    timelockedCommits: [],
    lastStoredRound: 1_000n,
    ...more,
  };
}

/** States in which any rule may fail; `hashes` are what commits may hold. */
export function anyState(hashes: readonly string[]): fc.Arbitrary<TwinState> {
  const epoch = fc.bigInt({ min: 36n, max: 42n });
  const uid = fc.integer({ min: 0, max: 4 });
  const commit = fc.record({ uid, hash: fc.constantFrom(...hashes), epoch, block: fc.constant(9_000n) });
  const mostly = <T>(good: T, ...others: T[]) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(good) }, { weight: 2, arbitrary: fc.constantFrom(...others) });
  const some = fc.record({
    netuid: mostly(7, 0),
    mechid: mostly(0, 1, 2),
    mechanismCount: mostly(2, 0, 1),
    currentBlock: mostly(10_000n, 9_999n, 10_049n, 10_160n, 0n),
    tempo: mostly(360, 0, 199, 200),
    stakeThreshold: mostly(0n, 1_000_000_000n, 1_000_000_017n, 1n << 63n),
    ownerUid: mostly<number | null>(0, 1, null),
    commitRevealEnabled: fc.boolean(),
    minAllowedWeights: mostly(2, 0, 4, 65535),
    weightsVersionKey: mostly(5n, 0n, 6n),
    weightsSetRateLimit: mostly(100n, 0n, 101n),
    pendingEpochAt: mostly(0n, 9_999n, 10_000n, 10_001n),
    blocksSinceLastStep: mostly(200n, 50_400n, 50_401n),
    revealPeriodEpochs: mostly(1n, 2n, 3n),
    commits: fc.array(commit, { maxLength: 14 }),
    timelockedCommits: fc.array(fc.constantFrom(1, 1, 1, 2), { maxLength: 14 }),
  });
  return some.map((fields) => goodState(fields));
}
