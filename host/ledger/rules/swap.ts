/**
 * Swaps of TAO for a subnet's alpha and back, against its pool; one to one where a subnet has none, as on the root. What a swap
 * moves of reserves and totals is here, what it moves between accounts is the caller's. Amounts are rao, limits rao per alpha.
 * Source: subtensor staking/stake_utils.rs, the swap pallet.
 */
import type { Refused, Side, SwapAnswer } from "../../api/pool/curve.js";
import { curveOf } from "../../api/pool/pool.js";
import { effectsOf } from "../../api/pool/quote.js";
import { YumaError } from "../../errors.js";
import type { Kernel } from "../../load/kernel.js";
import { type CheckedPool, HALF_WEIGHT, limitOf } from "../../marshal/pool.js";
import { LedgerError } from "../errors.js";
import type { Item } from "../state/item.js";
import {
  FeeRate,
  PalSwapInitialized,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetTAO,
  SubnetVolume,
  SwapBalancer,
  TotalStake,
} from "../state/pools.js";
import type { ReadableState, State } from "../state/state.js";
import { SubnetMechanism } from "../state/subnets.js";
import type { RuleContext } from "./context.js";
import { fixed } from "./fixed.js";
import { saturatedU64 } from "./integers.js";
import { keepingLatest } from "./latest.js";
import { isDynamic, subnetExists } from "./subnetChecks.js";

/** The lowest limit of a sale and the highest of a purchase, rao per alpha. */
export const MIN_PRICE_RAO = 1_000n;
export const MAX_PRICE_RAO = 1_000_000_000_000_000n;

/** The most that may go in, in reserves of the side it goes to. */
const MOST_RESERVES_IN = 1_000n;

/** Errors of swaps. */
export const SWAP_ERRORS = ["Swap.SwapInputTooLarge", "Swap.ReservesTooLow", "Swap.PriceLimitExceeded"] as const;

/** What a swap is, or would be. */
export interface Swapped {
  /** Net of the fee. */
  readonly paidInRao: bigint;
  readonly paidOutRao: bigint;
  readonly feeRao: bigint;
  /** Of the fee, what is the block author's, in what was paid in. */
  readonly authorFeeRao: bigint;
}

/** A subnet's pool as the kernel takes it. */
export function poolOf(state: ReadableState, netuid: number): CheckedPool {
  return {
    alphaReserve: state.read(SubnetAlphaIn, netuid),
    taoReserve: state.read(SubnetTAO, netuid),
    quoteWeight: state.read(PalSwapInitialized, netuid) ? state.read(SwapBalancer, netuid) : null,
    feeRate: state.read(FeeRate, netuid),
    mechanism: state.read(SubnetMechanism, netuid),
  };
}

/** The price now, TAO per alpha, raw U64F64: 1 where there is no pool, 0 where it has no alpha. */
export function alphaPrice({ state, kernel }: RuleContext, netuid: number): bigint {
  const pool = poolOf(state, netuid);
  return curveOf(pool).price(kernel, pool);
}

/** alpha·price, raw U64F64, saturating. */
export function valueBits({ kernel }: RuleContext, alphaRao: bigint, priceBits: bigint): bigint {
  return fixed(kernel, "u64f64.mul", alphaRao << 64n, priceBits);
}

/** ⌊alpha·price⌋ in rao. */
export function valueRao(context: RuleContext, alphaRao: bigint, priceBits: bigint): bigint {
  return valueBits(context, alphaRao, priceBits) >> 64n;
}

/** The most of a swap's input the chain lets a call name, where the subnet has a pool. */
export function mostInput(state: ReadableState, netuid: number, side: Side): bigint {
  const reserve = state.read(side === "buy" ? SubnetTAO : SubnetAlphaIn, netuid);
  return saturatedU64(reserve * MOST_RESERVES_IN);
}

/** What a swap without limit would give; "refused" if the pool refuses it. Nothing changes. */
export function simulateSwap(context: RuleContext, netuid: number, side: Side, amountRao: bigint): Swapped | "refused" {
  const { state } = context;
  if (!isDynamic(state, netuid)) {
    const rao = subnetExists(state, netuid) ? amountRao : 0n;
    return { paidInRao: rao, paidOutRao: rao, feeRao: 0n, authorFeeRao: 0n };
  }
  const answer = answerOf(context, side, netuid, amountRao);
  return "error" in answer ? "refused" : swapped(answer);
}

