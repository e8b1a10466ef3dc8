/** Fresh instances of a kernel, called as another language would: raw numbers, traps told as text. */
import type { Kernel, KernelExports } from "../../host/load/kernel.js";

/** A fresh instance of the same kernel. */
export function fresh({ module }: Kernel): KernelExports {
  return new WebAssembly.Instance(module).exports as unknown as KernelExports;
}

/** "fine", or code and value of the trap, for each call. */
export function traps(exports: KernelExports, calls: readonly (() => unknown)[]): string {
  const told = calls.map((call) => {
    try {
      call();
      return "fine";
    } catch {
      return `${exports.errorCode.value} ${BigInt.asIntN(64, exports.errorValue.value)}`;
    }
  });
  return told.join(", ");
}

/** So many words of memory. */
export const words = (exports: KernelExports, at: number, count: number) =>
  new Uint32Array(exports.memory.buffer, at >>> 0, count);

/** How a function that wants a table traps where there is none. */
export const NO_TABLE = "8 0";
