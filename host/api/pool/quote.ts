/** What a swap means to who makes it and to the subnet, from what the curve answered. */
import { type CheckedPool, HALF_WEIGHT } from "../../marshal/pool.js";
import { MAX_U64 } from "../../marshal/values.js";
import type { Side, SwapAnswer } from "./curve.js";

/** By how much a swap moves the subnet's totals, in rao of each; source: subtensor staking/stake_utils.rs. */
export interface SwapEffects {
  /** SubnetAlphaIn. */
  readonly alphaReserve: bigint;
  /** SubnetTAO. */
  readonly taoReserve: bigint;
  /** SubnetAlphaOut. */
  readonly alphaOut: bigint;
  /** TotalStake: of a buy the whole rao offered, fee included. */
  readonly totalStake: bigint;
  /** SubnetVolume, likewise. */
  readonly volume: bigint;
}

/** A swap computed and not made. A buy is paid for in rao and pays alpha-rao, a sell the other way round. */
export interface SwapQuote extends SwapAnswer {
  readonly side: Side;
  /** What was offered. */
  readonly amount: bigint;
  /** What the limit left unswapped: amount − paidIn − fee, not below 0. */
  readonly refund: bigint;
  /**
   * How much worse than the price before, parts of 10^18 truncated: paidIn/paidOut over that price less 1 for a buy, 1 less
   * paidOut/paidIn over it for a sell. The fee is apart. Rounding can make it a little negative; null where nothing came out.
   */
  readonly slippage: bigint | null;
  readonly effects: SwapEffects;
  /** The pool after the swap; one that was not initialised is then. */
  readonly after: CheckedPool;
}

const PARTS = 10n ** 18n;

/** The quote of an answer. */
export function quoteOf(pool: CheckedPool, side: Side, amount: bigint, answer: SwapAnswer): SwapQuote {
  const effects = effectsOf(side, amount, answer);
  const left = amount - answer.paidIn - answer.fee;
  return {
    side,
    amount,
    ...answer,
    refund: left > 0n ? left : 0n,
    slippage: slippageOf(side, answer),
    effects,
    after: {
      ...pool,
      quoteWeight: pool.quoteWeight ?? HALF_WEIGHT,
      alphaReserve: clamped(pool.alphaReserve + effects.alphaReserve),
      taoReserve: clamped(pool.taoReserve + effects.taoReserve),
    },
  };
}

/** What a swap moves. */
export function effectsOf(side: Side, amount: bigint, { paidIn, paidOut }: SwapAnswer): SwapEffects {
  if (side === "buy") {
    return { alphaReserve: -paidOut, taoReserve: paidIn, alphaOut: paidOut, totalStake: amount, volume: amount };
  }
  return { alphaReserve: paidIn, taoReserve: -paidOut, alphaOut: -paidIn, totalStake: -paidOut, volume: paidOut };
}

function slippageOf(side: Side, { paidIn, paidOut, priceBefore }: SwapAnswer): bigint | null {
  if (paidIn === 0n || paidOut === 0n || priceBefore === 0n) return null;
  if (side === "buy") return ((paidIn << 64n) * PARTS) / (paidOut * priceBefore) - PARTS;
  return PARTS - ((paidOut << 64n) * PARTS) / (paidIn * priceBefore);
}

function clamped(reserve: bigint): bigint {
  return reserve < 0n ? 0n : reserve > MAX_U64 ? MAX_U64 : reserve;
}
