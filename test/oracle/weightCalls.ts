/**
 * The slow, obvious twin of the weight calls: one plain walk through the pallet's checks a call, from the protocol and not from
 * the host. Hashes are given, not computed: a reveal names the hash its contents have.
 */
import { stakeWeight } from "./weights.js";

export interface TwinCommit {
  uid: number;
  hash: string;
  epoch: bigint;
  block: bigint;
}

export interface TwinState {
  netuid: number;
  mechid: number;
  mechanismCount: number;
  n: number;
  currentBlock: bigint;
  tempo: number;
  stakeThreshold: bigint;
  ownerUid: number | null;
  commitRevealEnabled: boolean;
  lastUpdate: bigint[];
  validatorPermit: boolean[];
  alphaStake: bigint[];
  taoStake: bigint[];
  taoWeight: bigint;
  minAllowedWeights: number;
  weightsVersionKey: bigint;
  weightsSetRateLimit: bigint;
  subnetEpochIndex: bigint;
  lastEpochBlock: bigint;
  pendingEpochAt: bigint;
  blocksSinceLastStep: bigint;
  revealPeriodEpochs: bigint;
  commits: TwinCommit[];
  timelockedCommits: number[];
  lastStoredRound: bigint;
}

export interface TwinRow {
  uids: readonly number[];
  values: readonly number[];
  versionKey: bigint;
}

type Answer = string | null;

export function epochNow(s: TwinState): bigint {
  const due =
    s.tempo !== 0 &&
    ((s.pendingEpochAt !== 0n && s.pendingEpochAt <= s.currentBlock) ||
      s.blocksSinceLastStep > 50400n ||
      s.lastEpochBlock + BigInt(s.tempo) <= s.currentBlock);
  return due ? s.subnetEpochIndex + 1n : s.subnetEpochIndex;
}

function poor(s: TwinState, uid: number | null): boolean {
  if (uid === null) return s.stakeThreshold > 0n;
  if (uid === s.ownerUid) return false;
  return stakeWeight(s.alphaStake[uid]!, s.taoStake[uid]!, s.taoWeight) < s.stakeThreshold;
}

function hasty(s: TwinState, uid: number | null): boolean {
  if (uid === null || s.lastUpdate[uid] === 0n) return false;
  return s.lastUpdate[uid]! + s.weightsSetRateLimit > s.currentBlock && s.weightsSetRateLimit > 0n;
}

export function inner(s: TwinState, uid: number | null, row: TwinRow): Answer {
  if (s.netuid === 0) return "CanNotSetRootNetworkWeights";
  if (row.uids.length !== row.values.length) return "WeightVecNotEqualSize";
  if (s.mechid >= s.mechanismCount) return "MechanismDoesNotExist";
  if (row.uids.length > s.n) return "UidsLengthExceedUidsInSubNet";
  if (uid === null) return "HotKeyNotRegisteredInSubNet";
  if (poor(s, uid)) return "NotEnoughStakeToSetWeights";
  if (s.weightsVersionKey > 0n && row.versionKey < s.weightsVersionKey) return "IncorrectWeightVersionKey";
  if (!s.commitRevealEnabled && hasty(s, uid)) return "SettingWeightsTooFast";
  const alone = row.values.length === 1 && row.uids[0] === uid;
  if (!alone && uid !== s.ownerUid && !s.validatorPermit[uid]) return "NeuronNoValidatorPermit";
  if (row.uids.some((target, i) => row.uids.slice(0, i).includes(target))) return "DuplicateUids";
  if (row.uids.some((target) => target >= s.n)) return "UidVecContainInvalidOne";
  if (!alone && row.values.length < s.minAllowedWeights && row.values.length < s.n) return "WeightVecLengthIsLow";
  return null;
}

export function setWeights(s: TwinState, uid: number | null, row: TwinRow): { own: Answer; pool: Answer } {
  const own = s.commitRevealEnabled ? "CommitRevealEnabled" : inner(s, uid, row);
  const fast = !s.commitRevealEnabled && hasty(s, uid) ? "SettingWeightsTooFast" : null;
  return { own, pool: poor(s, uid) ? "NotEnoughStakeToSetWeights" : fast };
}

/** The validator's commits that have not expired, and those dropped from the front because they have. */
export function queue(s: TwinState, uid: number | null): [dropped: TwinCommit[], left: TwinCommit[]] {
  const left = s.commits.filter((commit) => commit.uid === uid);
  const dropped: TwinCommit[] = [];
  while (left.length > 0 && epochNow(s) > left[0]!.epoch + s.revealPeriodEpochs) dropped.push(left.shift()!);
  return [dropped, left];
}

