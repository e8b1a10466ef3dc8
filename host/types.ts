/** The public types: what an epoch reads and what it answers. Formats: raw chain-storage integers throughout. */

/** An unsigned 64-bit integer: a bigint, a decimal string, or a safe integer. Amounts are rao (1e-9 TAO or alpha). */
export type U64 = bigint | string | number;

/** One stored entry of a weight or bond row: the uid it is on, and a u16. */
export type Pair = readonly [uid: number, value: number];

/** Which consensus feeds the liquid-alpha sigmoid (spec 446 on). */
export type LiquidAlphaConsensusMode = "auto" | "current" | "previous";

/** How a subnet turns weights into emission (spec 474 on). */
export type EpochConsensus = "yuma" | "null";

/** The rules of a spec version that epochs and emission depend on, one record a version. */
export interface Rules {
  /** The spec version described; null in a record made by hand. */
  readonly specVersion: number | null;
  /** `current`: the sigmoid always sees the current consensus; `perSubnet`: the subnet's mode decides. */
  readonly liquidAlphaConsensus: "current" | "perSubnet";
  /** Whether a subnet may run in Null mode. */
  readonly nullMode: boolean;
  /** Old bonds fall away onto uids registered at or after: the block after the last epoch, one tempo ago, the row's last update. */
  readonly bondsMask: "lastEpoch" | "tempo" | "lastUpdate";
  /** Whether the owner's uid always holds a permit and may weight itself. */
  readonly ownerPrivilege: boolean;
  /** Whether a subnet chooses Yuma 3, liquid alpha, bonds penalty and mechanisms; else Yuma 2, full penalty, one mechanism. */
  readonly perSubnetBonds: boolean;
  /**
   * What subnets are paid by: their moving price, TAO flow, or moving price times what they do not withhold from miners; `none`
   * before subnets had prices. No epoch depends on it. Default in a record made by hand: `priceBurn`.
   */
  readonly emissionShares?: "none" | "price" | "flow" | "priceBurn";
  /** How the gate that thins out small shares finds its bar. No epoch depends on it. Default in a record made by hand: `none`. */
  readonly emissionGate?: "none" | "quantile" | "rank";
}

/** Where a snapshot was taken. Informative; nothing is computed from it. */
export interface SnapshotSource {
  readonly network?: string;
  readonly netuid?: number;
  readonly mechid?: number;
  readonly block?: number;
  readonly blockHash?: string;
  readonly specVersion?: number;
}

/**
 * Everything one epoch of one mechanism of one subnet reads, as raw chain-storage values; schema version 1. Arrays have
 * one entry a uid. The text of the format is in the project's README under "The snapshot".
 */
export interface EpochSnapshot {
  readonly schemaVersion?: 1;
  /** A label, echoed back. */
  readonly name?: string;
  /** Number of uids, 1 to 4096. */
  readonly n: number;
  /** The block the epoch runs in. */
  readonly currentBlock: U64;
  /** Blocks per epoch, u16. */
  readonly tempo: number;
  /** Block of the last successful epoch, 0 = never; from spec 474 on, of the last one that was not in Null mode. */
  readonly lastMechanismStepBlock: U64;
  /** In blocks. */
  readonly activityCutoff: U64;
  /** u16 over 65535. */
  readonly kappa: number;
  /** u16 over 65535. */
  readonly bondsPenalty: number;
  /** u64 over 1,000,000. */
  readonly bondsMovingAverage: U64;
  readonly yuma3: boolean;
  /** Only honoured under Yuma 3. */
  readonly liquidAlpha: boolean;
  /** u16 over 65535. */
  readonly alphaLow: number;
  /** u16 over 65535. */
  readonly alphaHigh: number;
  /** i16. */
  readonly alphaSigmoidSteepness: number;
  /** u16. */
  readonly maxAllowedValidators: number;
  /** Rao; a uid with less total stake counts as having none. */
  readonly stakeThreshold: U64;
  /** The uid of the subnet owner's hotkey, if it holds one. */
  readonly ownerUid: number | null;
  readonly commitRevealEnabled: boolean;
  /** Block of each validator's earliest unexpired commit, null = none; only read under commit-reveal. */
  readonly commitBlocks: readonly (U64 | null)[] | null;
  /** Alpha-rao to share out. */
  readonly raoEmission: U64;
  readonly lastUpdate: readonly U64[];
  readonly blockAtRegistration: readonly U64[];
  /** Permits before the epoch. */
  readonly validatorPermit: readonly boolean[];
  /** Inherited stake on the subnet, alpha-rao. */
  readonly alphaStake: readonly U64[];
  /** Inherited root TAO, rao. */
  readonly taoStake: readonly U64[];
  /** u64 over 2^64 − 1. */
  readonly taoWeight: U64;
  /** In stored order: may be unsorted, may name uids ≥ n; explicit zeros are meaningful. */
  readonly weights: readonly (readonly Pair[])[];
  readonly bonds: readonly (readonly Pair[])[];
  /** A known spec version, or a record of rules. Default 425. */
  readonly rules?: number | Rules;
  /** Default: what the rules prescribe (`auto` from spec 446 on). */
  readonly liquidAlphaConsensusMode?: LiquidAlphaConsensusMode;
  /** u16 a uid: the consensus stored by the last epoch. */
  readonly previousConsensus?: readonly number[] | null;
  /** Default `yuma`. */
  readonly epochConsensus?: EpochConsensus;
  readonly source?: SnapshotSource;
  /** ss58 addresses, for display. */
  readonly hotkeys?: readonly string[];
}

