/** One row of weights into the kernel and what the kernel makes of it. */
import * as contract from "../../assembly/linear/contract.js";
import { guarded, type Kernel } from "../load/kernel.js";

/** Begins a row in the kernel and fills it. Throws TOO_LARGE for more than 4096 uids or values. */
export function beginRow(kernel: Kernel, uids: readonly number[], values: readonly number[]): void {
  guarded(kernel, () => kernel.exports.rowBegin(uids.length, values.length));
  halves(kernel, contract.ROW_UIDS, uids.length).set(uids);
  halves(kernel, contract.ROW_VALUES, values.length).set(values);
}

/** Begins a row of I32F32 values. */
export function beginBits(kernel: Kernel, bits: readonly bigint[]): void {
  guarded(kernel, () => kernel.exports.rowBegin(0, bits.length));
  words(kernel, bits.length).set(bits);
}

/** The result of so many values: u16. */
export function rowResult(kernel: Kernel, count: number): number[] {
  return Array.from(halves(kernel, contract.ROW_RESULT, count));
}

/** The I32F32 of so many values. */
export function rowBits(kernel: Kernel, count: number): bigint[] {
  return Array.from(words(kernel, count));
}

function halves(kernel: Kernel, id: number, count: number): Uint16Array {
  const at = guarded(kernel, () => kernel.exports.rowArray(id)) >>> 0;
  return new Uint16Array(kernel.memory.buffer, at, count);
}

function words(kernel: Kernel, count: number): BigInt64Array {
  const at = guarded(kernel, () => kernel.exports.rowArray(contract.ROW_BITS)) >>> 0;
  return new BigInt64Array(kernel.memory.buffer, at, count);
}
