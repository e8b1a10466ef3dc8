/** Public types of the weight calls: what they read, what they ask for, what the chain would say. */
import type { EpochSnapshot, Pair, U64 } from "../../types.js";

/** The chain's errors a weight call can fail with, by the pallet's names. */
export type WeightsError =
  | "CanNotSetRootNetworkWeights"
  | "CommitRevealDisabled"
  | "CommitRevealEnabled"
  | "CommittingWeightsTooFast"
  | "DuplicateUids"
  | "ExpiredWeightCommit"
  | "HotKeyNotRegisteredInSubNet"
  | "IncorrectCommitRevealVersion"
  | "IncorrectWeightVersionKey"
  | "InputLengthsUnequal"
  | "InvalidRevealCommitHashNotMatch"
  | "InvalidRevealRound"
  | "MaxWeightExceeded"
  | "MechanismDoesNotExist"
  | "NeuronNoValidatorPermit"
  | "NotEnoughStakeToSetWeights"
  | "NoWeightsCommitFound"
  | "RevealTooEarly"
  | "SettingWeightsTooFast"
  | "TooManyUnrevealedCommits"
  | "UidsLengthExceedUidsInSubNet"
  | "UidVecContainInvalidOne"
  | "WeightVecLengthIsLow"
  | "WeightVecNotEqualSize";

/** A commit that waits for its reveal. */
export interface WeightsCommit {
  /** The validator's uid. */
  readonly uid: number;
  /** 0x and 64 hex digits. */
  readonly hash: string;
  /** The epoch number it was stored with. */
  readonly epoch: U64;
  /** The block it was stored in. */
  readonly block: U64;
}

/** When a subnet's epochs run. */
export interface EpochSchedule {
  readonly currentBlock: U64;
  /** Blocks per epoch, u16; 0 = the subnet never runs. */
  readonly tempo: number;
  /** SubnetEpochIndex: the counter of epochs. */
  readonly subnetEpochIndex: U64;
  readonly lastEpochBlock: U64;
  /** An epoch the owner asked for; 0, the default, = none. */
  readonly pendingEpochAt?: U64;
  /** Default 0. Above 50,400 an epoch is due whatever else. */
  readonly blocksSinceLastStep?: U64;
  /** RevealPeriodEpochs: a commit is revealed so many epochs after its own, 1 to 100. */
  readonly revealPeriodEpochs: U64;
}

/** Fields of a snapshot that weight calls read too, with the same meaning; `currentBlock` is the block of the call. */
type Shared =
  | "n"
  | "currentBlock"
  | "stakeThreshold"
  | "ownerUid"
  | "commitRevealEnabled"
  | "lastUpdate"
  | "validatorPermit"
  | "alphaStake"
  | "taoStake"
  | "taoWeight"
  | "source"
  | "hotkeys";

/**
 * What weight calls read of one mechanism of one subnet, as raw chain-storage values: fields of a snapshot and a few more, so
 * that one document can be both. Which of the optional ones must be there depends on the call.
 */
export interface WeightsState extends Pick<EpochSnapshot, Shared>, Partial<Omit<EpochSchedule, "currentBlock">> {
  /** Default: the one in `source`. */
  readonly netuid?: number;
  /** Default: the one in `source`, else 0. `lastUpdate` and the commits are this mechanism's. */
  readonly mechid?: number;
  /** Default 1; 0 = there is no such subnet. */
  readonly mechanismCount?: number;
  /** u16. Set and reveal. */
  readonly minAllowedWeights?: number;
  /** Set and reveal. 0 = any will do. */
  readonly weightsVersionKey?: U64;
  /** In blocks. Every call but reveal. */
  readonly weightsSetRateLimit?: U64;
  /** Default 4. */
  readonly commitRevealVersion?: number;
  /** Queues of hash commits, each validator's oldest first. Commit and reveal. */
  readonly commits?: readonly WeightsCommit[];
  /** The uid of each timelocked commit in the queue of the current epoch. Timelocked commits. */
  readonly timelockedCommits?: readonly number[];
  /** Drand's LastStoredRound. Timelocked commits. */
  readonly lastStoredRound?: U64;
}

/** Who signs: the uid of the hotkey, null = it is not registered (and then taken to hold no stake). */
interface Signed {
  readonly uid: number | null;
}

/** A row as a call brings it. */
interface Row {
  readonly uids: readonly number[];
  /** u16 each. */
  readonly values: readonly number[];
  readonly versionKey: U64;
}