/**
 * How much could be offered before the price passes a limit, its fee included: the swap of a thousand reserves. Throws the
 * errors of that swap. Only for subnets with a pool.
 */
export function mostWithinLimit(context: RuleContext, netuid: number, side: Side, limitRao: bigint): bigint {
  const answer = answerOf(context, side, netuid, mostInput(context.state, netuid, side), limitRao);
  if ("error" in answer) return refuse(answer, netuid);
  return saturatedU64(answer.paidIn + answer.fee);
}

/**
 * Buys alpha and moves reserves and totals: AlphaIn − out, AlphaOut + out, SubnetTAO + in net of the fee, TotalStake and volume
 * + in with the fee. Throws the errors of swaps.
 */
export function swapTaoForAlpha(
  context: RuleContext,
  netuid: number,
  taoRao: bigint,
  limitRao: bigint = MAX_PRICE_RAO,
  dropFees = false,
): Swapped {
  return swap(context, "buy", netuid, taoRao, limitRao, dropFees);
}

/**
 * Sells alpha and moves reserves and totals: AlphaIn + in net of the fee, AlphaOut − the same, SubnetTAO, TotalStake − out,
 * volume + out. Throws the errors of swaps.
 */
export function swapAlphaForTao(
  context: RuleContext,
  netuid: number,
  alphaRao: bigint,
  limitRao: bigint = MIN_PRICE_RAO,
  dropFees = false,
): Swapped {
  return swap(context, "sell", netuid, alphaRao, limitRao, dropFees);
}

function swap(
  context: RuleContext,
  side: Side,
  netuid: number,
  amountRao: bigint,
  limitRao: bigint,
  dropFees: boolean,
): Swapped {
  const { state } = context;
  const answer = answerOf(context, side, netuid, amountRao, limitRao, dropFees);
  if ("error" in answer) return refuse(answer, netuid);
  if (isDynamic(state, netuid) && !state.read(PalSwapInitialized, netuid)) {
    state.write(SwapBalancer, netuid, HALF_WEIGHT);
    state.write(PalSwapInitialized, netuid, true);
  }
  const effects = effectsOf(side, amountRao, answer);
  move(state, SubnetAlphaIn, netuid, effects.alphaReserve);
  move(state, SubnetAlphaOut, netuid, effects.alphaOut);
  move(state, SubnetTAO, netuid, effects.taoReserve);
  state.write(TotalStake, saturatedU64(state.read(TotalStake) + effects.totalStake));
  state.write(SubnetVolume, netuid, state.read(SubnetVolume, netuid) + effects.volume);
  return swapped(answer);
}

function answerOf(
  { state, kernel }: RuleContext,
  side: Side,
  netuid: number,
  amountRao: bigint,
  limitRao: bigint = side === "buy" ? MAX_PRICE_RAO : MIN_PRICE_RAO,
  dropFees = false,
): SwapAnswer | Refused {
  const { alphaReserve, taoReserve, quoteWeight, feeRate, mechanism } = poolOf(state, netuid);
  const rate = dropFees ? 0 : feeRate;
  return computeSwap(kernel, side, amountRao, limitRao, alphaReserve, taoReserve, quoteWeight, rate, mechanism);
}

const computeSwap = keepingLatest(
  (
    kernel: Kernel,
    side: Side,
    amountRao: bigint,
    limitRao: bigint,
    alphaReserve: bigint,
    taoReserve: bigint,
    quoteWeight: bigint | null,
    feeRate: number,
    mechanism: number,
  ) => {
    const pool = { alphaReserve, taoReserve, quoteWeight, feeRate, mechanism };
    return curveOf(pool).swap(kernel, pool, side, amountRao, limitOf(limitRao), feeRate);
  },
);

function swapped({ paidIn, paidOut, fee, feeToBlockAuthor }: SwapAnswer): Swapped {
  return { paidInRao: paidIn, paidOutRao: paidOut, feeRao: fee, authorFeeRao: feeToBlockAuthor };
}

/** Adds to an amount of a subnet, saturating. */
export function move(state: State, item: Item<readonly [number], bigint>, netuid: number, changeRao: bigint): void {
  if (changeRao === 0n) return;
  state.write(item, netuid, saturatedU64(state.read(item, netuid) + changeRao));
}

function refuse({ error }: Refused, netuid: number): never {
  const name = SWAP_ERRORS.find((one) => one === `Swap.${error}`);
  if (name === undefined) throw new YumaError("INTERNAL", `A swap was refused with ${error}.`, { netuid });
  throw new LedgerError(name, { netuid });
}
