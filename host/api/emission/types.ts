/** The public types of a block's emission. Amounts are rao, TAO's or a subnet's alpha's; `…Bits` are raw fixed-point integers. */
import type { Rules } from "../../types.js";

/** An amount in rao going in; never a number, which could be meant in TAO. */
export type Amount = bigint | string;
/** A block number, or a number of blocks, going in. */
export type Block = bigint | string | number;
/** Raw fixed-point bits going in. */
export type Bits = bigint | string;

/** One subnet as storage holds it before the block. What is left out takes the chain's default. */
export interface CoinbaseSubnet {
  /** 1 … 65535; the root is no subnet here. */
  readonly netuid: number;
  /** A label, echoed back. */
  readonly name?: string;
  /** SubnetMechanism: 1 = with a pool, other = stable, price 1. Default 1. */
  readonly mechanism?: number;
  /** SubnetMovingPrice, I96F32. */
  readonly movingPriceBits: Bits;
  /** MinerBurned, U96F32: the part of the last miners' emission that was withheld. Default 0. */
  readonly minerBurnedBits?: Bits;
  /** The pool's present price, U64F64. */
  readonly priceBits: Bits;
  /** SubnetAlphaIn: alpha in the pool. */
  readonly alphaIn: Amount;
  /** SubnetAlphaOut: alpha outside the pool. */
  readonly alphaOut: Amount;
  /** SubnetTAO: TAO in the pool. */
  readonly tao: Amount;
  /** FirstEmissionBlockNumber; null = not started. */
  readonly firstEmissionBlock: Block | null;
  /** SubtokenEnabled. Default true. */
  readonly subtokenEnabled?: boolean;
  /** NetworkRegistrationAllowed. Default true. */
  readonly registrationAllowed?: boolean;
  /** SubnetEmissionEnabled. Default true. */
  readonly emissionEnabled?: boolean;
  /** OwnerCutEnabled. Default true. */
  readonly ownerCutEnabled?: boolean;
  /** EMAPriceHalvingBlocks. Default 201,600. */
  readonly halvingBlocks?: Block;
  /** What waits for the subnet's next epoch. Default 0. */
  readonly pending?: Partial<Record<keyof PendingEmission, Amount>>;
  /** Moving averages of TAO flow, I64F64, of users and of the protocol; only shares by flow read them. Default 0. */
  readonly flowBits?: Bits;
  readonly protocolFlowBits?: Bits;
}

/** The emission gate's settings (spec 440 on). */
export interface EmissionGate {
  /** EmissionGateBar θ as stored, U64F64; 0 = none yet. */
  readonly barBits: Bits;
  /** EmissionBarRank (spec 443 on); 0 = the quantile decides. Default 0. */
  readonly rank?: number;
  /** U64F64. */
  readonly quantileBits: Bits;
  /** EmissionGateExponent h, U64F64. */
  readonly exponentBits: Bits;
}

/** Settings of shares by flow. */
export interface FlowSettings {
  /** TaoFlowCutoff, I64F64. */
  readonly cutoffBits: Bits;
  /** FlowNormExponent, U64F64. */
  readonly exponentBits: Bits;
  /** NetTaoFlowEnabled. */
  readonly isNet: boolean;
}

/** Everything a block's emission reads; schema version 1. */
export interface CoinbaseState {
  readonly schemaVersion?: 1;
  /** A label, echoed back. */
  readonly name?: string;
  /** A known spec version, or a record of rules. Default 425. */
  readonly rules?: number | Rules;
  readonly currentBlock: Block;
  /** TotalIssuance before the block; what the block emission follows from. */
  readonly totalIssuance: Amount;
  /** SubnetTAO of the root. */
  readonly rootTao: Amount;
  /** TaoWeight over 2^64 − 1. */
  readonly taoWeight: bigint | string;
  /** SubnetOwnerCut over 65535. */
  readonly ownerCut: number;
  /** SubnetMovingAlpha, I96F32. */
  readonly movingAlphaBits: Bits;
  /** Needed under rules with a gate. */
  readonly gate?: EmissionGate;
  /** Needed under rules with shares by flow. */
  readonly flow?: FlowSettings;
  readonly subnets: readonly CoinbaseSubnet[];
}

/** What is asked of a subnet's pool: take TAO and alpha at an unchanged price, then sell alpha for the excess TAO. */
export interface Injection {
  readonly netuid: number;
  readonly taoIn: bigint;
  readonly alphaIn: bigint;
  /** Buys alpha, without fee and without a limit. */
  readonly excessTao: bigint;
  /** Before it. */
  readonly reserves: Reserves;
}

