/** The functions of the package, bound to one kernel. */
import { instantiate, type Kernel } from "../load/kernel.js";
import type {
  EpochResult,
  EpochSnapshot,
  MechanismsResult,
  MechanismsSnapshot,
  PreparedEpoch,
  TracedEpochResult,
} from "../types.js";
import { runCoinbase } from "./emission/coinbase.js";
import { type DelegateTake, delegateTake } from "./emission/delegateTake.js";
import {
  type Dividends,
  type DividendsInput,
  distributeDividends,
  type HotkeyDividends,
  type SplitInput,
  splitDividends,
} from "./emission/dividends.js";
import { type InheritanceInput, type InheritedStake, inheritedStake } from "./emission/inheritance.js";
import { blockEmissionAt, emissionSchedule, projectIssuance } from "./emission/issuance.js";
import { nextMovingPrice } from "./emission/movingPrice.js";
import { type ParentShares, type ParentSharesInput, shareDividends } from "./emission/parentShares.js";
import type {
  Amount,
  CoinbaseOptions,
  CoinbaseResult,
  CoinbaseState,
  EmissionEra,
  IssuanceStart,
  MovingPriceInput,
  ProjectedEra,
} from "./emission/types.js";
import { runEpoch, runTracedEpoch } from "./epoch.js";
import { explainEpoch } from "./explain/explain.js";
import type { Explanation } from "./explain/types.js";
import { runMechanisms } from "./mechanisms.js";
import { type Pools, pools } from "./pool/pool.js";
import { prepare } from "./prepare.js";
import {
  type BurnDecayInput,
  type BurnIncreaseInput,
  burnDecay,
  burnIncrease,
  type LockCost,
  type LockCostInput,
  lockCost,
  neuronToPrune,
  type Pruned,
  type PruneInput,
} from "./registration.js";
import { type SafeFloats, safeFloats } from "./safeFloat.js";
import { type SharePool, sharePool } from "./shares.js";
import { checkWeightsBatch } from "./weights/batches.js";
import { checkWeights } from "./weights/checkWeights.js";
import { type ForeseenWeights, foreseeWeights } from "./weights/foreseeWeights.js";
import { storedRow } from "./weights/storedRow.js";
import type {
  BatchCommitWeights,
  BatchSetWeights,
  BatchVerdict,
  SetWeights,
  WeightsCall,
  WeightsState,
  WeightsVerdict,
} from "./weights/types.js";
import { type TriedWeights, type WhatIf, whatIf } from "./weights/whatIf.js";

