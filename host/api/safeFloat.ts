/** The chain's decimal numbers for shares, as the kernel computes them. */
import * as abi from "../../assembly/pool/contract.js";
import { guarded, type Kernel } from "../load/kernel.js";
import { apply, normal, pair, putAll, type SafeFloat, type SafeFloatInput, type Wide } from "../marshal/shareSlots.js";
import { u64 } from "../marshal/values.js";
import { wideInteger } from "../marshal/wide.js";
import type { U64 } from "../types.js";

export type { SafeFloat, SafeFloatInput, Wide } from "../marshal/shareSlots.js";

/**
 * Arithmetic of SafeFloats: value = mantissa · 10^exponent with 21 digits, those without room dropped. Operands are brought to
 * normal form first. null stands for the original's None: an exponent beyond 64 bits, a divisor of 0, something taken from 0.
 *
 * Throws BAD_VALUE for what is no such number. Source: subtensor `primitives/share-pool/src/lib.rs`, spec 425.
 */
export interface SafeFloats {
  /** [mantissa, exponent] in normal form; null for a mantissa above 10^21 too. */
  create(mantissa: Wide, exponent: Wide): SafeFloat | null;
  /** a + b at the larger exponent. */
  add(a: SafeFloatInput, b: SafeFloatInput): SafeFloat | null;
  /** max(a − b, 0) at the larger exponent; null from 0, unless b is 0. */
  sub(a: SafeFloatInput, b: SafeFloatInput): SafeFloat | null;
  /** a / b. */
  div(a: SafeFloatInput, b: SafeFloatInput): SafeFloat | null;
  /** a · b / c, the product exact. */
  mulDiv(a: SafeFloatInput, b: SafeFloatInput, c: SafeFloatInput): SafeFloat | null;
  /** a > b as the chain compares: exponents more than 1 apart decide alone, that of 0 being 0. */
  greater(a: SafeFloatInput, b: SafeFloatInput): boolean;
  /** ⌊a⌋, saturated to 2^64 − 1. */
  toU64(a: SafeFloatInput): bigint;
  /** n, exactly. */
  fromU64(n: U64): SafeFloat;
  /** The value of raw U64F64 bits, its fraction divided apart. */
  fromU64F64(bits: Wide): SafeFloat;
}

/** The operations on a kernel. */
export function safeFloats(kernel: () => Kernel): SafeFloats {
  /** Fills the slots with operands a, b, … in normal form. */
  const fill = (...operands: readonly unknown[]) => {
    const at = kernel();
    const names = "abc";
    putAll(at, ...operands.map((operand, k) => normal(at, names.charAt(k), pair(names.charAt(k), operand))));
    return at;
  };
  /** What cannot fail. */
  const sure = (at: Kernel, operation: number, mantissa: bigint): SafeFloat => {
    putAll(at, [mantissa, 0n]);
    return apply(at, operation) as SafeFloat;
  };
  return {
    create: (mantissa, exponent) => {
      const at = kernel();
      putAll(at, pair("value", [mantissa, exponent]));
      return apply(at, abi.SHARE_OPERATION_NEW);
    },
    add: (a, b) => apply(fill(a, b), abi.SHARE_OPERATION_ADD),
    sub: (a, b) => apply(fill(a, b), abi.SHARE_OPERATION_SUB),
    div: (a, b) => apply(fill(a, b), abi.SHARE_OPERATION_DIV),
    mulDiv: (a, b, c) => apply(fill(a, b, c), abi.SHARE_OPERATION_MUL_DIV),
    greater: (a, b) => {
      const at = fill(a, b);
      return guarded(at, () => at.exports.safeFloatGreater()) !== 0;
    },
    toU64: (a) => {
      const at = fill(a);
      return BigInt.asUintN(
        64,
        guarded(at, () => at.exports.safeFloatToU64()),
      );
    },
    fromU64: (n) => sure(kernel(), abi.SHARE_OPERATION_NEW, u64("n", n)),
    fromU64F64: (bits) => sure(kernel(), abi.SHARE_OPERATION_FROM_U64F64, wideInteger("bits", bits, 128, false)),
  };
}
