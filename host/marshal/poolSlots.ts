/** Operands and answers of pool operations in the kernel's slots: a u128 each (assembly/pool/contract.ts). */
import * as abi from "../../assembly/pool/contract.js";
import { guarded, type Kernel } from "../load/kernel.js";
import { slotWords } from "./slotWords.js";

const LIMB_BYTES = 8;
const HEADER_BYTES = 8;

const wordsOf = slotWords(({ exports }: Kernel) => exports.poolSlots(), abi.POOL_SLOTS * abi.POOL_SLOT_BYTES);

/** Puts unsigned integers of at most 128 bits into slots: [slot, value]. */
export function put(kernel: Kernel, ...operands: readonly (readonly [slot: number, value: bigint])[]): void {
  const words = wordsOf(kernel);
  for (const [slot, value] of operands) {
    words[2 * slot] = value;
    words[2 * slot + 1] = value >> 64n;
  }
}

/** The unsigned integer in a slot. */
export function take(kernel: Kernel, slot: number): bigint {
  const words = wordsOf(kernel);
  const [low, high] = [words[2 * slot]!, words[2 * slot + 1]!];
  return high === 0n ? low : (high << 64n) | low;
}

/** Applies POOL_OPERATION_* to the filled slots: POOL_OK, or the number of a refusal. */
export function apply(kernel: Kernel, operation: number): number {
  return guarded(kernel, () => kernel.exports.poolApply(operation));
}

/** The power of the filled slots, by POWER_QUICK or POWER_WRITTEN_OUT; null for a zero denominator. */
export function power(kernel: Kernel, path: number): bigint | null {
  const at = guarded(kernel, () => kernel.exports.poolPower(path)) >>> 0;
  if (at === 0) return null;
  const memory = new DataView(kernel.memory.buffer);
  let size = 0n;
  for (let limb = memory.getUint32(at, true) - 1; limb >= 0; limb--) {
    size = (size << 64n) | memory.getBigUint64(at + HEADER_BYTES + limb * LIMB_BYTES, true);
  }
  return memory.getUint32(at + 4, true) === 0 ? size : -size;
}