/** A row of [uid, raw I32F32 bits]. */
export type BitsRow = [uid: number, bits: bigint][];

/**
 * What one epoch writes. One entry a uid unless said; u16 vectors are over 65535; amounts are alpha-rao; `…Bits` are raw
 * I32F32 integers (value = bits / 2^32).
 */
export interface EpochResult {
  name?: string;
  active: boolean[];
  /** Permits after the epoch. */
  validatorPermit: boolean[];
  consensus: number[];
  incentive: number[];
  dividends: number[];
  validatorTrust: number[];
  stakeWeight: number[];
  serverEmission: bigint[];
  validatorEmission: bigint[];
  emission: bigint[];
  /** Total stake in rao before the threshold. */
  stake: bigint[];
  /** New bond rows; empty for a uid without a new permit. */
  bonds: [uid: number, value: number][][];
  consensusBits: bigint[];
  incentiveBits: bigint[];
  dividendsBits: bigint[];
  validatorTrustBits: bigint[];
  stakeBits: bigint[];
  activeStakeBits: bigint[];
}

/** The matrices behind an epoch. */
export interface EpochTrace {
  /** Masked, row-normalised weights. */
  weightsBits: BitsRow[];
  /** The weights that buy bonds, bonds penalty applied. */
  weightsForBondsBits: BitsRow[];
  /** Bonds after the moving average, as they are stored before truncation to u16. */
  emaBondsBits: BitsRow[];
}

/** A result with its matrices. */
export type TracedEpochResult = EpochResult & EpochTrace;

/** One mechanism's own part of a snapshot. */
export type MechanismInput = Pick<EpochSnapshot, "lastUpdate" | "commitBlocks" | "weights" | "bonds"> & {
  readonly previousConsensus?: readonly number[] | null;
};

/** The epoch of a subnet with several mechanisms: shared fields once, the rest a mechanism. `raoEmission` is the total. */
export type MechanismsSnapshot = Omit<EpochSnapshot, keyof MechanismInput> & {
  readonly mechanismCount: number;
  /** u16 a mechanism, summing to 65535; may be shorter than the count; null = even. */
  readonly split: readonly number[] | null;
  readonly mechanisms: readonly MechanismInput[];
};

/** What the chain keeps of one mechanism. */
export interface MechanismResult {
  /** Storage index m · 4096 + netuid; netuid from `source`, 1 where there is none. */
  index: number;
  /** The part of the total given to this mechanism. */
  emission: bigint;
  incentive: number[];
  serverEmission: bigint[];
  bonds: [uid: number, value: number][][];
}

/** The subnet's vectors after aggregation over its mechanisms, and each mechanism's own. */
export interface MechanismsResult {
  name?: string;
  active: boolean[];
  consensus: number[];
  dividends: number[];
  validatorTrust: number[];
  stakeWeight: number[];
  validatorPermit: boolean[];
  /** Weighted by each mechanism's part, hence less than server plus validator emission unless one part is everything. */
  emission: bigint[];
  serverEmission: bigint[];
  validatorEmission: bigint[];
  mechanisms: MechanismResult[];
}

/** What may change between runs of a prepared epoch. */
export type EpochChanges = Partial<Omit<EpochSnapshot, "n">>;

/** An epoch marshalled once and run many times. */
export interface PreparedEpoch {
  /** Computes the epoch; allocates nothing. */
  run(): void;
  /** Reads the results of the last run. */
  result(): EpochResult;
  /** The matrices of the last run. */
  trace(): EpochTrace;
  /** Replaces fields of the snapshot, for the next run; validated as a whole, nothing changes if that fails. */
  update(changes: EpochChanges): void;
  /** Gives the memory back; the epoch cannot be used afterwards. */
  dispose(): void;
}