/** Everything that can be asked of a kernel. Each function is documented where it is written. */
export interface Yuma {
  /** One epoch: EpochSnapshot in, EpochResult out. */
  epoch(snapshot: EpochSnapshot): EpochResult;
  /** One epoch with the matrices behind it. */
  tracedEpoch(snapshot: EpochSnapshot): TracedEpochResult;
  /** The epoch of a subnet with several mechanisms. */
  mechanismsEpoch(snapshot: MechanismsSnapshot): MechanismsResult;
  /** An epoch marshalled once and run many times, on an instance of its own. */
  prepareEpoch(snapshot: EpochSnapshot): PreparedEpoch;
  /** The arithmetic behind one uid's numbers, step by step. */
  explain(snapshot: EpochSnapshot, uid: number): Explanation;
  /** The burn price after each of some blocks. */
  burnDecay(input: BurnDecayInput): bigint[];
  /** The burn price after each of some registrations. */
  burnIncrease(input: BurnIncreaseInput): bigint[];
  /** What a new subnet costs. */
  lockCost(input: LockCostInput): LockCost;
  /** The neuron that would make room for another. */
  neuronToPrune(input: PruneInput): Pruned;
  /** Decimal numbers of shares. */
  readonly safeFloat: SafeFloats;
  /** A hotkey's alpha shared by its stakers. */
  readonly sharePool: SharePool;
  /** What the chain would say to a weight call. */
  checkWeights(state: WeightsState, call: WeightsCall): WeightsVerdict;
  /** The same of a batch over several subnets. */
  checkWeightsBatch(states: readonly WeightsState[], batch: BatchSetWeights | BatchCommitWeights): BatchVerdict;
  /** The row as the chain stores it. */
  storedRow(uids: readonly number[], values: readonly number[]): [uid: number, value: number][];
  /** The epoch with other weights of one validator, against the epoch as things stand. */
  whatIf(snapshot: EpochSnapshot, uid: number, weights: TriedWeights): WhatIf;
  /** Both in one: would the chain take the weights, as what row, and what would follow. */
  foreseeWeights(document: EpochSnapshot & WeightsState, call: SetWeights): ForeseenWeights;
  /** A subnet's pool: price, quotes, injections. */
  readonly pool: Pools;
  /** The stake every uid brings to the epoch, after parents and children. */
  inheritedStake(input: InheritanceInput): InheritedStake;
  /** An epoch's dividends, down to what each hotkey is paid. */
  distributeDividends(input: DividendsInput): Dividends;
  /** One hotkey's dividends among its parents and itself. */
  shareDividends(input: ParentSharesInput): ParentShares;
  /** Given dividends split by root and alpha stake and scaled to the pots. */
  splitDividends(input: SplitInput): HotkeyDividends[];
  /** A validator's take of its dividends, and the rest. */
  delegateTake(take: number, dividendsBits: bigint | string): DelegateTake;
  /** What one block emits to every subnet. */
  coinbase(state: CoinbaseState, options?: CoinbaseOptions): CoinbaseResult;
  /** The rao minted in a block at an issuance. */
  blockEmission(issuance: Amount): bigint;
  /** The halvings: issuance and block emission of each stretch. */
  emissionSchedule(): EmissionEra[];
  /** When the halvings to come will be. */
  projectIssuance(from: IssuanceStart): ProjectedEra[];
  /** A subnet's moving price after a block, raw I96F32. */
  movingPrice(input: MovingPriceInput): bigint;
}

/** Binds a compiled kernel; the instance is made on first use. */
export function bind(module: () => WebAssembly.Module): Yuma {
  let instance: Kernel | undefined;
  const kernel = () => {
    instance ??= instantiate(module());
    return instance;
  };
  return {
    epoch: (snapshot) => runEpoch(kernel(), snapshot),
    tracedEpoch: (snapshot) => runTracedEpoch(kernel(), snapshot),
    mechanismsEpoch: (snapshot) => runMechanisms(kernel(), snapshot),
    prepareEpoch: (snapshot) => prepare(module(), snapshot),
    explain: (snapshot, uid) => explainEpoch(kernel(), snapshot, uid),
    burnDecay: (input) => burnDecay(kernel(), input),
    burnIncrease: (input) => burnIncrease(kernel(), input),
    lockCost: (input) => lockCost(kernel(), input),
    neuronToPrune: (input) => neuronToPrune(kernel(), input),
    safeFloat: safeFloats(kernel),
    sharePool: sharePool(kernel),
    checkWeights: (state, call) => checkWeights(kernel(), state, call),
    checkWeightsBatch: (states, batch) => checkWeightsBatch(kernel(), states, batch),
    storedRow: (uids, values) => storedRow(kernel(), uids, values),
    foreseeWeights: (document, call) => foreseeWeights(kernel(), document, call),
    whatIf: (snapshot, uid, weights) => whatIf(kernel(), snapshot, uid, weights),
    pool: pools(kernel),
    inheritedStake: (input) => inheritedStake(kernel(), input),
    distributeDividends: (input) => distributeDividends(kernel(), input),
    shareDividends: (input) => shareDividends(kernel(), input),
    splitDividends: (input) => splitDividends(kernel(), input),
    delegateTake: (take, dividendsBits) => delegateTake(kernel(), take, dividendsBits),
    coinbase: (state, options) => runCoinbase(kernel(), state, options),
    blockEmission: (issuance) => blockEmissionAt(kernel(), issuance),
    emissionSchedule: () => emissionSchedule(kernel()),
    projectIssuance: (from) => projectIssuance(kernel(), from),
    movingPrice: (input) => nextMovingPrice(kernel(), input),
  };
}
