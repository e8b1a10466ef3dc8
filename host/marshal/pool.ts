/** Pools out of unknown JSON. */
import type { U64 } from "../types.js";
import { flag, integer, present, record, refuse, u16, u64 } from "./values.js";
import { wideInteger } from "./wide.js";

/** A weight of 1. */
export const WHOLE_WEIGHT = 10n ** 18n;
/** What a pool starts with. */
export const HALF_WEIGHT = WHOLE_WEIGHT / 2n;
/** The least weight of either side. */
export const LEAST_WEIGHT = WHOLE_WEIGHT / 100n;
/** The fee rate of a subnet that never set one, over 65535: about 0.05 %. */
export const DEFAULT_FEE_RATE = 33;
/** The mechanism of a subnet whose pool is weighted. */
export const DYNAMIC_MECHANISM = 1;

/** A subnet's pool as the chain stores it. */
export interface Pool {
  /** x, alpha-rao (SubnetAlphaIn). */
  readonly alphaReserve: U64;
  /** y, rao (SubnetTAO). */
  readonly taoReserve: U64;
  /** TAO's weight q in parts of 10^18, from 0.01 to 0.99 (SwapBalancer); alpha's is 1 − q. null or absent: not initialised yet, 0.5. */
  readonly quoteWeight?: U64 | null;
  /** Over 65535 (FeeRate); 33 if absent. */
  readonly feeRate?: number;
  /** 1, the weighted pool, if absent; any other is stable: one TAO is one alpha (SubnetMechanism). */
  readonly mechanism?: number;
}

/** A pool whose every field is there. */
export interface CheckedPool {
  readonly alphaReserve: bigint;
  readonly taoReserve: bigint;
  readonly quoteWeight: bigint | null;
  readonly feeRate: number;
  readonly mechanism: number;
}

/** Checks a pool. Throws MISSING_FIELD, BAD_VALUE. */
export function checkPool(input: unknown): CheckedPool {
  const { alphaReserve, taoReserve, quoteWeight, feeRate, mechanism } = record("A pool", input);
  return {
    alphaReserve: u64("alphaReserve", present("alphaReserve", alphaReserve)),
    taoReserve: u64("taoReserve", present("taoReserve", taoReserve)),
    quoteWeight: quoteWeight === undefined || quoteWeight === null ? null : weight("quoteWeight", quoteWeight),
    feeRate: feeRate === undefined ? DEFAULT_FEE_RATE : u16("feeRate", feeRate),
    mechanism: mechanism === undefined ? DYNAMIC_MECHANISM : u16("mechanism", mechanism),
  };
}

/** A weight a pool may have. */
export function weight(where: string, value: unknown): bigint {
  const parts = u64(where, value);
  if (isWeight(parts)) return parts;
  return refuse(where, "a weight from 0.01 to 0.99 in parts of 10^18", value);
}

/** Whether both weights are in range. */
export function isWeight(parts: bigint): boolean {
  return parts >= LEAST_WEIGHT && parts <= WHOLE_WEIGHT - LEAST_WEIGHT;
}

/** Raw bits of a U64F64, or any u128. */
export function u128(where: string, value: unknown): bigint {
  return wideInteger(where, value, 128, false);
}

/** What a swap may be told besides its amount; at most one of the limits. */
export interface SwapOptions {
  /** Raw U64F64: the price, TAO per alpha, beyond which nothing is swapped. */
  readonly limitPrice?: U64;
  /** The same in rao per alpha, as extrinsics give it. Neither: the chain's own extreme, 10^15 to buy and 1000 to sell. */
  readonly priceLimit?: U64;
  /** Take no fee. Default false. */
  readonly dropFees?: boolean;
}

/** The options read: a limit in raw U64F64, or null. */
export interface CheckedSwapOptions {
  readonly limit: bigint | null;
  readonly dropFees: boolean;
}

const RAO_PER_UNIT = 1_000_000_000n;

/** Checks the options of a swap. Throws BAD_VALUE, also for two limits. */
export function checkSwapOptions(input: unknown): CheckedSwapOptions {
  const { limitPrice, priceLimit, dropFees } = record("The options", input);
  if (limitPrice !== undefined && priceLimit !== undefined) {
    return refuse("priceLimit", "absent where limitPrice is given", priceLimit);
  }
  const limit =
    limitPrice !== undefined
      ? u128("limitPrice", limitPrice)
      : priceLimit !== undefined
        ? limitOf(u64("priceLimit", priceLimit))
        : null;
  return { limit, dropFees: dropFees === undefined ? false : flag("dropFees", dropFees) };
}

/** A limit in rao per alpha as a price: rao/10^9 truncated to U64F64. */
export function limitOf(rao: bigint): bigint {
  return (rao << 64n) / RAO_PER_UNIT;
}

/** The operands of the pool's power. */
export interface PowerOperands {
  /** u128. */
  readonly baseNumerator: U64;
  readonly baseDenominator: U64;
  /** u64. */
  readonly exponentNumerator: U64;
  readonly exponentDenominator: U64;
  /** Bits asked for, at most 1024. */
  readonly precision: number;
  /** u64. */
  readonly scale: U64;
}

/** Checks them. Throws MISSING_FIELD, BAD_VALUE. */
export function checkPower(input: unknown, mostPrecision: number) {
  const given = record("The power's operands", input);
  const field = (name: string) => present(name, given[name]);
  return {
    baseNumerator: u128("baseNumerator", field("baseNumerator")),
    baseDenominator: u128("baseDenominator", field("baseDenominator")),
    exponentNumerator: u64("exponentNumerator", field("exponentNumerator")),
    exponentDenominator: u64("exponentDenominator", field("exponentDenominator")),
    precision: BigInt(integer("precision", field("precision"), 0, mostPrecision)),
    scale: u64("scale", field("scale")),
  };
}
