/** SafeFloats in and out of the kernel's slots, brought to normal form on the way in. */
import * as abi from "../../assembly/pool/contract.js";
import { guarded, type Kernel } from "../load/kernel.js";
import { slotWords } from "./slotWords.js";
import { array, refuse } from "./values.js";
import { wideInteger } from "./wide.js";

/** A SafeFloat mantissa · 10^exponent: 10^20 < mantissa ≤ 10^21, or [0, 0]. */
export type SafeFloat = readonly [mantissa: bigint, exponent: bigint];

/** An integer of up to 128 bits: a bigint, a decimal string, or a safe integer. */
export type Wide = bigint | string | number;

/** The same as it may be given: a mantissa of at most 10^21, in normal form or not. */
export type SafeFloatInput = readonly [mantissa: Wide, exponent: Wide];

const SLOT_WORDS = abi.SHARE_SLOT_BYTES / 8;
const wordsOf = slotWords(({ exports }: Kernel) => exports.shareSlots(), abi.SHARE_SLOTS * abi.SHARE_SLOT_BYTES);

/** Mantissa (u128) and exponent (i64) of [m, e]. Throws BAD_VALUE. */
export function pair(where: string, value: unknown): SafeFloat {
  const given = array(where, value);
  if (given.length !== 2) return refuse(where, "a pair [mantissa, exponent]", value);
  return [wideInteger(`${where}[0]`, given[0], 128, false), wideInteger(`${where}[1]`, given[1], 64, true)];
}

/** A mantissa in normal form is above the first and at most the second. */
const [BELOW, LARGEST] = [10n ** 20n, 10n ** 21n];

/** The same SafeFloat in normal form. Throws BAD_VALUE where it has none. */
export function normal(kernel: Kernel, where: string, given: SafeFloat): SafeFloat {
  const [mantissa, exponent] = given;
  if (mantissa === 0n ? exponent === 0n : mantissa > BELOW && mantissa <= LARGEST) return given;
  put(kernel, abi.SHARE_SLOT_A, given);
  const made = apply(kernel, abi.SHARE_OPERATION_NEW);
  return made ?? refuse(where, "a mantissa up to 10^21 with an exponent that stays in 64 bits", given);
}

/** Applies SHARE_OPERATION_* to the filled slots; null where the kernel gives no result. */
export function apply(kernel: Kernel, operation: number): SafeFloat | null {
  const made = guarded(kernel, () => kernel.exports.safeFloatApply(operation));
  return made === 0 ? null : take(kernel, abi.SHARE_SLOT_RESULT);
}

/** Fills slots 1, 2, … */
export function putAll(kernel: Kernel, ...values: readonly SafeFloat[]): void {
  for (let k = 0; k < values.length; k++) put(kernel, abi.SHARE_SLOT_A + k, values[k]!);
}

/** What is in a slot. */
export function take(kernel: Kernel, slot: number): SafeFloat {
  const words = wordsOf(kernel);
  const at = slot * SLOT_WORDS;
  return [words[at]! | (words[at + 1]! << 64n), BigInt.asIntN(64, words[at + 2]!)];
}

function put(kernel: Kernel, slot: number, [mantissa, exponent]: SafeFloat): void {
  const words = wordsOf(kernel);
  const at = slot * SLOT_WORDS;
  words[at] = mantissa;
  words[at + 1] = mantissa >> 64n;
  words[at + 2] = exponent;
}