/** A pool and the alpha outside it. */
export interface Reserves {
  alphaIn: bigint;
  alphaOut: bigint;
  tao: bigint;
}

/** What a pool did with an injection: its reserves, and its price where that moved. */
export interface Injected extends Readonly<Reserves> {
  /** U64F64. */
  readonly priceBits?: bigint;
}

/** How a block is computed. */
export interface CoinbaseOptions {
  /**
   * What the pools do with what they are given. `credit` (default): they take TAO and alpha as they are, and nothing is bought;
   * `nothing`: reserves stay; a function: whatever it says. It is asked once a subnet, ascending by netuid.
   */
  readonly injection?: "credit" | "nothing" | ((injection: Injection) => Injected);
  /** rao minted, where the cap on all balances left less than the curve gives at `totalIssuance`. Default: what the curve gives. */
  readonly blockEmission?: Amount;
}

/** alpha-rao that waits for the next epoch. */
export interface PendingEmission {
  owner: bigint;
  server: bigint;
  validator: bigint;
  root: bigint;
}

/** What a block does to one subnet. */
export interface SubnetEmission {
  netuid: number;
  name?: string;
  /** Started, with subtoken and registration on; everything below is 0 or unchanged otherwise. */
  isEligible: boolean;
  /** U64F64: by price, by the rule, behind the gate, and as paid once disabled subnets have dropped out. */
  shares: { priceBits: bigint; ruleBits: bigint; gatedBits: bigint; paidBits: bigint };
  /** Of the pool, U96F32 rao, and truncated as they are credited. */
  terms: {
    taoEmissionBits: bigint;
    taoInBits: bigint;
    alphaInBits: bigint;
    alphaOutBits: bigint;
    excessTaoBits: bigint;
    /** U96F32. */
    rootProportionBits: bigint;
    taoIn: bigint;
    alphaIn: bigint;
    excessTao: bigint;
  };
  /** alpha-rao: this block's alpha and its parts, each truncated by itself; `recycled` is the root's where root sell is off. */
  split: {
    created: bigint;
    owner: bigint;
    server: bigint;
    validator: bigint;
    root: bigint;
    recycled: bigint;
    /** U96F32, taken again after injection and mint. */
    rootProportionBits: bigint;
  };
  /** After the block. */
  pending: PendingEmission;
  /** After the block. */
  reserves: Reserves;
  /** After the block, I96F32. */
  movingPriceBits: bigint;
}

/** What a block emits. */
export interface CoinbaseResult {
  name?: string;
  rules: Rules;
  currentBlock: bigint;
  /** rao of TAO minted. */
  blockEmission: bigint;
  /** rao that no pool is given, which the chain recycles. */
  unspent: bigint;
  /** Σ moving prices > 1: root dividends are paid and sold; otherwise recycled. */
  isRootSelling: boolean;
  /** U96F32. */
  taoWeightBits: bigint;
  /** θ after the block, U64F64; null under rules without a gate. */
  gateBarBits: bigint | null;
  /** Ascending by netuid. */
  subnets: SubnetEmission[];
}

/** One update of a subnet's moving price. */
export interface MovingPriceInput {
  readonly currentBlock: Block;
  readonly firstEmissionBlock: Block | null;
  readonly halvingBlocks: Block;
  /** I96F32. */
  readonly movingAlphaBits: Bits;
  /** U64F64. */
  readonly priceBits: Bits;
  /** I96F32. */
  readonly movingPriceBits: Bits;
  /** Default 1. */
  readonly mechanism?: number;
}

/** A stretch of the issuance curve with one block emission. */
export interface EmissionEra {
  /** Halvings so far. */
  halvings: number;
  /** rao: the smallest issuance of the stretch. */
  fromIssuance: bigint;
  /** rao a block. */
  blockEmission: bigint;
}

/** Where a projection begins. */
export interface IssuanceStart {
  /** rao issued at the start. */
  readonly issuance: Amount;
  /** When: an ISO 8601 date or date and time; without a zone, UTC. */
  readonly start: string;
  /** rao recycled a block, on average: taken off the issuance. Default 0. */
  readonly recycledPerBlock?: Amount;
}

/** One stretch of a projection. */
export interface ProjectedEra extends EmissionEra {
  /** Blocks from the start to the first block of the stretch; null if recycling keeps issuance below it. */
  afterBlocks: bigint | null;
  /** ISO 8601 in UTC, at 12 seconds a block; null with `afterBlocks`, or beyond what dates can hold. */
  date: string | null;
}
