/**
 * Random snapshots of the kinds the shipped epoch-small vectors hold, for fast-check: every value comes either from the
 * edges where the arithmetic turns or from its whole range, and rows repeat so that ties and equal validators occur.
 */
import fc from "fast-check";
import type { EpochSnapshot, LiquidAlphaConsensusMode, RulesRecord, StoredRow } from "./types.js";

const U64_MAX = (1n << 64n) - 1n;
const RAO_SUPPLY = 21_000_000_000_000_000n;

export interface SnapshotOptions {
  readonly maxUids: number;
  /** Stakes up to 2^64 − 1, where sums wrap; otherwise at most the chain's supply. Default true. */
  readonly extremeStakes?: boolean;
  /** Rules of every known kind, with the consensus modes they allow and a stored consensus; otherwise the fields are absent. Default false. */
  readonly laterRules?: boolean;
}

/** Any snapshot with 1 to maxUids uids. */
export function snapshotArbitrary(options: SnapshotOptions): fc.Arbitrary<EpochSnapshot> {
  return fc
    .integer({ min: 1, max: options.maxUids })
    .chain((n) =>
      fc
        .tuple(clocks(n), subnet(n), stakes(n, options.extremeStakes ?? true), rows(n), later(n, options))
        .map((groups): EpochSnapshot => Object.assign({ n }, ...groups)),
    );
}

/** One of the edges, or anything in the range. */
function edged(min: number, max: number, edges: readonly number[]): fc.Arbitrary<number> {
  const inside = edges.filter((edge) => edge >= min && edge <= max);
  const range = fc.integer({ min, max });
  return inside.length === 0 ? range : fc.oneof(fc.constantFrom(...inside), range);
}

function u64(edges: readonly bigint[], max = U64_MAX): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max })).map(String);
}

const u16 = () => edged(0, 65535, [0, 1, 2, 16384, 32767, 32768, 49151, 65534, 65535]);
const perUid = <T>(n: number, value: fc.Arbitrary<T>) => fc.array(value, { minLength: n, maxLength: n });

type Clocks = Pick<
  EpochSnapshot,
  | "currentBlock"
  | "tempo"
  | "lastMechanismStepBlock"
  | "activityCutoff"
  | "lastUpdate"
  | "blockAtRegistration"
  | "commitRevealEnabled"
  | "commitBlocks"
>;

/** Blocks at, just before and just after every comparison the epoch makes. */
function clocks(n: number): fc.Arbitrary<Clocks> {
  return fc
    .record({
      currentBlock: edged(0, 6_000_000, [0, 1, 2, 100, 361, 5_000_000]),
      tempo: edged(0, 65535, [0, 1, 10, 99, 360, 65535]),
      activityCutoff: edged(1, 65535, [1, 2, 100, 4999, 5000, 65535]),
      stepAgo: fc.option(edged(-2, 65540, [-1, 0, 1, 2, 99, 360, 361])),
    })
    .chain(({ currentBlock, tempo, activityCutoff, stepAgo }) => {
      const before = (blocks: number) => Math.max(0, currentBlock - blocks);
      const lastMechanismStepBlock = stepAgo === null ? 0 : before(stepAgo);
      const recent = edged(0, Math.min(currentBlock, activityCutoff), [0, 1, activityCutoff - 1, activityCutoff]);
      const any = edged(0, currentBlock, [activityCutoff + 1, currentBlock]);
      const lastUpdate = fc.oneof({ weight: 6, arbitrary: recent }, { weight: 1, arbitrary: any }).map(before);
      const around = [lastMechanismStepBlock, before(tempo), currentBlock];
      const edges = [0, ...around.flatMap((block) => [block - 1, block, block + 1, block + 2])];
      const old = edged(0, Math.max(0, Math.min(...around) - 1), [0, 1]);
      const registered = fc.oneof(
        { weight: 6, arbitrary: old },
        { weight: 1, arbitrary: edged(0, currentBlock + 2, edges) },
      );
      return perUid(n, registered).chain((blockAtRegistration) => {
        const near = blockAtRegistration.flatMap((block) => [Math.max(0, block - 1), block, block + 1]);
        const update = fc.oneof(
          { weight: 6, arbitrary: lastUpdate },
          { weight: 1, arbitrary: fc.constantFrom(...near) },
        );
        const commit = u64([0n, U64_MAX, BigInt(currentBlock), ...near.map(BigInt)], BigInt(currentBlock) + 1n);
        return fc.record({
          currentBlock: fc.constant(currentBlock),
          tempo: fc.constant(tempo),
          activityCutoff: fc.constant(activityCutoff),
          lastMechanismStepBlock: fc.constant(lastMechanismStepBlock),
          lastUpdate: perUid(n, update),
          blockAtRegistration: fc.constant(blockAtRegistration),
          commitRevealEnabled: fc.constantFrom(true, false, false),
          commitBlocks: fc.option(perUid(n, fc.option(commit))),
        });
      });
    });
}