/** set_weights (0), set_mechanism_weights (119). */
export interface SetWeights extends Signed, Row {
  readonly call: "setWeights";
}

/** commit_weights (96), commit_mechanism_weights (115). */
export interface CommitWeights extends Signed {
  readonly call: "commitWeights";
  /** 0x and 64 hex digits. */
  readonly hash: string;
}

/** What a reveal discloses. */
export interface Reveal extends Row {
  /** u16 each. */
  readonly salt: readonly number[];
}

/** reveal_weights (97), reveal_mechanism_weights (116). */
export interface RevealWeights extends Signed, Reveal {
  readonly call: "revealWeights";
  /** 0x and 64 hex digits. */
  readonly hotkey: string;
}

/** batch_reveal_weights (98): mechanism 0 only; all or nothing. The four lists should be equally long. */
export interface BatchRevealWeights extends Signed {
  readonly call: "batchRevealWeights";
  readonly hotkey: string;
  readonly uidsList: readonly (readonly number[])[];
  readonly valuesList: readonly (readonly number[])[];
  readonly saltsList: readonly (readonly number[])[];
  readonly versionKeys: readonly U64[];
}

/** commit_timelocked_weights (113), commit_timelocked_mechanism_weights (118), commit_crv3_mechanism_weights (117, version 4). */
export interface CommitTimelockedWeights extends Signed {
  readonly call: "commitTimelockedWeights";
  /** Size of the ciphertext, at most 5000. */
  readonly commitBytes: number;
  readonly revealRound: U64;
  readonly commitRevealVersion: number;
}

/** A weight call of one subnet. */
export type WeightsCall = SetWeights | CommitWeights | RevealWeights | BatchRevealWeights | CommitTimelockedWeights;

/** What became of one rule: it holds, it fails, or the chain did not get that far. */
export type RuleOutcome = "holds" | "fails" | "unreached";

/** One rule of a call, in the chain's order. */
export interface RuleVerdict {
  /** What the chain says where it fails. */
  error: WeightsError;
  outcome: RuleOutcome;
  /** What the rule asks. */
  sentence: string;
  /** What was found; null where the chain did not get that far. */
  found: string | null;
}

/** What an accepted call leaves in storage; null = untouched. */
export interface WeightsEffect {
  /** The stored row: in the caller's order, zeros kept, the largest value 65535. */
  row: [uid: number, value: number][] | null;
  /** LastUpdate of the validator. */
  lastUpdate: bigint | null;
  /** The validator's queue of hash commits. */
  commits: { uid: number; hash: string; epoch: bigint; block: bigint }[] | null;
}

/** What the transaction pool says before the call is run: the same names, carried as a number of InvalidTransaction::Custom. */
export interface PoolVerdict {
  error: WeightsError | null;
  /** The Custom number, null where it lets the call through. */
  code: number | null;
  rules: RuleVerdict[];
}

/** What the chain says to a weight call. */
export interface WeightsVerdict {
  /** Whether both the pool and the call's own rules let it pass. */
  accepted: boolean;
  /** The first of the call's own rules that fails; where all hold, the pool's. */
  error: WeightsError | null;
  rules: RuleVerdict[];
  pool: PoolVerdict;
  /** null where it is refused. */
  effect: WeightsEffect | null;
}

/** batch_set_weights (80): of several subnets, mechanism 0. The three lists should be equally long. */
export interface BatchSetWeights {
  readonly call: "batchSetWeights";
  readonly netuids: readonly number[];
  /** The signer's uid on each of the subnets. */
  readonly signers: readonly (number | null)[];
  readonly weights: readonly (readonly Pair[])[];
  readonly versionKeys: readonly U64[];
}

/** batch_commit_weights (100): of several subnets, mechanism 0. The two lists should be equally long. */
export interface BatchCommitWeights {
  readonly call: "batchCommitWeights";
  readonly netuids: readonly number[];
  readonly signers: readonly (number | null)[];
  readonly hashes: readonly string[];
}

/** What the chain says to one item of a batch. */
export type BatchItem = Omit<WeightsVerdict, "pool">;

/** What the chain says to a batch: each item stands alone, unless the pool or the lengths refuse the whole. */
export interface BatchVerdict {
  accepted: boolean;
  /** What refuses the whole batch. */
  error: WeightsError | null;
  /** The Custom number with which the pool refuses the whole. */
  code: number | null;
  /** One an item, in order; empty where the whole is refused. Each sees what the items before it left. */
  items: BatchItem[];
}