export function commitWeights(s: TwinState, uid: number | null): { own: Answer; pool: Answer } {
  const pool = poor(s, uid) ? "NotEnoughStakeToSetWeights" : hasty(s, uid) ? "CommittingWeightsTooFast" : null;
  const own = () => {
    if (s.mechid >= s.mechanismCount) return "MechanismDoesNotExist";
    if (!s.commitRevealEnabled) return "CommitRevealDisabled";
    if (uid === null) return "HotKeyNotRegisteredInSubNet";
    if (hasty(s, uid)) return "CommittingWeightsTooFast";
    return queue(s, uid)[1].length >= 10 ? "TooManyUnrevealedCommits" : null;
  };
  return { own: own(), pool };
}

export function commitTimelocked(
  s: TwinState,
  uid: number | null,
  call: { version: number; round: bigint },
): { own: Answer; pool: Answer } {
  const late = call.round < s.lastStoredRound ? "InvalidRevealRound" : null;
  const own = () => {
    if (s.mechid >= s.mechanismCount) return "MechanismDoesNotExist";
    if (!s.commitRevealEnabled) return "CommitRevealDisabled";
    if (call.version !== 4) return "IncorrectCommitRevealVersion";
    if (uid === null) return "HotKeyNotRegisteredInSubNet";
    if (hasty(s, uid)) return "CommittingWeightsTooFast";
    return s.timelockedCommits.filter((each) => each === uid).length >= 10 ? "TooManyUnrevealedCommits" : null;
  };
  return { own: own(), pool: poor(s, uid) ? "NotEnoughStakeToSetWeights" : late };
}

function poolReveal(s: TwinState, uid: number | null, hash: string): Answer {
  const commit = s.commits.find((each) => each.uid === uid && each.hash === hash);
  if (commit === undefined) return "NoWeightsCommitFound";
  return epochNow(s) === commit.epoch + s.revealPeriodEpochs ? null : "RevealTooEarly";
}

function find(s: TwinState, dropped: TwinCommit[], left: TwinCommit[], hash: string): Answer {
  const commit = left.find((each) => each.hash === hash);
  if (commit !== undefined) {
    return epochNow(s) === commit.epoch + s.revealPeriodEpochs ? null : "RevealTooEarly";
  }
  return dropped.some((each) => each.hash === hash) ? "ExpiredWeightCommit" : "InvalidRevealCommitHashNotMatch";
}

export function revealWeights(s: TwinState, uid: number | null, hash: string, row: TwinRow) {
  const pool = poor(s, uid) ? "NotEnoughStakeToSetWeights" : poolReveal(s, uid, hash);
  const own = () => {
    if (!s.commitRevealEnabled) return "CommitRevealDisabled";
    const [dropped, left] = queue(s, uid);
    if (left.length === 0) {
      return dropped.some((each) => each.hash === hash) ? "ExpiredWeightCommit" : "NoWeightsCommitFound";
    }
    return find(s, dropped, left, hash) ?? inner(s, uid, row);
  };
  return { own: own(), pool };
}

export function batchReveal(s: TwinState, uid: number | null, reveals: { hash: string; row: TwinRow }[]) {
  const pool = poor(s, uid)
    ? "NotEnoughStakeToSetWeights"
    : !s.commits.some((each) => each.uid === uid)
      ? "NoWeightsCommitFound"
      : (reveals.map(({ hash }) => poolReveal(s, uid, hash)).find((each) => each !== null) ?? null);
  const own = () => {
    if (!s.commitRevealEnabled) return "CommitRevealDisabled";
    const [dropped, left] = queue(s, uid);
    if (left.length + dropped.length === 0) return "NoWeightsCommitFound";
    for (const { hash } of reveals) {
      const wrong = find(s, dropped, left, hash);
      if (wrong !== null) return wrong;
    }
    for (const { hash, row } of reveals) {
      const at = left.findIndex((each) => each.hash === hash);
      if (at < 0) {
        return dropped.some((each) => each.hash === hash) ? "ExpiredWeightCommit" : "InvalidRevealCommitHashNotMatch";
      }
      left.splice(at, 1);
      const wrong = inner(s, uid, row);
      if (wrong !== null) return wrong;
    }
    return null;
  };
  return { own: own(), pool, left: queue(s, uid)[1] };
}
