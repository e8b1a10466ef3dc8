/**
 * yuma-kernel: Yuma Consensus to the last bit. This entry carries the kernel inside it and is synchronous; `yuma-kernel/slim`
 * leaves the bytes to the caller.
 */

import type { DelegateTake } from "./api/emission/delegateTake.js";
import type { Dividends, DividendsInput, HotkeyDividends, SplitInput } from "./api/emission/dividends.js";
import type { InheritanceInput, InheritedStake } from "./api/emission/inheritance.js";
import type { ParentShares, ParentSharesInput } from "./api/emission/parentShares.js";
import type {
  Amount,
  CoinbaseOptions,
  CoinbaseResult,
  CoinbaseState,
  EmissionEra,
  IssuanceStart,
  MovingPriceInput,
  ProjectedEra,
} from "./api/emission/types.js";
import type { Explanation } from "./api/explain/types.js";
import type { Pools } from "./api/pool/pool.js";
import type {
  BurnDecayInput,
  BurnIncreaseInput,
  LockCost,
  LockCostInput,
  Pruned,
  PruneInput,
} from "./api/registration.js";
import type { SafeFloats } from "./api/safeFloat.js";
import type { SharePool } from "./api/shares.js";
import type { ForeseenWeights } from "./api/weights/foreseeWeights.js";
import type {
  BatchCommitWeights,
  BatchSetWeights,
  BatchVerdict,
  SetWeights,
  WeightsCall,
  WeightsState,
  WeightsVerdict,
} from "./api/weights/types.js";
import type { TriedWeights, WhatIf } from "./api/weights/whatIf.js";
import { bind } from "./api/yuma.js";
import { inlinedModule } from "./load/inlined.js";
import type {
  EpochResult,
  EpochSnapshot,
  MechanismsResult,
  MechanismsSnapshot,
  PreparedEpoch,
  TracedEpochResult,
} from "./types.js";

export * from "./public.js";

const yuma = /* @__PURE__ */ bind(inlinedModule);

/**
 * Computes one epoch exactly as the chain would.
 *
 * @param snapshot  raw chain-storage values of n uids
 * @returns one entry a uid: u16 vectors over 65535, amounts in rao as bigint, raw I32F32 bits
 *
 * Throws YumaError with a stable `code` and the offending value. Source: subtensor `epoch/run_epoch.rs`, spec 425.
 */
export function epoch(snapshot: EpochSnapshot): EpochResult {
  return yuma.epoch(snapshot);
}

/** As `epoch`, with the matrices behind the result: weights, weights for bonds, bonds after the moving average. */
export function tracedEpoch(snapshot: EpochSnapshot): TracedEpochResult {
  return yuma.tracedEpoch(snapshot);
}

/** Computes the epoch of a subnet with several mechanisms and aggregates them as the chain stores them. */
export function mechanismsEpoch(snapshot: MechanismsSnapshot): MechanismsResult {
  return yuma.mechanismsEpoch(snapshot);
}

/** Marshals an epoch once, to run it many times: `run()` allocates nothing. */
export function prepareEpoch(snapshot: EpochSnapshot): PreparedEpoch {
  return yuma.prepareEpoch(snapshot);
}

/** Explains one uid's numbers: each step of the arithmetic with raw bits, decimal and a sentence. */
export function explain(snapshot: EpochSnapshot, uid: number): Explanation {
  return yuma.explain(snapshot, uid);
}

/**
 * A subnet's pool: `pool.price`, `pool.quoteBuy`, `pool.quoteSell`, `pool.inject`, `pool.init` and what they rest on, exactly as the
 * chain computes them. Amounts are rao as bigint, prices raw U64F64.
 *
 * What the chain would refuse is answered by `{ error }` with the chain's name for it; bad input throws YumaError. Source:
 * subtensor swap pallet, spec 425.
 */
export const pool: Pools = yuma.pool;

/**
 * The burn price of a subnet after each of `blocks` blocks without a registration, in rao.
 *
 * Throws YumaError. Source: subtensor `subnets/registration.rs`, spec 425.
 */
export function burnDecay(input: BurnDecayInput): bigint[] {
  return yuma.burnDecay(input);
}

/** The burn price of a subnet after each of `times` registrations, in rao. */
export function burnIncrease(input: BurnIncreaseInput): bigint[] {
  return yuma.burnIncrease(input);
}

/** What a new subnet costs in rao, and the blocks in which that falls by the last lock. */
export function lockCost(input: LockCostInput): LockCost {
  return yuma.lockCost(input);
}

/** The uid that would be pruned for another neuron, and the owner's uids that cannot be. */
export function neuronToPrune(input: PruneInput): Pruned {
  return yuma.neuronToPrune(input);
}

