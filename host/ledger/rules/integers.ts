/** Integers of the chain that saturate. */

/** The greatest u64. */
export const MAX_U64 = (1n << 64n) - 1n;
const MAX_I64 = (1n << 63n) - 1n;
const MIN_I64 = -(1n << 63n);

/** The nearest u64. */
export function saturatedU64(value: bigint): bigint {
  return value < 0n ? 0n : value > MAX_U64 ? MAX_U64 : value;
}

/** The nearest i64. */
export function saturatedI64(value: bigint): bigint {
  return value < MIN_I64 ? MIN_I64 : value > MAX_I64 ? MAX_I64 : value;
}

/** The lesser of two amounts. */
export function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