type Subnet = Pick<
  EpochSnapshot,
  | "kappa"
  | "bondsPenalty"
  | "bondsMovingAverage"
  | "yuma3"
  | "liquidAlpha"
  | "alphaLow"
  | "alphaHigh"
  | "alphaSigmoidSteepness"
  | "maxAllowedValidators"
  | "ownerUid"
  | "raoEmission"
>;

/** Hyperparameters, owner and emission. The moving average goes past one million, where alpha turns negative. */
function subnet(n: number): fc.Arbitrary<Subnet> {
  const average = fc.oneof(
    { weight: 8, arbitrary: edged(0, 3_000_000, [0, 1, 500_000, 900_000, 975_000, 999_999, 1_000_000]).map(String) },
    { weight: 1, arbitrary: u64([2_147_483_647_999_999n, 2_147_483_648_000_000n, 1n << 63n, U64_MAX]) },
  );
  return fc.record({
    kappa: fc.oneof(fc.constantFrom(0, 32767, 32767, 32767, 65535), u16()),
    bondsPenalty: fc.oneof(fc.constantFrom(0, 32768, 65535), u16()),
    bondsMovingAverage: average,
    yuma3: fc.boolean(),
    liquidAlpha: fc.boolean(),
    alphaLow: edged(0, 65535, [0, 1, 1638, 6553, 32768, 45875, 60000, 65535]),
    alphaHigh: edged(0, 65535, [0, 1, 1000, 6553, 32768, 58982, 65535]),
    alphaSigmoidSteepness: edged(-32768, 32767, [-32768, -32767, -1000, -1, 0, 1, 100, 1000, 4000, 10000, 32767]),
    maxAllowedValidators: edged(0, 65535, [0, 1, 2, n - 1, n, n + 1, 64, 65535]),
    ownerUid: fc.option(fc.integer({ min: 0, max: n - 1 })),
    raoEmission: u64([0n, 1n, 2n, 3n, 1000n, 1_000_000_000n, 361_000_000_000n, RAO_SUPPLY, 1n << 63n, U64_MAX]),
  });
}

type Stakes = Pick<EpochSnapshot, "alphaStake" | "taoStake" | "taoWeight" | "stakeThreshold" | "validatorPermit">;

/** Stake and permits: nobody, one, everybody, equals; thresholds at and around a stake that is there. */
function stakes(n: number, extreme: boolean): fc.Arbitrary<Stakes> {
  const supply = [0n, 1n, 1000n, 1_000_000_000n, 100_000_000_000n, RAO_SUPPLY];
  const amount = fc.oneof(
    { weight: 4, arbitrary: u64([0n], 1_000_000_000_000n) },
    { weight: 4, arbitrary: u64(supply, RAO_SUPPLY) },
  );
  const huge = fc.oneof(amount, u64([(1n << 63n) - 1n, 1n << 63n, U64_MAX]));
  const none = fc.constant(new Array<string>(n).fill("0"));
  const equal = amount.map((value) => new Array<string>(n).fill(value));
  const vector = fc.oneof(
    { weight: 12, arbitrary: perUid(n, amount) },
    { weight: 1, arbitrary: none },
    { weight: 1, arbitrary: equal },
    { weight: 1, arbitrary: lone(n, amount, "0") },
    { weight: extreme ? 1 : 0, arbitrary: perUid(n, huge) },
  );
  const permits = fc.oneof(
    { weight: 2, arbitrary: perUid(n, fc.boolean()) },
    { weight: 5, arbitrary: fc.constant(new Array<boolean>(n).fill(true)) },
    { weight: 1, arbitrary: fc.constant(new Array<boolean>(n).fill(false)) },
    { weight: 1, arbitrary: lone(n, fc.constant(true), false) },
  );
  const weight = u64([0n, 1n, 971_718_665_099_567_868n, 3_320_413_933_267_719_290n, 1n << 63n, U64_MAX]);
  return fc
    .record({ alphaStake: vector, taoStake: vector, taoWeight: weight, validatorPermit: permits })
    .chain((found) => {
      const present = found.alphaStake.map(BigInt).flatMap((stake) => [stake, stake < U64_MAX ? stake + 1n : stake]);
      const edge = fc.constantFrom(1n, 1_000_000_000_000n, U64_MAX, ...present).map(String);
      const threshold = fc.oneof(
        { weight: 4, arbitrary: fc.constant("0") },
        { weight: 2, arbitrary: edge },
        { weight: 1, arbitrary: u64([0n], RAO_SUPPLY) },
      );
      return threshold.map((stakeThreshold) => ({ ...found, stakeThreshold }));
    });
}

