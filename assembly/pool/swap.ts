/**
 * A swap, in the chain's order: size, reserve, limit, fee, target, limit again, output. Reads its slots and writes its answers
 * (contract.ts); the reserves themselves stay as they are (swap impls.rs `do_swap`, swap_step.rs).
 */
import * as int128 from "../fixed/int128";
import * as contract from "./contract";
import * as fee from "./fee";
import { inputTo } from "./limit";
import { given } from "./output";
import { isWeight, ONE } from "./perquintill";
import { price } from "./price";
import * as slots from "./slots";

/** Most an input may be, in times its reserve. */
const MOST_TIMES: u64 = 1000;
/** Least the output reserve must hold, in rao. */
const LEAST_RESERVE: u64 = 1_000_000;

let isBuy: bool = false;
let reserveIn: u64 = 0;
let reserveOut: u64 = 0;
let weightIn: u64 = 0;
let weightOut: u64 = 0;
let feeRate: u64 = 0;

/** Swaps POOL_AMOUNT: rao for alpha if `buy`, else alpha for rao. POOL_OK, or why not. */
export function swap(buy: bool): i32 {
  if (!take(buy)) return contract.POOL_INVALID_VALUE;
  const gross = slots.read(contract.POOL_AMOUNT);
  let paid = fee.ofGross(gross, feeRate);
  const net = paid < gross ? gross - paid : 0;
  if (net > saturatingTimes(reserveIn, MOST_TIMES)) return contract.POOL_SWAP_INPUT_TOO_LARGE;
  if (reserveOut < LEAST_RESERVE) return contract.POOL_RESERVES_TOO_LOW;
  const now = slots.at(contract.POOL_PRICE_BEFORE);
  const limit = slots.at(contract.POOL_PRICE_LIMIT);
  moved(now, 0, 0);
  if (!isNearer(now, limit)) return contract.POOL_PRICE_LIMIT_EXCEEDED;
  let input = net;
  let output = outputOf(input);
  const target = slots.at(contract.POOL_PRICE_TARGET);
  moved(target, input, output);
  if (isNearer(limit, target)) {
    input = isBuy ? inputTo(limit, now, weightOut, reserveIn) : inputTo(now, limit, weightOut, reserveIn);
    output = outputOf(input);
    paid = fee.besideNet(input, feeRate);
  }
  if (input > 0 && output === 0) return contract.POOL_RESERVES_TOO_LOW;
  slots.write(contract.POOL_PAID_IN, input);
  slots.write(contract.POOL_PAID_OUT, output);
  slots.write(contract.POOL_FEE, paid);
  slots.write(contract.POOL_FEE_TO_AUTHOR, input > 0 ? paid : 0);
  moved(slots.at(contract.POOL_PRICE_AFTER), input, output);
  return contract.POOL_OK;
}

/** Leaves in POOL_VALUE the price after the whole of POOL_AMOUNT less its fee, whatever the checks of `swap` say. */
export function target(buy: bool): i32 {
  if (!take(buy)) return contract.POOL_INVALID_VALUE;
  const gross = slots.read(contract.POOL_AMOUNT);
  const paid = fee.ofGross(gross, feeRate);
  const net = paid < gross ? gross - paid : 0;
  moved(slots.at(contract.POOL_VALUE), net, outputOf(net));
  return contract.POOL_OK;
}

/** Takes the pool from its slots, seen from the side of the input; false where a weight is out of range. */
function take(buy: bool): bool {
  const alpha = slots.read(contract.POOL_ALPHA_RESERVE);
  const tao = slots.read(contract.POOL_TAO_RESERVE);
  const quote = slots.read(contract.POOL_QUOTE_WEIGHT);
  isBuy = buy;
  reserveIn = buy ? tao : alpha;
  reserveOut = buy ? alpha : tao;
  weightIn = buy ? quote : ONE - quote;
  weightOut = ONE - weightIn;
  feeRate = slots.read(contract.POOL_FEE_RATE);
  return isWeight(quote);
}

function outputOf(input: u64): u64 {
  return given(reserveIn, reserveOut, input, weightIn, weightOut);
}

/** out ← the price once `input` has gone in and `output` come out, both saturating. */
function moved(out: usize, input: u64, output: u64): void {
  const sum = reserveIn + input;
  const filled = sum < reserveIn ? u64.MAX_VALUE : sum;
  const emptied = output < reserveOut ? reserveOut - output : 0;
  if (isBuy) price(out, emptied, filled, weightIn);
  else price(out, filled, emptied, weightOut);
}

/** Whether price a lies before b on the way this swap moves it: below for a buy, above for a sell. */
function isNearer(a: usize, b: usize): bool {
  return isBuy ? int128.less(a, b, false) : int128.less(b, a, false);
}

function saturatingTimes(a: u64, times: u64): u64 {
  return a > u64.MAX_VALUE / times ? u64.MAX_VALUE : a * times;
}
