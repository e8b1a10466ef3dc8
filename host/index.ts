/**
 * yuma-kernel: Yuma Consensus to the last bit. This entry carries the kernel inside it and is synchronous; `yuma-kernel/slim`
 * leaves the bytes to the caller.
 */

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
