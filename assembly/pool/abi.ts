/** The pool's part of the ABI: one entry for every operation, and the power. Operands and answers lie in slots (contract.ts). */
import { ERROR_FIELD, ERROR_OPERATION } from "../contract";
import { check } from "../trap";
import * as contract from "./contract";
import { initialise } from "./initialise";
import { inject } from "./inject";
import { inputTo } from "./limit";
import { exponentIn } from "./output";
import { isWeight, ONE } from "./perquintill";
import * as power from "./power";
import { price } from "./price";
import * as slots from "./slots";
import { swap, target } from "./swap";
import { alphaForTao, baseNeeded } from "./worth";

/** Address of the POOL_SLOTS slots of POOL_SLOT_BYTES bytes. */
export function poolSlots(): usize {
  return slots.at(0);
}

/**
 * Applies POOL_OPERATION_* to the pool in the slots; returns POOL_OK, or the refusal the chain would answer with, when the
 * answers mean nothing. Traps with ERROR_OPERATION, ERROR_POOL_SLOT. Memory may grow.
 */
export function poolApply(operation: i32): i32 {
  switch (operation) {
    case contract.POOL_OPERATION_BUY:
      return swap(true);
    case contract.POOL_OPERATION_SELL:
      return swap(false);
    case contract.POOL_OPERATION_BUY_TARGET:
      return target(true);
    case contract.POOL_OPERATION_SELL_TARGET:
      return target(false);
    case contract.POOL_OPERATION_INJECT:
      return inject();
    case contract.POOL_OPERATION_INITIALISE:
      return initialise();
    default:
      return single(operation);
  }
}

/** The operations that answer with one value. */
function single(operation: i32): i32 {
  const alpha = slots.read(contract.POOL_ALPHA_RESERVE);
  const tao = slots.read(contract.POOL_TAO_RESERVE);
  const quote = slots.read(contract.POOL_QUOTE_WEIGHT);
  const amount = slots.read(contract.POOL_AMOUNT);
  const limit = slots.at(contract.POOL_PRICE_LIMIT);
  const now = slots.at(contract.POOL_PRICE_NOW);
  const value = slots.at(contract.POOL_VALUE);
  check(operation >= 0 && operation < contract.POOL_OPERATIONS, ERROR_OPERATION, <u64>operation);
  if (!isWeight(quote)) return contract.POOL_INVALID_VALUE;
  switch (operation) {
    case contract.POOL_OPERATION_PRICE:
      price(value, alpha, tao, quote);
      break;
    case contract.POOL_OPERATION_EXP_QUOTE_BASE:
      exponentIn(value, tao, amount, quote, ONE - quote);
      break;
    case contract.POOL_OPERATION_EXP_BASE_QUOTE:
      exponentIn(value, alpha, amount, ONE - quote, quote);
      break;
    case contract.POOL_OPERATION_QUOTE_DELTA_IN:
      slots.write(contract.POOL_VALUE, inputTo(limit, now, ONE - quote, tao));
      break;
    case contract.POOL_OPERATION_BASE_DELTA_IN:
      slots.write(contract.POOL_VALUE, inputTo(now, limit, quote, alpha));
      break;
    case contract.POOL_OPERATION_BASE_NEEDED:
      slots.write(contract.POOL_VALUE, baseNeeded(alpha, tao, quote, amount));
      break;
    default: // POOL_OPERATION_ALPHA_FOR_TAO
      slots.write(contract.POOL_VALUE, alphaForTao(alpha, tao, quote, amount));
  }
  return contract.POOL_OK;
}

/**
 * The power ⌊scale·(n/d)^(p/q)⌋ of the operands in POWER_*, precision and scale in POOL_FEE_RATE and POOL_AMOUNT; `path` is
 * POWER_QUICK or POWER_WRITTEN_OUT. Returns the address of u32 limbs, u32 sign (1 = negative) and so many u64 limbs, little-endian,
 * valid until the next call of the kernel; 0 where a denominator is 0. Traps with ERROR_FIELD, ERROR_POOL_SLOT. Memory may grow.
 */
export function poolPower(path: i32): usize {
  check(path === contract.POWER_QUICK || path === contract.POWER_WRITTEN_OUT, ERROR_FIELD, <u64>path);
  const precision = slots.read(contract.POOL_FEE_RATE);
  check(precision <= <u64>contract.MAX_POWER_PRECISION, contract.ERROR_POOL_SLOT, contract.POOL_FEE_RATE);
  return power.scaled(
    slots.at(contract.POWER_BASE_NUMERATOR),
    slots.at(contract.POWER_BASE_DENOMINATOR),
    slots.read(contract.POWER_EXPONENT_NUMERATOR),
    slots.read(contract.POWER_EXPONENT_DENOMINATOR),
    <u32>precision,
    slots.read(contract.POOL_AMOUNT),
    path,
  );
}
