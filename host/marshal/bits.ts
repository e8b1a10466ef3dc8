/** Amounts and raw fixed-point integers out of unknown JSON, where a bare number would leave the unit open. */
import { refuse, u64 } from "./values.js";

/** An amount in rao, from a bigint or a decimal string; a bare number is refused, because it could be meant in TAO. */
export function rao(where: string, value: unknown): bigint {
  if (typeof value === "number") return refuse(where, "rao as a decimal string in quotes", value);
  return u64(where, value);
}

/** A range of raw integers. */
export interface BitsRange {
  readonly name: string;
  readonly low: bigint;
  readonly high: bigint;
}

/** Unsigned in 128 bits: U64F64, U96F32. */
export const U128: BitsRange = { name: "0 to 2^128 − 1", low: 0n, high: (1n << 128n) - 1n };
/** Signed in 128 bits: I64F64, I96F32. */
export const I128: BitsRange = { name: "−2^127 to 2^127 − 1", low: -(1n << 127n), high: (1n << 127n) - 1n };

const DECIMAL = /^(0|-?[1-9][0-9]{0,38})$/;

/** The raw bits of a fixed-point number, from a bigint or a decimal string; never from a number, which would be ambiguous. */
export function fixedBits(where: string, value: unknown, range: BitsRange): bigint {
  const parsed = typeof value === "string" && DECIMAL.test(value) ? BigInt(value) : value;
  if (typeof parsed === "bigint" && parsed >= range.low && parsed <= range.high) return parsed;
  return refuse(where, `raw fixed-point bits as a decimal string, ${range.name}`, value);
}