/** One uid with a value, the rest without. */
function lone<T>(n: number, value: fc.Arbitrary<T>, rest: T): fc.Arbitrary<T[]> {
  return fc
    .tuple(fc.nat({ max: n - 1 }), value)
    .map(([uid, chosen]) => Array.from({ length: n }, (_, i) => (i === uid ? chosen : rest)));
}

/** Rows are their own, or copies of a few. */
export function rows(n: number): fc.Arbitrary<Pick<EpochSnapshot, "weights" | "bonds">> {
  const matrix = fc.oneof(
    { weight: 4, arbitrary: perUid(n, row(n)) },
    {
      weight: 2,
      arbitrary: fc.array(row(n), { minLength: 1, maxLength: 3 }).chain((few) => perUid(n, fc.constantFrom(...few))),
    },
    { weight: 1, arbitrary: lone<StoredRow>(n, row(n), []) },
    { weight: 1, arbitrary: fc.constant(new Array<StoredRow>(n).fill([])) },
  );
  return fc.record({ weights: matrix, bonds: matrix });
}

/** Distinct targets, full or partial, ascending or not, some ≥ n; explicit zeros among the values. */
function row(n: number): fc.Arbitrary<StoredRow> {
  const value = edged(0, 65535, [0, 1, 2, 7, 15, 32768, 65534, 65535]);
  const all = Array.from({ length: n }, (_, uid) => uid);
  const inside = fc.oneof(
    { weight: 4, arbitrary: fc.constant(all) },
    { weight: 3, arbitrary: fc.subarray(all) },
    { weight: 1, arbitrary: fc.nat({ max: n - 1 }).map((uid) => [uid]) },
  );
  const outside = fc.oneof(
    { weight: 4, arbitrary: fc.constant<number[]>([]) },
    { weight: 1, arbitrary: fc.subarray([n, n + 1, n + 2, 65535]) },
  );
  return fc.tuple(inside, outside).chain(([near, far]) => {
    const targets = [...near, ...far];
    const shuffled = fc.shuffledSubarray(targets, { minLength: targets.length });
    const order = fc.oneof({ weight: 2, arbitrary: fc.constant(targets) }, { weight: 1, arbitrary: shuffled });
    const values = fc.oneof(
      { weight: 4, arbitrary: perUid(targets.length, value) },
      { weight: 1, arbitrary: value.map((same) => targets.map(() => same)) },
    );
    return fc.tuple(order, values).map(([uids, found]): StoredRow => uids.map((uid, k) => [uid, found[k]!] as const));
  });
}

type Later = Pick<EpochSnapshot, "rules" | "liquidAlphaConsensusMode" | "previousConsensus">;

function later(n: number, options: SnapshotOptions): fc.Arbitrary<Later> {
  if (!(options.laterRules ?? false)) return fc.constant({});
  const modes: LiquidAlphaConsensusMode[] = ["auto", "current", "previous"];
  const record: fc.Arbitrary<RulesRecord> = fc.record({
    specVersion: fc.constant(null),
    liquidAlphaConsensus: fc.constantFrom("current", "perSubnet"),
    nullMode: fc.boolean(),
    bondsMask: fc.constantFrom("lastEpoch", "tempo", "lastUpdate"),
    ownerPrivilege: fc.boolean(),
    perSubnetBonds: fc.constant(true),
  });
  return fc.oneof(fc.constantFrom(425, 445, 446, 474, 475), record).chain((rules) => {
    const choice = typeof rules === "number" ? rules >= 446 : rules.liquidAlphaConsensus === "perSubnet";
    return fc.record(
      {
        rules: fc.constant(rules),
        liquidAlphaConsensusMode: fc.constantFrom(...(choice ? modes : (["current"] as const))),
        previousConsensus: fc.option(perUid(n, fc.oneof(fc.constant(0), u16()))),
      },
      { requiredKeys: ["rules"] },
    );
  });
}
