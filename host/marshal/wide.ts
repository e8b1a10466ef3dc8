/** Reading integers of more than 64 bits, and signed ones, out of unknown JSON. */
import { refuse } from "./values.js";

const DECIMAL = /^(0|-?[1-9][0-9]*)$/;
const LONGEST_DECIMAL = 40;

/** An integer of `bits` bits, two's complement where signed, from a bigint, a decimal string or a safe integer. */
export function wideInteger(where: string, value: unknown, bits: number, signed: boolean): bigint {
  const top = 1n << BigInt(signed ? bits - 1 : bits);
  const given = integerOf(value);
  if (given !== null && given < top && given >= (signed ? -top : 0n)) return given;
  const range = signed ? `−2^${bits - 1} to 2^${bits - 1} − 1` : `0 to 2^${bits} − 1`;
  return refuse(where, `an integer from ${range} (a decimal string, or a number up to 2^53 − 1)`, value);
}

function integerOf(value: unknown): bigint | null {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === "string" && value.length <= LONGEST_DECIMAL && DECIMAL.test(value) ? BigInt(value) : null;
}
