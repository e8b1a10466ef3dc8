/** The delegate take of one hotkey's dividends. */
import * as abi from "../../../assembly/emission/contract.js";
import { guarded, type Kernel } from "../../load/kernel.js";
import { bits128, packBits } from "../../marshal/amounts.js";
import { u16 } from "../../marshal/values.js";

/** How dividends divide between a validator's take and all who stake on it. */
export interface DelegateTake {
  /** Alpha-rao: the take as it is credited to the owner, and the rest as it is credited to the pool of stakers. */
  take: bigint;
  rest: bigint;
  /** U96F32 bits of the same before truncation. */
  takeBits: bigint;
  restBits: bigint;
}

/**
 * Divides one hotkey's dividends: take = (take / 65535) · dividends in U96F32, rest = dividends − take, both truncated to rao.
 *
 * @param take           the hotkey's delegate take, u16 over 65535
 * @param dividendsBits  alpha-rao in U96F32 bits, as `distributeDividends` gives alpha and root dividends
 *
 * Up to one rao is lost in truncation, on the chain too. Throws BAD_VALUE.
 * Source: subtensor `coinbase/run_coinbase.rs` `distribute_dividends_and_incentives`.
 */
export function delegateTake(kernel: Kernel, take: number, dividendsBits: bigint | string): DelegateTake {
  const share = u16("take", take);
  const bits = bits128("dividendsBits", dividendsBits);
  const at = kernel.exports.payoutSlots() >>> 0;
  const words = new BigUint64Array(kernel.memory.buffer, at, abi.PAYOUT_BYTES / 8);
  words.set(packBits([bits]), abi.PAYOUT_DIVIDENDS / 8);
  guarded(kernel, () => kernel.exports.takePayout(share));
  const word = (byte: number) => words[byte / 8] as bigint;
  const wide = (byte: number) => (word(byte + 8) << 64n) | word(byte);
  return {
    take: word(abi.PAYOUT_TAKE_RAO),
    rest: word(abi.PAYOUT_REST_RAO),
    takeBits: wide(abi.PAYOUT_TAKE),
    restBits: wide(abi.PAYOUT_REST),
  };
}
