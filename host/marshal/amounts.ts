/** Amounts and raw bits out of unknown input: bigints, or decimal strings in JSON, never numbers. */
import { MAX_U64, refuse } from "./values.js";

const DECIMAL = /^(0|[1-9][0-9]{0,38})$/;
const MAX_U128 = (1n << 128n) - 1n;

function unsigned(where: string, value: unknown, max: bigint, wanted: string): bigint {
  const read = typeof value === "string" && DECIMAL.test(value) ? BigInt(value) : value;
  return typeof read === "bigint" && read >= 0n && read <= max ? read : refuse(where, wanted, value);
}

/** An amount in rao, u64. A bare number is refused: it may have lost digits already. */
export function amount(where: string, value: unknown): bigint {
  return unsigned(where, value, MAX_U64, "an amount in rao from 0 to 2^64 − 1, as a bigint or a decimal string");
}

/** The raw bits of an unsigned 128-bit number. */
export function bits128(where: string, value: unknown): bigint {
  return unsigned(where, value, MAX_U128, "raw bits from 0 to 2^128 − 1, as a bigint or a decimal string");
}

/** 128-bit numbers as they lie in memory. */
export function packBits(values: readonly bigint[]): BigUint64Array {
  return BigUint64Array.from(values.flatMap((bits) => [BigInt.asUintN(64, bits), bits >> 64n]));
}
