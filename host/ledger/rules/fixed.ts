/** Fixed-point operations of the kernel by name, on raw bits: `fixed(kernel, "i96f32.mul", a, b)`. */
import { fixedValue } from "../../api/fixed.js";
import { YumaError } from "../../errors.js";
import type { Kernel } from "../../load/kernel.js";

/** 1 in formats of 64 fractional bits. */
export const ONE_64 = 1n << 64n;

/** The raw result; undefined where a checked operation does not fit. Throws INTERNAL for a panic, which callers rule out. */
export function checkedFixed(kernel: Kernel, operation: string, ...operands: readonly bigint[]): bigint | undefined {
  const answer = fixedValue(kernel, operation, operands);
  if (answer === "none" || answer === "err") return undefined;
  if (answer === "panic") throw new YumaError("INTERNAL", `${operation} panics on ${operands.join(" ")}.`);
  return answer;
}

/** The raw result of an operation that always has one. */
export function fixed(kernel: Kernel, operation: string, ...operands: readonly bigint[]): bigint {
  const result = checkedFixed(kernel, operation, ...operands);
  if (result === undefined)
    throw new YumaError("INTERNAL", `${operation} has no result.`, { operands: operands.join(" ") });
  return result;
}