/** Arithmetic of SafeFloats, the chain's decimal numbers for shares. */
export const safeFloat: SafeFloats = yuma.safeFloat;

/** Share accounting of a hotkey's alpha: state in, state out. */
export const sharePool: SharePool = yuma.sharePool;

/** What the chain would say to a weight call now: accepted, or the first failing rule, and what would be stored. */
export function checkWeights(state: WeightsState, call: WeightsCall): WeightsVerdict {
  return yuma.checkWeights(state, call);
}

/** The same of a batch over several subnets: each item stands alone and sees what the items before it left. */
export function checkWeightsBatch(
  states: readonly WeightsState[],
  batch: BatchSetWeights | BatchCommitWeights,
): BatchVerdict {
  return yuma.checkWeightsBatch(states, batch);
}

/** The row a call stores: the caller's order, zeros kept, values stretched so that the largest is 65535. */
export function storedRow(uids: readonly number[], values: readonly number[]): [uid: number, value: number][] {
  return yuma.storedRow(uids, values);
}

/** The epoch with other weights of one validator, against the epoch as things stand. */
export function whatIf(snapshot: EpochSnapshot, uid: number, weights: TriedWeights): WhatIf {
  return yuma.whatIf(snapshot, uid, weights);
}

/** All a validator asks before it sets weights: would the chain take them, as what row, and what would follow. */
export function foreseeWeights(document: EpochSnapshot & WeightsState, call: SetWeights): ForeseenWeights {
  return yuma.foreseeWeights(document, call);
}

/**
 * Computes the stake every uid brings to the epoch: own − Σ own·p over children + Σ parent's·p over parents, p = proportion /
 * (2^64 − 1) in U96F32, for alpha and root TAO alike.
 *
 * @param input  the subnet's hotkeys with stakes and links, `taoWeight`, and the hotkey of each uid
 * @returns one entry a uid in rao: `alphaStake` and `taoStake` fit an epoch snapshot as they are
 *
 * Throws YumaError. Source: subtensor `staking/stake_utils.rs` `get_stake_weights_for_network`, spec 425.
 */
export function inheritedStake(input: InheritanceInput): InheritedStake {
  return yuma.inheritedStake(input);
}

/**
 * Distributes an epoch's dividends: shared with parents, split by root and alpha stake, scaled so that the pots are paid.
 *
 * @param input  the subnet's hotkeys, the three pots in alpha-rao, and what the epoch gave each hotkey
 * @returns what each hotkey gets, ascending by account as the chain pays; what is recycled
 *
 * Throws YumaError. Source: subtensor `coinbase/run_coinbase.rs` `distribute_emission`, spec 425.
 */
export function distributeDividends(input: DividendsInput): Dividends {
  return yuma.distributeDividends(input);
}

/** Shares one hotkey's dividends with its parents, with childkey take and burn: a step of `distributeDividends`. */
export function shareDividends(input: ParentSharesInput): ParentShares {
  return yuma.shareDividends(input);
}

/** Splits given dividends by root and alpha stake and scales them to the pots: the last steps of `distributeDividends`. */
export function splitDividends(input: SplitInput): HotkeyDividends[] {
  return yuma.splitDividends(input);
}

/** Divides a hotkey's dividends (U96F32 bits) between its delegate take (u16 over 65535) and all who stake on it. */
export function delegateTake(take: number, dividendsBits: bigint | string): DelegateTake {
  return yuma.delegateTake(take, dividendsBits);
}

/**
 * Computes what one block emits: TAO and alpha into each pool, alpha to owner, miners, validators and root, moving prices.
 *
 * @param state    storage before the block; amounts in rao, bigint or decimal string
 * @param options  what the pools do with what they are given; by default they take it as it is
 * @returns amounts in rao as bigint, raw fixed-point bits, ascending by netuid
 *
 * Throws YumaError with a stable `code`. Source: subtensor `coinbase/run_coinbase.rs`, spec 425.
 */
export function coinbase(state: CoinbaseState, options?: CoinbaseOptions): CoinbaseResult {
  return yuma.coinbase(state, options);
}

/** The rao minted in a block at `issuance` rao: 10^9 halved as often as the curve says; 0 from 21 million TAO on. */
export function blockEmission(issuance: Amount): bigint {
  return yuma.blockEmission(issuance);
}

/** The halvings: for every block emission the smallest issuance in rao that has it, ascending. */
export function emissionSchedule(): EmissionEra[] {
  return yuma.emissionSchedule();
}

/** When each halving to come will be, at 12 seconds a block, from an issuance and a date given. */
export function projectIssuance(from: IssuanceStart): ProjectedEra[] {
  return yuma.projectIssuance(from);
}

/** A subnet's moving price after a block, raw I96F32. */
export function movingPrice(input: MovingPriceInput): bigint {
  return yuma.movingPrice(input);
}
