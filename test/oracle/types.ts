/** The shapes the oracle reads and writes: one epoch's snapshot and result, as test/vectors hold them. Amounts are raw. */

/** u64 amounts are decimal strings; a safe integer is accepted. */
export type Amount = string | number;

/** A stored sparse row: [uid, u16] in stored order. It may be unsorted and may name uids ≥ n. */
export type StoredRow = readonly (readonly [number, number])[];

export type LiquidAlphaConsensusMode = "auto" | "current" | "previous";

/** The rules of a spec version, spelt out. */
export interface RulesRecord {
  readonly specVersion: number | null;
  readonly liquidAlphaConsensus: "current" | "perSubnet";
  readonly nullMode: boolean;
  readonly bondsMask: "lastEpoch" | "tempo" | "lastUpdate";
  readonly ownerPrivilege: boolean;
  readonly perSubnetBonds: boolean;
}

/** Everything one epoch of one mechanism reads. Per-uid arrays have n entries. */
export interface EpochSnapshot {
  readonly name?: string;
  readonly n: number;
  readonly currentBlock: Amount;
  readonly tempo: number;
  readonly lastMechanismStepBlock: Amount;
  readonly activityCutoff: Amount;
  readonly kappa: number;
  readonly bondsPenalty: number;
  readonly bondsMovingAverage: Amount;
  readonly yuma3: boolean;
  readonly liquidAlpha: boolean;
  readonly commitRevealEnabled: boolean;
  readonly alphaLow: number;
  readonly alphaHigh: number;
  readonly alphaSigmoidSteepness: number;
  readonly maxAllowedValidators: number;
  readonly stakeThreshold: Amount;
  readonly ownerUid: number | null;
  readonly commitBlocks: readonly (Amount | null)[] | null;
  readonly raoEmission: Amount;
  readonly lastUpdate: readonly Amount[];
  readonly blockAtRegistration: readonly Amount[];
  readonly validatorPermit: readonly boolean[];
  readonly alphaStake: readonly Amount[];
  readonly taoStake: readonly Amount[];
  readonly taoWeight: Amount;
  readonly weights: readonly StoredRow[];
  readonly bonds: readonly StoredRow[];
  /** Spec version, or what it would stand for; 425 when absent. */
  readonly rules?: number | RulesRecord;
  /** Honoured from spec 446 on; "auto" when absent. */
  readonly liquidAlphaConsensusMode?: LiquidAlphaConsensusMode;
  /** The stored u16 consensus of the epoch before; null = none stored. */
  readonly previousConsensus?: readonly number[] | null;
}

export type ResultRow = [uid: number, value: number][];
export type BitsRow = [uid: number, bits: string][];

/** One entry a uid. Fields named …Bits are raw I32F32 bits, amounts are u64, both as decimal strings. */
export interface EpochResult {
  name?: string;
  active: boolean[];
  consensus: number[];
  incentive: number[];
  dividends: number[];
  validatorTrust: number[];
  stakeWeight: number[];
  validatorPermit: boolean[];
  serverEmission: string[];
  validatorEmission: string[];
  emission: string[];
  stake: string[];
  bonds: ResultRow[];
  consensusBits: string[];
  incentiveBits: string[];
  dividendsBits: string[];
  validatorTrustBits: string[];
  stakeBits: string[];
  activeStakeBits: string[];
  weightsBits: BitsRow[];
  weightsForBondsBits: BitsRow[];
  emaBondsBits: BitsRow[];
}

/** Several epochs in a row: an epoch case and what happens between the epochs. */
export interface ChainCase extends EpochSnapshot {
  readonly epochs: number;
  /** Blocks between epochs; 0 means max(tempo, 1). */
  readonly advance: number;
  /** What is stored after epoch k, or null where nothing changes. */
  readonly weightsByEpoch: readonly (readonly StoredRow[] | null)[];
}

export interface ChainEpochResult extends EpochResult {
  epoch: number;
  currentBlock: number;
}

/** What each mechanism of a subnet has of its own. */
export type MechanismInput = Pick<EpochSnapshot, "lastUpdate" | "commitBlocks" | "weights" | "bonds"> &
  Partial<Pick<EpochSnapshot, "previousConsensus">>;

export interface MechanismsCase extends Omit<EpochSnapshot, "lastUpdate" | "commitBlocks" | "weights" | "bonds"> {
  readonly mechanismCount: number;
  /** u16 parts of 65535; may have fewer entries than there are mechanisms. null = even. */
  readonly split: readonly number[] | null;
  readonly mechanisms: readonly MechanismInput[];
}

export interface MechanismResult {
  index: number;
  emission: string;
  incentive: number[];
  serverEmission: string[];
  bonds: ResultRow[];
}

/** The per-subnet vectors as stored after aggregation, the sums handed to the payout, and each mechanism's own. */
export interface MechanismsResult
  extends Pick<
    EpochResult,
    | "name"
    | "active"
    | "consensus"
    | "dividends"
    | "validatorTrust"
    | "stakeWeight"
    | "validatorPermit"
    | "emission"
    | "serverEmission"
    | "validatorEmission"
  > {
  mechanisms: MechanismResult[];
}

/** What Null mode pays and stores. */
export interface NullResult {
  /** The sole validator; null where no uid has stake. */
  validator: number | null;
  serverEmission: string[];
  validatorEmission: string[];
  /** Both parts together, saturating. */
  emission: string[];
  /** The sole validator's alone. */
  validatorPermit: boolean[];
  /** As they were. */
  bonds: StoredRow[];
}
